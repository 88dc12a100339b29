import { type Environment } from '../environment';
import { type Problem } from '../problem';
import { access } from './access';
import { addresses } from './addresses';
import { arns } from './arns';
import { capacity } from './capacity';
import { compute } from './compute';
import { endpoint } from './endpoint';
import { ingressClass } from './ingress-class';
import { kubernetesVersion } from './kubernetes-version';
import { loadBalancing } from './load-balancing';
import { local } from './local';
import { names } from './names';
import { podIdentity } from './pod-identity';
import { reachability } from './reachability';
import { region } from './region';
import { type Rule } from './rule';
import { serviceLoadBalancers } from './service-load-balancers';
import { services } from './services';
import { tags } from './tags';

/** Of an environment on AWS, in the order in which its fields are written. */
const RULES: readonly Rule[] = [
  region,
  tags,
  arns,
  addresses,
  capacity,
  reachability,
  kubernetesVersion,
  endpoint,
  access,
  compute,
  podIdentity,
  loadBalancing,
  ingressClass,
  services,
  serviceLoadBalancers,
  names,
];

/** What all rules find, errors apart from warnings. */
export function judge(
  environment: Environment,
  today: string,
): { readonly errors: readonly Problem[]; readonly warnings: readonly Problem[] } {
  const findings =
    environment.kind === 'local' ? local(environment) : RULES.flatMap((rule) => rule(environment, today));
  return {
    errors: findings.filter((finding) => !finding.warning),
    warnings: findings.filter((finding) => finding.warning),
  };
}
