import { ATTRIBUTES } from '../attributes';
import { type ValueOf } from '../kind';
import { object, required } from '../object';
import { KINDS } from '../values';

const healthCheck = object({
  /** @default '/' */
  path: KINDS.healthCheckPath,
  /** HTTP codes from 200 to 499, such as 200,204 or 200-399. @default '200' */
  successCodes: KINDS.successCodes,
  /** 5 to 300. @default 15 */
  intervalSeconds: KINDS.healthCheckInterval,
  /** 2 to 120, less than the interval. @default 5 */
  timeoutSeconds: KINDS.healthCheckTimeout,
  /** 2 to 10. @default 2 */
  healthyThresholdCount: KINDS.threshold,
  /** 2 to 10. @default 2 */
  unhealthyThresholdCount: KINDS.threshold,
});

/** An Application Load Balancer that Terraform owns, with one listener to one target group. */
export const terraformAlb = object({
  /** @default 'internal' */
  scheme: KINDS.scheme,
  /** ARNs of ACM or IAM; any make the listener one of HTTPS, to which HTTP on port 80 redirects. @default - HTTP */
  certificateArns: KINDS.certificates,
  /** @default 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' */
  sslPolicy: KINDS.sslPolicy,
  /** Of the listener. @default - 443 with a certificate, else 80 */
  port: KINDS.port,
  /** IPv4 networks that may connect. @default - everybody who can reach it */
  inboundCIDRs: KINDS.ipv4Networks,
  /** 1 to 4000. @default 60 */
  idleTimeoutSeconds: ATTRIBUTES.loadBalancer['idle_timeout.timeout_seconds'].kind,
  /** Must be off before it is destroyed. @default false */
  deletionProtection: KINDS.flag,
  /** S3 bucket of the Region that takes access logs. @default - none */
  accessLogs: object({ bucket: required(KINDS.bucket), prefix: KINDS.logPrefix }),
  /** Seconds in which requests to a target that goes may end, 0 to 3600. @default 300 */
  deregistrationDelaySeconds: ATTRIBUTES.targetGroup['deregistration_delay.timeout_seconds'].kind,
  /** @default {} */
  healthCheck,
});

export type TerraformAlbSettings = ValueOf<typeof terraformAlb>;
