import { type Service, isUnknown } from '../../model';
import { atAnnotation, type Check, type NlbFinding } from './finding';
import { pairs, read } from './read';

/** Words that the controller takes, and what it takes at all. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  'aws-load-balancer-scheme': ['internal', 'internet-facing'],
  'aws-load-balancer-ip-address-type': ['ipv4', 'dualstack'],
  'aws-load-balancer-nlb-target-type': ['ip', 'instance'],
  'aws-load-balancer-inbound-sg-rules-on-private-link-traffic': ['on', 'off'],
  'aws-load-balancer-enable-icmp-for-path-mtu-discovery': ['on', 'off'],
  'aws-load-balancer-enable-prefix-for-ipv6-source-nat': ['on', 'off'],
  'aws-load-balancer-alpn-policy': ['HTTP1Only', 'HTTP2Only', 'HTTP2Optional', 'HTTP2Preferred', 'None'],
  'aws-load-balancer-backend-protocol': ['ssl', 'tcp'],
  'aws-load-balancer-healthcheck-protocol': ['TCP', 'HTTP', 'HTTPS', 'tcp', 'http', 'https'],
  'aws-load-balancer-proxy-protocol': ['*'],
};

const NAME = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/;
const LONGEST_NAME = 32;
const MOST_TAGS = 50;

/** What one value alone shows to be wrong. */
export const words: Check = (service) => [
  ...Object.entries(WORDS).flatMap(([suffix, accepted]) => {
    const value = read.text(service, suffix);
    if (value === undefined || accepted.includes(value)) return [];
    const remedy = `write ${accepted.map((each) => `'${each}'`).join(' or ')}`;
    return [atAnnotation(service, suffix, 'not an accepted value', remedy)];
  }),
  ...name(service),
  ...tags(service),
  ...capacity(service),
];

function name(service: Service): NlbFinding[] {
  const suffix = 'aws-load-balancer-name';
  const value = read.text(service, suffix);
  if (value === undefined) return [];
  const at = (reason: string, remedy: string) => [atAnnotation(service, suffix, reason, remedy)];
  if (value.length > LONGEST_NAME) {
    return at(`it has ${value.length} characters`, `write at most ${LONGEST_NAME}`);
  }
  if (value.startsWith('internal-')) {
    return at('AWS keeps names that begin with internal- for itself', `write '${value.slice(9)}'`);
  }
  if (NAME.test(value)) return [];
  return at(
    'AWS takes letters, digits and hyphens, with no hyphen at either end',
    `write a name such as '${value.replaceAll(/[^a-zA-Z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'shop'}'`,
  );
}

/** Tags by which the controller knows its own resources, and those of AWS. */
const RESERVED = /^(aws:|elbv2\.k8s\.aws\/|service\.k8s\.aws\/)/i;

function tags(service: Service): NlbFinding[] {
  const suffix = 'aws-load-balancer-additional-resource-tags';
  const all = pairs(service, suffix);
  const at = (entry: (typeof all)[number], reason: string, remedy: string) =>
    atAnnotation(service, suffix, reason, remedy, entry);
  return [
    ...all.flatMap((entry) => {
      if (RESERVED.test(entry.at)) {
        return [
          at(entry, 'AWS or the controller keeps such keys for itself', 'write another key, such as Team'),
        ];
      }
      if (entry.at.length > 128) return [at(entry, 'the key is too long', 'write at most 128 characters')];
      if (entry.value.length > 256) return [at(entry, 'it is too long', 'write at most 256 characters')];
      return [];
    }),
    ...(all.length > MOST_TAGS
      ? [atAnnotation(service, suffix, `${all.length} tags are too many`, `write at most ${MOST_TAGS}`)]
      : []),
  ];
}

function capacity(service: Service): NlbFinding[] {
  const suffix = 'aws-load-balancer-minimum-load-balancer-capacity';
  return [...(read.map(service, suffix) ?? [])].flatMap(([key, value]) => {
    if (key === 'CapacityUnits' && (isUnknown(value) || /^[1-9]\d*$/.test(value))) return [];
    return [
      atAnnotation(
        service,
        suffix,
        key === 'CapacityUnits' ? 'no whole number above 0' : `${key} is no unit of capacity`,
        "write 'CapacityUnits=3000'",
      ),
    ];
  });
}
