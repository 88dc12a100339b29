import { WELL_KNOWN } from '../schema/pod-roles';
import { type Decided } from '.';

/** A role for a ServiceAccount that others make. */
export interface PlannedPodRole {
  readonly name: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly statements: readonly { readonly actions: string[]; readonly resources: string[] }[];
  /** By a stable id of their own. */
  readonly managedPolicyArns: Readonly<Record<string, string>>;
}

export function planPodRoles({ podRoles, partition }: Decided): PlannedPodRole[] {
  return podRoles.map(
    ({ name, namespace, serviceAccount = name, for: program, permissions, policyArns }) => ({
      name,
      namespace,
      serviceAccount,
      statements: [
        ...(program ? WELL_KNOWN[program] : []).map(({ actions, resources }) => ({
          actions: [...actions],
          resources: resources.map((arn) => arn.replace(/^arn:aws:/, `arn:${partition}:`)),
        })),
        ...permissions,
      ],
      managedPolicyArns: Object.fromEntries(policyArns.map((arn) => [arn.replace(/^.*\//, ''), arn])),
    }),
  );
}
