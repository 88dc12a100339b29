import {
  keyOf,
  type Ingress,
  type KubernetesObject,
  type Model,
  type Refusal,
  type Source,
} from '../../model';
import { backendsOf } from './backends';
import { type Finding } from './finding';
import { explain } from '../remedies';
import { propOrName, propOfField } from './names-of-props';
import { classNameOf, type View } from './view';

type Kind = Source['Kind'];

/** What the controller would refuse and no check has named: nothing of that may be built. */
export function checkRefusals(view: View, { Refusals }: Model, findings: readonly Finding[]): Finding[] {
  const named = new Set(
    findings.filter(({ warning }) => !warning).map(({ kind = 'Ingress', ingress }) => `${kind} ${ingress}`),
  );
  return Refusals.filter((refusal) => !subjectsOf(view, refusal).some((subject) => named.has(subject))).map(
    (refusal) => toFinding(view, refusal),
  );
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

function toFinding(view: View, refusal: Refusal): Finding {
  const { Source, Objects, Message, Blocks } = refusal;
  const value = valueAt(view.given, Source);
  const [first = ''] = Objects;
  const [kind = '', name = ''] = first.split(' ', 2);
  const { Kind = kind as Kind, Name = name, Annotation, Field } = Source ?? {};
  return {
    ingress: Name,
    ...(Kind === 'Ingress' ? {} : { kind: Kind }),
    ...(Annotation === undefined ? {} : { annotation: Annotation }),
    ...(Field === undefined ? {} : { field: Field }),
    prop: Annotation === undefined ? propOfField(Field ?? 'spec') : propOrName(Annotation),
    value,
    reason: `the controller would refuse ${Blocks}, in its words: ${Message}`,
    remedy: explain(refusal, value).remedy,
  };
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
