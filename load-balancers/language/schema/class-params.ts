import { z } from 'zod';
import { type Immutable } from '../../problem';
import { ATTRIBUTE_KINDS } from '../attribute-kinds';
import { type Kind } from '../kind';
import { KINDS } from '../values';
import { addIssues, schemaOf } from './of-kind';
import { distinct, port } from './primitives';
import {
  capacityUnits,
  certificateArns,
  groupName,
  ipAddressType,
  ipamPoolId,
  loadBalancerName,
  prefixLists,
  scheme,
  sslPolicy,
  targetType,
  webAclArn,
  webAclName,
} from './values';

/** A map as the custom resource has it. */
function keyValues(kind: Kind<Readonly<Record<string, string>>>) {
  return z.array(z.strictObject({ key: z.string(), value: z.string() })).superRefine((all, context) => {
    const pairs = Object.fromEntries(all.map(({ key, value }) => [key, value]));
    addIssues(kind.judge(pairs), context, (at, value) => [
      all.findIndex(({ key }) => key === at),
      value === at ? 'key' : 'value',
    ]);
  });
}

const labelSelector = z.strictObject({
  matchLabels: z.record(z.string(), z.string()).optional(),
  matchExpressions: z
    .array(
      z.strictObject({
        key: z.string(),
        operator: z.enum(
          ['In', 'NotIn', 'Exists', 'DoesNotExist'],
          "write 'In', 'NotIn', 'Exists' or 'DoesNotExist'",
        ),
        values: z.array(z.string()).optional(),
      }),
    )
    .optional(),
});

const subnets = z.union(
  [
    z.strictObject({
      ids: distinct(
        z
          .array(z.string().regex(/^subnet-[0-9a-f]+$/, 'write an id such as subnet-0123456789abcdef0'))
          .min(1, 'write at least two, in two zones'),
      ),
    }),
    z.strictObject({
      /** Values that the tag of a subnet may have, by its key. */
      tags: z
        .record(z.string(), distinct(z.array(z.string())))
        .refine((all) => Object.keys(all).length > 0, { message: 'write at least one tag' }),
    }),
  ],
  'write { ids } or { tags }',
);

/**
 * What the platform decides for every Ingress of a class: fields of IngressClassParams at release 3.5.0, in their own
 * words. They win over what an Ingress says.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/
 */
export const ingressClassParams = z.strictObject({
  scheme: scheme.optional(),
  ipAddressType: ipAddressType.optional(),
  /** All Ingresses of the class share one load balancer of this group. */
  group: z.strictObject({ name: groupName }).optional(),
  /** Namespaces whose Ingresses may have the class. @default - all */
  namespaceSelector: labelSelector.optional(),
  /** For a class of one load balancer. */
  loadBalancerName: loadBalancerName.optional(),
  subnets: subnets.optional(),
  inboundCIDRs: schemaOf(KINDS.networks).optional(),
  prefixListsIDs: prefixLists.optional(),
  sslPolicy: sslPolicy.optional(),
  /** Port of the HTTPS listener to which HTTP is redirected; a string, as the custom resource has it. */
  sslRedirectPort: z
    .string("write the port in quotes, such as '443'")
    .regex(
      /^([1-9]\d{0,3}|[1-5]\d{4}|6([0-4]\d{3}|5([0-4]\d{2}|5([0-2]\d|3[0-5]))))$/,
      "write a port such as '443'",
    )
    .optional(),
  certificateArn: certificateArns.optional(),
  wafv2AclArn: webAclArn.optional(),
  /** The controller needs the permission `wafv2:ListWebACLs`. */
  wafv2AclName: webAclName.optional(),
  targetType: targetType.optional(),
  loadBalancerAttributes: keyValues(ATTRIBUTE_KINDS.loadBalancerAttributes).optional(),
  /** Attributes of listeners that Ingresses make. */
  listeners: z
    .array(
      z.strictObject({
        protocol: schemaOf(KINDS.backendProtocol),
        port,
        listenerAttributes: keyValues(ATTRIBUTE_KINDS.listenerAttributes).optional(),
      }),
    )
    .optional(),
  minimumLoadBalancerCapacity: z.strictObject({ capacityUnits }).optional(),
  ipamConfiguration: z.strictObject({ ipv4IPAMPoolId: ipamPoolId.optional() }).optional(),
  tags: keyValues(KINDS.tags).optional(),
});

export type IngressClassParamsSettings = Immutable<z.input<typeof ingressClassParams>>;
