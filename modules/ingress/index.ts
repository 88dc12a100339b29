export { AlbIngress, type AlbIngressProps } from './alb-ingress';
export { HttpIngress, type HttpIngressProps } from './http-ingress';
export { ProblemError } from '../../load-balancers/problem';
export { ManifestIngress, type ManifestIngressProps } from './manifest-ingress';
