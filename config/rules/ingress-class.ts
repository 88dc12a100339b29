import { OF_INGRESSES } from '../../modules/ingress-class/flavor';
import { type AwsEnvironment } from '../environment';
import { type IngressClassSettings } from '../schema/load-balancing';
import { repeated, type Finding, type EnvironmentRule } from './rule';

type Params = IngressClassSettings['params'];

const PATH = 'loadBalancing.ingressClass.params';

/** Parameters of the class are ones that AWS takes for a load balancer: one that it refuses fails every Ingress. */
export const ingressClassRule: EnvironmentRule = (environment) => {
  const { params } = environment.loadBalancing.ingressClass;
  return [
    ...addressType(environment, params),
    ...certificates(environment, params),
    ...(environment.loadBalancing.type === 'auto-mode' ? notOfAutoMode(params) : []),
    ...twice(params.loadBalancerAttributes, 'loadBalancerAttributes'),
    ...twice(params.tags, 'tags'),
    ...buckets(params),
  ];
};

function addressType({ network }: AwsEnvironment, { ipAddressType: value }: Params): Finding[] {
  if (value === undefined || value === 'ipv4') return [];
  if (network.kind === 'existing' || network.ipFamily === 'dual-stack') return [];
  return [
    {
      path: `${PATH}.ipAddressType`,
      value,
      reason: "network.ipFamily is 'ipv4', so the subnets have no IPv6 addresses for a load balancer",
      remedy: "write 'ipv4', or network.ipFamily: 'dual-stack'",
    },
  ];
}

function certificates(
  { account, region, partition }: AwsEnvironment,
  { certificateArn = [] }: Params,
): Finding[] {
  return certificateArn.flatMap((value, index): Finding[] => {
    const { [4]: owner } = value.split(':');
    if (owner === account) return [];
    return [
      {
        path: `${PATH}.certificateArn.${index}`,
        value,
        reason: 'a load balancer takes certificates of its own account only',
        remedy: `write an ARN such as arn:${partition}:acm:${region}:${account}:certificate/…`,
      },
    ];
  });
}

function notOfAutoMode(params: Params): Finding[] {
  return Object.entries(OF_INGRESSES).flatMap(([field, prop]): Finding[] => {
    const value = params[field as keyof typeof OF_INGRESSES];
    if (value === undefined) return [];
    return [
      {
        path: `${PATH}.${field}`,
        value,
        reason: "Auto Mode's IngressClassParams have no such field",
        remedy: `remove it, and write ${prop} on Ingresses`,
      },
    ];
  });
}

/** Logs need a bucket to go to. */
function buckets({ loadBalancerAttributes: all = [] }: Params): Finding[] {
  const values = new Map(all.map(({ key, value }) => [key, value]));
  return all.flatMap(({ key, value }, index): Finding[] => {
    const bucket = key.replace(/\.s3\.enabled$/, '.s3.bucket');
    if (bucket === key || value !== 'true' || values.get(bucket)) return [];
    return [
      {
        path: `${PATH}.loadBalancerAttributes.${index}.key`,
        value: key,
        reason: 'it needs a bucket to write to',
        remedy: `write { key: '${bucket}', value: '…' } too`,
      },
    ];
  });
}

function twice(all: readonly { readonly key: string }[] = [], field: string): Finding[] {
  return repeated(all, ({ key }) => key).map(({ index, entry, first }) => ({
    path: `${PATH}.${field}.${index}.key`,
    value: entry.key,
    reason: `${PATH}.${field}.${first.index} has it already`,
    remedy: 'write each key once',
  }));
}
