import { planSubnets } from '../../modules/network/cidr-plan';
import { type AwsEnvironment } from '../environment';
import { readNetwork as parse } from '../ipv4';
import { type NewNetworkSettings } from '../schema/network';
import { instanceType } from '../tables';
import { type Finding, ownCluster, type EnvironmentRule } from './rule';

/** AWS keeps five addresses of every subnet. @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const KEPT_BY_AWS = 5;
/** Interfaces of the control plane, load balancers and endpoints in a subnet, and what an upgrade of nodes adds. */
const RESERVE = 16;

/** The VPC holds its subnets, and those hold the nodes and pods that the node groups may grow to. */
export const capacityRule: EnvironmentRule = function* (environment) {
  const { network } = environment;
  if (network.kind === 'new') {
    yield* planned(environment, network);
    return;
  }
  const known = network.privateSubnetIds.flatMap((id) => network.subnetCidrs[id] ?? []);
  if (known.length < network.privateSubnetIds.length) return;
  yield* pods(environment, known, 'network.subnetCidrs', network.subnetCidrs);
};

function* planned(
  environment: AwsEnvironment,
  { cidr, zones, publicSubnets }: NewNetworkSettings,
): Iterable<Finding> {
  const { aligned, prefix } = parse(cidr);
  // The rule of addresses says so already.
  if (prefix < 16 || prefix > 28) return;
  const count = typeof zones === 'number' ? zones : zones.length;
  try {
    const plan = planSubnets({ cidr: aligned, zones: count, publicSubnets });
    yield* pods(environment, plan.private, 'network.cidr', cidr);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const [, reason = '', remedy = ''] = error.message.split(': ');
    yield { path: 'network.cidr', value: cidr, reason, remedy };
  }
}

function* pods(
  environment: AwsEnvironment,
  subnets: readonly string[],
  path: string,
  value: unknown,
): Iterable<Finding> {
  const groups = ownCluster(environment)?.compute.nodeGroups ?? [];
  if (groups.length === 0 || subnets.length === 0) return;
  const terms = groups.map((group) => {
    const perNode = 1 + Math.max(0, ...group.instanceTypes.map((type) => instanceType(type)?.maxPods ?? 0));
    return { text: `${group.maxSize} × ${perNode}`, addresses: group.maxSize * perNode };
  });
  const reserve = subnets.length * RESERVE;
  const needed = terms.reduce((sum, term) => sum + term.addresses, reserve);
  const free = subnets.reduce((sum, cidr) => sum + 2 ** (32 - parse(cidr).prefix) - KEPT_BY_AWS, 0);
  if (needed <= free) return;
  const nodes = terms.map((term) => term.text).join(' + ');
  yield {
    path,
    value,
    reason: `private subnets have ${free} addresses, but nodes at their most need ${nodes} (nodes × (pods + 1)) + ${reserve} in reserve = ${needed}`,
    remedy: 'write a larger network, a smaller maxSize or smaller instance types',
    warning: true,
  };
}
