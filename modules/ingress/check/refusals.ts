import { type Model, type Refusal } from '../../load-balancer-model';
import { type Finding } from './finding';
import { propOf, propOfField } from './names-of-props';

/** What the controller would refuse and no check has named: nothing of that may be built. */
export function checkRefusals({ Refusals }: Model, findings: readonly Finding[]): Finding[] {
  return Refusals.filter(
    (refusal) => !findings.some((finding) => !finding.warning && isNamed(refusal, finding)),
  ).map(toFinding);
}

/** A check has found something at the same place; or anything at all, where the controller doesn't say where it is. */
function isNamed({ Source, Objects }: Refusal, finding: Finding): boolean {
  const subject = `${finding.kind ?? 'Ingress'} ${finding.ingress}`;
  const concerned = Objects.some((object) => object === subject || object === finding.ingress);
  if (Source?.Annotation === undefined && Source?.Field === undefined) return concerned;
  const same = `${Source.Kind} ${Source.Name}` === subject;
  if (Source.Annotation !== undefined) return same && Source.Annotation === finding.annotation;
  const field = Source.Field ?? '';
  return same && finding.field !== undefined && isInside(finding.field, field);
}

/** Whether one of two paths is within the other. */
function isInside(field: string, other: string): boolean {
  return field.startsWith(other) || other.startsWith(field);
}

function toFinding({ Source, Objects, Message, Blocks }: Refusal): Finding {
  const [first = ''] = Objects;
  const { Kind = 'Ingress', Name = first.replace(/^\w+ /, ''), Annotation, Field } = Source ?? {};
  return {
    ingress: Name,
    ...(Kind === 'Ingress' ? {} : { kind: Kind }),
    ...(Annotation === undefined ? {} : { annotation: Annotation }),
    ...(Field === undefined ? {} : { field: Field }),
    prop: Annotation === undefined ? propOfField(Field ?? 'spec') : propOf(Annotation),
    value: '',
    reason: `the controller would refuse ${Blocks}, in its words: ${Message}`,
    remedy: 'write what its message asks for',
  };
}
