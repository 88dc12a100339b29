import { type LabelSelector } from './objects';
import { Refused, type Source } from './refusal';

/**
 * Whether labels are those that a selector asks for; one that asks for nothing takes all.
 * @throws {Refused} for an operator that there is not
 */
export function selects(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  labels: Readonly<Record<string, string>>,
  source?: Source,
): boolean {
  const requirements = [
    ...Object.entries(matchLabels).map(([key, value]) => ({ key, operator: 'In', values: [value] })),
    ...matchExpressions,
  ];
  return requirements
    .map(({ key, operator, values = [] }) => {
      const value = labels[key];
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        default:
          throw new Refused(`"${operator}" is not a valid label selector operator`, source);
      }
    })
    .every(Boolean);
}
