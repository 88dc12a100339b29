import { type LabelSelector } from './objects';
import { quote } from './go/quote';
import { Refused, type Source } from './refusal';
import { isUnknown } from './unknown';

/**
 * Whether labels are those that a selector asks for; one that asks for nothing takes all.
 * @throws {Refused} for an operator that there is not, or one with values that it can't have
 */
export function selects(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  labels: Readonly<Record<string, string>>,
  source?: Source,
): boolean {
  const requirements: readonly Requirement[] = [
    ...Object.entries(matchLabels).map(([key, value]) => ({ key, operator: 'In', values: [value] })),
    ...matchExpressions,
  ];
  for (const requirement of requirements) {
    const problem = problemOf(requirement);
    if (problem !== undefined) throw new Refused(problem, source);
  }
  return requirements.every((requirement) => meets(requirement, labels[requirement.key]));
}

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

function meets({ operator, values = [] }: Requirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    default:
      return value === undefined;
  }
}

function problemOf({ operator, values = [] }: Requirement): string | undefined {
  if (isUnknown(operator)) return undefined;
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length > 0) return undefined;
    return "values: Invalid value: null: for 'in', 'notin' operators, values set can't be empty";
  }
  if (operator !== 'Exists' && operator !== 'DoesNotExist') {
    return `${quote(operator)} is not a valid label selector operator`;
  }
  if (values.length === 0) return undefined;
  return `values: Invalid value: ${JSON.stringify(values)}: values set must be empty for exists and does not exist`;
}
