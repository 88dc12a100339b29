export { boundedName } from './bounded-name';
export { policyDocument, type Conditions, type PolicyStatement } from './policy-document';
export { serviceTrust } from './service-trust';
export { ServiceRole, type ServiceRoleProps } from './service-role';
