import { OF_INGRESSES } from '../../modules/ingress-class/flavor';
import { type AwsEnvironment } from '../environment';
import { oneOf } from '../nearest';
import { type IngressClassSettings } from '../schema/load-balancing';
import { albAttributes, sslPolicies } from '../tables';
import { repeated, type Finding, type EnvironmentRule } from './rule';

type Params = IngressClassSettings['params'];

const PATH = 'loadBalancing.ingressClass.params';
/** Tags by which the controller knows its own resources, and those of AWS. */
const RESERVED_TAGS = /^(aws:|elbv2\.k8s\.aws\/|ingress\.k8s\.aws\/)/i;

/** Parameters of the class are ones that AWS takes for a load balancer: one that it refuses fails every Ingress. */
export const ingressClassRule: EnvironmentRule = (environment) => {
  const { params } = environment.loadBalancing.ingressClass;
  return [
    ...addressType(environment, params),
    ...sslPolicy(params),
    ...certificates(environment, params),
    ...(environment.loadBalancing.type === 'auto-mode' ? notOfAutoMode(params) : webAcl(environment, params)),
    ...attributes(params),
    ...tags(params),
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

function sslPolicy({ sslPolicy: value }: Params): Finding[] {
  if (value === undefined || sslPolicies().includes(value)) return [];
  return [
    {
      path: `${PATH}.sslPolicy`,
      value,
      reason: 'Application Load Balancers have no such security policy that is known here',
      remedy: value.startsWith('ELBSecurityPolicy-')
        ? oneOf(value, sslPolicies())
        : "write a policy such as 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09'",
    },
  ];
}

function certificates(
  { account, region, partition }: AwsEnvironment,
  { certificateArn = [] }: Params,
): Finding[] {
  const form = /^arn:[^:]+:(acm:[^:]+:(\d{12}):certificate|iam::(\d{12}):server-certificate)\/\S+$/;
  return certificateArn.flatMap((value, index): Finding[] => {
    const [, , acm, iam] = form.exec(value) ?? [];
    const owner = acm ?? iam;
    if (owner === account) return [];
    return [
      {
        path: `${PATH}.certificateArn.${index}`,
        value,
        reason:
          owner === undefined
            ? 'not the ARN of a certificate'
            : 'a load balancer takes certificates of its own account only',
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

function webAcl({ account, region, partition }: AwsEnvironment, { wafv2AclArn: value }: Params): Finding[] {
  if (value === undefined || /^arn:[^:]+:wafv2:[^:]+:\d{12}:regional\/webacl\/[^/]+\/[^/]+$/.test(value))
    return [];
  return [
    {
      path: `${PATH}.wafv2AclArn`,
      value,
      reason: 'not the ARN of a regional web ACL of WAFv2, which is what a load balancer takes',
      remedy: `write an ARN such as arn:${partition}:wafv2:${region}:${account}:regional/webacl/name/id`,
    },
  ];
}

function attributes({ loadBalancerAttributes: all = [] }: Params): Finding[] {
  const path = (index: number, field: string) => `${PATH}.loadBalancerAttributes.${index}.${field}`;
  const values = new Map(all.map(({ key, value }) => [key, value]));
  return [
    ...twice(all, 'loadBalancerAttributes'),
    ...all.flatMap(({ key, value }, index): Finding[] => {
      const known = albAttributes()[key];
      if (!known) {
        return [
          {
            path: path(index, 'key'),
            value: key,
            reason: 'an Application Load Balancer has no such attribute that can be set',
            remedy: oneOf(key, Object.keys(albAttributes()), 30),
          },
        ];
      }
      const { allowed, min = 0, max = Infinity } = known;
      if (allowed) {
        return allowed.includes(value)
          ? []
          : [
              wrongValue(
                path(index, 'value'),
                key,
                value,
                `write ${allowed.map((each) => `'${each}'`).join(' or ')}`,
              ),
            ];
      }
      if (known.min !== undefined && (!/^\d+$/.test(value) || Number(value) < min || Number(value) > max)) {
        return [
          wrongValue(
            path(index, 'value'),
            key,
            value,
            `write a whole number from ${min} to ${max}, in quotes`,
          ),
        ];
      }
      return [];
    }),
    ...all.flatMap(({ key, value }, index): Finding[] => {
      const bucket = key.replace(/\.s3\.enabled$/, '.s3.bucket');
      if (bucket === key || value !== 'true' || values.get(bucket)) return [];
      return [
        {
          path: path(index, 'key'),
          value: key,
          reason: 'it needs a bucket to write to',
          remedy: `write { key: '${bucket}', value: '…' } too`,
        },
      ];
    }),
  ];
}

function wrongValue(path: string, key: string, value: string, remedy: string): Finding {
  return { path, value, reason: `${key} does not take it`, remedy };
}

function tags({ tags: all = [] }: Params): Finding[] {
  return [
    ...twice(all, 'tags'),
    ...all.flatMap(({ key }, index): Finding[] =>
      RESERVED_TAGS.test(key)
        ? [
            {
              path: `${PATH}.tags.${index}.key`,
              value: key,
              reason: 'AWS or the controller keeps it for itself',
              remedy: 'write another key, such as Team',
            },
          ]
        : [],
    ),
  ];
}

function twice(all: readonly { readonly key: string }[], field: string): Finding[] {
  return repeated(all, ({ key }) => key).map(({ index, entry, first }) => ({
    path: `${PATH}.${field}.${index}.key`,
    value: entry.key,
    reason: `${PATH}.${field}.${first.index} has it already`,
    remedy: 'write each key once',
  }));
}
