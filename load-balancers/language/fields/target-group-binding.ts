import { list } from '../collections';
import { type ValueOf } from '../kind';
import { object, anyOf, required } from '../object';
import { words } from '../scalars';
import { characters } from '../text';
import { KINDS } from '../values';
import { labelSelector } from './class-params';

const name = characters();
const portOrName = anyOf('write the number or the name of a port', KINDS.port, name);

const peer = object({
  ipBlock: object({ cidr: required(KINDS.network) }),
  securityGroup: object({ groupID: required(KINDS.securityGroupId) }),
});

const ingressRule = object({
  /** Each either an `ipBlock` or a `securityGroup`. */
  from: required(list(peer, Infinity, 'write at least one: an ipBlock or a securityGroup')),
  /** An empty list admits nobody; an entry without `port` all ports of its protocol. */
  ports: required(
    list(
      object({
        /** @default 'TCP' */
        protocol: words('TCP', 'UDP'),
        /** Of the targets. @default - all */
        port: portOrName,
      }),
      Infinity,
      false,
    ),
  ),
});

/**
 * Fields of a TargetGroupBinding in its own words, without `serviceRef`. What isn't given here the controller takes from
 * the target group. `targetGroupARN`, `targetType`, `ipAddressType` and `vpcID` can't be changed: write another name too.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/spec/
 */
export const targetGroupBinding = object({
  /** This or `targetGroupName`. */
  targetGroupARN: KINDS.targetGroupArn,
  /** Of the account and Region of the cluster. */
  targetGroupName: KINDS.targetGroupName,
  /** @default - the target group's */
  targetType: KINDS.targetType,
  /** @default - the target group's */
  ipAddressType: words('ipv4', 'ipv6'),
  /** @default - the target group's */
  targetGroupProtocol: words('HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC'),
  /** @default - the target group's */
  vpcID: KINDS.vpcId,
  /** Targets of other clusters stay: each binding touches its own. @default false */
  multiClusterTargetGroup: KINDS.flag,
  /** Who may reach the targets, by rules that the controller keeps. @default - nobody by this binding */
  networking: object({ ingress: required(list(ingressRule, Infinity, false)) }),
  /** Only these nodes, for targets of type `instance`. @default - all */
  nodeSelector: labelSelector,
  /** Role by which the controller reaches a target group of another account. @default - its own */
  iamRoleArnToAssume: KINDS.roleArn,
  /** @default - none */
  assumeRoleExternalId: name,
});

export type TargetGroupBindingSettings = ValueOf<typeof targetGroupBinding>;
