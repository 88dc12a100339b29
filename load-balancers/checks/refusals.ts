import { keyOf, type Ingress, type KubernetesObject, type Model, type Refusal, type Source } from '../model';
import { backendsOf } from './ingress/backends';
import { atSource, type ObjectFinding } from './finding';
import { explain } from './remedies';
import { classNameOf, type View } from './ingress/view';

/** What the controller would refuse and no check has named: nothing of that may be built. */
export function checkRefusals(
  view: View,
  { Refusals }: Model,
  findings: readonly ObjectFinding[],
): ObjectFinding[] {
  const named = new Set(
    findings.filter(({ warning }) => !warning).map(({ source: { Kind, Name } }) => `${Kind} ${Name}`),
  );
  const others = Refusals.filter(
    (refusal) => !subjectsOf(view, refusal).some((subject) => named.has(subject)),
  );
  return refusalFindings(view.given, others);
}

/** The controller stops at the first mistake of a group: if a check has found one there, it's probably the same. */
function subjectsOf(view: View, { Source, Objects }: Refusal): readonly string[] {
  const own = [...Objects, ...(Source === undefined ? [] : [`${Source.Kind} ${Source.Name}`])];
  const around = view.cluster.ingresses
    .map((ingress) => connected(view, ingress))
    .filter((subjects) => subjects.some((subject) => own.includes(subject)));
  return [...own, ...around.flat()];
}

/** An Ingress, its class with its parameters, and its Services. */
function connected({ members, cluster }: View, ingress: Ingress): readonly string[] {
  const member = members.find((each) => each.ingress === ingress);
  const name = classNameOf(ingress, cluster);
  const services = member === undefined ? [] : backendsOf(member, cluster);
  return [
    `Ingress ${keyOf(ingress)}`,
    `IngressClass ${name ?? ''}`,
    ...(member?.params === undefined ? [] : [`IngressClassParams ${keyOf(member.params)}`]),
    ...services.flatMap(({ service }) => (service === undefined ? [] : [`Service ${keyOf(service)}`])),
  ];
}

/** Refusals as findings, in their own words. */
export function refusalFindings(
  objects: readonly KubernetesObject[],
  refusals: readonly Refusal[],
): ObjectFinding[] {
  return explained(objects, refusals).map(({ Source, Objects: [first = ''], Other, By, ...refusal }) => {
    const [Kind = '', Name = ''] = first.split(' ', 2);
    const source = Source ?? { Kind: Kind as Source['Kind'], Name };
    const words = {
      value: valueAt(objects, source),
      reason: `the controller would refuse ${refusal.Blocks}, in its words: ${refusal.Message}`,
      remedy: refusal.Remedy,
    };
    return { ...atSource(source, words), code: refusal.Code, by: By, ...(Other && { other: Other }) };
  });
}

/** Refusals with what each is called, and what to write instead. */
export function explained(
  objects: readonly KubernetesObject[],
  refusals: readonly Refusal[],
): ExplainedRefusal[] {
  return refusals.map((refusal) => {
    const { code, remedy } = explain(refusal, valueAt(objects, refusal.Source));
    return { ...refusal, Code: code, Remedy: remedy };
  });
}

export interface ExplainedRefusal extends Refusal {
  /** A word for its kind, which stays the same from release to release. */
  readonly Code: string;
  readonly Remedy: string;
}

/** What is written there, if it's there. */
export function valueAt(objects: readonly KubernetesObject[], source: Source | undefined): string {
  const object = objects.find((each) => each.kind === source?.Kind && keyOf(each) === source.Name);
  if (object === undefined || source === undefined) return '';
  if (source.Annotation !== undefined) return object.metadata.annotations?.[source.Annotation] ?? '';
  if (source.Field === undefined) return '';
  const value = source.Field.split(/[.[\]]+/)
    .filter((key) => key !== '')
    .reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>> | undefined)?.[key], object);
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
