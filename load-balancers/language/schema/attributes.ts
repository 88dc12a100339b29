import { z } from 'zod';
import { KINDS } from '../values';
import { schemaOf } from './of-kind';
import { flag, whole } from './values';

/**
 * Where logs of a load balancer go; `false` turns them off.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
const logs = z.union(
  [
    z.literal(false),
    z.strictObject({
      /** S3 bucket in the Region of the load balancer. */
      bucket: schemaOf(KINDS.bucket),
      /** Folder in the bucket. @default - none */
      prefix: schemaOf(KINDS.logPrefix).optional(),
    }),
  ],
  'write false, or { bucket, prefix }',
);

/**
 * Attributes of an Application Load Balancer. One that is left out stays what it is on a load balancer that exists.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
 */
export const loadBalancerAttributes = z.strictObject({
  /** Nobody can delete the load balancer, the controller neither. @default false */
  deletionProtection: flag.optional(),
  /** Of each request. @default - none */
  accessLogs: logs.optional(),
  /** Of each connection. @default - none */
  connectionLogs: logs.optional(),
  /** Of each change of a target's health. @default - none */
  healthCheckLogs: logs.optional(),
  /** No IPv6 traffic by an internet gateway. @default true for an internal one */
  denyAllIgwTraffic: flag.optional(),
  /** A zone in trouble can be taken out. @default false */
  zonalShift: flag.optional(),
  /** Until a silent connection is closed, 1 to 4000 seconds. @default 60 */
  idleTimeoutSeconds: whole(1, 4000).optional(),
  /** Until a client's connection is closed, busy or not; 60 to 604800 seconds. @default 3600 */
  clientKeepAliveSeconds: whole(60, 604800).optional(),
  /** What is done with requests that two servers may read differently. @default 'defensive' */
  desyncMitigationMode: z
    .enum(['monitor', 'defensive', 'strictest'], "write 'monitor', 'defensive' or 'strictest'")
    .optional(),
  /** Headers with names that HTTP doesn't allow don't reach targets. @default false */
  dropInvalidHeaderFields: flag.optional(),
  /** The header Host reaches targets as it is. @default false */
  preserveHostHeader: flag.optional(),
  /** Targets get x-amzn-tls-version and x-amzn-tls-cipher-suite. @default false */
  tlsVersionAndCipherSuiteHeaders: flag.optional(),
  /** X-Forwarded-For has the client's port too. @default false */
  xffClientPort: flag.optional(),
  /** What becomes of X-Forwarded-For. @default 'append' */
  xffHeaderProcessing: z
    .enum(['append', 'preserve', 'remove'], "write 'append', 'preserve' or 'remove'")
    .optional(),
  /** @default true */
  http2: flag.optional(),
  /** Requests pass when WAF doesn't answer. @default false */
  wafFailOpen: flag.optional(),
});

/**
 * Attributes of the Network Load Balancer before an Application Load Balancer.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
 */
export const networkLoadBalancerAttributes = z.strictObject({
  /** @default false */
  deletionProtection: flag.optional(),
  /** Each zone sends to targets of all. @default false */
  crossZone: flag.optional(),
  /** Of TLS connections. @default - none */
  accessLogs: logs.optional(),
  /** @default true for an internal one */
  denyAllIgwTraffic: flag.optional(),
  /** @default false */
  zonalShift: flag.optional(),
  /** Zone whose address a client in AWS gets. @default 'any_availability_zone' */
  dnsClientRoutingPolicy: z
    .enum(
      ['availability_zone_affinity', 'partial_availability_zone_affinity', 'any_availability_zone'],
      "write 'availability_zone_affinity', 'partial_availability_zone_affinity' or 'any_availability_zone'",
    )
    .optional(),
  /** Addresses a subnet beside the first, for more connections to one target; never fewer than before. @default 0 */
  secondaryIpsPerSubnet: whole(0, 7).optional(),
});

const cookieSeconds = whole(1, 604800);

/** A client stays at one target; `false` turns it off. */
const stickiness = z.union(
  [
    z.literal(false),
    z.discriminatedUnion(
      'type',
      [
        z.strictObject({
          /** By a cookie of the load balancer. */
          type: z.literal('lb_cookie'),
          /** 1 to 604800 seconds. @default 86400 */
          durationSeconds: cookieSeconds.optional(),
        }),
        z.strictObject({
          /** By a cookie of the application. */
          type: z.literal('app_cookie'),
          cookieName: z
            .string()
            .regex(
              /^(?!AWSALB)[^\s,;=]+$/,
              'write the name of a cookie that does not begin with AWSALB, which is the load balancer’s own',
            ),
          /** 1 to 604800 seconds. @default 86400 */
          durationSeconds: cookieSeconds.optional(),
        }),
      ],
      "write type: 'lb_cookie' or 'app_cookie'",
    ),
  ],
  "write false, or { type: 'lb_cookie' } or { type: 'app_cookie', cookieName }",
);

const off = z.literal('off');
const share = z.union([whole(1, 100), off], "write a whole number from 1 to 100, or 'off'");
const atLeastOne = z.int('write a whole number').min(1, 'write a whole number from 1 on');

/**
 * Attributes of target groups.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
 */
export const targetGroupAttributes = z
  .strictObject({
    /** Until a target that goes is forgotten, 0 to 3600 seconds. @default 300 */
    deregistrationDelaySeconds: whole(0, 3600).optional(),
    /** @default false */
    stickiness: stickiness.optional(),
    /** A new target's share grows for so long: 30 to 900 seconds, or 0 for not at all. @default 0 */
    slowStartSeconds: z
      .union([z.literal(0), whole(30, 900)], 'write a whole number from 30 to 900, or 0')
      .optional(),
    /** @default 'round_robin' */
    algorithm: z
      .enum(
        ['round_robin', 'least_outstanding_requests', 'weighted_random'],
        "write 'round_robin', 'least_outstanding_requests' or 'weighted_random'",
      )
      .optional(),
    /** Targets that behave oddly get less; for `weighted_random` only. @default false */
    anomalyMitigation: flag.optional(),
    /** Each zone sends to targets of all. @default 'use_load_balancer_configuration' */
    crossZone: z
      .union(
        [z.boolean(), z.literal('use_load_balancer_configuration')],
        "write true, false or 'use_load_balancer_configuration'",
      )
      .optional(),
    /** Fewer healthy targets, and the zone is taken out of DNS. */
    dnsFailover: z
      .strictObject({
        /** @default 1 */
        minimumHealthyCount: z
          .union([atLeastOne, off], "write a whole number from 1 on, or 'off'")
          .optional(),
        /** @default 'off' */
        minimumHealthyPercentage: share.optional(),
      })
      .optional(),
    /** Fewer healthy targets, and requests go to unhealthy ones too. */
    unhealthyStateRouting: z
      .strictObject({
        /** @default 1 */
        minimumHealthyCount: atLeastOne.optional(),
        /** @default 'off' */
        minimumHealthyPercentage: share.optional(),
      })
      .optional(),
  })
  .superRefine(({ algorithm = 'round_robin', anomalyMitigation, slowStartSeconds }, context) => {
    if (anomalyMitigation && algorithm !== 'weighted_random')
      context.addIssue({
        code: 'custom',
        path: ['anomalyMitigation'],
        message: "write algorithm: 'weighted_random' too",
        params: { reason: `the algorithm ${algorithm} has none` },
      });
    if (typeof slowStartSeconds === 'number' && slowStartSeconds > 0 && algorithm !== 'round_robin')
      context.addIssue({
        code: 'custom',
        path: ['slowStartSeconds'],
        message: "write 0, or algorithm: 'round_robin'",
        params: { reason: `the algorithm ${algorithm} has no slow start` },
      });
  });
