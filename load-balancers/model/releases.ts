import { type IpPermission, type KeyValue, type Listener, type LoadBalancer } from './model';
import { type KubernetesObject } from './objects';
import { isUnknown } from './unknown';

/** Release that the model is of; what others build otherwise is in `RELEASE_CHANGES`. */
export const MODEL_RELEASE = '3.5.0';

/** Oldest release whose differences are known; of older ones only annotations and fields are. */
export const OLDEST_MODEL_RELEASE = '2.17.1';

/** What a release of the controller does otherwise than the ones before it. */
export interface ReleaseChange {
  /** First release that does it, such as `3.2.0`. */
  readonly since: string;
  /** What changes with it, in a sentence. */
  readonly what: string;
  /** URL of the code, or of the release's notes. */
  readonly source: string;
  /** Load balancers that it is about. @default - the controller as a whole */
  readonly concerns?: (loadBalancer: LoadBalancer) => boolean;
  /** Annotations, without prefix and what follows a dot, that an older release passes over. @default [] */
  readonly annotations?: readonly string[];
  /** Fields of IngressClassParams that the definition of an older release drops. @default [] */
  readonly params?: readonly string[];
  /** What an older release makes of a load balancer. @default - the same */
  readonly before?: (loadBalancer: LoadBalancer) => LoadBalancer;
}

const at = (release: string, path: string) =>
  `https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v${release}/${path}`;
const notes = (release: string) =>
  `https://github.com/kubernetes-sigs/aws-load-balancer-controller/releases/tag/v${release}`;

const NO_TAGS: readonly KeyValue[] = [];
const isFrontend = ({ Id }: LoadBalancer) => Id.endsWith('/FrontendNlb');
const isDualstack = ({ IpAddressType }: LoadBalancer) => IpAddressType.startsWith('dualstack');
const BY_DATAGRAM: readonly Listener['Protocol'][] = ['UDP', 'QUIC', 'TCP_QUIC'];

/** All that is known to differ between releases, oldest first. */
export const RELEASE_CHANGES: readonly ReleaseChange[] = [
  {
    since: '2.14.0',
    what: 'Tags and addresses of the frontend NLB, web ACLs by name, and NLBs without security groups are new',
    source: at('2.14.0', 'pkg/annotations/constants.go'),
    annotations: [
      'aws-load-balancer-disable-nlb-sg',
      'frontend-nlb-eip-allocations',
      'frontend-nlb-tags',
      'wafv2-acl-name',
    ],
    params: ['loadBalancerName', 'prefixListsIDs', 'sslRedirectPort', 'wafv2AclArn', 'wafv2AclName'],
  },
  {
    since: '2.14.1',
    what: 'Paths may be regular expressions',
    source: at('2.14.1', 'pkg/annotations/constants.go'),
    annotations: ['use-regex-path-match'],
  },
  {
    since: '2.15.0',
    what: 'Validation of JWTs, and QUIC, are new',
    source: at('2.15.0', 'pkg/annotations/constants.go'),
    annotations: ['aws-load-balancer-quic-enabled-ports', 'jwt-validation'],
  },
  {
    since: '2.16.0',
    what: "Ports of the targets' agent are new",
    source: at('2.16.0', 'pkg/annotations/constants.go'),
    annotations: ['target-control-port'],
  },
  {
    since: '3.0.0',
    what: 'Target groups of the other Services behind it get another name: they are made anew, and their targets are registered again',
    source: at('3.0.0', 'pkg/service/model_build_target_group.go'),
    concerns: ({ Members, TargetGroups }) =>
      TargetGroups.some(
        ({ Service }) =>
          Service &&
          Members.some((each) => each.startsWith('Service ')) &&
          !Members.includes(`Service ${Service.Name}`),
      ),
  },
  {
    since: '3.0.0',
    what: 'Addresses go to subnets in the order in which both are written, not in the order in which AWS lists the subnets',
    source: at('3.0.0', 'pkg/networking/subnet_resolver.go'),
    concerns: ({ SubnetMappings }) =>
      SubnetMappings.filter(
        ({ AllocationId, PrivateIPv4Address, IPv6Address }) =>
          AllocationId ?? PrivateIPv4Address ?? IPv6Address,
      ).length > 1,
  },
  {
    since: '3.0.0',
    what: 'Status of TargetGroupBindings has conditions',
    source: at('3.0.0', 'apis/elbv2/v1beta1/targetgroupbinding_types.go'),
  },
  {
    since: '3.1.0',
    what: 'Rules after a redirect whose path is a regular expression are no longer left out as if it took every path',
    source: at('3.1.0', 'pkg/ingress/rule_optimizer.go'),
    concerns: ({ Listeners }) =>
      Listeners.some(({ Rules }) =>
        Rules.some(
          ({ Conditions, Actions }) =>
            Actions.some(({ Type }) => Type === 'redirect') &&
            Conditions.some(({ PathPatternConfig }) => PathPatternConfig?.RegexValues),
        ),
      ),
  },
  {
    since: '3.2.0',
    what: 'Attributes of the frontend NLB are new',
    source: at('3.2.0', 'pkg/ingress/model_build_frontend_nlb.go'),
    annotations: ['frontend-nlb-attributes'],
  },
  {
    since: '3.2.0',
    what: 'Gates ALBGatewayAPI and NLBGatewayAPI are open without a flag: Gateways are served where their definitions are there',
    source: at('3.2.0', 'pkg/config/feature_gates.go'),
  },
  {
    since: '3.2.0',
    what: 'Tags whose keys begin with aws: are left alone',
    source: at('3.2.0', 'pkg/algorithm/maps.go'),
  },
  {
    since: '3.2.0',
    what: 'Host name in the status of its Service or Ingress is in small letters; what compares it as a text sees another',
    source: at('3.2.0', 'controllers/service/service_controller.go'),
    concerns: ({ LoadBalancerName }) => !isUnknown(LoadBalancerName) && /[A-Z]/.test(LoadBalancerName),
  },
  {
    since: '3.2.2',
    what: 'Attributes of listeners for UDP and QUIC are set',
    source: at('3.2.2', 'pkg/deploy/elbv2/listener_manager.go'),
    before: ofListeners((listener) =>
      BY_DATAGRAM.includes(listener.Protocol) ? { ...listener, Attributes: NO_TAGS } : listener,
    ),
  },
  {
    since: '3.2.2',
    what: 'Gate GatewayListenerSet is new, and open without a flag',
    source: at('3.2.2', 'pkg/config/feature_gates.go'),
  },
  {
    since: '3.3.0',
    what: 'Certificates of ACM may be made for Ingresses',
    source: notes('3.3.0'),
    annotations: ['create-acm-cert', 'acm-pca-arn'],
  },
  {
    since: '3.3.0',
    what: 'Listeners and target groups of the frontend NLB get its tags',
    source: at('3.3.0', 'pkg/ingress/model_build_frontend_nlb.go'),
    before: (loadBalancer) =>
      isFrontend(loadBalancer)
        ? {
            ...ofListeners((listener) => ({ ...listener, Tags: NO_TAGS }))(loadBalancer),
            TargetGroups: loadBalancer.TargetGroups.map((group) => ({ ...group, Tags: NO_TAGS })),
          }
        : loadBalancer,
  },
  {
    since: '3.4.0',
    what: 'Tags of rules are kept up to date, not only those of rules that move',
    source: at('3.4.0', 'pkg/deploy/elbv2/listener_rule_synthesizer.go'),
    concerns: ({ Listeners }) => Listeners.some(({ Rules }) => Rules.some(({ Tags }) => Tags.length > 0)),
  },
  {
    since: '3.4.0',
    what: 'A capacity that is no number of 32 bits is refused; before, it was taken for 0',
    source: at('3.4.0', 'pkg/ingress/model_build_load_balancer_capacity_reservation.go'),
  },
  {
    since: '3.4.0',
    what: 'Plans without effect, by the annotation dry-run-plan, are new',
    source: notes('3.4.0'),
    annotations: ['dry-run-plan'],
  },
  {
    since: '3.4.1',
    what: 'The default certificate is in the list by name of host too; requests see no other',
    source: at('3.4.1', 'pkg/deploy/elbv2/listener_manager.go'),
    concerns: ({ Listeners }) => Listeners.some(({ Certificates }) => Certificates.length > 0),
  },
  {
    since: '3.4.1',
    what: 'ICMP for the discovery of the path MTU is let in by the types that carry it: 3/4, with IPv6 2/0',
    source: at('3.4.1', 'pkg/shared_constants/icmp.go'),
    before: ({ ManagedSecurityGroup: group, ...loadBalancer }) => ({
      ...loadBalancer,
      ...(group && {
        ManagedSecurityGroup: { ...group, IpPermissions: group.IpPermissions.map(icmpBefore) },
      }),
    }),
  },
  {
    since: '3.5.0',
    what: 'Subnets without an IPv6 network are passed over, or refused where they are written; before, AWS refused the load balancer',
    source: at('3.5.0', 'pkg/networking/subnet_resolver.go'),
    concerns: isDualstack,
  },
  {
    since: '3.5.0',
    what: 'Kinds of gateway.k8s.aws are stored as v1; v1beta1 is still served, with a warning. Definitions of an older release are refused from then on',
    source: at('3.5.0', 'helm/aws-load-balancer-controller/crds/gateway-crds.yaml'),
  },
];

function ofListeners(change: (listener: Listener) => Listener) {
  return (loadBalancer: LoadBalancer): LoadBalancer => ({
    ...loadBalancer,
    Listeners: loadBalancer.Listeners.map(change),
  });
}

/** Types and codes were mistaken for one another. */
function icmpBefore(permission: IpPermission): IpPermission {
  if (permission.IpProtocol === 'icmp') return { ...permission, FromPort: 2, ToPort: 3 };
  return permission.IpProtocol === 'icmpv6' ? { ...permission, FromPort: 0, ToPort: 4 } : permission;
}

/** Negative where the first release is the older one, 0 where they are the same. */
export function compareReleases(one: string, other: string): number {
  const [a, b] = [one, other].map((release) => release.split('.').map(Number));
  const differing = a?.findIndex((part, index) => part !== b?.[index]) ?? -1;
  return differing < 0 ? 0 : (a?.[differing] ?? 0) - (b?.[differing] ?? 0);
}

/** What comes with the releases after one, up to another. */
export function changesBetween(from: string, to: string): readonly ReleaseChange[] {
  return RELEASE_CHANGES.filter(
    ({ since }) => compareReleases(from, since) < 0 && compareReleases(since, to) <= 0,
  );
}

/** Annotations and fields of an object that a release doesn't know yet, each with the first that does. */
export function passedOver(
  release: string,
  { kind, metadata, ...object }: KubernetesObject,
): readonly { readonly name: string; readonly since: string }[] {
  const written = 'spec' in object && kind === 'IngressClassParams' ? object.spec : metadata.annotations;
  if (written === undefined || isUnknown(written)) return [];
  const names = Object.keys(written);
  return changesBetween(release, MODEL_RELEASE).flatMap(({ since, annotations = [], params = [] }) =>
    names
      .filter((name) =>
        kind === 'IngressClassParams' ? params.includes(name) : annotations.includes(suffixOf(name)),
      )
      .map((name) => ({ name, since })),
  );
}

/** An annotation of the controller's without its prefix, and without what follows a dot. */
function suffixOf(annotation: string): string {
  return /^(?:alb\.ingress|service\.beta)\.kubernetes\.io\/([^.]*)/.exec(annotation)?.[1] ?? '';
}

/** Objects as a release reads them: without what it doesn't know yet. */
export function readBy(release: string): (object: KubernetesObject) => KubernetesObject {
  if (compareReleases(release, MODEL_RELEASE) >= 0) return (object) => object;
  return (object) => {
    const names = passedOver(release, object).map(({ name }) => name);
    if (names.length === 0) return object;
    if (object.kind === 'IngressClassParams') return { ...object, spec: without(object.spec, names) };
    const { annotations = {} } = object.metadata;
    return { ...object, metadata: { ...object.metadata, annotations: without(annotations, names) } };
  };
}

/** A load balancer as a release makes it. */
export function madeBy(release: string): (loadBalancer: LoadBalancer) => LoadBalancer {
  const later = changesBetween(release, MODEL_RELEASE).flatMap(({ before = [] }) => before);
  return (loadBalancer) => later.reduce((made, before) => before(made), loadBalancer);
}

function without<T extends object>(fields: T, names: readonly string[]): T {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name))) as T;
}
