import { INGRESS_PREFIX, writtenBy, propOf, propOfField, type Written } from '../language';
import { type Problem, type Source } from '../problem';
import { type ObjectFinding } from './finding';

/** The typed prop in which a person writes what is there: of an Ingress, or of parameters of a class. */
export function propAt({ Kind, Annotation, Field = 'spec' }: Source): string {
  if (Annotation !== undefined) return propOf(Annotation) ?? Annotation;
  return Kind === 'IngressClassParams' || Kind === 'TargetGroupBinding'
    ? Field.replace(/^spec\./, '')
    : propOfField(Field);
}

/**
 * A finding about an object that was rendered from settings, at the field that a person wrote and in its words:
 * `routes.3.action` for a path of the Ingress, `listeners.0.attributes` for an annotation.
 */
export function inSettings(finding: ObjectFinding, settings: object, rendered: Written): Problem {
  const { source, reason, remedy } = finding;
  const { Annotation: annotation = '' } = source;
  const path = pathOf(finding, rendered);
  const byHand = path.startsWith('annotations.');
  const { [annotation]: text } = rendered.annotations;
  const at =
    path === 'routes' ? { path, value: finding.value } : writtenAt(settings, path, finding.value, text);
  const worded = (words: string) => (byHand ? words : inProps(words, rendered));
  return { ...at, reason: worded(reason), remedy: byHand ? inBoth(remedy) : worded(remedy) };
}

/** Where rendering took it from; what nobody wrote has the prop that would say it. */
function pathOf({ source, value }: ObjectFinding, { annotations, origins }: Written): string {
  const { Annotation: annotation, Field: field = 'spec' } = source;
  if (annotation === undefined) return writtenBy(origins, field) ?? propAt(source);
  const [key = ''] = String(value).split('=', 1);
  const ofKey = value === annotations[annotation] ? undefined : origins[`${annotation} ${key}`];
  return ofKey ?? origins[annotation] ?? propAt(source).replace(/\[\].*$/, '');
}

const ANNOTATION = new RegExp(`${INGRESS_PREFIX.replaceAll('.', '\\.')}[\\w.-]*\\w`, 'g');
const RULE = /spec\.rules\[\d+\]\.http\.paths\[\d+\]/g;

/** With the prop in the place of each annotation, and the route in the place of each rule. */
function inProps(text: string, { origins }: Written): string {
  return text
    .replaceAll(/ \(spec\.[^)]*\)/g, '')
    .replaceAll(ANNOTATION, (name) => origins[name] ?? propOf(name) ?? name)
    .replaceAll('spec.defaultBackend', 'defaultBackend')
    .replaceAll(RULE, (field) => origins[field] ?? field);
}

/** Who writes an annotation by hand may write the prop instead, or another annotation. */
function inBoth(text: string): string {
  return text.replaceAll(ANNOTATION, (name) => {
    const prop = propOf(name);
    return prop === undefined ? name : `${prop} (${name})`;
  });
}

type At = Pick<Problem, 'path' | 'value'>;

/** What is written at a path, or below it where it holds what was found. */
function writtenAt(settings: object, path: string, found: unknown, rendered?: string): At {
  const value = settingAt(settings, path);
  // Without a value of its own it is a default that was found.
  if (typeof value !== 'object' || value === null) return { path, value: value ?? found };
  if (found === rendered) return { path, value };
  const [leaf, ...others] = leavesOf(value, path).filter((each) => String(each.value) === found);
  return leaf && others.length === 0 ? leaf : { path, value: found };
}

type Values = Readonly<Record<string, unknown>>;

/** Keys of maps may have dots. */
export function settingAt(settings: unknown, path: string): unknown {
  if (typeof settings !== 'object' || settings === null) return undefined;
  const values = settings as Values;
  if (Object.hasOwn(values, path)) return values[path];
  const dots = [...path.matchAll(/\./g)].map(({ index }) => index);
  const end = dots.find((each) => Object.hasOwn(values, path.slice(0, each)));
  return end === undefined ? undefined : settingAt(values[path.slice(0, end)], path.slice(end + 1));
}

function leavesOf(values: object, path: string): At[] {
  return Object.entries(values).flatMap(([key, value]): At[] => {
    const below = `${path}.${key}`;
    return typeof value === 'object' && value !== null
      ? leavesOf(value as object, below)
      : [{ path: below, value }];
  });
}
