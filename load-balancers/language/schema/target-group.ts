import { z } from 'zod';
import { port } from './primitives';
import { targetGroupAttributes } from './attributes';
import { KINDS } from '../values';
import { schemaOf } from './of-kind';
import { flag, serviceName, servicePort, targetType } from './values';

const healthCheckProtocol = schemaOf(KINDS.backendProtocol);

/** Counts of checks in a row. */
const threshold = schemaOf(KINDS.threshold);

const codes = z
  .string()
  .regex(
    /^\d{1,3}([,-]\d{1,3})*$/,
    "write codes such as '200', '200,301' or '200-299'; '0' or '0-99' for gRPC, in quotes",
  );

const path = schemaOf(KINDS.healthCheckPath);

const common = {
  /** @default - the protocol of the targets */
  protocol: healthCheckProtocol.optional(),
  /** @default '/'; `/AWS.ALB/healthcheck` for gRPC */
  path: path.optional(),
  /** 5 to 300 seconds, and longer than the timeout. @default 15 */
  intervalSeconds: schemaOf(KINDS.healthCheckInterval).optional(),
  /** 2 to 120 seconds. @default 5 */
  timeoutSeconds: schemaOf(KINDS.healthCheckTimeout).optional(),
  /** Good answers until a target is healthy, 2 to 10. @default 2 */
  healthyThresholdCount: threshold.optional(),
  /** Bad answers until a target is unhealthy, 2 to 10. @default 2 */
  unhealthyThresholdCount: threshold.optional(),
  /** Codes of a good answer, such as '200-299'. @default '200'; '12' for gRPC */
  successCodes: codes.optional(),
};

type Times = { readonly intervalSeconds?: number; readonly timeoutSeconds?: number };

/** With the controller's own values for what isn't given. */
function longerThanTimeout(times: Times, context: z.RefinementCtx) {
  const { intervalSeconds = 15, timeoutSeconds = 5 } = times;
  const inRange = intervalSeconds >= 5 && timeoutSeconds <= 120;
  if (!inRange || intervalSeconds > timeoutSeconds) return;
  const given = times.intervalSeconds === undefined ? 'timeoutSeconds' : 'intervalSeconds';
  context.addIssue({
    code: 'custom',
    path: [given],
    message:
      given === 'intervalSeconds'
        ? `write more than ${timeoutSeconds}, or a shorter timeoutSeconds`
        : `write less than ${intervalSeconds}, or a longer intervalSeconds`,
    params: {
      reason: `a check of ${timeoutSeconds} seconds would not end before the next, ${intervalSeconds} seconds later`,
    },
  });
}

/** How the load balancer finds out whether targets can serve. */
const healthCheck = z
  .strictObject({
    /** Number, name of a port of the Service, or 'traffic-port'. @default 'traffic-port' */
    port: servicePort.optional(),
    ...common,
  })
  .superRefine(longerThanTimeout);

/** How the Network Load Balancer finds out whether the Application Load Balancer behind it can serve. */
export const frontendHealthCheck = z
  .strictObject({
    port: z
      .union([port, z.literal('traffic-port')], "write a port from 1 to 65535, or 'traffic-port'")
      .optional(),
    ...common,
  })
  .superRefine(longerThanTimeout);

/**
 * What target groups are like. All of the Ingress are, but what annotations of a Service say of its own.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
 */
export const targetGroup = z.strictObject({
  /** `ip` sends to pods; `instance` to nodes, for Services with node ports. @default 'instance' */
  targetType: targetType.optional(),
  /** Of targets. @default 'HTTP' */
  backendProtocol: healthCheckProtocol.optional(),
  /** `HTTP2` and `GRPC` need HTTPS listeners. @default 'HTTP1' */
  backendProtocolVersion: schemaOf(KINDS.backendProtocolVersion).optional(),
  healthCheck: healthCheck.optional(),
  attributes: targetGroupAttributes.optional(),
  /**
   * Ports of the targets' agents that steer their share of requests (feature gate ALBTargetControlAgent).
   * @default []
   */
  targetControlPorts: z
    .array(z.strictObject({ service: serviceName, servicePort, port }))
    .min(1, 'write at least one, or leave it out')
    .optional(),
  /** Nodes that are targets, by their labels; for `instance`. @default - all */
  nodeLabels: z
    .record(
      z.string().regex(/^[^\s=]+$/, 'write the key of a label'),
      z.string().regex(/^\S*$/, 'write the value of a label'),
    )
    .optional(),
  /** Pods of several clusters share the target group: the controller leaves the others alone. @default false */
  multiCluster: flag.optional(),
});
