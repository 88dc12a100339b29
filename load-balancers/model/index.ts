export * from './model';
export * from './objects';
export { buildModel } from './build';
export { FACTS_SCHEMA, type CertificateFact, type Facts, type SubnetFact } from './facts';
export {
  difference,
  type FieldDifference,
  type LoadBalancerDifference,
  type RuleDifference,
} from './difference';
export { Refused, type Source } from './refusal';
export {
  changesBetween,
  compareReleases,
  MODEL_RELEASE,
  OLDEST_MODEL_RELEASE,
  passedOver,
  RELEASE_CHANGES,
  type ReleaseChange,
} from './releases';
export { DEFAULT_SETTINGS, FEATURE_GATES, type ControllerSettings } from './settings';
export { isUnknown, KNOWN_AFTER_APPLY, type KnownAfterApply, type OrUnknown } from './unknown';
export { type Annotated, INGRESS_ANNOTATIONS, SERVICE_ANNOTATIONS } from './annotations';
export { networkOf } from './cidr';
export { type Cluster, clusterOf, type IngressGroup, type Member } from './context';
export { readObjects } from './admission/admit';
export { groupIngresses } from './ingress/group';
export { ALB_CONTROLLER } from './ingress/class';
export { CONDITION_CONFIGS } from './ingress/condition-configs';
export { known } from './known';
export { gateOpen } from './settings';
export { kubernetesSchemaOf } from './go/decoding';
export { type Schema } from './admission/schema';
export { isCidr } from './cidr';
export { combinesProtocols } from './service/listeners';
export { isSupported as isLoadBalancerService } from './service/supported';
