import { describe, expect, it } from '@jest/globals';
import { hcpRbac, type RbacObject, type PolicyRule, runUser } from '../../../modules/hcp-access';

const stack = (name: string, releaseNamespaces: readonly string[]) => ({
  plan: `${name}-plan`,
  apply: `${name}-apply`,
  releaseNamespaces,
});
const objects = hcpRbac({
  name: 'shop-dev',
  addons: stack('addons', ['kube-system']),
  workloads: stack('workloads', ['shop']),
});

/** What RBAC lets a user do, in the cluster or in a namespace: the rules of the roles that are bound to it. */
function rulesOf(user: string, namespace?: string): readonly PolicyRule[] {
  const at = (object: RbacObject) =>
    object.metadata.namespace === undefined || object.metadata.namespace === namespace;
  const roles = objects.flatMap(({ kind, metadata, roleRef, subjects = [], ...rest }) => {
    const binding = { kind, metadata, ...rest };
    return roleRef && at(binding) && subjects.some(({ name }) => name === user)
      ? [{ ...roleRef, namespace: metadata.namespace }]
      : [];
  });
  return roles.flatMap(
    ({ kind, name, namespace: where }) =>
      objects.find(
        ({ kind: is, metadata }) => is === kind && metadata.name === name && metadata.namespace === where,
      )?.rules ?? [],
  );
}

function can(user: string, verb: string, resource: string, namespace?: string): boolean {
  const [name = '', group = ''] = resource.split(':');
  return rulesOf(user, namespace).some(
    ({ apiGroups, resources, verbs }) =>
      apiGroups.includes(group) && resources.includes(name) && verbs.includes(verb),
  );
}

const OF_WORKLOADS = [
  'namespaces',
  'serviceaccounts',
  'services',
  'deployments:apps',
  'ingresses:networking.k8s.io',
  'poddisruptionbudgets:policy',
];
const WRITES = ['create', 'update', 'patch', 'delete'];

describe.each(['addons', 'workloads'])('a plan of %s', (name) => {
  it('reads what there is', () => {
    for (const resource of OF_WORKLOADS) expect(can(`${name}-plan`, 'get', resource)).toBe(true);
    expect(can(`${name}-plan`, 'get', 'ingressclasses:networking.k8s.io')).toBe(true);
  });

  it('writes nothing, anywhere', () => {
    for (const namespace of [undefined, 'kube-system', 'shop']) {
      const verbs = rulesOf(`${name}-plan`, namespace).flatMap((rule) => rule.verbs);
      expect(verbs.filter((verb) => !['get', 'list', 'watch'].includes(verb))).toEqual([]);
    }
  });

  it('reads no Secrets but where its Helm releases are', () => {
    expect(can(`${name}-plan`, 'list', 'secrets')).toBe(false);
    expect(can(`${name}-plan`, 'get', 'configmaps', 'kube-system')).toBe(false);
    expect(can(`${name}-plan`, 'list', 'secrets', 'kube-system')).toBe(name === 'addons');
    expect(can(`${name}-plan`, 'list', 'secrets', 'shop')).toBe(name === 'workloads');
    expect(can(`${name}-plan`, 'list', 'secrets', 'default')).toBe(false);
  });
});

describe('an apply of workloads', () => {
  it('writes what services are made of', () => {
    for (const resource of OF_WORKLOADS) {
      for (const verb of WRITES) expect(can('workloads-apply', verb, resource)).toBe(true);
    }
    expect(can('workloads-apply', 'create', 'targetgroupbindings:elbv2.k8s.aws')).toBe(true);
    expect(can('workloads-apply', 'create', 'targetgroupbindings:eks.amazonaws.com')).toBe(true);
    expect(can('workloads-apply', 'create', 'secrets', 'shop')).toBe(true);
  });

  it('gives nobody rights, and leaves what is of the whole cluster alone', () => {
    for (const resource of [
      'clusterroles:rbac.authorization.k8s.io',
      'rolebindings:rbac.authorization.k8s.io',
      'customresourcedefinitions:apiextensions.k8s.io',
      'validatingwebhookconfigurations:admissionregistration.k8s.io',
      'ingressclasses:networking.k8s.io',
      'nodes',
    ]) {
      for (const verb of WRITES) expect(can('workloads-apply', verb, resource)).toBe(false);
    }
    expect(can('workloads-apply', 'list', 'secrets', 'kube-system')).toBe(false);
  });
});

describe('an apply of addons', () => {
  it('installs the controller', () => {
    for (const resource of [
      ...OF_WORKLOADS,
      'clusterroles:rbac.authorization.k8s.io',
      'rolebindings:rbac.authorization.k8s.io',
      'customresourcedefinitions:apiextensions.k8s.io',
      'mutatingwebhookconfigurations:admissionregistration.k8s.io',
      'ingressclasses:networking.k8s.io',
      'ingressclassparams:elbv2.k8s.aws',
    ]) {
      for (const verb of WRITES) expect(can('addons-apply', verb, resource)).toBe(true);
    }
    expect(can('addons-apply', 'delete', 'secrets', 'kube-system')).toBe(true);
    expect(can('addons-apply', 'list', 'secrets', 'shop')).toBe(false);
  });

  it('can grant no more than it has: no wildcard, no escalation', () => {
    const all = objects.flatMap(({ rules = [] }) => rules);
    expect(
      all.flatMap(({ apiGroups, resources, verbs }) => [...apiGroups, ...resources, ...verbs]),
    ).not.toContain('*');
    for (const verb of ['escalate', 'bind', 'impersonate']) {
      expect(all.flatMap(({ verbs }) => verbs)).not.toContain(verb);
    }
  });

  // What is in no other resource of addons; to install the chart, one must have it.
  it.each([
    ['create', 'configmaps'],
    ['get', 'endpoints'],
    ['list', 'nodes'],
    ['watch', 'pods'],
    ['patch', 'events'],
    ['update', 'services/status'],
    ['update', 'leases:coordination.k8s.io'],
    ['list', 'endpointslices:discovery.k8s.io'],
    ['patch', 'globalaccelerators:aga.k8s.aws'],
    ['get', 'albtargetcontrolconfigs:elbv2.k8s.aws'],
    ['update', 'targetgroupbindings/status:elbv2.k8s.aws'],
    ['update', 'ingresses/status:networking.k8s.io'],
    ['patch', 'ingresses:extensions'],
    ['patch', 'loadbalancerconfigurations/finalizers:gateway.k8s.aws'],
    ['get', 'listenersets/status:gateway.networking.k8s.io'],
    ['patch', 'referencegrants:gateway.networking.k8s.io'],
    // Of charts up to 3.2.
    ['get', 'ingresses'],
    ['update', 'services:extensions'],
    ['patch', 'pods/status:elbv2.k8s.aws'],
    ['update', 'targetgroupbindings/status:networking.k8s.io'],
    ['watch', 'targetgroupconfigurations/status:gateway.k8s.aws'],
  ])('has what it grants to the controller: %s %s', (verb, resource) => {
    expect(can('addons-apply', verb, resource)).toBe(true);
  });
});

describe('objects', () => {
  it('are roles and bindings of users, under names of the environment', () => {
    const names = objects.map(({ kind, metadata }) =>
      [metadata.namespace, kind, metadata.name].join(' ').trim(),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual([
      'ClusterRole shop-dev-hcp-plan',
      'ClusterRoleBinding shop-dev-hcp-plan',
      'ClusterRole shop-dev-hcp-apply-addons',
      'ClusterRoleBinding shop-dev-hcp-apply-addons',
      'ClusterRole shop-dev-hcp-apply-workloads',
      'ClusterRoleBinding shop-dev-hcp-apply-workloads',
      'kube-system Role shop-dev-hcp-plan-addons',
      'kube-system RoleBinding shop-dev-hcp-plan-addons',
      'kube-system Role shop-dev-hcp-apply-addons',
      'kube-system RoleBinding shop-dev-hcp-apply-addons',
      'shop Role shop-dev-hcp-plan-workloads',
      'shop RoleBinding shop-dev-hcp-plan-workloads',
      'shop Role shop-dev-hcp-apply-workloads',
      'shop RoleBinding shop-dev-hcp-apply-workloads',
    ]);
    const kinds = objects.flatMap(({ subjects = [] }) => subjects.map(({ kind }) => kind));
    expect(new Set(kinds)).toEqual(new Set(['User']));
  });
});

describe('the user of a run', () => {
  const run = { organization: 'example', workspace: 'shop-dev-addons', phase: 'plan' } as const;

  it('is the subject of its token after the prefix', () => {
    expect(runUser({ ...run, usernamePrefix: 'hcp-terraform:' })).toBe(
      'hcp-terraform:organization:example:project:Default Project:workspace:shop-dev-addons:run_phase:plan',
    );
  });

  it('has no prefix with -, as EKS takes it', () => {
    expect(runUser({ ...run, usernamePrefix: '-', project: 'Platform', phase: 'apply' })).toBe(
      'organization:example:project:Platform:workspace:shop-dev-addons:run_phase:apply',
    );
  });
});
