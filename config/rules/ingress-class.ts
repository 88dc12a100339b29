import { NOT_OF_AUTO_MODE } from '../../load-balancers/checks';
import { type AwsEnvironment } from '../environment';
import { type IngressClassSettings } from '../schema/load-balancing';
import { repeated, type Finding, type EnvironmentRule } from './rule';

type Params = IngressClassSettings['params'];

const PATH = 'loadBalancing.ingressClass.params';

/** Parameters of the class are ones that AWS takes for a load balancer: one that it refuses fails every Ingress. */
export const ingressClassRule: EnvironmentRule = function* (environment) {
  const { params } = environment.loadBalancing.ingressClass;
  yield* addressType(environment, params);
  yield* certificates(environment, params);
  if (environment.loadBalancing.type === 'auto-mode') yield* notOfAutoMode(params);
  yield* twice(params.loadBalancerAttributes, 'loadBalancerAttributes');
  yield* twice(params.tags, 'tags');
  yield* buckets(params);
};

function* addressType({ network }: AwsEnvironment, { ipAddressType: value }: Params): Iterable<Finding> {
  if (value === undefined || value === 'ipv4') return;
  if (network.kind === 'existing' || network.ipFamily === 'dual-stack') return;
  yield {
    path: `${PATH}.ipAddressType`,
    value,
    reason: "network.ipFamily is 'ipv4', so the subnets have no IPv6 addresses for a load balancer",
    remedy: "write 'ipv4', or network.ipFamily: 'dual-stack'",
  };
}

function* certificates(
  { account, region, partition }: AwsEnvironment,
  { certificateArn = [] }: Params,
): Iterable<Finding> {
  for (const [index, value] of certificateArn.entries()) {
    const { [4]: owner } = value.split(':');
    if (owner === account) continue;
    yield {
      path: `${PATH}.certificateArn.${index}`,
      value,
      reason: 'a load balancer takes certificates of its own account only',
      remedy: `write an ARN such as arn:${partition}:acm:${region}:${account}:certificate/…`,
    };
  }
}

function* notOfAutoMode(params: Params): Iterable<Finding> {
  for (const [field, { prop }] of Object.entries(NOT_OF_AUTO_MODE)) {
    const value = params[field as keyof Params];
    if (value === undefined) continue;
    yield {
      path: `${PATH}.${field}`,
      value,
      reason: "Auto Mode's IngressClassParams have no such field",
      remedy: prop,
    };
  }
}

/** Logs need a bucket to go to. */
function* buckets({ loadBalancerAttributes: all = [] }: Params): Iterable<Finding> {
  const values = new Map(all.map(({ key, value }) => [key, value]));
  for (const [index, { key, value }] of all.entries()) {
    const bucket = key.replace(/\.s3\.enabled$/, '.s3.bucket');
    if (bucket === key || value !== 'true' || values.get(bucket)) continue;
    yield {
      path: `${PATH}.loadBalancerAttributes.${index}.key`,
      value: key,
      reason: 'it needs a bucket to write to',
      remedy: `write { key: '${bucket}', value: '…' } too`,
    };
  }
}

function twice(all: readonly { readonly key: string }[] = [], field: string): Finding[] {
  return repeated(all, ({ key }) => key).map(({ index, entry, first }) => ({
    path: `${PATH}.${field}.${index}.key`,
    value: entry.key,
    reason: `${PATH}.${field}.${first.index} has it already`,
    remedy: 'write each key once',
  }));
}
