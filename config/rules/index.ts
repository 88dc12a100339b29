import { type AwsEnvironment, type Environment } from '../environment';
import { planOf } from '../plan';
import { type Problem } from '../problem';
import { accessRule } from './access';
import { addonsRule } from './addons';
import { addressesRule } from './addresses';
import { arnsRule } from './arns';
import { bootstrapRule } from './bootstrap';
import { capacityRule } from './capacity';
import { computeRule } from './compute';
import { contextIsHere, credentialsRule, workspaceMode } from './credentials';
import { dnsRule } from './dns';
import { endpointRule } from './endpoint';
import { ingressClassRule } from './ingress-class';
import { externalServicesRule } from './external-services';
import { ingressNeedsRule } from './ingress-needs';
import { ingressesRule } from './ingresses';
import { kubernetesVersionRule } from './kubernetes-version';
import { loadBalancingRule } from './load-balancing';
import { localRule } from './local';
import { namesRule } from './names';
import { podsRule } from './pods';
import { podIdentityRule, podRolesRule } from './pod-identity';
import { providersRule } from './providers';
import { reachabilityRule } from './reachability';
import { regionRule } from './region';
import { type Finding, type EnvironmentRule } from './rule';
import { s3PermissionsRule } from './s3-permissions';
import { schedulingRule } from './scheduling';
import { serviceLoadBalancersRule } from './service-load-balancers';
import { servicesRule } from './services';
import { tagsRule } from './tags';

/** Of an environment on AWS, in the order in which its fields are written. */
const RULES: readonly EnvironmentRule[] = [
  regionRule,
  tagsRule,
  arnsRule,
  s3PermissionsRule,
  bootstrapRule,
  addressesRule,
  capacityRule,
  reachabilityRule,
  kubernetesVersionRule,
  providersRule,
  endpointRule,
  accessRule,
  credentialsRule,
  computeRule,
  addonsRule,
  podIdentityRule,
  podRolesRule,
  loadBalancingRule,
  ingressClassRule,
  ingressNeedsRule,
  servicesRule,
  podsRule,
  schedulingRule,
  externalServicesRule,
  dnsRule,
  serviceLoadBalancersRule,
  namesRule,
];

/** What all rules find, errors apart from warnings. */
export function judge(
  environment: Environment,
  today: string,
): { readonly errors: readonly Problem[]; readonly warnings: readonly Problem[] } {
  const findings =
    environment.kind === 'local'
      ? [...contextIsHere(environment), ...workspaceMode(environment), ...localRule(environment)]
      : judgeAws(environment, today);
  return {
    errors: findings.filter((finding) => !finding.warning),
    warnings: findings.filter((finding) => finding.warning),
  };
}

/** Ingresses last: what the other rules said already, of a field or of what is in it, isn't said again. */
function judgeAws(environment: AwsEnvironment, today: string): readonly Finding[] {
  const findings = RULES.flatMap((rule) => [...rule(environment, today)]);
  const errors = findings.filter(({ warning }) => !warning);
  const known = errors.some(({ path }) => path.startsWith(PARAMS)) ? withoutParams(environment) : environment;
  const further = [...ingressesRule(known, today)].filter(
    ({ path }) =>
      !errors.some(
        (error) => `${error.path}.`.startsWith(`${path}.`) || `${path}.`.startsWith(`${error.path}.`),
      ),
  );
  return [...findings, ...distinct(further)];
}

/** What is so of several Ingresses or services for one reason is said once. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [`${finding.path} ${finding.reason}`, finding])).values()];
}

const PARAMS = 'loadBalancing.ingressClass.params';

/** Parameters that are wrong would make every Ingress wrong. */
function withoutParams(environment: AwsEnvironment): AwsEnvironment {
  const { loadBalancing } = environment;
  const ingressClass = { ...loadBalancing.ingressClass, params: {} };
  const changed = { ...environment, loadBalancing: { ...loadBalancing, ingressClass } };
  return { ...changed, plan: planOf(changed) };
}
