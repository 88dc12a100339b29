import { type AnyKind } from '../kind';
import { whole, words, flag } from '../scalars';

/** What a load balancer is, in words of AWS. */
export const LOAD_BALANCER = {
  flag,
  scheme: words('internal', 'internet-facing'),
  ipAddressType: words('ipv4', 'dualstack', 'dualstack-without-public-ipv4'),
  networkIpAddressType: words('ipv4', 'dualstack'),
  onOff: words('on', 'off'),
  /** All ports; there is no other value. */
  proxyProtocol: words('*'),
  alpnPolicy: words('HTTP1Only', 'HTTP2Only', 'HTTP2Optional', 'HTTP2Preferred', 'None'),
  tlsBackendProtocol: words('tcp', 'ssl'),
  /**
   * Units to reserve; 0 gives a reservation back.
   * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#minimum-load-balancer-capacity
   */
  capacityUnits: whole(0),
} as const satisfies Readonly<Record<string, AnyKind>>;
