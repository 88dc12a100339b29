import { z } from 'zod';
import { type Immutable } from '../../problem';
import { KINDS } from '../values';
import { schemaOf } from './of-kind';
import { port } from './primitives';
import { targetType } from './values';

const text = z.string().min(1);
const portOrName = z.union([port, text], 'write the number or the name of a port');

const peer = z.strictObject({
  ipBlock: z.strictObject({ cidr: schemaOf(KINDS.network) }).optional(),
  securityGroup: z.strictObject({ groupID: schemaOf(KINDS.securityGroupId) }).optional(),
});

const ingressRule = z.strictObject({
  /** Each either an `ipBlock` or a `securityGroup`. */
  from: z.array(peer).min(1, 'write at least one: an ipBlock or a securityGroup'),
  /** Empty means all ports by TCP. */
  ports: z.array(
    z.strictObject({
      /** @default 'TCP' */
      protocol: z.enum(['TCP', 'UDP'], "write 'TCP' or 'UDP'").optional(),
      /** Of the targets. @default - all */
      port: portOrName.optional(),
    }),
  ),
});

const expression = z.strictObject({
  key: text,
  operator: z.enum(
    ['In', 'NotIn', 'Exists', 'DoesNotExist'],
    "write 'In', 'NotIn', 'Exists' or 'DoesNotExist'",
  ),
  /** For `In` and `NotIn`. */
  values: z.array(z.string()).optional(),
});

/**
 * Fields of a TargetGroupBinding in its own words, without `serviceRef`. What isn't given here the controller takes from
 * the target group. `targetGroupARN`, `targetType`, `ipAddressType` and `vpcID` can't be changed: write another name too.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/spec/
 */
export const targetGroupBindingSettings = z.strictObject({
  /** This or `targetGroupName`. */
  targetGroupARN: schemaOf(KINDS.targetGroupArn).optional(),
  /** Of the account and Region of the cluster. */
  targetGroupName: schemaOf(KINDS.targetGroupName).optional(),
  /** @default - the target group's */
  targetType: targetType.optional(),
  /** @default - the target group's */
  ipAddressType: z.enum(['ipv4', 'ipv6'], "write 'ipv4' or 'ipv6'").optional(),
  /** @default - the target group's */
  targetGroupProtocol: z
    .enum(
      ['HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC'],
      "write 'HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC' or 'TCP_QUIC'",
    )
    .optional(),
  /** @default - the target group's */
  vpcID: schemaOf(KINDS.vpcId).optional(),
  /** Targets of other clusters stay: each binding touches its own. @default false */
  multiClusterTargetGroup: z.boolean().optional(),
  /** Who may reach the targets, by rules that the controller keeps. @default - nobody by this binding */
  networking: z.strictObject({ ingress: z.array(ingressRule) }).optional(),
  /** Only these nodes, for targets of type `instance`. @default - all */
  nodeSelector: z
    .strictObject({
      matchLabels: z.record(z.string(), z.string()).optional(),
      matchExpressions: z.array(expression).optional(),
    })
    .optional(),
  /** Role by which the controller reaches a target group of another account. @default - its own */
  iamRoleArnToAssume: schemaOf(KINDS.roleArn).optional(),
  /** @default - none */
  assumeRoleExternalId: text.optional(),
});

export type TargetGroupBindingSettings = Immutable<z.input<typeof targetGroupBindingSettings>>;
