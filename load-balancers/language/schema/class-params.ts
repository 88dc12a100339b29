import { z } from 'zod';
import { type Immutable } from '../../problem';
import { distinct, network } from './primitives';
import {
  capacityUnits,
  groupName,
  ipAddressType,
  ipamPoolId,
  loadBalancerName,
  prefixLists,
  scheme,
  targetType,
  webAclName,
} from './values';

const keyValues = z.array(z.strictObject({ key: z.string(), value: z.string() }));

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
  inboundCIDRs: distinct(z.array(network)).optional(),
  prefixListsIDs: prefixLists.optional(),
  sslPolicy: z.string().optional(),
  /** Port of the HTTPS listener to which HTTP is redirected; a string, as the custom resource has it. */
  sslRedirectPort: z
    .string("write the port in quotes, such as '443'")
    .regex(
      /^([1-9]\d{0,3}|[1-5]\d{4}|6([0-4]\d{3}|5([0-4]\d{2}|5([0-2]\d|3[0-5]))))$/,
      "write a port such as '443'",
    )
    .optional(),
  certificateArn: distinct(z.array(z.string())).optional(),
  wafv2AclArn: z.string().optional(),
  /** The controller needs the permission `wafv2:ListWebACLs`. */
  wafv2AclName: webAclName.optional(),
  targetType: targetType.optional(),
  loadBalancerAttributes: keyValues.optional(),
  /** Attributes of listeners that Ingresses make. */
  listeners: z
    .array(
      z.strictObject({
        protocol: z.enum(['HTTP', 'HTTPS'], "write 'HTTP' or 'HTTPS'"),
        port: z.int('write a port from 1 to 65535').min(1).max(65535),
        listenerAttributes: keyValues.optional(),
      }),
    )
    .optional(),
  minimumLoadBalancerCapacity: z.strictObject({ capacityUnits }).optional(),
  ipamConfiguration: z.strictObject({ ipv4IPAMPoolId: ipamPoolId.optional() }).optional(),
  tags: keyValues.optional(),
});

export type IngressClassParams = Immutable<z.input<typeof ingressClassParams>>;
