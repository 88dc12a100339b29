export { WorkloadNamespace, type WorkloadNamespaceProps } from './namespace';
export { podSpecProblems } from './pod-spec-problems';
export { NamespaceGuard, type NamespaceGuardProps } from './namespace-guard';
export { SERVICE_PORT } from './ports';
export { WorkloadService, type WorkloadRoleProps, type WorkloadServiceProps } from './service';
export { SHUTDOWN, shutdownTimes, type ShutdownTimes } from './shutdown';
