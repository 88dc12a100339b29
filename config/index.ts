export type {
  AddonRole,
  Addons,
  AwsEnvironment,
  Bootstrap,
  Environment,
  LocalEnvironment,
  NewCluster,
  PlannedNodeGroup,
  Workloads,
} from './environment';
export type { EnvironmentPlan, PlannedIngress, PlannedService } from './plan';
export { loadEnvironments, readEnvironment } from './load';
export { parseEnvironment, type ParseResult } from './parse';
export { ProblemError, formatProblem, type Problem } from './problem';
export type { ExistingClusterSettings } from './schema/cluster';
export { RISK_CODES, type AcceptedRisk, type RiskCode } from './schema/accepted-risk';
export type { BackendSettings } from './schema/backend';
export type { ClusterCredentials } from './schema/credentials';
export type { EnvironmentInput, LocalEnvironmentInput } from './schema/environment';
export type { ExistingNetworkSettings, NewNetworkSettings } from './schema/network';
export type { PortableServiceSettings, ServiceSettings } from './schema/workloads';
