import { INGRESS_ANNOTATIONS } from '../annotations';
import { type MatchConfig, type RuleCondition } from '../model';
import { type Ingress, type IngressPath } from '../objects';
import { Refused, type Source } from '../refusal';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { CONDITION_CONFIGS } from './condition-configs';
import { defined } from './defined';
import { slice, optional, readJson, struct, goString, goStrings, type Filled } from '../go/json-form';
import { goList } from './statements';

const match = (name: string) => optional(struct(name, { regexValues: goStrings, values: goStrings }));
const values = (name: string) => optional(struct(name, { values: goStrings }));
const CONDITION = struct('RuleCondition', {
  field: goString('ingress.RuleConditionField'),
  hostHeaderConfig: match('HostHeaderConditionConfig'),
  httpHeaderConfig: optional(
    struct('HTTPHeaderConditionConfig', {
      httpHeaderName: goString(),
      regexValues: goStrings,
      values: goStrings,
    }),
  ),
  httpRequestMethodConfig: values('HTTPRequestMethodConditionConfig'),
  pathPatternConfig: match('PathPatternConditionConfig'),
  queryStringConfig: optional(
    struct('QueryStringConditionConfig', {
      values: slice(
        'ingress.QueryStringKeyValuePair',
        struct('QueryStringKeyValuePair', { key: optional(goString()), value: goString() }),
      ),
    }),
  ),
  sourceIPConfig: values('SourceIPConditionConfig'),
});
const CONDITIONS = slice('ingress.RuleCondition', CONDITION);

/** A condition as its annotation writes it. */
export type ConditionConfig = Filled<typeof CONDITION>;
type Config = Exclude<keyof ConditionConfig, 'field'>;

const USE_REGEX = 'use-regex-path-match';

const CONFIG_OF_FIELD: Readonly<Record<string, Config>> = CONDITION_CONFIGS;

/**
 * The annotation `conditions.<service>`, parsed and validated; the admission webhook calls it for every path's Service.
 * @throws {Refused} in the builder's words, without the webhook's wrapping
 */
export function readConditions(ingress: Ingress, serviceName: string): OrUnknown<readonly ConditionConfig[]> {
  const suffix = `conditions.${serviceName}`;
  const conditions = readJson(ingress, suffix, CONDITIONS) ?? [];
  if (conditions === KNOWN_AFTER_APPLY) return conditions;
  for (const condition of conditions) {
    const problem = problemOf(condition);
    if (problem !== undefined) throw new Refused(problem, INGRESS_ANNOTATIONS.source(ingress, suffix));
  }
  return conditions;
}

/** The controller lets a field that it doesn't know pass, and makes nothing of it. */
function problemOf(condition: ConditionConfig): string | undefined {
  const name = CONFIG_OF_FIELD[condition.field];
  if (name === undefined) return undefined;
  const config = condition[name];
  if (config === undefined) return `missing ${name}`;
  const count = config.values.length;
  if ('regexValues' in config) {
    const patterns = config.regexValues.length;
    if (count + patterns === 0) return `invalid ${name}: values or regexValues must be specified`;
    return count > 0 && patterns > 0
      ? `invalid ${name}: precisely one of values and regexValues can be specified`
      : undefined;
  }
  const query = name === 'queryStringConfig';
  if (count === 0) return `invalid ${name}: ${query ? 'Values' : 'values'} cannot be empty`;
  return query && condition.queryStringConfig?.values.some((pair) => pair.value === '')
    ? `invalid ${name}: value cannot be empty`
    : undefined;
}

/**
 * Conditions of the rule of one path: what annotations add first, then host, then path.
 * @throws {Refused} where host or path is matched by patterns and by regular expressions at once
 */
export function buildConditions(
  ingress: Ingress,
  host: string | undefined,
  path: IngressPath,
  conditions: OrUnknown<readonly ConditionConfig[]>,
): readonly RuleCondition[] {
  const ofPath = path.path ? pathMatch(ingress, path.path, path.pathType) : undefined;
  const unknown = conditions === KNOWN_AFTER_APPLY;
  const known = unknown ? [] : conditions;
  const hosts = merge('host', [
    host ? globs(host) : undefined,
    ...known.map((condition) => (condition.field === 'host-header' ? condition.hostHeaderConfig : undefined)),
  ]);
  const paths = merge('path', [
    ofPath,
    ...known.map((condition) =>
      condition.field === 'path-pattern' ? condition.pathPatternConfig : undefined,
    ),
  ]);
  const built: RuleCondition[] = [
    ...(unknown ? [{ Field: KNOWN_AFTER_APPLY } as const] : []),
    ...known.map(otherCondition).filter((condition) => condition !== undefined),
    ...(hosts === undefined ? [] : [{ Field: 'host-header', HostHeaderConfig: hosts } as const]),
    ...(paths === undefined ? [] : [{ Field: 'path-pattern', PathPatternConfig: paths } as const]),
  ];
  return built.length > 0 ? built : [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }];
}

/** Patterns, or regular expressions. */
interface Match {
  readonly values: readonly string[];
  readonly regexValues: readonly string[];
}

function globs(...patterns: readonly string[]): Match {
  return { values: patterns, regexValues: [] };
}

function merge(name: string, parts: readonly (Match | undefined)[]): MatchConfig | undefined {
  const values = parts.flatMap((part) => part?.values ?? []);
  const regexValues = parts.flatMap((part) => part?.regexValues ?? []);
  if (values.length > 0 && regexValues.length > 0) {
    throw new Refused(
      `${name} condition must specify exactly one of Values and RegexValues, ` +
        `got both Values ${goList(values)} and RegexValues ${goList(regexValues)}`,
    );
  }
  return values.length + regexValues.length === 0 ? undefined : configOf({ values, regexValues });
}

function configOf({ values, regexValues }: Match): MatchConfig {
  return values.length > 0 ? { Values: values } : { RegexValues: regexValues };
}

function otherCondition({
  field,
  httpHeaderConfig: header,
  httpRequestMethodConfig: methods,
  queryStringConfig: query,
  sourceIPConfig: addresses,
}: ConditionConfig): RuleCondition | undefined {
  if (field === 'http-header' && header) {
    return {
      Field: field,
      HttpHeaderConfig: { HttpHeaderName: header.httpHeaderName, ...configOf(header) },
    };
  }
  if (field === 'http-request-method' && methods) {
    return { Field: field, HttpRequestMethodConfig: { Values: methods.values } };
  }
  if (field === 'query-string' && query) {
    const Values = query.values.map(({ key, value }) => defined({ Key: key, Value: value }));
    return { Field: field, QueryStringConfig: { Values } };
  }
  if (field === 'source-ip' && addresses) {
    return { Field: field, SourceIpConfig: { Values: addresses.values } };
  }
  return isUnknown(field) ? { Field: KNOWN_AFTER_APPLY } : undefined;
}

/** Where the way in which a path is matched comes from, besides the path. */
export function matchSources(ingress: Ingress, { pathType }: IngressPath): readonly Source[] {
  const isRegex = pathType !== 'Exact' && pathType !== 'Prefix';
  return isRegex && INGRESS_ANNOTATIONS.nameOf(ingress, USE_REGEX) !== undefined
    ? [INGRESS_ANNOTATIONS.source(ingress, USE_REGEX)]
    : [];
}

/** ALB's patterns for a path: a prefix needs two, as `/foo*` would match `/foobar`. */
function pathMatch(ingress: Ingress, path: string, pathType?: string): Match {
  if (isUnknown(pathType)) return globs(KNOWN_AFTER_APPLY);
  if (pathType === 'Prefix' && path === '/') return globs('/*');
  if (pathType === 'Exact' || pathType === 'Prefix') {
    if (/[*?]/.test(path)) {
      throw new Refused(`${pathType.toLowerCase()} path shouldn't contain wildcards: ${path}`);
    }
    const stem = path.replace(/\/$/, '');
    return pathType === 'Exact' ? globs(path) : globs(stem, `${stem}/*`);
  }
  const useRegex = INGRESS_ANNOTATIONS.boolean(ingress, USE_REGEX);
  if (useRegex === KNOWN_AFTER_APPLY) return globs(useRegex);
  // Kubernetes wants a slash at the front that is no part of the expression.
  return useRegex === true ? { values: [], regexValues: [path.slice(1)] } : globs(path);
}
