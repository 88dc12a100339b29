import { type Ingress } from '../../model';
import { type Problem } from '../../problem';
import { type AlbIngressSettings, type AlbServiceSettings, propOf } from '../../language';
import { type ObjectFinding } from '../finding';
import { propAt } from './names-of-props';

type Settings = AlbIngressSettings & AlbServiceSettings;
type Path = readonly string[];

/**
 * A finding about an object that was rendered from settings, at the field that a person wrote and in its words:
 * `routes.3.action` for a path of the Ingress, `listeners.0.attributes` for an annotation.
 */
export function inSettings(finding: ObjectFinding, settings: Settings, ingress?: Ingress): Problem {
  const { reason, remedy } = finding;
  const annotation = finding.source.Annotation;
  if (annotation !== undefined && settings.annotations?.[annotation] !== undefined) {
    const value = settings.annotations[annotation];
    return { path: `annotations.${annotation}`, value, reason, remedy: inBoth(remedy) };
  }
  const at = pathOf(finding, settings, ingress);
  const { path, value } =
    at[0] === 'routes' && at.length === 1
      ? { path: at, value: finding.value }
      : written(settings, at, String(finding.value), ingress?.metadata.annotations?.[annotation ?? '']);
  const worded = (text: string) => inProps(text, settings, ingress);
  return { path: path.join('.'), value, reason: worded(reason), remedy: worded(remedy) };
}

const ANNOTATION = /alb\.ingress\.kubernetes\.io\/[\w.-]*\w/g;
const RULE = /spec\.rules\[(\d+)\]\.http\.paths\[(\d+)\]/g;

/** With the prop in the place of each annotation, and the route in the place of each rule. */
function inProps(text: string, { routes = [] }: Settings, ingress?: Ingress): string {
  return text
    .replaceAll(/ \(spec\.[^)]*\)/g, '')
    .replaceAll(ANNOTATION, (name) => propOf(name) ?? name)
    .replaceAll('spec.defaultBackend', 'defaultBackend')
    .replaceAll(RULE, (field, rule: string, path: string) => {
      const index = ingress && routeAt(routes, ingress, Number(rule), Number(path));
      return index === undefined ? field : `routes.${index}`;
    });
}

/** Who writes an annotation by hand may write the prop instead, or another annotation. */
function inBoth(text: string): string {
  return text.replaceAll(ANNOTATION, (name) => {
    const prop = propOf(name);
    return prop === undefined ? name : `${prop} (${name})`;
  });
}

function pathOf({ source }: ObjectFinding, settings: Settings, ingress?: Ingress): Path {
  const { Annotation: annotation, Field: field } = source;
  const prop = propAt(source);
  const [, list = '', rest = ''] = /^(routes|listeners)\[\]\.?(.*)$/.exec(prop) ?? [];
  const below = rest === '' ? [] : rest.split('.');
  if (list === 'listeners') {
    const index = listenerOf(settings, below, annotation);
    return index < 0 ? [list] : [list, String(index), ...below];
  }
  if (list !== 'routes') return prop.split('.');
  const backend = /\/(?:actions|conditions|transforms)\.(.+)$/.exec(annotation ?? '')?.[1];
  if (backend !== undefined && ingress?.spec.defaultBackend?.service?.name === backend) {
    return ['defaultBackend', ...below];
  }
  const index = ingress && routeOf(settings, ingress, backend, field);
  return index === undefined ? [list] : [list, String(index), ...below];
}

/** Which listener an annotation such as `listener-attributes.HTTPS-443` is of; else the first that has what it says. */
function listenerOf({ listeners = [] }: Settings, [field = '']: Path, annotation = ''): number {
  const port = /\.HTTPS?-(\d+)$/.exec(annotation)?.[1];
  return listeners.findIndex((each) => (port === undefined ? field in each : String(each.port) === port));
}

function routeOf(
  { routes = [] }: Settings,
  ingress: Ingress,
  backend: string | undefined,
  field = '',
): number | undefined {
  const rules = ingress.spec.rules ?? [];
  const [, rule = '', path = '0'] = /^spec\.rules\[(\d+)\](?:\.http\.paths\[(\d+)\])?/.exec(field) ?? [];
  if (backend === undefined)
    return rule === '' ? undefined : routeAt(routes, ingress, Number(rule), Number(path));
  const named = rules.findIndex((each) =>
    each.http?.paths.some((one) => one.backend.service?.name === backend),
  );
  const paths = rules[named]?.http?.paths ?? [];
  return routeAt(
    routes,
    ingress,
    named,
    paths.findIndex((each) => each.backend.service?.name === backend),
  );
}

/** Routes are rendered in another order; those of one host, path and type stay as given. */
function routeAt(
  routes: NonNullable<Settings['routes']>,
  { spec: { rules = [] } }: Ingress,
  rule: number,
  path: number,
): number | undefined {
  const key = (host = '', at = '/', type = 'Prefix') => `${type} ${host} ${at}`;
  const rendered = rules.flatMap(({ host, http }, ruleIndex) =>
    (http?.paths ?? []).map((each, index) => ({
      key: key(host, each.path, each.pathType),
      wanted: ruleIndex === rule && index === path,
    })),
  );
  const at = rendered.findIndex(({ wanted }) => wanted);
  const own = rendered[at]?.key;
  const before = rendered.slice(0, at).filter((each) => each.key === own).length;
  const alike = routes.flatMap(({ host, path: value, pathType }, index) =>
    key(host, value, pathType) === own ? [index] : [],
  );
  return alike[before];
}

/** What is written at a path, or below it where it holds what was found. */
function written(
  settings: Settings,
  path: Path,
  found: string,
  rendered: string | undefined,
): { readonly path: Path; readonly value: unknown } {
  let value: unknown = settings;
  for (const [index, key] of path.entries()) {
    // Such as `webAcl: 'none'`, of which there is no `webAcl.arn`.
    if (value === undefined) return { path, value: found };
    if (typeof value !== 'object') return { path: path.slice(0, index), value };
    value = (value as Fields)[key];
  }
  // Without a value of its own it is a default that was found.
  if (typeof value !== 'object') return { path, value: value ?? found };
  if (found === rendered) return { path, value };
  const [leaf, ...others] = leavesOf(value as Fields, path).filter((each) => String(each.value) === found);
  return leaf && others.length === 0 ? leaf : { path, value: found };
}

type Fields = Readonly<Record<string, unknown>>;

function leavesOf(fields: Fields, path: Path): { readonly path: Path; readonly value: unknown }[] {
  return Object.entries(fields).flatMap(([key, value]) => {
    const below = [...path, key];
    return typeof value === 'object' ? leavesOf(value as Fields, below) : [{ path: below, value }];
  });
}
