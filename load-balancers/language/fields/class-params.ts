import { ATTRIBUTE_KINDS } from '../attributes';
import { list, map } from '../collections';
import { type Kind, type ValueOf } from '../kind';
import { object, anyOf, required, type Together } from '../object';
import { words } from '../scalars';
import { anyText, id, numeral } from '../text';
import { KINDS } from '../values';

type Entries = readonly { readonly key: string; readonly value: string }[];

/** A map as the custom resource has it, whose entries are judged as the map that they are. */
function keyValues(kind: Kind<Readonly<Record<string, string>>>): Kind<Entries> {
  const entries = list(object({ key: required(anyText), value: required(anyText) }), Infinity, false);
  const own: Kind<Entries>['own'] = (all) =>
    kind.judge(Object.fromEntries(all.map(({ key, value }) => [key, value]))).map((wrong) => {
      const [at] = wrong.path;
      if (at === undefined) return wrong;
      const index = all.findIndex(({ key }) => key === at);
      return { ...wrong, path: [index, wrong.value === at ? 'key' : 'value'] };
    });
  return { ...entries, limit: kind.limit, own, judge: own };
}

/** Nodes or namespaces by their labels. */
export const labelSelector = object({
  matchLabels: map(),
  matchExpressions: list(
    object({
      key: required(anyText),
      operator: required(words('In', 'NotIn', 'Exists', 'DoesNotExist')),
      /** For `In` and `NotIn`. */
      values: list(anyText, Infinity, false),
    }),
    Infinity,
    false,
  ),
});

const oneTag: Together<{ readonly tags: object }> = ({ tags }) =>
  Object.keys(tags).length > 0 ? [] : [{ path: ['tags'], reason: 'empty', remedy: 'write at least one tag' }];

const subnets = anyOf(
  'write { ids } or { tags }',
  object({ ids: required(list(id('subnet', 'a subnet'), Infinity, 'write at least two, in two zones')) }),
  object(
    {
      /** Values that the tag of a subnet may have, by its key. */
      tags: required(map(anyText, list(anyText, Infinity, false))),
    },
    oneTag,
  ),
);

/**
 * What the platform decides for every Ingress of a class: fields of IngressClassParams at release 3.5.0, in their own
 * words. They win over what an Ingress says.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/
 */
export const ingressClassParams = object({
  scheme: KINDS.scheme,
  ipAddressType: KINDS.ipAddressType,
  /** All Ingresses of the class share one load balancer of this group. */
  group: object({ name: required(KINDS.groupName) }),
  /** Namespaces whose Ingresses may have the class. @default - all */
  namespaceSelector: labelSelector,
  /** For a class of one load balancer. */
  loadBalancerName: KINDS.loadBalancerName,
  subnets,
  inboundCIDRs: KINDS.networks,
  prefixListsIDs: KINDS.prefixLists,
  sslPolicy: KINDS.sslPolicy,
  /** Port of the HTTPS listener to which HTTP is redirected; a string, as the custom resource has it. */
  sslRedirectPort: numeral(KINDS.port, "write a port in quotes such as '443'"),
  certificateArn: KINDS.certificates,
  wafv2AclArn: KINDS.webAclArn,
  /** The controller needs the permission `wafv2:ListWebACLs`. */
  wafv2AclName: KINDS.webAclName,
  targetType: KINDS.targetType,
  loadBalancerAttributes: keyValues(ATTRIBUTE_KINDS.loadBalancerAttributes),
  /** Attributes of listeners that Ingresses make. */
  listeners: list(
    object({
      protocol: required(KINDS.backendProtocol),
      port: required(KINDS.port),
      listenerAttributes: keyValues(ATTRIBUTE_KINDS.listenerAttributes),
    }),
    Infinity,
    false,
  ),
  minimumLoadBalancerCapacity: object({ capacityUnits: required(KINDS.capacityUnits) }),
  ipamConfiguration: object({ ipv4IPAMPoolId: KINDS.ipamPool }),
  tags: keyValues(KINDS.tags),
});

export type IngressClassParamsSettings = ValueOf<typeof ingressClassParams>;
