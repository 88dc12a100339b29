import { isIP } from 'node:net';
import { isCidr, networkOf } from '../cidr';
import { type IngressClassParams, type IngressClassParamsSpec } from '../objects';
import { isUnknown } from '../unknown';
import { duplicate, forbidden, invalid, requiredProblem } from './field-problem';
import { schemaProblems, SELECTOR, STRING, STRINGS, unknownPart, type Schema } from './schema';

const KEY_VALUES: Schema = {
  type: 'array',
  items: { type: 'object', required: ['key', 'value'], properties: { key: STRING, value: STRING } },
};

/** Of the custom resource at release 3.5.0. */
export const PARAMS_SPEC: Schema = {
  type: 'object',
  properties: {
    PrefixListsIDs: STRINGS,
    certificateArn: STRINGS,
    group: { type: 'object', required: ['name'], properties: { name: STRING } },
    inboundCIDRs: STRINGS,
    ipAddressType: { type: 'string', enum: ['ipv4', 'dualstack', 'dualstack-without-public-ipv4'] },
    ipamConfiguration: { type: 'object', properties: { ipv4IPAMPoolId: STRING } },
    listeners: {
      type: 'array',
      items: {
        type: 'object',
        properties: { listenerAttributes: KEY_VALUES, port: { type: 'integer' }, protocol: STRING },
      },
    },
    loadBalancerAttributes: KEY_VALUES,
    loadBalancerName: STRING,
    minimumLoadBalancerCapacity: {
      type: 'object',
      required: ['capacityUnits'],
      properties: { capacityUnits: { type: 'integer' } },
    },
    namespaceSelector: SELECTOR,
    prefixListsIDs: STRINGS,
    scheme: { type: 'string', enum: ['internal', 'internet-facing'] },
    sslPolicy: STRING,
    sslRedirectPort: STRING,
    subnets: {
      type: 'object',
      properties: {
        ids: { type: 'array', minItems: 1, items: { type: 'string', pattern: 'subnet-[0-9a-f]+' } },
        tags: { type: 'object', additionalProperties: STRINGS },
      },
    },
    tags: KEY_VALUES,
    targetType: { type: 'string', enum: ['instance', 'ip'] },
    wafv2AclArn: STRING,
    wafv2AclName: STRING,
  },
};

/** What of parameters nobody knows yet. */
export function unknownParams({ spec }: IngressClassParams): string | undefined {
  return unknownPart(spec, PARAMS_SPEC, 'spec');
}

/** Why the API server would not take parameters: what their definition says, and if that is kept, the webhook. */
export function ingressClassParamsProblems({ spec }: IngressClassParams): readonly string[] {
  const ofSchema = schemaProblems(spec, PARAMS_SPEC, 'spec');
  if (ofSchema.length > 0) return ofSchema;
  if (spec['prefixListsIDs'] !== undefined && spec['PrefixListsIDs'] !== undefined) {
    return [invalid('spec', 'object', "cannot specify both 'prefixListsIDs' and 'PrefixListsIDs' fields")];
  }
  return [
    ...(spec.inboundCIDRs ?? []).flatMap((cidr, index) => cidrProblems(cidr, `spec.inboundCIDRs[${index}]`)),
    ...(spec.subnets === undefined ? [] : subnetProblems(spec.subnets)),
  ];
}

function cidrProblems(cidr: string, field: string): readonly string[] {
  if (isUnknown(cidr)) return [];
  if (!isCidr(cidr)) {
    const address = cidr.includes('/') ? 0 : isIP(cidr);
    const hint = address === 0 ? '' : ` (did you mean "${cidr}/${address === 4 ? 32 : 64}")`;
    return [invalid(field, cidr, `Could not be parsed as a CIDR${hint}`)];
  }
  const network = networkOf(cidr);
  return network === undefined
    ? []
    : [invalid(field, cidr, `Network contains bits outside prefix (did you mean "${network}")`)];
}

function subnetProblems(subnets: NonNullable<IngressClassParamsSpec['subnets']>): readonly string[] {
  const { ids, tags } = subnets;
  if (ids === undefined && tags === undefined) {
    return [requiredProblem('spec.subnets', 'must have either `ids` or `tags`')];
  }
  if (ids !== undefined) {
    return tags === undefined
      ? repeated(ids, 'spec.subnets.ids')
      : [forbidden('spec.subnets.tags', 'may not have both `ids` and `tags` set')];
  }
  const entries = Object.entries(tags ?? {});
  if (entries.length === 0) return [requiredProblem('spec.subnets.tags', 'must have at least one tag key')];
  return entries.flatMap(([key, values]) => repeated(values, `spec.subnets.tags[${key}]`));
}

function repeated(values: readonly string[], field: string): readonly string[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) < index && !isUnknown(value) ? [duplicate(`${field}[${index}]`, value)] : [],
  );
}
