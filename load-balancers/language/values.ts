import { isIPv4, isIPv6 } from 'node:net';
import { isCidr, networkOf } from '../model';
import { nearest } from '../problem';
import {
  arn,
  atMost,
  characters,
  flag,
  foldedWords,
  id,
  like,
  list,
  map,
  anyOf,
  text,
  whole,
  words,
  type AnyKind,
  type Kind,
} from './kind';
import { CURRENT_SSL_POLICY, SSL_POLICIES } from './ssl-policies';

const ACCOUNT = '111122223333';

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
const loadBalancerName = text(
  'at most 32 letters, digits and hyphens; no hyphen at either end, not internal- at the beginning',
  (value) =>
    value.length <= 32
      ? undefined
      : {
          reason: `it has ${value.length} characters, a load balancer's name at most 32`,
          remedy: `write at most 32 characters, such as '${value.slice(0, 32).replace(/-$/, '')}'`,
        },
  (value) =>
    value.startsWith('internal-')
      ? {
          reason: "AWS keeps names that begin with 'internal-' for itself",
          remedy: `write a name that does not begin with 'internal-', such as '${value.slice(9) || 'shop'}'`,
        }
      : undefined,
  like(
    /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
    'a name has letters, digits and hyphens only, without a hyphen at either end',
    (value) =>
      `write letters, digits and hyphens, with no hyphen at either end, such as '${value.replaceAll(/[^a-zA-Z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'shop'}'`,
  ),
);

/**
 * What all of AWS takes in tags, of any script.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Tag.html
 */
const TAG = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const OF_TAGS = 'letters, digits, spaces and _ . : / = + - @';

/**
 * Tags by which the controller knows its own resources; it refuses them, or overwrites what they say.
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/pkg/deploy/tracking/provider.go
 */
const RESERVED_TAGS = /^(elbv2|ingress|service)\.k8s\.aws\//;

const tagKey = text(
  `1 to 128 ${OF_TAGS}; not aws:, nor those of the controller`,
  like(/./s, 'empty', 'write a tag key of at least one character'),
  atMost(128),
  like(
    /^(?!aws:)/i,
    'AWS keeps keys that begin with aws: for itself',
    'write another key, which does not begin with aws:',
  ),
  (value) =>
    RESERVED_TAGS.test(value)
      ? {
          reason: 'by such tags the controller knows its own resources',
          remedy: 'write another key, such as Team',
        }
      : undefined,
  like(TAG, 'AWS takes no such characters', `write a tag key of ${OF_TAGS} only`),
);
const tagValue = text(
  `at most 256 ${OF_TAGS}`,
  atMost(256),
  like(TAG, 'AWS takes no such characters', `write a tag value of ${OF_TAGS} only`),
);

const unspaced = like(
  /^(?!\s)(.*\S)?$/s,
  'spaces at either end are lost in the annotation',
  'write key and value without spaces at either end',
);

/**
 * A network. One with bits set outside its prefix is none to the controller's webhook; of an annotation, EC2 keeps the
 * network alone, and the controller, which compares texts, would make the rule again for ever.
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/webhooks/elbv2/ingressclassparams_validator.go
 */
const network = text('IPv4 or IPv6 network, without bits outside its prefix', (value) => {
  const example = 'write a network such as 203.0.113.0/24 or 2001:db8::/32';
  const bits = isIPv4(value) ? 32 : isIPv6(value) ? 128 : undefined;
  if (!isCidr(value))
    return { reason: 'not an IP network', remedy: bits === undefined ? example : `write '${value}/${bits}'` };
  const meant = networkOf(value);
  return meant === undefined
    ? undefined
    : {
        reason: `AWS makes ${meant} of it, which the controller takes for another network: it fails to make the rule a second time, and applies no later change`,
        remedy: `write '${meant}'`,
      };
});

const ipv4Network = text(
  'IPv4 network',
  like(/^[\d.]+\/\d+$/, 'not an IPv4 network', "write one such as '203.0.113.0/24'"),
  (value) => network.judge(value)[0],
);

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucket = text(
  '3 to 63 lower-case letters, digits, hyphens and dots',
  like(
    /^(?=.{3,63}$)[a-z0-9][a-z0-9.-]*[a-z0-9]$/,
    'no bucket of S3 has such a name',
    'write the name of an S3 bucket, without s3://',
  ),
);
/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html */
const logPrefix = text(
  'no / at either end, no AWSLogs in it',
  like(
    /^(?!\/)(?!.*\/$)(?!.*AWSLogs)\S*$/,
    'AWS takes no such prefix of logs',
    'write a prefix without / at either end, without spaces and without AWSLogs, which AWS adds',
  ),
);

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
const healthCheckPath = text(
  'at most 1024 characters beginning with /, without spaces',
  like(
    /^\//,
    'it has no / in front',
    (value) => `write a path that begins with /, such as /${value.replaceAll(/\s/g, '')}`,
  ),
  atMost(1024),
  like(
    /^[!-~]*$/,
    'no path of a request has such characters',
    'write it without spaces, as a request has it',
  ),
);

/** Numbers, lists and ranges of them. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html */
function codes(min: number, max: number, remedy: string): Kind<string> {
  return text(`codes from ${min} to ${max}, such as 200, 200,202 or 200-299`, (value) => {
    const legal = value.split(',').every((entry) => {
      const [, from, to = from] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(entry.trim()) ?? [];
      return Number(from) >= min && Number(to) <= max && Number(from) <= Number(to);
    });
    return legal ? undefined : { reason: `success codes are numbers from ${min} to ${max}`, remedy };
  });
}

/** What security policy an HTTPS or TLS listener may have. AWS may have one that came later. */
const sslPolicy = text('a security policy of AWS', (value) => {
  if (SSL_POLICIES.includes(value)) return undefined;
  const meant = nearest(value, SSL_POLICIES, 4);
  return {
    reason: 'AWS has no such policy for its listeners, as far as is known',
    remedy: `write ${meant === undefined ? `one such as '${CURRENT_SSL_POLICY}'` : `'${meant}'`}`,
    ...(meant === undefined && /^ELBSecurityPolicy-./.test(value) && { warning: true }),
  };
});

/** Lists become text between commas, and spaces around an entry are lost. */
const entry = (prefix: string, what: string) =>
  like(
    /^(?!\s)[^,]+(?<!\s)$/,
    'commas and spaces at either end are lost in an annotation',
    `write the id of ${what} such as ${prefix}-0123456789abcdef0, or the value of its tag 'Name', without commas and without spaces at either end`,
  );

/** The number of a port, or its name, which has a letter. */
const PORT_NAME = /^(?=.*[a-z])(?!use-annotation$)[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/;

/** The kinds of values, by name. */
export const KINDS = {
  flag,
  loadBalancerName,
  groupName: text(
    'at most 63 lower-case letters, digits, hyphens and dots',
    atMost(63),
    like(
      /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
      'no name of a group',
      'write lower-case letters, digits, hyphens and dots, with a letter or a digit at both ends',
    ),
  ),
  groupOrder: whole(-1000, 1000),
  scheme: words('internal', 'internet-facing'),
  ipAddressType: words('ipv4', 'dualstack', 'dualstack-without-public-ipv4'),
  networkIpAddressType: words('ipv4', 'dualstack'),
  targetType: words('instance', 'ip'),
  backendProtocol: words('HTTP', 'HTTPS'),
  backendProtocolVersion: words('HTTP1', 'HTTP2', 'GRPC'),
  networkHealthCheckProtocol: foldedWords('TCP', 'HTTP', 'HTTPS'),
  onOff: words('on', 'off'),
  /** All ports; there is no other value. */
  proxyProtocol: words('*'),
  authenticationType: words('none', 'oidc', 'cognito'),
  onUnauthenticatedRequest: words('authenticate', 'allow', 'deny'),
  alpnPolicy: words('HTTP1Only', 'HTTP2Only', 'HTTP2Optional', 'HTTP2Preferred', 'None'),
  tlsBackendProtocol: words('tcp', 'ssl'),
  port: whole(1, 65535),
  /** Name or number of a port of a Service. */
  servicePort: anyOf(
    'write the number or the name of a port of the Service',
    whole(1, 65535),
    text(
      'name of a port',
      like(
        PORT_NAME,
        'no port of a Service has such a name',
        'write the number of a port, or its name: at most 15 lower-case letters, digits and hyphens',
      ),
    ),
  ),
  serviceName: characters(
    63,
    like(
      /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
      'no Service has such a name',
      'write the name of a Service: lower-case letters, digits and hyphens, beginning with a letter',
    ),
  ),
  /** A host name, with a wildcard at most as its first label. */
  hostName: text(
    'DNS name of at most 128 characters, with a wildcard at most as its first label',
    atMost(128, ': a load balancer compares no more'),
    like(
      /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
      'no DNS name',
      'write a DNS name such as shop.example.com or *.example.com',
    ),
  ),
  weight: whole(0, 999),
  network,
  networks: list(network),
  ipv4Networks: list(ipv4Network),
  prefixLists: list(id('pl', 'a prefix list')),
  eipAllocations: list(id('eipalloc', 'an Elastic IP address')),
  privateIpv4Addresses: list(
    text('IPv4 address', (value) =>
      isIPv4(value) ? undefined : { reason: 'not an IPv4 address', remedy: 'write one such as 10.0.1.10' },
    ),
  ),
  ipv6Addresses: list(
    text('IPv6 address', (value) =>
      isIPv6(value) ? undefined : { reason: 'not an IPv6 address', remedy: 'write one such as 2001:db8::10' },
    ),
  ),
  sourceNatPrefixes: list(
    text('IPv6 network of 80 bits, or auto_assigned', (value) =>
      value === 'auto_assigned' || (value.endsWith('/80') && isIPv6(value.slice(0, -3)))
        ? undefined
        : {
            reason: 'not an IPv6 network of 80 bits',
            remedy: 'write one such as 2001:db8:1:2:3::/80, or auto_assigned',
          },
    ),
  ),
  subnets: list(
    text(
      'id of a subnet, or the value of its tag Name',
      entry('subnet', 'a subnet'),
      like(
        /^(?!subnet-)|^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/,
        'not the id of a subnet',
        'write one such as subnet-0123456789abcdef0',
      ),
    ),
  ),
  securityGroups: list(
    text(
      'id of a security group, or the value of its tag Name',
      entry('sg', 'a security group'),
      like(
        /^(?!sg-)|^sg-([0-9a-f]{8}|[0-9a-f]{17})$/,
        'not the id of a security group',
        'write one such as sg-0123456789abcdef0',
      ),
    ),
  ),
  securityGroupId: id('sg', 'a security group'),
  vpcId: id('vpc', 'a VPC'),
  coipPool: text(
    'id of a customer-owned pool',
    like(
      /^ipv4pool-coip-[0-9a-f]+$/,
      'not the id of a pool of addresses of an Outpost',
      'write the id of a pool such as ipv4pool-coip-0123456789abcdef0',
    ),
  ),
  ipamPool: text(
    'id of a pool of IPAM',
    like(
      /^ipam-pool-[0-9a-f]+$/,
      'not the id of a pool of IPAM',
      'write the id of a pool such as ipam-pool-0123456789abcdef0',
    ),
  ),
  certificates: list(
    arn(
      /(acm:[a-z0-9-]+:\d{12}:certificate|iam::\d{12}:server-certificate)\/[^\s,]+/,
      'a certificate of ACM or IAM',
      `arn:aws:acm:eu-west-1:${ACCOUNT}:certificate/…`,
    ),
  ),
  certificateAuthority: arn(
    /acm-pca:[^:]+:\d{12}:certificate-authority\/\S+/,
    'a private certificate authority',
    `arn:aws:acm-pca:eu-west-1:${ACCOUNT}:certificate-authority/…`,
  ),
  targetGroupArn: arn(
    /elasticloadbalancing:[^:]+:\d{12}:targetgroup\/[^/\s]+\/\S+/,
    'a target group',
    `arn:aws:elasticloadbalancing:eu-west-1:${ACCOUNT}:targetgroup/name/0123456789abcdef`,
  ),
  targetGroupName: text(
    'at most 32 letters, digits and hyphens',
    like(
      /^(?=.{1,32}$)[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
      'not the name of a target group',
      'write the name of a target group, such as users: at most 32 letters, digits and hyphens',
    ),
  ),
  roleArn: arn(/iam::\d{12}:role\/\S+/, 'a role', `arn:aws:iam::${ACCOUNT}:role/targets`),
  sslPolicy,
  webAclArn: text(
    'ARN of a regional web ACL of WAFv2, or none',
    like(
      /^(arn:[^:,\s]+:wafv2:[^:]*:\d{12}:(regional|global)\/webacl\/[^/\s]+\/[^/\s]+|none)$/,
      'this is no ARN of a web ACL of WAFv2',
      `write one such as arn:aws:wafv2:eu-west-1:${ACCOUNT}:regional/webacl/name/id`,
    ),
    like(
      /^(?!.*:global\/)/,
      'its scope is CloudFront, whose web ACLs a load balancer cannot have',
      `write one such as arn:aws:wafv2:eu-west-1:${ACCOUNT}:regional/webacl/name/id; one of CLOUDFRONT is for distributions only`,
    ),
  ),
  webAclName: text(
    'at most 128 letters, digits, - and _',
    like(
      /^[\w-]{1,128}$/,
      'no web ACL has such a name',
      'write a name of at most 128 letters, digits, - and _',
    ),
  ),
  /** @see https://docs.aws.amazon.com/waf/latest/APIReference/API_wafRegional_AssociateWebACL.html */
  wafClassicId: text(
    'id of a web ACL of WAF Classic, or none',
    like(
      /^([0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}|none)$/,
      'not the id of a web ACL of WAF Classic',
      "write the id of a web ACL of WAF Classic, or 'none'",
    ),
  ),
  tagKey,
  tagValue,
  /** Of which AWS takes 50 a resource. */
  tags: map(tagKey, tagValue, 50),
  /** Tags that an annotation can say: it has `=` between key and value, and spaces around either are lost. */
  tagsOfAnnotation: map(
    text(
      tagKey.limit,
      like(/^[^=]*$/, '= ends the key in the annotation', 'write a tag key without ='),
      unspaced,
      (value) => tagKey.judge(value)[0],
    ),
    text(tagValue.limit, unspaced, (value) => tagValue.judge(value)[0]),
    50,
  ),
  healthCheckInterval: whole(5, 300),
  healthCheckTimeout: whole(2, 120),
  threshold: whole(2, 10),
  healthCheckPath,
  successCodes: codes(200, 499, "write such as '200', '200,302' or '200-399'"),
  networkSuccessCodes: codes(200, 599, "write such as '200', '200,302' or '200-399'"),
  grpcCodes: codes(0, 99, "write such as '0', '0,12' or '0-99'"),
  sessionTimeout: whole(1, 604800),
  cookieSeconds: whole(1, 604800),
  /**
   * Units to reserve; 0 gives a reservation back.
   * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#minimum-load-balancer-capacity
   */
  capacityUnits: whole(0),
  bucket,
  logPrefix,
} as const satisfies Readonly<Record<string, AnyKind>>;
