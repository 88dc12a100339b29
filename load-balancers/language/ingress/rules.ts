import { type IngressBackend, type IngressRule } from '../../model';
import { inOrder, type HttpMatch } from './routes';
import { type AlbAction, type AlbBackend, type AlbRoute } from '../fields/ingress';
import { actionJson, conditionJson, transformJson } from './actions';
import { writtenBy, type Entry, type Origins } from '../written';

/** Name of the port by which a backend says that its action is in an annotation. */
const USE_ANNOTATION = 'use-annotation';
/** Kubernetes takes 63 letters behind the slash of an annotation's name. */
const LONGEST_NAME = 63 - 'transforms.'.length;

/** With the path of the prop. */
type Route = AlbRoute & HttpMatch & { readonly at: string };
type Backend = AlbBackend & Extras & { readonly at: string };
type Extras = Pick<AlbRoute, 'conditions' | 'transforms'>;

export interface RenderedRules {
  readonly rules: readonly IngressRule[];
  readonly defaultBackend?: IngressBackend;
  /** Actions, conditions and transforms. */
  readonly entries: readonly Entry[];
  /** By field of the spec. */
  readonly origins: Origins;
}

/** Routes as rules of an Ingress; what these can't say goes into annotations that they name. */
export function renderRules(routes: readonly AlbRoute[] = [], defaultBackend?: AlbBackend): RenderedRules {
  const all = routes.map((route, index) => ({
    ...route,
    at: `routes.${index}`,
    path: route.path ?? '/',
    pathType: route.pathType ?? 'Prefix',
  }));
  const backends = new Backends(all, defaultBackend);
  const ordered = inOrder<Route>(all);
  const rules = ordered.map((rule) => ({
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
    ...(defaultBackend && { defaultBackend: backends.of({ ...defaultBackend, at: 'defaultBackend' }) }),
    entries: [...backends.entries.values()],
    origins: Object.fromEntries([
      ['spec.rules', 'routes'],
      ...(defaultBackend ? backendOrigins('spec.defaultBackend', 'defaultBackend') : []),
      ...ordered.flatMap(ruleOrigins),
    ]),
  };
}

type Origin = readonly [field: string, path: string];

function ruleOrigins({ routes }: { readonly routes: readonly Route[] }, index: number): Origin[] {
  return [
    ...hostOrigins(`spec.rules[${index}]`, routes[0]?.at ?? 'routes'),
    ...routes.flatMap(({ at }, position) => pathOrigins(`spec.rules[${index}].http.paths[${position}]`, at)),
  ];
}

const hostOrigins = (field: string, at: string): Origin[] => [
  [field, at],
  [`${field}.host`, `${at}.host`],
];

const pathOrigins = (field: string, at: string): Origin[] => [
  [field, at],
  [`${field}.path`, `${at}.path`],
  [`${field}.pathType`, `${at}.pathType`],
  ...backendOrigins(`${field}.backend`, at),
];

const backendOrigins = (field: string, at: string): Origin[] => [
  [field, at],
  [`${field}.service`, `${at}.service`],
  [`${field}.service.port`, `${at}.port`],
];

const ANY_ROUTE: Origins = Object.fromEntries([
  ...hostOrigins('spec.rules[]', 'routes[]'),
  ...pathOrigins('spec.rules[].http.paths[]', 'routes[]'),
  ...backendOrigins('spec.defaultBackend', 'defaultBackend'),
  ['spec.tls', 'tlsHosts'],
]);

/** The prop that stands for a field of an Ingress: `routes[].path` for `spec.rules[0].http.paths[1].path`. */
export function propOfField(field: string): string {
  const prop = writtenBy(ANY_ROUTE, field.replaceAll(/\[\d+\]/g, '[]')) ?? field.replace(/^spec\./, '');
  return prop === 'rules' || prop === 'routes[]' ? 'routes' : prop;
}

/**
 * Backends, and the annotations that they name. Conditions and transforms have the name of a Service, so that all
 * routes to it have them; where only some shall, an action that forwards to it has another name. Equal actions share
 * one.
 */
class Backends {
  /** By annotation: the first route that has it is where it came from. */
  readonly entries = new Map<string, Entry>();
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

  of(route: Backend): IngressBackend {
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

  private action({ service, port, ...route }: Backend, extras: string): string {
    const action: AlbAction | undefined =
      service !== undefined && port !== undefined
        ? { type: 'forward', targetGroups: [{ service, port }] }
        : route.action;
    if (action === undefined) throw new Error('a route has neither service and port nor action: write one');
    const content = actionJson(action);
    const name = this.names.get(content + extras) ?? this.free(service?.slice(0, 40) ?? action.type);
    this.names.set(content + extras, name);
    this.add(`actions.${name}`, content, `${route.at}.${service === undefined ? 'action' : 'service'}`);
    this.annotate(name, route);
    return name;
  }

  private annotate(name: string, { conditions, transforms, at }: Extras & { readonly at: string }): void {
    if (conditions)
      this.add(`conditions.${name}`, JSON.stringify(conditions.map(conditionJson)), `${at}.conditions`);
    if (transforms)
      this.add(`transforms.${name}`, JSON.stringify(transforms.map(transformJson)), `${at}.transforms`);
  }

  private add(annotation: string, text: string, path: string): void {
    if (!this.entries.has(annotation)) this.entries.set(annotation, { annotation, text, path });
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
