import { isIP } from 'node:net';
import { isUnknown, type Ingress, CONDITION_CONFIGS } from '../../model';
import { oneOf } from '../../problem';
import { atAnnotation, atField, type ObjectFinding } from '../finding';
import { fieldOf, itemsOf, textOf, textsOf, wordOf } from './json';
import { pathsOf } from './listener-rules';
import { named, read } from './read';
import { conditionsOf, routesOf, type IngressRoute } from './routes';
import { albHostReason, pathPatternReason, PATTERN_LENGTH } from './rules';
import { type MemberView, type View } from './view';

/** Fixed by AWS. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const VALUES = 5;
/** Older documents of AWS say 5. */
const WILDCARDS = 6;

const CONFIGS: Readonly<Record<string, string>> = CONDITION_CONFIGS;

/** What a rule's conditions may ask for, each by itself and all together. */
export function checkConditions({ members }: View): ObjectFinding[] {
  return members.flatMap((member) => [...checkRuleLimits(member), ...checkAnnotationConditions(member)]);
}

function checkRuleLimits(member: MemberView): ObjectFinding[] {
  return routesOf(member).flatMap((route) => {
    if (route.rule === undefined) return [];
    const values = valuesOf(route);
    const wildcards = [...route.match.hosts, ...pathsOf(route.match), ...otherTexts(route)]
      .join('')
      .match(/[*?]/g);
    const count = wildcards?.length ?? 0;
    const found: ObjectFinding[] = [];
    if (values > VALUES && route.match.known) {
      found.push(
        onRoute(route, {
          reason: `the rule of ${route.field} has ${values} condition values, host and path among them (a path of type Prefix counts twice); AWS takes ${VALUES}`,
          remedy: 'spread the values over several paths or Services',
        }),
      );
    }
    if (count >= WILDCARDS && route.match.known) {
      found.push(
        onRoute(route, {
          reason: `the rule of ${route.field} has ${count} wildcards, AWS takes ${count > WILDCARDS ? WILDCARDS : '5 or 6, as its documents differ'}`,
          remedy: 'write fewer wildcards, or a regular expression',
          warning: count === WILDCARDS || undefined,
        }),
      );
    }
    return found;
  });
}

function onRoute(
  route: IngressRoute,
  words: { readonly reason: string; readonly remedy: string; readonly warning?: boolean },
): ObjectFinding {
  const { ingress } = route.member;
  const suffix = `conditions.${route.backend.service?.name ?? ''}`;
  return read.has(ingress, suffix)
    ? atAnnotation(ingress, named(suffix), words)
    : atField(ingress, `${route.field}.path`, { value: route.path ?? '', ...words });
}

function valuesOf({ match }: IngressRoute): number {
  const { hosts, hostRegexes, pathRegexes, others } = match;
  const listed = others.reduce<number>((sum, each) => sum + configTexts(each).length, 0);
  return hosts.length + hostRegexes.length + pathsOf(match).length + pathRegexes.length + listed;
}

/** Values with wildcards in them. */
function otherTexts({ match }: IngressRoute): readonly string[] {
  return match.others
    .filter((each) => ['http-header', 'query-string'].includes(wordOf(each, 'field')))
    .flatMap((each) => (textsOf(configOf(each), 'regexValues').length > 0 ? [] : configTexts(each)));
}

function configOf(condition: unknown): unknown {
  return fieldOf(condition, CONFIGS[wordOf(condition, 'field')] ?? '');
}

/** All values of a condition; of a query string's pairs their key and value in one. */
function configTexts(condition: unknown): readonly string[] {
  const config = configOf(condition);
  const pairs = itemsOf(fieldOf(config, 'values')).flatMap((item) =>
    typeof item === 'string' ? [item] : [`${wordOf(item, 'key')}${wordOf(item, 'value')}`],
  );
  return [...pairs, ...textsOf(config, 'regexValues')];
}

function checkAnnotationConditions(member: MemberView): ObjectFinding[] {
  const { ingress } = member;
  const services = new Set(routesOf(member).flatMap(({ backend }) => backend.service?.name ?? []));
  return [...services].flatMap((service) => {
    const conditions = conditionsOf(ingress, service);
    return [
      ...conditions.flatMap((condition) => checkOne(ingress, service, condition)),
      ...checkOnce(ingress, service, conditions),
    ];
  });
}

/** A rule asks once for methods, and once for addresses; hosts and paths are put together by the controller. */
function checkOnce(ingress: Ingress, service: string, conditions: readonly unknown[]): ObjectFinding[] {
  return ['http-request-method', 'source-ip'].flatMap((field) => {
    const count = conditions.filter((condition) => textOf(condition, 'field') === field).length;
    return count < 2
      ? []
      : [
          atAnnotation(ingress, named(`conditions.${service}`), {
            reason: `a rule has one condition of field ${field} at most, here are ${count}`,
            remedy: 'put their values into one condition',
          }),
        ];
  });
}

function checkOne(ingress: Ingress, service: string, condition: unknown): ObjectFinding[] {
  const field = wordOf(condition, 'field');
  const config = configOf(condition);
  const at = (value: string, reason: string, remedy: string) =>
    atAnnotation(ingress, named(`conditions.${service}`), { value, reason, remedy });
  const known = Object.keys(CONFIGS);
  if ([condition, field, config].some(isUnknown)) return [];
  if (!known.includes(field)) {
    return [
      at(
        field,
        'there is no condition of this field, and the controller would leave it out',
        oneOf(field, known),
      ),
    ];
  }
  const values = textsOf(config, 'values').filter((value) => !isUnknown(value));
  const each = values.flatMap((value) => {
    const found = VALUE_REASONS[field]?.(value);
    return found === undefined ? [] : [at(value, found.reason, found.remedy)];
  });
  const name = field === 'http-header' ? headerReason(wordOf(config, 'httpHeaderName')) : undefined;
  const regexes = textsOf(config, 'regexValues').filter((value) => tooLong(value) && !isUnknown(value));
  return [
    ...each,
    ...(name === undefined ? [] : [at(wordOf(config, 'httpHeaderName'), name.reason, name.remedy)]),
    ...regexes.map((value) => at(value, tooLong(value)?.reason ?? '', 'write a shorter expression')),
    ...(field === 'query-string' ? queryReasons(config, at) : []),
  ];
}

interface Reason {
  readonly reason: string;
  readonly remedy: string;
}

const VALUE_REASONS: Readonly<Record<string, (value: string) => Reason | undefined>> = {
  'host-header': (value) => tooLong(value) ?? hostLetters(value) ?? albHostReason(value),
  'path-pattern': (value) => tooLong(value) ?? pathPatternReason(value),
  'http-header': (value) => tooLong(value),
  'http-request-method': (value) =>
    /^[A-Z_-]{1,40}$/.test(value)
      ? undefined
      : {
          reason: 'a method has capital letters, - and _, at most 40 of them, and no wildcards',
          remedy: "write such as 'GET'",
        },
  'source-ip': (value) =>
    isCidr(value)
      ? undefined
      : {
          reason: 'this is no network of IPv4 or IPv6',
          remedy: "write such as '192.0.2.0/24' or '2001:db8::/32'",
        },
};

function tooLong(value: string): Reason | undefined {
  return value.length <= PATTERN_LENGTH
    ? undefined
    : {
        reason: `it has ${value.length} characters, a condition takes ${PATTERN_LENGTH}`,
        remedy: 'write a shorter value',
      };
}

function hostLetters(value: string): Reason | undefined {
  return /^[A-Za-z0-9.*?-]+$/.test(value)
    ? undefined
    : {
        reason: 'a host has letters, digits, hyphens, dots, * and ?',
        remedy: "write such as '*.example.com'",
      };
}

function headerReason(name: string): Reason | undefined {
  if (isUnknown(name)) return undefined;
  if (name.toLowerCase() === 'host') {
    return {
      reason: 'a header condition cannot look at Host',
      remedy: 'write a condition of field host-header',
    };
  }
  if (/[*?]/.test(name)) {
    return { reason: "a header's name has no wildcards", remedy: 'write the whole name' };
  }
  return name.length >= 1 && name.length <= 40
    ? undefined
    : {
        reason: `a header's name has 1 to 40 characters, this one ${name.length}`,
        remedy: 'write a header of such a name',
      };
}

function queryReasons(
  config: unknown,
  at: (value: string, reason: string, remedy: string) => ObjectFinding,
): readonly ObjectFinding[] {
  return itemsOf(fieldOf(config, 'values'))
    .flatMap((pair) => [wordOf(pair, 'key'), wordOf(pair, 'value')])
    .flatMap((text) => {
      const found = isUnknown(text) ? undefined : tooLong(text);
      return found === undefined ? [] : [at(text, found.reason, found.remedy)];
    });
}

function isCidr(value: string): boolean {
  const [address = '', prefix = ''] = value.split('/');
  const family = isIP(address);
  return /^\d{1,3}$/.test(prefix) && family !== 0 && Number(prefix) <= (family === 4 ? 32 : 128);
}
