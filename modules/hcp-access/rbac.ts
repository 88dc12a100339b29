import {
  ADDONS_RULES,
  PLAN_RULES,
  READ_RELEASES,
  type PolicyRule,
  WORKLOADS_RULES,
  WRITE_RELEASES,
} from './rules';

const API = 'rbac.authorization.k8s.io';

/** A Role, ClusterRole or binding of one, whole, as kubectl takes it. */
export interface RbacObject {
  readonly apiVersion: `${typeof API}/v1`;
  readonly kind: 'ClusterRole' | 'ClusterRoleBinding' | 'Role' | 'RoleBinding';
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly rules?: readonly PolicyRule[];
  readonly roleRef?: { readonly apiGroup: string; readonly kind: string; readonly name: string };
  readonly subjects?: readonly { readonly apiGroup: string; readonly kind: 'User'; readonly name: string }[];
}

/** The users of one stack's runs. */
export interface StackUsers {
  readonly plan: string;
  readonly apply: string;
  /** Namespaces of the stack's Helm releases. */
  readonly releaseNamespaces: readonly string[];
}

export interface HcpRbacProps {
  /** Begins every name, so that two environments can't meet in a cluster. */
  readonly name: string;
  readonly addons: StackUsers;
  readonly workloads: StackUsers;
}

/**
 * What runs of HCP Terraform may do in a cluster: a plan reads, an apply writes what its stack is made of.
 *
 * Secrets are left out but in the namespaces of Helm releases, whose storage they are: there a plan can read all of them.
 */
export function hcpRbac({ name, addons, workloads }: HcpRbacProps): RbacObject[] {
  const stacks = Object.entries({ addons, workloads });
  return [
    ...granted(`${name}-hcp-plan`, PLAN_RULES, [addons.plan, workloads.plan]),
    ...granted(`${name}-hcp-apply-addons`, ADDONS_RULES, [addons.apply]),
    ...granted(`${name}-hcp-apply-workloads`, WORKLOADS_RULES, [workloads.apply]),
    ...stacks.flatMap(([stack, { plan, apply, releaseNamespaces }]) =>
      releaseNamespaces.flatMap((namespace) => [
        ...granted(`${name}-hcp-plan-${stack}`, READ_RELEASES, [plan], namespace),
        ...granted(`${name}-hcp-apply-${stack}`, WRITE_RELEASES, [apply], namespace),
      ]),
    ),
  ];
}

/** A role and its binding, of a namespace or of the cluster. */
function granted(
  name: string,
  rules: readonly PolicyRule[],
  users: readonly string[],
  namespace?: string,
): [role: RbacObject, binding: RbacObject] {
  const kind = namespace === undefined ? 'ClusterRole' : 'Role';
  const metadata = {
    name,
    ...(namespace !== undefined && { namespace }),
    labels: { 'app.kubernetes.io/managed-by': 'eks-ingress' },
  };
  return [
    { apiVersion: `${API}/v1`, kind, metadata, rules },
    {
      apiVersion: `${API}/v1`,
      kind: `${kind}Binding`,
      metadata,
      roleRef: { apiGroup: API, kind, name },
      subjects: users.map((user) => ({ apiGroup: API, kind: 'User', name: user })),
    },
  ];
}
