export { OidcProvider, type OidcProviderProps } from './oidc-provider';
export { PodRole, type PodRoleProps } from './pod-role';
export { podIdentityAnnotation, podTrust, type PodIdentityBinding, type PodSubject } from './trust';
