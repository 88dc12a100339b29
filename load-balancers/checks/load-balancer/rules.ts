import { RULE_KINDS } from '../../language';
import {
  isUnknown,
  type LoadBalancer,
  type Listener,
  type MatchConfig,
  type Model,
  type Rule,
  type RuleCondition,
  type Source,
} from '../../model';
import { atSource, distinctFindings, type FindingWords, type ObjectFinding } from '../finding';
import { valueAt } from '../refusals';
import { type View } from '../view';
import { checkAction } from './actions';
import { wordsOfFields, type JudgedField } from './parts';

/** Fixed by AWS. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const VALUES = 5;
/** Older documents of AWS say 5. */
const WILDCARDS = 6;

/** What AWS would refuse of rules, and of what listeners do with the rest. */
export function checkRules(view: View, { LoadBalancers }: Model): ObjectFinding[] {
  return distinctFindings(
    LoadBalancers.flatMap((loadBalancer) =>
      loadBalancer.Listeners.flatMap((listener) => [
        ...listener.Rules.flatMap((rule) => [
          ...checkConditions(view, rule),
          ...checkTransforms(rule),
          ...checkActions(view, loadBalancer, listener, rule.Actions, rule.Origin.Actions),
        ]),
        ...checkActions(
          view,
          loadBalancer,
          listener,
          listener.DefaultActions,
          listener.Origin.DefaultActions,
        ),
      ]),
    ),
  );
}

function* checkActions(
  { context }: View,
  loadBalancer: LoadBalancer,
  listener: Listener,
  actions: Rule['Actions'],
  sources: readonly Source[] = [],
): Iterable<ObjectFinding> {
  const here = { context, loadBalancer, listener, sources };
  for (const action of actions) {
    yield* checkAction(here, action);
  }
}

function* checkConditions(view: View, rule: Rule): Iterable<ObjectFinding> {
  const [path, ...others] = rule.Origin.Conditions ?? [];
  if (path === undefined || isUnknown(JSON.stringify(rule.Conditions))) return;
  const annotation = others.find(({ Annotation }) => Annotation?.includes('/conditions.'));
  const written = annotation && valueAt(view.given, annotation);
  // Host and path are of the rule, where the annotation doesn't have the same.
  const field = (name: string, value: unknown): Source =>
    annotation !== undefined && (written?.includes(JSON.stringify(value)) ?? false)
      ? annotation
      : fieldOf(path, name);
  const values = rule.Conditions.flatMap((condition) =>
    wordsOfFields(fieldsOf(condition)).map(({ at: name, ...words }) => {
      const source = field(String(name), words.value);
      const isPath = source.Field?.endsWith('.path') ?? false;
      return atSource(source, { ...words, ...(isPath && { value: valueAt(view.given, source) }) });
    }),
  );
  const whole = annotation ?? fieldOf(path, 'path');
  yield* values;
  for (const words of [...limits(rule, path), ...once(rule)]) {
    yield atSource(whole, { value: valueAt(view.given, whole), ...words });
  }
}

function fieldOf({ Field = 'spec', ...source }: Source, name: string): Source {
  return { ...source, Field: name === 'host' ? Field.replace(/\.http\..*/, '.host') : `${Field}.path` };
}

function fieldsOf(condition: RuleCondition): JudgedField[] {
  const { HostHeaderConfig: host, PathPatternConfig: path, HttpHeaderConfig: header } = condition;
  const { hostPattern, pathPattern, regex, conditionValue, headerName, method, sourceNetwork } = RULE_KINDS;
  const all = (name: string, kind: JudgedField[1], values: readonly (string | undefined)[] = []) =>
    values.map((value): JudgedField => [name, kind, value]);
  return [
    ...all('host', hostPattern, host?.Values),
    ...all('path', pathPattern, path?.Values),
    ...all('host', regex, host?.RegexValues),
    ...all('path', regex, path?.RegexValues),
    ...all('httpHeaderName', headerName, header && [header.HttpHeaderName]),
    ...all('http-header', conditionValue, header?.Values),
    ...all('http-header', regex, header?.RegexValues),
    ...all('http-request-method', method, condition.HttpRequestMethodConfig?.Values),
    ...all(
      'query-string',
      conditionValue,
      condition.QueryStringConfig?.Values.flatMap(({ Key, Value }) => [Key, Value]),
    ),
    ...all('source-ip', sourceNetwork, condition.SourceIpConfig?.Values),
  ];
}

/** How many values a rule compares with, and how many wildcards are in them. */
function* limits({ Conditions }: Rule, { Field = 'spec' }: Source): Iterable<FindingWords> {
  const matches = Conditions.flatMap((each) => [
    ...[each.HostHeaderConfig, each.PathPatternConfig, each.HttpHeaderConfig].filter(
      (match): match is MatchConfig => match !== undefined,
    ),
  ]);
  const pairs = Conditions.flatMap(({ QueryStringConfig }) => QueryStringConfig?.Values ?? []);
  const texts = [
    ...matches.flatMap(({ Values = [] }) => Values),
    ...pairs.map(({ Key = '', Value }) => `${Key}${Value}`),
  ];
  const others = [
    ...matches.flatMap(({ RegexValues = [] }) => RegexValues),
    ...Conditions.flatMap((each) => [
      ...(each.HttpRequestMethodConfig?.Values ?? []),
      ...(each.SourceIpConfig?.Values ?? []),
    ]),
  ];
  const values = texts.length + others.length;
  const wildcards = texts.join('').match(/[*?]/g)?.length ?? 0;
  if (values > VALUES)
    yield {
      reason: `the rule of ${Field} has ${values} condition values, host and path among them (a path of type Prefix counts twice); AWS takes ${VALUES}`,
      remedy: 'spread the values over several paths or Services',
    };
  if (wildcards >= WILDCARDS)
    yield {
      reason: `the rule of ${Field} has ${wildcards} wildcards, AWS takes ${wildcards > WILDCARDS ? WILDCARDS : '5 or 6, as its documents differ'}`,
      remedy: 'write fewer wildcards, or a regular expression',
      ...(wildcards === WILDCARDS && { warning: true }),
    };
}

/** A rule asks once for methods, and once for addresses; the controller puts hosts and paths together. */
function* once({ Conditions }: Rule): Iterable<FindingWords> {
  for (const field of ['http-request-method', 'source-ip']) {
    const count = Conditions.filter(({ Field }) => Field === field).length;
    if (count >= 2)
      yield {
        reason: `a rule has one condition of field ${field} at most, here are ${count}`,
        remedy: 'put their values into one condition',
      };
  }
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleTransform.html */
function* checkTransforms({ Transforms, Origin }: Rule): Iterable<ObjectFinding> {
  const types = Transforms.map(({ Type }) => Type);
  const twice = types.find((type, index) => !isUnknown(type) && types.indexOf(type) < index);
  const [source] = Origin.Transforms ?? [];
  if (twice === undefined || source === undefined) return;
  yield atSource(source, {
    value: twice,
    reason: `a rule has one transform of type ${twice} at most`,
    remedy: 'put their rewrites into one transform',
  });
}
