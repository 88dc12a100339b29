/** A rule of a Kubernetes Role or ClusterRole. */
export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** @default - all of these resources */
  readonly resourceNames?: readonly string[];
}

const READ = ['get', 'list', 'watch'];
const WRITE = [...READ, 'create', 'update', 'patch', 'delete'];

const of = (verbs: readonly string[], resources: Readonly<Record<string, readonly string[]>>): Rule[] =>
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
export const PLAN_RULES: readonly Rule[] = of(READ, {
  ...SERVICES,
  'networking.k8s.io': ['ingresses', 'ingressclasses'],
});

export const WORKLOADS_RULES: readonly Rule[] = [
  ...of(WRITE, { ...SERVICES, ...LOAD_BALANCING }),
  ...PROGRESS,
];

/**
 * What the controller's chart grants to the controller. Kubernetes lets nobody grant what he has not himself.
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/helm/aws-load-balancer-controller/templates/rbac.yaml
 */
const CONTROLLER: readonly Rule[] = [
  ...of(['create', 'delete', 'get', 'update', 'patch'], { '': ['configmaps'] }),
  ...of(['create', 'get', 'update', 'patch'], { 'coordination.k8s.io': ['leases'] }),
  ...of(READ, {
    '': ['endpoints', 'nodes', 'pods'],
    'discovery.k8s.io': ['endpointslices'],
    'elbv2.k8s.aws': ['albtargetcontrolconfigs'],
  }),
  ...of(['create', 'patch'], { '': ['events'] }),
  ...of(['get', 'list', 'patch', 'update', 'watch'], {
    extensions: ['ingresses'],
    'aga.k8s.aws': ['globalaccelerators'],
    'gateway.k8s.aws': [
      'listenerruleconfigurations',
      'loadbalancerconfigurations',
      'targetgroupconfigurations',
    ],
    'gateway.networking.k8s.io': [
      'gatewayclasses',
      'gateways',
      'grpcroutes',
      'httproutes',
      'listenersets',
      'referencegrants',
      'tcproutes',
      'tlsroutes',
      'udproutes',
    ],
  }),
  ...of(['get', 'patch', 'update'], {
    '': ['pods/status', 'services/status'],
    'aga.k8s.aws': ['globalaccelerators/finalizers', 'globalaccelerators/status'],
    'elbv2.k8s.aws': ['targetgroupbindings/status'],
    extensions: ['ingresses/status'],
    'networking.k8s.io': ['ingresses/status'],
    'gateway.k8s.aws': [
      'listenerruleconfigurations',
      'loadbalancerconfigurations',
      'targetgroupconfigurations',
    ].flatMap((each) => [`${each}/finalizers`, `${each}/status`]),
    'gateway.networking.k8s.io': [
      'gatewayclasses',
      'gateways',
      'grpcroutes',
      'httproutes',
      'listenersets',
      'tcproutes',
      'tlsroutes',
      'udproutes',
    ].flatMap((each) => [`${each}/finalizers`, `${each}/status`]),
  }),
];

export const ADDONS_RULES: readonly Rule[] = [
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
export const READ_RELEASES: readonly Rule[] = of(['get', 'list'], { '': ['secrets'] });
export const WRITE_RELEASES: readonly Rule[] = of(['get', 'list', 'create', 'update', 'patch', 'delete'], {
  '': ['secrets'],
});
