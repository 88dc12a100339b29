import { SERVICE_ANNOTATIONS } from '../annotations';
import { type KeyValue } from '../model';
import { type Service } from '../objects';
import { keyValues, pairsOf, type Sourced } from '../origin';
import { Refused, refusedAt } from '../refusal';
import { isUnknown, KNOWN_AFTER_APPLY } from '../unknown';
import { sourcesOf } from './annotation';

const ATTRIBUTES = 'aws-load-balancer-attributes';
const ACCESS_LOG = 'aws-load-balancer-access-log-enabled';
const BUCKET = 'aws-load-balancer-access-log-s3-bucket-name';
const PREFIX = 'aws-load-balancer-access-log-s3-bucket-prefix';
const CROSS_ZONE = 'aws-load-balancer-cross-zone-load-balancing-enabled';

const ROUTING_POLICY = 'dns_record.client_routing_policy';
const ROUTING_POLICIES = [
  'any_availability_zone',
  'partial_availability_zone_affinity',
  'availability_zone_affinity',
];

/** @throws {Refused} in the controller's words, which name the annotation of Services for an Ingress too */
export function checkRoutingPolicy(attributes: ReadonlyMap<string, string>): void {
  const policy = attributes.get(ROUTING_POLICY);
  if (policy === undefined || isUnknown(policy) || ROUTING_POLICIES.includes(policy)) return;
  throw new Refused(
    `invalid ${ROUTING_POLICY} set in annotation ${ATTRIBUTES}: got '${policy}' expected one of ` +
      `['${ROUTING_POLICIES.join("', '")}']`,
  );
}

/** Attributes of a Network Load Balancer; annotations of their own win over the list. */
export function attributesOf(service: Service): Sourced<readonly KeyValue[]> {
  const listed = pairsOf(SERVICE_ANNOTATIONS.map(service, ATTRIBUTES));
  refusedAt(SERVICE_ANNOTATIONS.source(service, ATTRIBUTES), () => {
    checkRoutingPolicy(listed);
  });
  return {
    value: keyValues(new Map([...listed, ...accessLogOf(service), ...crossZoneOf(service)])),
    sources: sourcesOf(service, ATTRIBUTES, ACCESS_LOG, BUCKET, PREFIX, CROSS_ZONE),
  };
}

function accessLogOf(service: Service): ReadonlyMap<string, string> {
  const enabled = SERVICE_ANNOTATIONS.boolean(service, ACCESS_LOG) ?? false;
  if (enabled === false) return new Map();
  const given = (attribute: string, suffix: string) => {
    const value = SERVICE_ANNOTATIONS.string(service, suffix);
    return value === undefined ? [] : [[attribute, enabled === true ? value : KNOWN_AFTER_APPLY] as const];
  };
  return new Map([
    ['access_logs.s3.enabled', String(enabled)],
    ...given('access_logs.s3.bucket', BUCKET),
    ...given('access_logs.s3.prefix', PREFIX),
  ]);
}

function crossZoneOf(service: Service): ReadonlyMap<string, string> {
  const enabled = SERVICE_ANNOTATIONS.boolean(service, CROSS_ZONE);
  return enabled === undefined
    ? new Map()
    : new Map([['load_balancing.cross_zone.enabled', String(enabled)]]);
}
