import { ATTRIBUTE_KINDS } from '../attributes';
import { keyed, says, type Said } from '../field';
import { list, map } from '../collections';
import { type ValueOf } from '../kind';
import { object, anyOf, required, type Together } from '../object';
import { only, words } from '../scalars';
import { KINDS } from '../values';
import { loadBalancerAttributes } from './attributes';
import { authentication, jwtValidation } from './authentication';
import { frontendNlb } from './frontend-nlb';
import { listeners } from './listeners';
import { defaultBackend, hiddenRoutes, route } from './routes';
import { targetGroup, targetGroupFields } from './target-group';

const SAME = { merge: 'exclusive' } as const;
/** The listeners of one port. */
const SAME_PORT = { merge: 'exclusive', per: 'listen-port' } as const;

const tags = says('tags', KINDS.tagsOfAnnotation, { param: 'tags', merge: 'merge', per: 'key' });

/** What the platform may decide by IngressClassParams, with `param`, wins over it. */
const loadBalancer = {
  /** Reachable from the internet or not; a change makes another load balancer. @default 'internal' */
  scheme: says('scheme', KINDS.scheme, { param: 'scheme', default: 'internal', ...SAME }),
  /** @default 'ipv4' */
  ipAddressType: says('ip-address-type', KINDS.ipAddressType, {
    param: 'ipAddressType',
    default: 'ipv4',
    ...SAME,
  }),
  /** Ids, or values of the tag Name; two zones at least, one subnet each. @default - discovered by their tags */
  subnets: says('subnets', KINDS.subnets, { param: 'subnets', ...SAME }),
  /** Ids, or values of the tag Name. @default - one that the controller makes, and its shared one for targets */
  securityGroups: says('security-groups', KINDS.securityGroups, SAME),
  /** Targets admit your `securityGroups` by rules of the controller. @default false */
  manageBackendSecurityGroupRules: says('manage-backend-security-group-rules', KINDS.flag, SAME),
  /** Networks that may connect. @default - all, or those of prefixLists */
  inboundCidrs: says('inbound-cidrs', KINDS.networks, {
    param: 'inboundCIDRs',
    default: '0.0.0.0/0, ::/0',
    ...SAME_PORT,
  }),
  /** Ids of prefix lists whose networks may connect. @default - none */
  prefixLists: says('security-group-prefix-lists', KINDS.prefixLists, {
    param: 'prefixListsIDs',
    ...SAME_PORT,
  }),
  /** Pool of addresses of an Outpost. @default - AWS's addresses */
  customerOwnedIpv4Pool: says('customer-owned-ipv4-pool', KINDS.coipPool, SAME),
  /** Pool of IPAM from which public addresses come. @default - AWS's addresses */
  ipamIpv4PoolId: says('ipam-ipv4-pool-id', KINDS.ipamPool, {
    param: 'ipamConfiguration.ipv4IPAMPoolId',
    ...SAME,
  }),
  /** At most 32 characters; a change makes another load balancer. @default - of namespace, name and a hash */
  loadBalancerName: says('load-balancer-name', KINDS.loadBalancerName, {
    param: 'loadBalancerName',
    ...SAME,
  }),
  loadBalancerAttributes: says('load-balancer-attributes', loadBalancerAttributes, {
    as: ATTRIBUTE_KINDS.loadBalancerAttributes,
    param: 'loadBalancerAttributes',
    merge: 'exclusive',
    per: 'key',
  }),
  /** Capacity that is there at any time, in load balancer capacity units; 0 gives it back. @default - none */
  capacityUnits: {
    ...keyed('minimum-load-balancer-capacity', 'CapacityUnits', KINDS.capacityUnits),
    ...{ as: ATTRIBUTE_KINDS.capacity, param: 'minimumLoadBalancerCapacity', merge: 'exclusive', per: 'key' },
  } satisfies Said,
  /** Of all that the controller makes for the Ingress. @default {} */
  tags,
  /** Ingresses of one group share one load balancer. @default - one of its own */
  group: object({
    name: required(says('group.name', KINDS.groupName, { param: 'group.name' })),
    /** Rules of the lower order are tried first, -1000 to 1000. @default 0 */
    order: says('group.order', KINDS.groupOrder, { default: '0' }),
  }),
};

const entrance = {
  /** @default - HTTPS on 443 with certificateArns, else HTTP on 80 */
  listeners: says('listen-ports', listeners, {
    as: 'elsewhere',
    write: (all) => JSON.stringify(all.map(({ port, protocol }) => ({ [protocol]: port }))),
    default: '[{"HTTP":80}], or [{"HTTPS":443}] with certificates',
    merge: 'merge',
    per: 'listen-port',
  }),
  /** ARNs in the Region of the load balancer; the first is for clients that name no host. @default - those of ACM for hosts and tlsHosts */
  certificateArns: says('certificate-arn', KINDS.certificates, {
    param: 'certificateArn',
    merge: 'merge',
    per: 'listen-port',
  }),
  /** ACM makes the certificate (feature gate EnableCertificateManagement). @default - it doesn't */
  certificateManagement: says(
    'create-acm-cert',
    object({
      /** Private authority that signs it. @default - the controller's, else a public certificate */
      certificateAuthorityArn: says('acm-pca-arn', KINDS.certificateAuthority, {
        default: '--default-pca-arn',
      }),
    }),
    { as: KINDS.flag, write: () => 'true', default: 'false' },
  ),
  /** @default 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' */
  sslPolicy: says('ssl-policy', KINDS.sslPolicy, {
    param: 'sslPolicy',
    default: 'ELBSecurityPolicy-2016-08',
    ...SAME_PORT,
  }),
  /** HTTP is answered by a redirect to this HTTPS listener; `true` is the first one. @default - it isn't */
  sslRedirect: says(
    'ssl-redirect',
    anyOf('write the port of an HTTPS listener, or true; leave it out for none', only(true), KINDS.port),
    { as: KINDS.port, param: 'sslRedirectPort', ...SAME },
  ),
  /** Hosts for which certificates are looked for, beside those of routes. @default [] */
  tlsHosts: list(KINDS.hostName, Infinity, false),
  /** Web ACL of WAFv2; 'none' takes one away, and absence leaves it as it is. */
  webAcl: anyOf(
    "write { arn }, { name } or 'none'",
    object({ arn: required(says('wafv2-acl-arn', KINDS.webAclArn, { param: 'wafv2AclArn', ...SAME })) }),
    object({ name: required(says('wafv2-acl-name', KINDS.webAclName, { param: 'wafv2AclName', ...SAME })) }),
    says('wafv2-acl-arn', words('none')),
  ),
  /** Web ACL of WAF classic; 'none' takes one away. */
  wafClassicAclId: says('waf-acl-id', KINDS.wafClassicId, SAME),
  /** AWS Shield Advanced; the account must have subscribed. @default - as it is */
  shieldAdvanced: says('shield-advanced-protection', KINDS.flag, SAME),
  frontendNlb,
};

const requests = {
  /** @default [] */
  routes: list(route, Infinity, 'write at least one route, or leave it out for defaultBackend'),
  /** @default - 404 */
  defaultBackend,
  /** Paths of type ImplementationSpecific are regular expressions. @default false */
  regexPathMatch: says('use-regex-path-match', KINDS.flag, { default: 'false' }),
  targetGroup,
  authentication,
  jwtValidation: says('jwt-validation', jwtValidation, {
    as: 'elsewhere',
    write: (value) => JSON.stringify(value),
  }),
};

const fields = {
  ...loadBalancer,
  ...entrance,
  ...requests,
  /** Annotations for which there is no prop; names are checked. @default {} */
  annotations: map(),
};

type Settings = ValueOf<ReturnType<typeof object<typeof fields>>>;

const together: Together<Settings> = function* (settings) {
  const { routes = [], listeners = [] } = settings;
  const wrong = (is: boolean, path: string, reason: string, remedy: string) =>
    is ? [{ path: [path], reason, remedy }] : [];
  yield* wrong(
    !settings.routes && !settings.defaultBackend,
    'routes',
    'Kubernetes refuses an Ingress without any',
    'write a route, or defaultBackend',
  );
  yield* wrong(
    settings.jwtValidation !== undefined &&
      settings.authentication !== undefined &&
      settings.authentication.type !== 'none',
    'jwtValidation',
    'authentication is there too',
    'write one of the two',
  );
  for (const [index, { port }] of listeners.entries()) {
    if (listeners.findIndex((other) => other.port === port) !== index)
      yield {
        path: ['listeners', index, 'port'],
        reason: 'a listener before it has this port already',
        remedy: 'write another port',
      };
  }
  for (const { index, by } of hiddenRoutes(routes)) {
    yield {
      path: ['routes', index, 'path'],
      reason: `routes.${by} takes all its requests before it`,
      remedy: 'write another path or host, or the one with more conditions first',
    };
  }
};

/** All that an Ingress can say to the AWS Load Balancer Controller, release 3.5.0. */
export const albIngress = object(fields, together);

/** What a Service may say of its own target groups, in the place of its Ingress. */
export const albService = object({
  targetGroup: object(targetGroupFields),
  authentication,
  /** Of its target groups. @default {} */
  tags,
});

export type AlbIngressSettings = ValueOf<typeof albIngress>;
export type AlbServiceSettings = ValueOf<typeof albService>;
export type AlbRoute = ValueOf<typeof route>;
export type AlbBackend = ValueOf<typeof defaultBackend>;
export type AlbAction = NonNullable<AlbRoute['action']>;
export type AlbCondition = NonNullable<AlbRoute['conditions']>[number];
export type AlbTransform = NonNullable<AlbRoute['transforms']>[number];
export type AlbListener = NonNullable<AlbIngressSettings['listeners']>[number];
