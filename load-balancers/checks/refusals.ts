import { keyOf, type KubernetesObject, type Refusal, type Source } from '../model';
import { atSource, type ObjectFinding } from './finding';
import { explain } from './remedies';

/** A refusal with what it is called, and what to write instead. */
export interface ExplainedRefusal extends Refusal {
  /** A word for its kind, which stays the same from release to release. */
  readonly Code: string;
  readonly Remedy: string;
}

/** Refusals with what each is called, and what to write instead; with the field that its message names. */
export function explained(
  objects: readonly KubernetesObject[],
  refusals: readonly Refusal[],
): ExplainedRefusal[] {
  return refusals.map((refusal) => {
    const [only = '', ...others] = causesOf(refusal.Message);
    const Source = others.length === 0 ? sourceOf(refusal, only) : refusal.Source;
    const { code, remedy } = explain(refusal, valueAt(objects, Source), objects);
    return { ...refusal, ...(refusal.Source && { Source }), Code: code, Remedy: remedy };
  });
}

/** Refusals as findings, in their own words: one for each of the fields that Kubernetes tells of together. */
export function refusalFindings(
  objects: readonly KubernetesObject[],
  refusals: readonly Refusal[],
): ObjectFinding[] {
  return refusals.flatMap((refusal) => {
    const { Message, By, Other, Blocks } = refusal;
    const who = By === 'kubernetes' ? 'Kubernetes' : 'the controller';
    return causesOf(Message).map((cause) => {
      const source = sourceOf(refusal, cause);
      const value = valueAt(objects, source);
      const { code, remedy } = explain({ ...refusal, Message: cause }, value, objects);
      const reason = `${who} would refuse ${Blocks}, in its words: ${cause}`;
      return { ...atSource(source, { value, reason, remedy }), code, by: By, ...(Other && { other: Other }) };
    });
  });
}

/** What a message says, each by itself: the API server puts the problems of one object together. */
function causesOf(message: string): readonly string[] {
  const all = /^\S+ ".*" is invalid: \[(.*)\]$/s.exec(message)?.[1];
  return all === undefined ? [message] : all.split(/, (?=(?:spec|metadata|annotations)[.[\w])/);
}

/** Where a refusal is; Kubernetes names the field in its message alone. */
function sourceOf({ Source: source, Objects: [first = ''] }: Refusal, cause: string): Source {
  const [kind = '', name = ''] = first.split(' ', 2);
  const whole = source ?? { Kind: kind as Source['Kind'], Name: name };
  if (whole.Annotation !== undefined || whole.Field !== undefined) return whole;
  const field = /(?:^|is invalid: )((?:spec|metadata|annotations)(?:\[[^\]]*\]|[\w./-])*):/.exec(cause)?.[1];
  const annotation = /^(?:metadata\.)?annotations[.[]([\w./-]+)\]?$/.exec(field ?? '')?.[1];
  if (annotation !== undefined) return { ...whole, Annotation: annotation };
  return field === undefined ? whole : { ...whole, Field: field };
}

/** Who asks for one object asks for others. */
const BY_NAME = new WeakMap<readonly KubernetesObject[], ReadonlyMap<string, KubernetesObject>>();

function byName(objects: readonly KubernetesObject[]): ReadonlyMap<string, KubernetesObject> {
  const known = BY_NAME.get(objects);
  if (known !== undefined) return known;
  // Of several of one name the first.
  const made = new Map(objects.toReversed().map((each) => [`${each.kind} ${keyOf(each)}`, each]));
  BY_NAME.set(objects, made);
  return made;
}

/** What is written there, if it's there. */
export function valueAt(objects: readonly KubernetesObject[], source: Source | undefined): string {
  const object = source && byName(objects).get(`${source.Kind} ${source.Name}`);
  if (object === undefined || source === undefined) return '';
  if (source.Annotation !== undefined) return object.metadata.annotations?.[source.Annotation] ?? '';
  if (source.Field === undefined) return '';
  const value = source.Field.split(/[.[\]]+/)
    .filter((key) => key !== '')
    .reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>> | undefined)?.[key], object);
  if (value === undefined) return '';
  const [only, ...others] =
    typeof value === 'object' && value !== null ? (Object.values(value) as unknown[]) : [value];
  const shown: unknown = others.length === 0 && typeof only !== 'object' ? only : value;
  return typeof shown === 'string' ? shown : JSON.stringify(shown);
}
