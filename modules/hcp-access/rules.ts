/** A rule of a Kubernetes Role or ClusterRole. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const READ = ['get', 'list', 'watch'];
const WRITE = [...READ, 'create', 'update', 'patch', 'delete'];

const of = (verbs: readonly string[], resources: Readonly<Record<string, readonly string[]>>): PolicyRule[] =>
  Object.entries(resources).map(([group, names]) => ({ apiGroups: [group], resources: names, verbs }));

/** What the services of a stack are made of. */
const SERVICES = {
  '': ['namespaces', 'serviceaccounts', 'services'],
  apps: ['deployments'],
  'networking.k8s.io': ['ingresses'],
  policy: ['poddisruptionbudgets'],
};

/** Custom resources of the controller and of EKS Auto Mode, which a Helm release makes. */
const LOAD_BALANCING = {
  'elbv2.k8s.aws': ['ingressclassparams', 'targetgroupbindings'],
  'eks.amazonaws.com': ['ingressclassparams', 'targetgroupbindings'],
};

/** By which a wait ends: what became of a Deployment, and why not. */
const PROGRESS = of(READ, { '': ['events', 'pods'], apps: ['replicasets'] });

/** Reads what addons and workloads are made of; no Secrets, no ConfigMaps. */
export const PLAN_RULES: readonly PolicyRule[] = of(READ, {
  ...SERVICES,
  'networking.k8s.io': ['ingresses', 'ingressclasses'],
});

export const WORKLOADS_RULES: readonly PolicyRule[] = [
  ...of(WRITE, { ...SERVICES, ...LOAD_BALANCING }),
  ...PROGRESS,
];

const GATEWAYS = ['gatewayclasses', 'gateways'];
const ROUTES = ['grpcroutes', 'httproutes', 'listenersets', 'tcproutes', 'tlsroutes', 'udproutes'];
const GATEWAY_SETTINGS = [
  'listenerruleconfigurations',
  'loadbalancerconfigurations',
  'targetgroupconfigurations',
];
const parts = (names: readonly string[]) => names.flatMap((name) => [`${name}/finalizers`, `${name}/status`]);

/**
 * What the charts of the controller 2.13 to 3.5 grant to it. Kubernetes lets nobody grant what he has not himself.
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/helm/aws-load-balancer-controller/templates/rbac.yaml
 */
const CONTROLLER: readonly PolicyRule[] = [
  ...of(['get', 'create', 'update', 'patch', 'delete'], { '': ['configmaps'] }),
  ...of(['get', 'create', 'update', 'patch'], { 'coordination.k8s.io': ['leases'] }),
  ...of(['create', 'patch'], { '': ['events'] }),
  ...of(READ, {
    '': ['endpoints', 'nodes', 'pods'],
    'discovery.k8s.io': ['endpointslices'],
    'elbv2.k8s.aws': ['albtargetcontrolconfigs'],
  }),
  ...of([...READ, 'update', 'patch'], {
    'aga.k8s.aws': ['globalaccelerators', ...parts(['globalaccelerators'])],
    'gateway.k8s.aws': [...GATEWAY_SETTINGS, ...parts(GATEWAY_SETTINGS)],
    'gateway.networking.k8s.io': [
      ...GATEWAYS,
      ...ROUTES,
      'referencegrants',
      ...parts([...GATEWAYS, ...ROUTES]),
    ],
  }),
  // Up to 3.2 each of these is granted in each of the groups, which has most of them not.
  {
    apiGroups: ['', 'extensions', 'networking.k8s.io'],
    resources: ['ingresses', 'services'],
    verbs: [...READ, 'update', 'patch'],
  },
  {
    apiGroups: ['', 'elbv2.k8s.aws', 'extensions', 'networking.k8s.io'],
    resources: ['ingresses/status', 'pods/status', 'services/status', 'targetgroupbindings/status'],
    verbs: ['get', 'update', 'patch'],
  },
];

export const ADDONS_RULES: readonly PolicyRule[] = [
  ...WORKLOADS_RULES,
  ...of(WRITE, {
    'admissionregistration.k8s.io': ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
    'apiextensions.k8s.io': ['customresourcedefinitions'],
    'networking.k8s.io': ['ingressclasses'],
    'rbac.authorization.k8s.io': ['clusterrolebindings', 'clusterroles', 'rolebindings', 'roles'],
  }),
  ...CONTROLLER,
];

/** In the namespace of a Helm release: Helm keeps releases as Secrets and finds them by a list, which has all there are. */
export const READ_RELEASES: readonly PolicyRule[] = of(['get', 'list'], { '': ['secrets'] });
export const WRITE_RELEASES: readonly PolicyRule[] = of(
  ['get', 'list', 'create', 'update', 'patch', 'delete'],
  {
    '': ['secrets'],
  },
);
