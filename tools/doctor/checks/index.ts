import { type DoctorCheck } from '../check';
import { backends } from './backends';
import { BEFORE_APPLY } from './before-apply';
import { clusterReachable } from './cluster-reachable';
import { controllerReady, helmDeployed } from './controller';
import { controllerPolicy } from './controller-policy';
import { controllerCrds } from './crds';
import { controllerTrust, oidcProvider, podIdentity, runningIdentity, serviceAccount } from './identity';
import { asPreviewed, certificatesValid, loadBalancersActive } from './load-balancers';
import { dnsRunning, nodeNetwork } from './node-addons';
import { nodesJoined } from './nodes-joined';
import { controllerLog, reconciled } from './reconciled';
import { namesResolve, routesAnswer } from './routes';
import { oneTaggedSecurityGroup, webhookPort } from './security-groups';
import { subnetDiscovery } from './subnets';
import { targetsHealthy } from './targets';
import { webhookCertificate, webhookEndpoints } from './webhook';

export { BEFORE_APPLY };

/** What has to hold for a request to be answered, each after what it stands on. */
export const AFTER_APPLY: readonly DoctorCheck[] = [
  clusterReachable,
  nodesJoined,
  nodeNetwork,
  dnsRunning,
  oidcProvider,
  controllerTrust,
  serviceAccount,
  podIdentity,
  runningIdentity,
  controllerPolicy,
  controllerCrds,
  helmDeployed,
  controllerReady,
  webhookEndpoints,
  webhookCertificate,
  webhookPort,
  subnetDiscovery,
  oneTaggedSecurityGroup,
  backends,
  reconciled,
  controllerLog,
  loadBalancersActive,
  certificatesValid,
  targetsHealthy,
  asPreviewed,
  namesResolve,
  routesAnswer,
];
