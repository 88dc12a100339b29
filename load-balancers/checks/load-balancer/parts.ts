import { isUnknown, type LoadBalancer, type Origin, type Source } from '../../model';
import { type Kind } from '../../language';
import { type FindingWords } from '../finding';

/** Where a field of a part comes from: the first of its sources, or the object that the load balancer is made for. */
export function sourceOf(origin: Origin, field: string, { Members }: LoadBalancer): Source {
  const [Kind = 'Ingress', Name = ''] = (Members[0] ?? '').split(' ');
  return origin[field]?.[0] ?? { Kind: Kind as Source['Kind'], Name };
}

/** A field of the API, what judges it, and what it holds. */
export type JudgedField = readonly [name: string, kind: Kind<never>, value: unknown];

/** What AWS would refuse of fields by themselves; what nothing says, or nobody knows yet, is right. */
export function wordsOfFields(
  fields: readonly JudgedField[],
): (FindingWords & { readonly value: unknown })[] {
  return fields.flatMap(([name, kind, value]) =>
    value === undefined || isUnknown(value)
      ? []
      : kind.judge(value as never).map(({ reason, remedy, warning, value: wrong }) => ({
          ...{ at: name, value: wrong, reason: `${name}: ${reason}`, remedy },
          ...(warning && { warning }),
        })),
  );
}
