import { isDeepStrictEqual } from 'node:util';
import { KNOWN_AFTER_APPLY } from '../../../load-balancers/model';
import { type DoctorCheck, type DoctorFinding } from '../check';
import { wantedController } from '../controller';

export const controllerPolicy: DoctorCheck = {
  id: 'controller-policy',
  title: "The controller's policies are those that its release needs",
  needs: ['iam:ListAttachedRolePolicies', 'iam:GetPolicy', 'iam:GetPolicyVersion'],
  explain:
    'The policy is of an older release than the controller, a statement was taken away, or it is no longer attached to the role.',
  run: async (look) => {
    const { roleName, policies } = await wantedController(look);
    const attached = await look.policies(roleName);
    const remedy = `npm run deploy -- ${look.environment.name}-addons (loadBalancing.release, loadBalancing.features)`;
    return [...policies].flatMap(([name, wanted]): DoctorFinding[] => {
      const there = attached.get(name);
      if (there === undefined)
        return [
          {
            what: `Policy ${name} is not attached to role ${roleName}`,
            seen: `iam:ListAttachedRolePolicies has ${[...attached.keys()].join(', ') || 'none'}`,
            remedy,
          },
        ];
      const missing = statementsOf(wanted).filter(
        (statement) => !statementsOf(there).some((each) => fits(statement, each)),
      );
      if (missing.length === 0) return [];
      return [
        {
          what: `Policy ${name} lacks ${missing.length} of ${statementsOf(wanted).length} statements`,
          seen: missing.map((statement) => JSON.stringify(statement)).join('; '),
          remedy,
          issue: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2785',
        },
      ];
    });
  },
};

function statementsOf(document: unknown): readonly unknown[] {
  const { Statement: found } = (document ?? {}) as { Statement?: unknown };
  return Array.isArray(found) ? (found as unknown[]) : found === undefined ? [] : [found];
}

/** Whether two values are equal, as far as the first is known before apply. */
export function fits(wanted: unknown, there: unknown): boolean {
  if (typeof wanted === 'string' && typeof there === 'string') {
    const parts = wanted
      .split(KNOWN_AFTER_APPLY)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
    return new RegExp(`^${parts.join('.+')}$`).test(there);
  }
  if (Array.isArray(wanted) && Array.isArray(there))
    return wanted.length === there.length && wanted.every((each) => there.some((other) => fits(each, other)));
  if (isRecord(wanted) && isRecord(there)) {
    return (
      isDeepStrictEqual(Object.keys(wanted).sort(), Object.keys(there).sort()) &&
      Object.entries(wanted).every(([key, each]) => fits(each, there[key]))
    );
  }
  return isDeepStrictEqual(wanted, there);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
