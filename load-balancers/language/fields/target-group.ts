import { ATTRIBUTE_KINDS } from '../attributes';
import { says, type Said } from '../field';
import { list, map } from '../collections';
import { object, anyOf, required, type Together } from '../object';
import { words } from '../scalars';
import { like, text } from '../text';
import { KINDS } from '../values';
import { targetGroupAttributes } from './attributes';

const codes = text(
  'codes of HTTP, or of gRPC',
  like(
    /^\d{1,3}([,-]\d{1,3})*$/,
    'no codes',
    "write codes such as '200', '200,301' or '200-299'; '0' or '0-99' for gRPC, in quotes",
  ),
);

const healthCheckFields = (
  annotation: (suffix: string) => string,
  defaults: Defaults,
  more: Omit<Said, 'write'>,
) => ({
  /** @default - the protocol of the targets */
  protocol: says(annotation('healthcheck-protocol'), KINDS.backendProtocol, { default: 'HTTP', ...more }),
  /** @default '/'; `/AWS.ALB/healthcheck` for gRPC */
  path: says(annotation('healthcheck-path'), KINDS.healthCheckPath, { default: defaults.path, ...more }),
  /** 5 to 300 seconds, and longer than the timeout. @default 15 */
  intervalSeconds: says(annotation('healthcheck-interval-seconds'), KINDS.healthCheckInterval, {
    default: '15',
    ...more,
  }),
  /** 2 to 120 seconds. @default 5 */
  timeoutSeconds: says(annotation('healthcheck-timeout-seconds'), KINDS.healthCheckTimeout, {
    default: '5',
    ...more,
  }),
  /** Good answers until a target is healthy, 2 to 10. @default 2 */
  healthyThresholdCount: says(annotation('healthy-threshold-count'), KINDS.threshold, {
    default: defaults.threshold,
    ...more,
  }),
  /** Bad answers until a target is unhealthy, 2 to 10. @default 2 */
  unhealthyThresholdCount: says(annotation('unhealthy-threshold-count'), KINDS.threshold, {
    default: defaults.threshold,
    ...more,
  }),
  /** Codes of a good answer, such as '200-299'. @default '200'; '12' for gRPC */
  successCodes: says(annotation('success-codes'), codes, {
    as: defaults.codes,
    default: defaults.successCodes,
    ...more,
  }),
});

interface Defaults {
  readonly path: string;
  readonly threshold: string;
  readonly successCodes: string;
  readonly codes: Said['as'];
}

type Times = { readonly intervalSeconds?: number; readonly timeoutSeconds?: number };

/** With the controller's own values for what isn't given. */
const longerThanTimeout: Together<Times> = (times) => {
  const { intervalSeconds = 15, timeoutSeconds = 5 } = times;
  const inRange = intervalSeconds >= 5 && timeoutSeconds <= 120;
  if (!inRange || intervalSeconds > timeoutSeconds) return [];
  const given = times.intervalSeconds === undefined ? 'timeoutSeconds' : 'intervalSeconds';
  return [
    {
      path: [given],
      reason: `a check of ${timeoutSeconds} seconds would not end before the next, ${intervalSeconds} seconds later`,
      remedy:
        given === 'intervalSeconds'
          ? `write more than ${timeoutSeconds}, or a shorter timeoutSeconds`
          : `write less than ${intervalSeconds}, or a longer intervalSeconds`,
    },
  ];
};

/** How the load balancer finds out whether targets can serve. */
const healthCheck = object(
  {
    /** Number, name of a port of the Service, or 'traffic-port'. @default 'traffic-port' */
    port: says('healthcheck-port', KINDS.servicePort, { as: 'elsewhere', default: 'traffic-port' }),
    ...healthCheckFields(
      (suffix) => suffix,
      {
        path: '/ (HTTP) | /AWS.ALB/healthcheck (gRPC)',
        threshold: '2',
        successCodes: '200 (HTTP) | 12 (gRPC)',
        codes: 'elsewhere',
      },
      {},
    ),
  },
  longerThanTimeout,
);

const OF_GROUP = { merge: 'exclusive', per: 'listen-port' } as const;

/** How the Network Load Balancer finds out whether the Application Load Balancer behind it can serve. */
export const frontendHealthCheck = object(
  {
    port: says(
      'frontend-nlb-healthcheck-port',
      anyOf("write a port from 1 to 65535, or 'traffic-port'", KINDS.port, words('traffic-port')),
      { default: 'traffic-port', as: 'elsewhere', ...OF_GROUP },
    ),
    // Every suffix has `healthcheck` in it here.
    ...healthCheckFields(
      (suffix) => `frontend-nlb-healthcheck-${suffix.replace(/^healthcheck-/, '')}`,
      { path: '/', threshold: '3', successCodes: '200', codes: KINDS.networkSuccessCodes },
      OF_GROUP,
    ),
  },
  longerThanTimeout,
);

const label = (part: 'key' | 'value', form: RegExp) =>
  text(`${part} of a label`, like(form, `no ${part} of a label`, `write the ${part} of a label`));

/** What target groups are like, of an Ingress or of a Service behind it. */
export const targetGroupFields = {
  /** `ip` sends to pods; `instance` to nodes, for Services with node ports. @default 'instance' */
  targetType: says('target-type', KINDS.targetType, {
    param: 'targetType',
    default: 'instance (flag --default-target-type)',
  }),
  /** Of targets. @default 'HTTP' */
  backendProtocol: says('backend-protocol', KINDS.backendProtocol, { default: 'HTTP' }),
  /** `HTTP2` and `GRPC` need HTTPS listeners. @default 'HTTP1' */
  backendProtocolVersion: says('backend-protocol-version', KINDS.backendProtocolVersion, {
    default: 'HTTP1',
  }),
  healthCheck,
  attributes: says('target-group-attributes', targetGroupAttributes, {
    as: ATTRIBUTE_KINDS.targetGroupAttributes,
  }),
  /** Nodes that are targets, by their labels; for `instance`. @default - all */
  nodeLabels: says('target-node-labels', map(label('key', /^[^\s=]+$/), label('value', /^\S*$/)), {
    as: 'elsewhere',
  }),
  /** Pods of several clusters share the target group: the controller leaves the others alone. @default false */
  multiCluster: says('multi-cluster-target-group', KINDS.flag),
};

/**
 * What target groups are like. All of the Ingress are, but what annotations of a Service say of its own.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
 */
export const targetGroup = object({
  ...targetGroupFields,
  /**
   * Ports of the targets' agents that steer their share of requests (feature gate ALBTargetControlAgent).
   * @default []
   */
  targetControlPorts: says(
    'target-control-port.*',
    list(
      object({
        service: required(KINDS.serviceName),
        servicePort: required(KINDS.servicePort),
        port: required(KINDS.port),
      }),
    ),
    { as: KINDS.port },
  ),
});
