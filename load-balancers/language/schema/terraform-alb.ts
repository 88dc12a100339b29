import { z } from 'zod';

const text = z.string().min(1);

const healthCheck = z.strictObject({
  /** @default '/' */
  path: text.optional(),
  /** HTTP codes from 200 to 499, such as 200,204 or 200-399. @default '200' */
  successCodes: text.optional(),
  /** 5 to 300. @default 15 */
  intervalSeconds: z.number().optional(),
  /** 2 to 120, less than the interval. @default 5 */
  timeoutSeconds: z.number().optional(),
  /** 2 to 10. @default 2 */
  healthyThresholdCount: z.number().optional(),
  /** 2 to 10. @default 2 */
  unhealthyThresholdCount: z.number().optional(),
});

/** An Application Load Balancer that Terraform owns, with one listener to one target group. */
export const terraformAlbSettings = z.strictObject({
  /** @default 'internal' */
  scheme: z.enum(['internal', 'internet-facing'], "write 'internal' or 'internet-facing'").optional(),
  /** ARNs of ACM or IAM; any make the listener one of HTTPS, to which HTTP on port 80 redirects. @default - HTTP */
  certificateArns: z.array(text).optional(),
  /** @default 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' */
  sslPolicy: text.optional(),
  /** Of the listener. @default - 443 with a certificate, else 80 */
  port: z.number().optional(),
  /** IPv4 networks that may connect. @default - everybody who can reach it */
  inboundCIDRs: z.array(text).min(1, 'write at least one network').optional(),
  /** 1 to 4000. @default 60 */
  idleTimeoutSeconds: z.number().optional(),
  /** Must be off before it is destroyed. @default false */
  deletionProtection: z.boolean().optional(),
  /** S3 bucket of the Region that takes access logs. @default - none */
  accessLogs: z.strictObject({ bucket: text, prefix: text.optional() }).optional(),
  /** Seconds in which requests to a target that goes may end, 0 to 3600. @default 300 */
  deregistrationDelaySeconds: z.number().optional(),
  /** @default {} */
  healthCheck: healthCheck.optional(),
});

export type TerraformAlbSettings = z.input<typeof terraformAlbSettings>;
