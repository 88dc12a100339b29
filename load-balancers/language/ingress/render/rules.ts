import { type IngressBackend, type IngressRule } from '../../../model';
import { inOrder, type HttpMatch } from '../routes';
import { type AlbAction, type AlbBackend, type AlbRoute } from '../../schema/ingress';
import { actionJson, conditionJson, transformJson } from './actions';
import { json, type Annotations } from './text';

/** Name of the port by which a backend says that its action is in an annotation. */
const USE_ANNOTATION = 'use-annotation';
/** Kubernetes takes 63 letters behind the slash of an annotation's name. */
const LONGEST_NAME = 63 - 'transforms.'.length;

type Route = AlbRoute & HttpMatch;
type Extras = Pick<AlbRoute, 'conditions' | 'transforms'>;

export interface RenderedRules {
  readonly rules: readonly IngressRule[];
  readonly defaultBackend?: IngressBackend;
  /** Actions, conditions and transforms, by suffix. */
  readonly annotations: Annotations;
}

/** Routes as rules of an Ingress; what these can't say goes into annotations that they name. */
export function renderRules(routes: readonly AlbRoute[] = [], defaultBackend?: AlbBackend): RenderedRules {
  const all = routes.map((route) => ({
    ...route,
    path: route.path ?? '/',
    pathType: route.pathType ?? 'Prefix',
  }));
  const backends = new Backends(all, defaultBackend);
  const rules = inOrder<Route>(all).map((rule) => ({
    ...(rule.host !== undefined && { host: rule.host }),
    http: {
      paths: rule.routes.map((route) => ({
        path: route.path,
        pathType: route.pathType,
        backend: backends.of(route),
      })),
    },
  }));
  return {
    rules,
    ...(defaultBackend && { defaultBackend: backends.of(defaultBackend) }),
    annotations: backends.annotations,
  };
}

/**
 * Backends, and the annotations that they name. Conditions and transforms have the name of a Service, so that all
 * routes to it have them; where only some shall, an action that forwards to it has another name. Equal actions share
 * one.
 */
class Backends {
  readonly annotations: Record<string, string | undefined> = {};
  private readonly names = new Map<string, string>();
  /** Conditions and transforms that all routes to a Service have, as JSON, by its name. */
  private readonly shared = new Map<string, string>();
  private readonly taken: Set<string>;

  constructor(routes: readonly Route[], defaultBackend?: AlbBackend) {
    for (const route of routes) {
      if (route.service === undefined) continue;
      const extras = extrasOf(route.service.length > LONGEST_NAME ? {} : route);
      const before = this.shared.get(route.service);
      this.shared.set(route.service, before === undefined || before === extras ? extras : NONE);
    }
    this.taken = new Set([
      ...this.shared.keys(),
      ...(defaultBackend?.service ? [defaultBackend.service] : []),
    ]);
  }

  of(route: AlbBackend & Extras): IngressBackend {
    const { service, port } = route;
    const extras = extrasOf(route);
    if (service !== undefined && extras === (this.shared.get(service) ?? NONE)) {
      this.annotate(service, route);
      return {
        service: { name: service, port: typeof port === 'number' ? { number: port } : { name: port } },
      };
    }
    return { service: { name: this.action(route, extras), port: { name: USE_ANNOTATION } } };
  }

  private action({ service, port, ...route }: AlbBackend & Extras, extras: string): string {
    const action: AlbAction | undefined =
      service !== undefined && port !== undefined
        ? { type: 'forward', targetGroups: [{ service, port }] }
        : route.action;
    if (action === undefined) throw new Error('a route has neither service and port nor action: write one');
    const content = actionJson(action);
    const name = this.names.get(content + extras) ?? this.free(service?.slice(0, 40) ?? action.type);
    this.names.set(content + extras, name);
    this.annotations[`actions.${name}`] = content;
    this.annotate(name, route);
    return name;
  }

  private annotate(name: string, { conditions, transforms }: Extras): void {
    if (conditions) this.annotations[`conditions.${name}`] = json(conditions.map(conditionJson));
    if (transforms) this.annotations[`transforms.${name}`] = json(transforms.map(transformJson));
  }

  private free(base: string): string {
    let name = base;
    for (let count = 2; this.taken.has(name); count += 1) name = `${base}-${count}`;
    this.taken.add(name);
    return name;
  }
}

const extrasOf = ({ conditions, transforms }: Extras) => JSON.stringify({ conditions, transforms });
const NONE = extrasOf({});
