import { type AwsEnvironment, type Environment } from '../environment';
import { planOf } from '../plan';
import { type Problem } from '../problem';
import { access } from './access';
import { addons } from './addons';
import { addresses } from './addresses';
import { arns } from './arns';
import { bootstrap } from './bootstrap';
import { capacity } from './capacity';
import { compute } from './compute';
import { contextIsHere, credentials } from './credentials';
import { dns } from './dns';
import { endpoint } from './endpoint';
import { ingressClass } from './ingress-class';
import { externalServices } from './external-services';
import { loadBalancerNeeds } from './ingress-needs';
import { ingresses } from './ingresses';
import { kubernetesVersion } from './kubernetes-version';
import { loadBalancing } from './load-balancing';
import { local } from './local';
import { names } from './names';
import { pods } from './pods';
import { podIdentity } from './pod-identity';
import { reachability } from './reachability';
import { region } from './region';
import { type Finding, type Rule } from './rule';
import { scheduling } from './scheduling';
import { serviceLoadBalancers } from './service-load-balancers';
import { services } from './services';
import { tags } from './tags';

/** Of an environment on AWS, in the order in which its fields are written. */
const RULES: readonly Rule[] = [
  region,
  tags,
  arns,
  bootstrap,
  addresses,
  capacity,
  reachability,
  kubernetesVersion,
  endpoint,
  access,
  credentials,
  compute,
  addons,
  podIdentity,
  loadBalancing,
  ingressClass,
  loadBalancerNeeds,
  services,
  pods,
  scheduling,
  externalServices,
  dns,
  serviceLoadBalancers,
  names,
];

/** What all rules find, errors apart from warnings. */
export function judge(
  environment: Environment,
  today: string,
): { readonly errors: readonly Problem[]; readonly warnings: readonly Problem[] } {
  const findings =
    environment.kind === 'local'
      ? [...contextIsHere(environment), ...local(environment)]
      : judgeAws(environment, today);
  return {
    errors: findings.filter((finding) => !finding.warning),
    warnings: findings.filter((finding) => finding.warning),
  };
}

/** Ingresses last: what the other rules said already, of a field or of what is in it, isn't said again. */
function judgeAws(environment: AwsEnvironment, today: string): readonly Finding[] {
  const findings = RULES.flatMap((rule) => rule(environment, today));
  const errors = findings.filter(({ warning }) => !warning);
  const known = errors.some(({ path }) => path.startsWith(PARAMS)) ? withoutParams(environment) : environment;
  const further = ingresses(known, today).filter(
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
