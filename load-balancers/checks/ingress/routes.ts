import { isUnknown, KNOWN_AFTER_APPLY, type Ingress, type IngressBackend } from '../../model';
import { fieldOf, itemsOf, textOf, textsOf, wordOf } from './json';
import { named, read } from './read';
import { type MemberView } from './view';

/** A path of an Ingress, or its default backend: what becomes a listener rule. */
export interface IngressRoute {
  readonly member: MemberView;
  /** Such as `spec.rules[0].http.paths[1]`. */
  readonly field: string;
  /** Index of the Ingress' rule; its paths are ordered among themselves. @default - the default backend */
  readonly rule?: number;
  readonly host?: string;
  readonly path?: string;
  readonly pathType?: string;
  readonly backend: IngressBackend;
  readonly match: Match;
  readonly action: RouteAction;
}

/** What a rule's conditions ask for, those of the annotation added to host and path. */
export interface Match {
  readonly hosts: readonly string[];
  readonly hostRegexes: readonly string[];
  readonly paths: readonly string[];
  readonly pathRegexes: readonly string[];
  /** Conditions of other fields, as JSON. */
  readonly others: readonly unknown[];
  /** Whether all of it is known before apply. */
  readonly known: boolean;
}

export interface RouteAction {
  /** `unknown`: not known before apply, or not readable; `missing`: the annotation isn't there. */
  readonly type: 'forward' | 'redirect' | 'fixed-response' | 'unknown' | 'missing';
  /** Name of the annotation it is read from, whole. */
  readonly annotation?: string;
  /** `redirectConfig` or `fixedResponseConfig`. */
  readonly config?: unknown;
  readonly targets: readonly ActionTarget[];
}

export interface ActionTarget {
  readonly service?: string;
  readonly port?: number | string;
  readonly targetGroupArn?: string;
  readonly weight?: unknown;
}

export const USE_ANNOTATION = 'use-annotation';

/** Every check looks at them. */
const ROUTES = new WeakMap<MemberView, readonly IngressRoute[]>();
const ANY: Match = { hosts: [], hostRegexes: [], paths: [], pathRegexes: [], others: [], known: true };

/** All paths of an Ingress as written, then its default backend. */
export function routesOf(member: MemberView): readonly IngressRoute[] {
  const routes = ROUTES.get(member) ?? readRoutes(member);
  ROUTES.set(member, routes);
  return routes;
}

function readRoutes(member: MemberView): readonly IngressRoute[] {
  const { spec } = member.ingress;
  const routes = (spec.rules ?? []).flatMap(({ host, http }, rule) =>
    (http?.paths ?? []).map(({ path, pathType, backend }, index) => {
      const field = `spec.rules[${rule}].http.paths[${index}]`;
      const match = matchOf(member.ingress, { host, path, pathType, backend });
      return {
        ...{ member, field, rule, host, path, pathType, backend, match },
        action: actionOf(member.ingress, backend),
      };
    }),
  );
  const { defaultBackend: backend } = spec;
  if (backend === undefined) return routes;
  const field = 'spec.defaultBackend';
  return [...routes, { member, field, backend, match: ANY, action: actionOf(member.ingress, backend) }];
}

/** Conditions of the annotation for a Service's rules. */
export function conditionsOf(ingress: Ingress, service: string | undefined): readonly unknown[] {
  return service === undefined ? [] : itemsOf(read.json(ingress, `conditions.${service}`));
}

/** The patterns of a path, as ELBv2 gets them. */
export function patternsOf(
  ingress: Ingress,
  path: string | undefined,
  pathType: string | undefined,
): { readonly paths: readonly string[]; readonly regexes: readonly string[] } {
  if (path === undefined || path === '') return { paths: [], regexes: [] };
  if (isUnknown(pathType)) return { paths: [KNOWN_AFTER_APPLY], regexes: [] };
  if (pathType === 'Exact') return { paths: [path], regexes: [] };
  if (pathType === 'Prefix') {
    const stem = path.replace(/\/$/, '');
    return { paths: path === '/' ? ['/*'] : [stem, `${stem}/*`], regexes: [] };
  }
  return read.boolean(ingress, 'use-regex-path-match') === true
    ? { paths: [], regexes: [path.slice(1)] }
    : { paths: [path], regexes: [] };
}

function matchOf(
  ingress: Ingress,
  { host, path, pathType, backend }: Pick<IngressRoute, 'host' | 'path' | 'pathType' | 'backend'>,
): Match {
  const { paths, regexes } = patternsOf(ingress, path, pathType);
  const conditions = conditionsOf(ingress, backend.service?.name);
  const of = (field: string, config: string, values: string) =>
    conditions
      .filter((condition) => textOf(condition, 'field') === field)
      .flatMap((condition) => textsOf(fieldOf(condition, config), values));
  const match = {
    hosts: [...(host ? [host] : []), ...of('host-header', 'hostHeaderConfig', 'values')],
    hostRegexes: of('host-header', 'hostHeaderConfig', 'regexValues'),
    paths: [...paths, ...of('path-pattern', 'pathPatternConfig', 'values')],
    pathRegexes: [...regexes, ...of('path-pattern', 'pathPatternConfig', 'regexValues')],
    others: conditions.filter(
      (condition) => !['host-header', 'path-pattern'].includes(wordOf(condition, 'field')),
    ),
  };
  return { ...match, known: !isUnknown(JSON.stringify([match, conditions])) };
}

function actionOf(ingress: Ingress, { service }: IngressBackend): RouteAction {
  if (service === undefined) return { type: 'unknown', targets: [] };
  if (service.port?.name !== USE_ANNOTATION) {
    const port = service.port?.name ?? service.port?.number;
    return { type: 'forward', targets: [{ service: service.name, port }] };
  }
  const suffix = `actions.${service.name}`;
  const annotation = named(suffix);
  if (!read.has(ingress, suffix)) return { type: 'missing', annotation, targets: [] };
  return writtenAction(read.json(ingress, suffix), annotation);
}

/** The action of an annotation. */
export function writtenAction(json: unknown, annotation: string): RouteAction {
  const type = textOf(json, 'type');
  if (type === 'redirect') {
    return { type, annotation, config: fieldOf(json, 'redirectConfig'), targets: [] };
  }
  if (type === 'fixed-response') {
    return { type, annotation, config: fieldOf(json, 'fixedResponseConfig'), targets: [] };
  }
  if (type === 'forward') {
    const arn = textOf(json, 'targetGroupARN');
    const config = fieldOf(json, 'forwardConfig');
    const targets = arn === undefined ? itemsOf(fieldOf(config, 'targetGroups')).map(targetOf) : [];
    return { type, annotation, config, targets: arn === undefined ? targets : [{ targetGroupArn: arn }] };
  }
  return { type: 'unknown', annotation, targets: [] };
}

function targetOf(json: unknown): ActionTarget {
  const port = fieldOf(json, 'servicePort');
  return {
    service: textOf(json, 'serviceName'),
    port: portOf(port),
    targetGroupArn: textOf(json, 'targetGroupARN'),
    weight: fieldOf(json, 'weight'),
  };
}

/** A port by number may be written as text. */
function portOf(port: unknown): number | string | undefined {
  if (typeof port === 'number') return port;
  if (typeof port !== 'string' || isUnknown(port)) return undefined;
  return /^\d+$/.test(port) ? Number(port) : port;
}
