export { AlbIngress, type AlbIngressProps } from './alb-ingress';
export { HttpIngress, type HttpIngressProps } from './http-ingress';
export { IngressError } from './ingress-error';
export { ManifestIngress, type ManifestIngressProps } from './manifest-ingress';
