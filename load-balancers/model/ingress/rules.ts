import { type GroupContext, type Member } from '../context';
import { type Action, type Rule } from '../model';
import { keyOf, type Ingress, type IngressPath, type IngressRule } from '../objects';
import { originOf, type Sourced } from '../origin';
import { Refused, refusedAt, wrapRefusal, type Source } from '../refusal';
import { ingressTags, type Tags } from '../tags';
import { isUnknown } from '../unknown';
import { NOT_FOUND, sslRedirectAction } from './actions';
import { buildActions, readBackend, type AnnotatedBackend } from './backend';
import { buildConditions, matchSources } from './conditions';
import { optimizeRules } from './rule-optimizer';
import { statements } from './statements';

export interface ListenerPort {
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS';
}

/**
 * What a listener does with requests that no rule matches.
 * @param members those that listen on this port, in order
 * @throws {Refused}
 */
export function buildDefaultActions(
  context: GroupContext,
  { protocol }: ListenerPort,
  members: readonly Member[],
): Sourced<readonly Action[]> {
  if (context.sslRedirect !== undefined && protocol === 'HTTP') {
    const sources = statements(context.group.members, 'ssl-redirect', 'sslRedirectPort');
    return {
      value: [sslRedirectAction(context.sslRedirect.port)],
      sources: sources.map(({ source }) => source),
    };
  }
  const defaults = members.flatMap((member) => {
    const backend = member.ingress.spec.defaultBackend;
    return backend === undefined
      ? []
      : [{ member, backend, source: fieldOf(member.ingress, 'spec.defaultBackend') }];
  });
  const [only, another] = defaults;
  if (only === undefined) return { value: [NOT_FOUND], sources: [] };
  if (another !== undefined) {
    const names = defaults.map(({ member }) => keyOf(member.ingress));
    throw new Refused(
      `multiple ingress defined default backend: [${names.join(' ')}]`,
      another.source,
      only.source,
    );
  }
  const { member, source } = only;
  return located(source, () => {
    const backend = readBackend(context, member, only.backend, source);
    return buildActions(context, protocol, member, backend, source);
  });
}

/**
 * The rules of a listener by priority.
 * @param members those that listen on this port, in order
 * @throws {Refused}
 */
export function buildRules(
  context: GroupContext,
  listener: ListenerPort,
  members: readonly Member[],
): readonly Rule[] {
  if (context.sslRedirect !== undefined && listener.protocol === 'HTTP') return [];
  const rules = members.flatMap((member) => rulesOf(context, listener, member));
  return optimizeRules(listener, rules).map((rule, index) => ({ Priority: index + 1, ...rule }));
}

type UnrankedRule = Omit<Rule, 'Priority'>;

function rulesOf(context: GroupContext, { protocol }: ListenerPort, member: Member): readonly UnrankedRule[] {
  const { ingress } = member;
  const builder = new RuleBuilder(context, protocol, member);
  return (ingress.spec.rules ?? []).flatMap((rule, ruleIndex) =>
    sortPaths(ingress, rule, ruleIndex).map(({ path, source }) =>
      wrapRefusal(`ingress: ${keyOf(ingress)}`, () =>
        located(source, () => builder.build(rule.host, path, source)),
      ),
    ),
  );
}

/** Makes the rules of one Ingress; what many of its paths share is read once. */
class RuleBuilder {
  private readonly backends = new Map<string, AnnotatedBackend>();
  private tags?: Tags;

  constructor(
    private readonly context: GroupContext,
    private readonly protocol: ListenerPort['protocol'],
    private readonly member: Member,
  ) {}

  build(host: string | undefined, path: IngressPath, source: Source): UnrankedRule {
    const { context, protocol, member } = this;
    const backend = this.backendOf(path, source);
    const atPath = { ...source, Field: `${source.Field ?? 'spec'}.path` };
    const conditions = refusedAt(atPath, () =>
      buildConditions(member.ingress, host, path, backend.conditions.value),
    );
    const actions = buildActions(context, protocol, member, backend, source);
    const tags = (this.tags ??= ingressTags(member, context.settings));
    return {
      Conditions: conditions,
      Actions: actions.value,
      Transforms: backend.transforms.value,
      Tags: tags.value,
      Origin: originOf({
        Conditions: {
          value: conditions,
          sources: [source, ...matchSources(member.ingress, path), ...backend.conditions.sources],
        },
        Actions: actions,
        Transforms: backend.transforms,
        Tags: tags,
      }),
    };
  }

  private backendOf(path: IngressPath, source: Source): AnnotatedBackend {
    const key = JSON.stringify(path.backend);
    const backend = this.backends.get(key) ?? readBackend(this.context, this.member, path.backend, source);
    this.backends.set(key, backend);
    return backend;
  }
}

interface PlacedPath {
  readonly path: IngressPath;
  readonly source: Source;
}

const PATH_TYPES = ['Exact', 'Prefix', 'ImplementationSpecific'];

/** One that isn't known yet is as written. */
function rankOf(pathType = 'ImplementationSpecific'): number {
  return isUnknown(pathType) ? PATH_TYPES.length : PATH_TYPES.indexOf(pathType);
}

/**
 * Exact paths, then prefixes from the longest on, then others as they are written.
 * @throws {Refused}
 */
function sortPaths(ingress: Ingress, rule: IngressRule, ruleIndex: number): readonly PlacedPath[] {
  const paths = (rule.http?.paths ?? []).map((path, index) => ({
    path,
    source: fieldOf(ingress, `spec.rules[${ruleIndex}].http.paths[${index}]`),
    rank: rankOf(path.pathType),
    length: path.pathType === 'Prefix' ? Buffer.byteLength(path.path ?? '') : 0,
  }));
  const odd = paths.find(({ rank }) => rank < 0);
  if (odd !== undefined) throw new Refused(`unknown pathType for path ${odd.path.path ?? ''}`, odd.source);
  return paths.sort((a, b) => a.rank - b.rank || b.length - a.length);
}

function fieldOf(ingress: Ingress, field: string): Source {
  return { Kind: ingress.kind, Name: keyOf(ingress), Field: field };
}

/** What `build` makes; a refusal that names no source is of this one. */
function located<T>(source: Source, build: () => T): T {
  try {
    return build();
  } catch (error) {
    if (error instanceof Refused && error.source === undefined)
      throw new Refused(error.message, source, error.other);
    throw error;
  }
}
