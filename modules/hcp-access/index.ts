export { HcpIdentityProvider, type HcpIdentityProviderProps } from './identity-provider';
export { hcpRbac, type HcpRbacProps, type RbacObject, type StackUsers } from './rbac';
export { runUser, type RunUserProps } from './run-user';
export { type PolicyRule } from './rules';
