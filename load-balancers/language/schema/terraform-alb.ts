import { z } from 'zod';
import { type Immutable } from '../../problem';
import { KINDS } from '../values';
import { schemaOf } from './of-kind';
import { port } from './primitives';
import { scheme, sslPolicy, whole } from './values';

const healthCheck = z.strictObject({
  /** @default '/' */
  path: schemaOf(KINDS.healthCheckPath).optional(),
  /** HTTP codes from 200 to 499, such as 200,204 or 200-399. @default '200' */
  successCodes: schemaOf(KINDS.successCodes).optional(),
  /** 5 to 300. @default 15 */
  intervalSeconds: schemaOf(KINDS.healthCheckInterval).optional(),
  /** 2 to 120, less than the interval. @default 5 */
  timeoutSeconds: schemaOf(KINDS.healthCheckTimeout).optional(),
  /** 2 to 10. @default 2 */
  healthyThresholdCount: schemaOf(KINDS.threshold).optional(),
  /** 2 to 10. @default 2 */
  unhealthyThresholdCount: schemaOf(KINDS.threshold).optional(),
});

/** An Application Load Balancer that Terraform owns, with one listener to one target group. */
export const terraformAlbSettings = z.strictObject({
  /** @default 'internal' */
  scheme: scheme.optional(),
  /** ARNs of ACM or IAM; any make the listener one of HTTPS, to which HTTP on port 80 redirects. @default - HTTP */
  certificateArns: schemaOf(KINDS.certificates).optional(),
  /** @default 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' */
  sslPolicy: sslPolicy.optional(),
  /** Of the listener. @default - 443 with a certificate, else 80 */
  port: port.optional(),
  /** IPv4 networks that may connect. @default - everybody who can reach it */
  inboundCIDRs: schemaOf(KINDS.ipv4Networks).optional(),
  /** 1 to 4000. @default 60 */
  idleTimeoutSeconds: whole(1, 4000).optional(),
  /** Must be off before it is destroyed. @default false */
  deletionProtection: z.boolean().optional(),
  /** S3 bucket of the Region that takes access logs. @default - none */
  accessLogs: z
    .strictObject({ bucket: schemaOf(KINDS.bucket), prefix: schemaOf(KINDS.logPrefix).optional() })
    .optional(),
  /** Seconds in which requests to a target that goes may end, 0 to 3600. @default 300 */
  deregistrationDelaySeconds: whole(0, 3600).optional(),
  /** @default {} */
  healthCheck: healthCheck.optional(),
});

export type TerraformAlbSettings = Immutable<z.input<typeof terraformAlbSettings>>;
