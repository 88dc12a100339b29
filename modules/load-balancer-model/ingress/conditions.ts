import { INGRESS_ANNOTATIONS } from '../annotations';
import { type RuleCondition } from '../model';
import { type Ingress, type IngressPath } from '../objects';
import { Refused } from '../refusal';
import { KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { defined } from './defined';
import { list, optional, readJson, struct, text, texts, type Filled } from './json-form';

const match = (name: string) => optional(struct(name, { regexValues: texts, values: texts }));
const values = (name: string) => optional(struct(name, { values: texts }));
const CONDITION = struct('RuleCondition', {
  field: text('ingress.RuleConditionField'),
  hostHeaderConfig: match('HostHeaderConditionConfig'),
  httpHeaderConfig: optional(
    struct('HTTPHeaderConditionConfig', { httpHeaderName: text(), regexValues: texts, values: texts }),
  ),
  httpRequestMethodConfig: values('HTTPRequestMethodConditionConfig'),
  pathPatternConfig: match('PathPatternConditionConfig'),
  queryStringConfig: optional(
    struct('QueryStringConditionConfig', {
      values: list(
        'ingress.QueryStringKeyValuePair',
        struct('QueryStringKeyValuePair', { key: optional(text()), value: text() }),
      ),
    }),
  ),
  sourceIPConfig: values('SourceIPConditionConfig'),
});
const CONDITIONS = list('ingress.RuleCondition', CONDITION);

/** A condition as its annotation writes it. */
export type ConditionConfig = Filled<typeof CONDITION>;
type Config = Exclude<keyof ConditionConfig, 'field'>;

const CONFIG_OF_FIELD: Readonly<Record<string, Config>> = {
  'host-header': 'hostHeaderConfig',
  'path-pattern': 'pathPatternConfig',
  'http-header': 'httpHeaderConfig',
  'http-request-method': 'httpRequestMethodConfig',
  'query-string': 'queryStringConfig',
  'source-ip': 'sourceIPConfig',
};

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
  const hosts: Match = { values: host ? [host] : [], regexValues: [] };
  const paths: Match = path.path
    ? pathMatch(ingress, path.path, path.pathType)
    : { values: [], regexValues: [] };
  const others: RuleCondition[] = [];
  if (conditions === KNOWN_AFTER_APPLY) others.push({ Field: KNOWN_AFTER_APPLY });
  for (const condition of conditions === KNOWN_AFTER_APPLY ? [] : conditions) {
    if (condition.field === 'host-header') add(hosts, condition.hostHeaderConfig);
    else if (condition.field === 'path-pattern') add(paths, condition.pathPatternConfig);
    else others.push(...otherCondition(condition));
  }
  checkOneKind('host', hosts);
  checkOneKind('path', paths);
  const built: RuleCondition[] = [
    ...others,
    ...configsOf(hosts).map((config) => ({ Field: 'host-header', HostHeaderConfig: config }) as const),
    ...configsOf(paths).map((config) => ({ Field: 'path-pattern', PathPatternConfig: config }) as const),
  ];
  return built.length > 0 ? built : [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }];
}

interface Match {
  readonly values: string[];
  readonly regexValues: string[];
}

function add(to: Match, config: Readonly<Record<keyof Match, readonly string[]>> | undefined): void {
  to.values.push(...(config?.values ?? []));
  to.regexValues.push(...(config?.regexValues ?? []));
}

function checkOneKind(name: string, { values: globs, regexValues }: Match): void {
  if (globs.length > 0 && regexValues.length > 0) {
    throw new Refused(
      `${name} condition must specify exactly one of Values and RegexValues, ` +
        `got both Values [${globs.join(' ')}] and RegexValues [${regexValues.join(' ')}]`,
    );
  }
}

function configsOf({ values: globs, regexValues }: Match) {
  if (globs.length > 0) return [{ Values: globs }];
  return regexValues.length > 0 ? [{ RegexValues: regexValues }] : [];
}

function otherCondition(condition: ConditionConfig): RuleCondition[] {
  const { httpHeaderConfig, httpRequestMethodConfig, queryStringConfig, sourceIPConfig } = condition;
  switch (condition.field) {
    case 'http-header':
      return configsOf(copyOf(httpHeaderConfig)).map((config) => ({
        Field: 'http-header',
        HttpHeaderConfig: { HttpHeaderName: httpHeaderConfig?.httpHeaderName ?? '', ...config },
      }));
    case 'http-request-method':
      return [
        {
          Field: 'http-request-method',
          HttpRequestMethodConfig: { Values: httpRequestMethodConfig?.values ?? [] },
        },
      ];
    case 'query-string': {
      const pairs = queryStringConfig?.values ?? [];
      const Values = pairs.map(({ key, value }) => defined({ Key: key, Value: value }));
      return [{ Field: 'query-string', QueryStringConfig: { Values } }];
    }
    case 'source-ip':
      return [{ Field: 'source-ip', SourceIpConfig: { Values: sourceIPConfig?.values ?? [] } }];
    default:
      return [];
  }
}

function copyOf(config: ConditionConfig['httpHeaderConfig']): Match {
  return { values: [...(config?.values ?? [])], regexValues: [...(config?.regexValues ?? [])] };
}

/** ALB's patterns for a path: a prefix needs two, as `/foo*` would match `/foobar`. */
function pathMatch(ingress: Ingress, path: string, pathType?: string): Match {
  const glob = (...patterns: string[]): Match => ({ values: patterns, regexValues: [] });
  if (pathType === 'Prefix' && path === '/') return glob('/*');
  if (pathType === 'Exact' || pathType === 'Prefix') {
    if (/[*?]/.test(path)) {
      throw new Refused(`${pathType.toLowerCase()} path shouldn't contain wildcards: ${path}`);
    }
    const stem = path.replace(/\/$/, '');
    return pathType === 'Exact' ? glob(path) : glob(stem, `${stem}/*`);
  }
  const useRegex = INGRESS_ANNOTATIONS.boolean(ingress, 'use-regex-path-match');
  if (useRegex === KNOWN_AFTER_APPLY) return glob(useRegex);
  // Kubernetes wants a slash at the front that is no part of the expression.
  return useRegex === true ? { values: [], regexValues: [path.slice(1)] } : glob(path);
}
