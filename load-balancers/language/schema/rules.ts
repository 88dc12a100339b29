import { z } from 'zod';
import { addresses } from './primitives';
import { KINDS } from '../values';
import { schemaOf } from './of-kind';
import { listOf, serviceName, servicePort, whole } from './values';

const short = z.string().min(1, 'write at least one character').max(128, 'write at most 128 characters');

/** Parts of the request may be meant: `#{protocol}`, `#{host}`, `#{port}`, `#{path}` and `#{query}`. */
const redirect = z.strictObject({
  type: z.literal('redirect'),
  /** For good, or for now. */
  statusCode: z.enum(['HTTP_301', 'HTTP_302'], "write 'HTTP_301' or 'HTTP_302'"),
  /** @default '#{host}' */
  host: short.optional(),
  /** @default '/#{path}' */
  path: short.regex(/^\//, 'write a path that begins with /').optional(),
  /** @default '#{port}' */
  port: z
    .union([whole(1, 65535), z.literal('#{port}')], "write a port from 1 to 65535, or '#{port}'")
    .optional(),
  /** @default '#{protocol}' */
  protocol: z.enum(['HTTP', 'HTTPS', '#{protocol}'], "write 'HTTP', 'HTTPS' or '#{protocol}'").optional(),
  /** Without the question mark. @default '#{query}' */
  query: z
    .string()
    .max(128, 'write at most 128 characters')
    .regex(/^(?!\?)/, 'write it without the question mark')
    .optional(),
});

const fixedResponse = z.strictObject({
  type: z.literal('fixed-response'),
  /** 2XX, 4XX or 5XX. */
  statusCode: z
    .int('write a code such as 404')
    .refine((code) => /^[245]\d\d$/.test(String(code)), { message: 'write a code of 2XX, 4XX or 5XX' }),
  /** @default 'text/plain' */
  contentType: z
    .enum(
      ['text/plain', 'text/css', 'text/html', 'application/javascript', 'application/json'],
      "write 'text/plain', 'text/css', 'text/html', 'application/javascript' or 'application/json'",
    )
    .optional(),
  /** @default - empty */
  messageBody: z.string().max(1024, 'write at most 1024 characters').optional(),
});

/** Share of requests, 0 to 999, in proportion to those of the others. */
const weight = whole(0, 999).optional();

const forwardTo = z.union(
  [
    z.strictObject({ service: serviceName, port: servicePort, weight }),
    z.strictObject({
      /** Of a target group that the controller doesn't make. */
      targetGroupArn: schemaOf(KINDS.targetGroupArn),
      weight,
    }),
    z.strictObject({
      /** Of a target group that the controller doesn't make. */
      targetGroupName: schemaOf(KINDS.targetGroupName),
      weight,
    }),
  ],
  'write { service, port }, { targetGroupArn } or { targetGroupName }, each with its weight',
);

const forward = z
  .strictObject({
    type: z.literal('forward'),
    /** Five at most. */
    targetGroups: z
      .array(forwardTo)
      .min(1, 'write at least one target group')
      .max(5, 'write at most 5 target groups, which is what one action takes'),
    /** A client stays at the target group that it got first, for so many seconds: 1 to 604800. @default - it doesn't */
    stickinessSeconds: whole(1, 604800).optional(),
  })
  .superRefine(({ targetGroups }, context) => {
    if (targetGroups.length < 2) return;
    targetGroups.forEach(({ weight }, index) => {
      if (weight !== undefined) return;
      context.addIssue({
        code: 'custom',
        path: ['targetGroups', index, 'weight'],
        message: 'write a weight from 0 to 999',
        params: { reason: 'each of several target groups needs one' },
      });
    });
  });

/** What becomes of a request, other than to reach one Service. */
export const action = z.discriminatedUnion(
  'type',
  [redirect, fixedResponse, forward],
  "write type: 'redirect', 'fixed-response' or 'forward'",
);

/** Either of the two, not both. */
const either = {
  /** May have the wildcards `*` and `?`. */
  values: listOf(short).optional(),
  regexValues: listOf(short).optional(),
};

function oneOfTheTwo(
  { values, regexValues }: { readonly values?: unknown; readonly regexValues?: unknown },
  context: z.RefinementCtx,
) {
  if ((values === undefined) !== (regexValues === undefined)) return;
  context.addIssue({
    code: 'custom',
    path: ['values'],
    message: 'write values or regexValues',
    params: { reason: values === undefined ? 'it has nothing to compare with' : 'regexValues is there too' },
  });
}

/** Fields are those of ELBv2. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html */
export const condition = z.discriminatedUnion(
  'field',
  [
    z.strictObject({ field: z.literal('host-header'), ...either }).superRefine(oneOfTheTwo),
    z.strictObject({ field: z.literal('path-pattern'), ...either }).superRefine(oneOfTheTwo),
    z
      .strictObject({
        field: z.literal('http-header'),
        /** 40 characters at most; not Host, which is `host-header`. */
        httpHeaderName: z
          .string()
          .regex(/^[!#$%&'*+.^`|~\w-]{1,40}$/, 'write the name of a header, of at most 40 characters')
          .regex(/^(?!host$)/i, "write field: 'host-header' for the header Host"),
        ...either,
      })
      .superRefine(oneOfTheTwo),
    z.strictObject({
      field: z.literal('http-request-method'),
      /** Such as GET. */
      values: listOf(
        z
          .string()
          .max(40, 'write at most 40 characters')
          .regex(/^[A-Z_-]+$/, 'write a method such as GET, in upper case'),
      ),
    }),
    z.strictObject({
      field: z.literal('query-string'),
      values: z
        .array(
          z.strictObject({
            /** @default - a value of any key */
            key: short.optional(),
            value: short,
          }),
        )
        .min(1, 'write at least one'),
    }),
    z.strictObject({
      field: z.literal('source-ip'),
      /** Networks; 5 at most. */
      values: listOf(addresses),
    }),
  ],
  "write field: 'host-header', 'path-pattern', 'http-header', 'http-request-method', 'query-string' or 'source-ip'",
);

const rewrites = z
  .array(
    z.strictObject({
      regex: z.string().min(1, 'write an expression').max(1024, 'write at most 1024 characters'),
      replace: z.string().max(1024, 'write at most 1024 characters'),
    }),
  )
  .min(1, 'write at least one rewrite');

/** Rewrites a request before it reaches its target. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-transforms.html */
export const transform = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('host-header-rewrite'), rewrites }),
    z.strictObject({ type: z.literal('url-rewrite'), rewrites }),
  ],
  "write type: 'host-header-rewrite' or 'url-rewrite'",
);
