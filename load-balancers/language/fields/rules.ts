import { says } from '../field';
import { type Kind } from '../kind';
import { list } from '../collections';
import { object, anyOf, required, variants, type Together } from '../object';
import { words } from '../scalars';
import { atMost, characters, text } from '../text';
import { RULE_KINDS } from '../values/rules';
import { KINDS } from '../values';

/** Parts of the request may be meant: `#{protocol}`, `#{host}`, `#{port}`, `#{path}` and `#{query}`. */
const redirect = object({
  type: required(words('redirect')),
  /** For good, or for now. */
  statusCode: required(RULE_KINDS.redirectStatusCode),
  /** @default '#{host}' */
  host: RULE_KINDS.redirectHost,
  /** @default '/#{path}' */
  path: RULE_KINDS.redirectPath,
  /** @default '#{port}' */
  port: anyOf("write a port from 1 to 65535, or '#{port}'", KINDS.port, words('#{port}')),
  /** @default '#{protocol}' */
  protocol: RULE_KINDS.redirectProtocol,
  /** Without the question mark. @default '#{query}' */
  query: RULE_KINDS.redirectQuery,
});

const fixedResponse = object({
  type: required(words('fixed-response')),
  /** 2XX, 4XX or 5XX. */
  statusCode: required(RULE_KINDS.fixedStatus),
  /** @default 'text/plain' */
  contentType: RULE_KINDS.contentType,
  /** @default - empty */
  messageBody: RULE_KINDS.messageBody,
});

const forwardTo = anyOf(
  'write { service, port }, { targetGroupArn } or { targetGroupName }, each with its weight',
  object({
    service: required(KINDS.serviceName),
    port: required(KINDS.servicePort),
    /** Share of requests, 0 to 999, in proportion to those of the others. */
    weight: KINDS.weight,
  }),
  object({
    /** Of a target group that the controller doesn't make. */
    targetGroupArn: required(KINDS.targetGroupArn),
    weight: KINDS.weight,
  }),
  object({
    /** Of a target group that the controller doesn't make. */
    targetGroupName: required(KINDS.targetGroupName),
    weight: KINDS.weight,
  }),
);

const eachWeighted: Together<{ readonly targetGroups: readonly { readonly weight?: number }[] }> =
  function* ({ targetGroups }) {
    for (const [index, { weight }] of targetGroups.entries()) {
      if (weight === undefined && targetGroups.length > 1)
        yield {
          path: ['targetGroups', index, 'weight'],
          reason: 'each of several target groups needs one',
          remedy: 'write a weight from 0 to 999',
        };
    }
  };

const forward = object(
  {
    type: required(words('forward')),
    /** Five at most. */
    targetGroups: required(list(forwardTo, 5, 'write at least one target group')),
    /** A client stays at the target group that it got first, for so many seconds: 1 to 604800. @default - it doesn't */
    stickinessSeconds: KINDS.cookieSeconds,
  },
  eachWeighted,
);

/** What becomes of a request, other than to reach one Service. */
export const action = says('actions.*', variants('type', redirect, fixedResponse, forward), {
  as: 'elsewhere',
});

/** Either of the two, not both; `values` may have the wildcards `*` and `?`. */
const either = (value: Kind<string>) => ({ values: list(value), regexValues: list(RULE_KINDS.regex) });

const oneOfTheTwo: Together<{ readonly values?: unknown; readonly regexValues?: unknown }> = function* ({
  values,
  regexValues,
}) {
  if ((values === undefined) === (regexValues === undefined))
    yield {
      path: ['values'],
      reason: values === undefined ? 'it has nothing to compare with' : 'regexValues is there too',
      remedy: 'write values or regexValues',
    };
};

/** Fields are those of ELBv2. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html */
const condition = variants(
  'field',
  object({ field: required(words('host-header')), ...either(RULE_KINDS.hostPattern) }, oneOfTheTwo),
  object({ field: required(words('path-pattern')), ...either(RULE_KINDS.pathPattern) }, oneOfTheTwo),
  object(
    {
      field: required(words('http-header')),
      /** 40 characters at most; not Host, which is `host-header`. */
      httpHeaderName: required(RULE_KINDS.headerName),
      ...either(RULE_KINDS.conditionValue),
    },
    oneOfTheTwo,
  ),
  object({
    field: required(words('http-request-method')),
    /** Such as GET. */
    values: required(list(RULE_KINDS.method)),
  }),
  object({
    field: required(words('query-string')),
    values: required(
      list(
        object({
          /** @default - a value of any key */
          key: RULE_KINDS.conditionValue,
          value: required(RULE_KINDS.conditionValue),
        }),
      ),
    ),
  }),
  object({
    field: required(words('source-ip')),
    /** Networks; 5 at most. */
    values: required(list(RULE_KINDS.sourceNetwork)),
  }),
);
export const conditions = says('conditions.*', list(condition), { as: 'elsewhere' });

const rewrites = required(
  list(
    object({
      regex: required(characters(1024)),
      replace: required(text('at most 1024 characters', atMost(1024))),
    }),
    Infinity,
    'write at least one rewrite',
  ),
);

/** Rewrites a request before it reaches its target. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-transforms.html */
const transform = variants(
  'type',
  object({ type: required(words('host-header-rewrite')), rewrites }),
  object({ type: required(words('url-rewrite')), rewrites }),
);
export const transforms = says('transforms.*', list(transform), { as: 'elsewhere' });
