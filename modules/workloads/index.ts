export { serviceAnnotations } from './annotations';
export { WorkloadIngress, type WorkloadIngressProps } from './ingress';
export { WorkloadNamespace, type WorkloadNamespaceProps } from './namespace';
export { httpRules, routeUrl, type HttpRoute, type HttpRule, type PathType } from '../ingress/routes';
export { SERVICE_PORT, WorkloadService, type WorkloadRoleProps, type WorkloadServiceProps } from './service';
export { SHUTDOWN, shutdownTimes, type ShutdownTimes } from './shutdown';
