import {
  ALB_CONTROLLER,
  FEATURE_GATES,
  KNOWN_AFTER_APPLY,
  type ControllerSettings,
} from '../../load-balancers/model';
import { formatProblem, oneOf as nearestOf, type Problem } from '../../load-balancers/problem';
import { documentsOf } from './documents';
import { InputError } from '../kit/input-error';
import { isMap, isScalar, type Values } from './values';

/**
 * The controller's flags, as its chart makes them of its values: a flag is passed for a boolean that is one, and for
 * what is not empty.
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/helm/aws-load-balancer-controller/templates/deployment.yaml
 */
export function controllerSettingsOf(values: Values): Partial<ControllerSettings> {
  const text = (name: string) => (isScalar(values[name]) && values[name] ? String(values[name]) : undefined);
  const flag = (name: string) => (typeof values[name] === 'boolean' ? values[name] : undefined);
  const all: {
    readonly [Name in Exclude<keyof ControllerSettings, 'release'>]: ControllerSettings[Name] | undefined;
  } = {
    clusterName: text('clusterName'),
    ingressClass: text('ingressClass'),
    disableIngressClassAnnotation: flag('disableIngressClassAnnotation'),
    disableIngressGroupNameAnnotation: flag('disableIngressGroupNameAnnotation'),
    loadBalancerClass: text('loadBalancerClass'),
    enableServiceMutatorWebhook: flag('enableServiceMutatorWebhook'),
    defaultTags: isMap(values.defaultTags) ? texts(values.defaultTags) : undefined,
    externalManagedTags: Array.isArray(values.externalManagedTags)
      ? values.externalManagedTags.map(String)
      : undefined,
    defaultSslPolicy: text('defaultSSLPolicy'),
    defaultTargetType: oneOf(values.defaultTargetType, ['instance', 'ip']),
    defaultLoadBalancerScheme: oneOf(values.defaultLoadBalancerScheme, ['internal', 'internet-facing']),
    enableBackendSecurityGroup: flag('enableBackendSecurityGroup'),
    enableManageBackendSecurityGroupRules: flag('enableManageBackendSecurityGroupRules'),
    backendSecurityGroup: text('backendSecurityGroup'),
    disableRestrictedSecurityGroupRules: flag('disableRestrictedSecurityGroupRules'),
    tolerateNonExistentBackendService: flag('tolerateNonExistentBackendService'),
    tolerateNonExistentBackendAction: flag('tolerateNonExistentBackendAction'),
    allowedCertificateAuthorityArns: authorities(values.certDiscovery),
    featureGates: gates(values.controllerConfig),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/**
 * The controller's flags by a file of values, YAML or JSON.
 *
 * @throws {InputError} if it is none, or if chart or controller would not take it or pass it over
 */
export function readControllerValues(name: string, text: string): Partial<ControllerSettings> {
  const [values = {}, ...more] = documentsOf({ name, text }).places.map(({ value }) => value);
  if (!isMap(values) || more.length > 0) {
    throw new InputError(`${name} has no values of the chart: write a map, such as defaultTargetType: ip`);
  }
  const problems = problemsOf(values);
  if (problems.length === 0) return controllerSettingsOf(values);
  throw new InputError(problems.map((problem) => `${name}: ${formatProblem(problem)}`).join('\n'));
}

/** What the chart passes over silently, and what ends the controller when it starts. */
function problemsOf(values: Values): Problem[] {
  const { controllerConfig, defaultTags, externalManagedTags } = values;
  const group = textOf(values.backendSecurityGroup);
  const gates =
    isMap(controllerConfig) && isMap(controllerConfig.featureGates) ? controllerConfig.featureGates : {};
  return [
    ...Object.keys(values)
      .filter((key) => !KEYS.includes(key))
      .map((key) => problem(key, values[key], 'the chart has no such value', nearestOf(key, KEYS))),
    ...BOOLEANS.filter((key) => !['boolean', 'undefined'].includes(typeof (values[key] ?? undefined))).map(
      (key) =>
        problem(
          key,
          values[key],
          'the chart passes over what is no boolean',
          'write true or false, without quotes',
        ),
    ),
    ...Object.entries(WORDS).flatMap(([key, words]) =>
      ['', ...words].includes(textOf(values[key]))
        ? []
        : [problem(key, values[key], 'the controller stops at it', nearestOf(textOf(values[key]), words))],
    ),
    ...Object.entries(gates).flatMap(([gate, value]) => {
      const path = `controllerConfig.featureGates.${gate}`;
      if (!Object.hasOwn(FEATURE_GATES, gate)) {
        const remedy = nearestOf(gate, Object.keys(FEATURE_GATES), 30);
        return [problem(path, value, 'the controller knows no such gate, and stops at it', remedy)];
      }
      return /^(?:[01tTfF]|true|TRUE|True|false|FALSE|False)$/.test(textOf(value))
        ? []
        : [problem(path, value, 'the controller stops at it', 'write true or false')];
    }),
    ...(group !== '' && !group.startsWith('sg-')
      ? [problem('backendSecurityGroup', group, 'the controller stops at it', 'write an id: sg-…')]
      : []),
    ...(values.enableManageBackendSecurityGroupRules === true && values.enableBackendSecurityGroup === false
      ? [
          problem(
            'enableManageBackendSecurityGroupRules',
            true,
            'the controller stops at it where enableBackendSecurityGroup is false',
            'write one of the two otherwise',
          ),
        ]
      : []),
    ...[
      ...Object.keys(isMap(defaultTags) ? defaultTags : {}).map(
        (tag) => [`defaultTags.${tag}`, tag] as const,
      ),
      ...(Array.isArray(externalManagedTags) ? externalManagedTags : []).map(
        (tag, index) => [`externalManagedTags[${index}]`, String(tag)] as const,
      ),
    ]
      .filter(([, tag]) => TRACKING_TAG.test(tag))
      .map(([path, tag]) =>
        problem(path, tag, 'by it the controller knows its own resources', 'write another key'),
      ),
  ];
}

/** As the chart writes it; nothing for null. */
function textOf(value: unknown): string {
  return typeof value === 'string'
    ? value
    : value === undefined || value === null
      ? ''
      : JSON.stringify(value);
}

function problem(path: string, value: unknown, reason: string, remedy: string): Problem {
  return { path, value, reason, remedy };
}

const TRACKING_TAG = /^(?:elbv2|ingress|service|gateway)\.k8s\.aws[./]/;
const WORDS: Readonly<Record<string, readonly string[]>> = {
  defaultTargetType: ['instance', 'ip'],
  defaultLoadBalancerScheme: ['internal', 'internet-facing'],
};
/** Those that the chart asks for `kindIs "bool"`. */
const BOOLEANS = [
  ...[
    'disableIngressClassAnnotation',
    'disableIngressGroupNameAnnotation',
    'disableRestrictedSecurityGroupRules',
  ],
  ...['enableBackendSecurityGroup', 'enableEndpointSlices', 'enableManageBackendSecurityGroupRules'],
  ...['enablePodReadinessGateInject', 'enableShield', 'enableWaf', 'enableWafv2'],
  ...['tolerateNonExistentBackendAction', 'tolerateNonExistentBackendService'],
];
/**
 * All values of the chart, and what Helm has itself.
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/helm/aws-load-balancer-controller/values.yaml
 */
const KEYS = [
  ...BOOLEANS,
  ...`additionalLabels affinity albGatewayMaxConcurrentReconciles autoscaling awsApiEndpoints awsApiThrottle awsMaxRetries
backendSecurityGroup certDiscovery certManagement certManager cluster clusterName clusterSecretsPermissions
configureDefaultAffinity controllerConfig createIngressClassResource creator defaultLoadBalancerScheme defaultSSLPolicy
defaultTags defaultTargetType deploymentAnnotations dnsPolicy enableCertManager enableServiceMutatorWebhook env envFrom
envSecretName externalManagedTags extraVolumeMounts extraVolumes fullnameOverride global
globalAcceleratorMaxConcurrentReconciles globalAcceleratorMaxExponentialBackoffDelay hostNetwork image imagePullSecrets
ingressClass ingressClassConfig ingressClassParams ingressMaxConcurrentReconciles keepTLSSecret
lbStabilizationMonitorInterval livenessProbe loadBalancerClass logLevel maxTargetsPerTargetGroup metricsBindAddr
nameOverride nlbGatewayMaxConcurrentReconciles nodeSelector objectSelector podAnnotations podDisruptionBudget podLabels
podMutatorWebhookConfig podSecurityContext priorityClassName rbac readinessProbe region replicaCount resources
revisionHistoryLimit runtimeClassName securityContext serviceAccount serviceAnnotations serviceMaxConcurrentReconciles
serviceMonitor serviceMutatorWebhookConfig serviceTargetENISGTags syncPeriod targetgroupbindingMaxConcurrentReconciles
targetgroupbindingMaxExponentialBackoffDelay targetgroupbindingRequeueDuration terminationGracePeriodSeconds tolerations
topologySpreadConstraints updateStrategy vpcId vpcTags watchNamespace webhookBindPort webhookConfig
webhookNamespaceSelectors webhookTLS`.split(/\s+/),
];

/** The manifests of the class that the chart makes. */
export function chartManifests(values: Values): readonly unknown[] {
  if (values.createIngressClassResource === false) return [];
  const { ingressClass = 'alb' } = values;
  const params = isMap(values.ingressClassParams) ? values.ingressClassParams : {};
  const spec = isMap(params.spec) && Object.keys(params.spec).length > 0 ? params.spec : undefined;
  const name = params.name ?? ingressClass;
  const made = params.create !== false;
  const isDefault = isMap(values.ingressClassConfig) && values.ingressClassConfig.default === true;
  return [
    ...(made
      ? [{ apiVersion: 'elbv2.k8s.aws/v1beta1', kind: 'IngressClassParams', metadata: { name }, spec }]
      : []),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: {
        name: ingressClass,
        ...(isDefault && { annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } }),
      },
      spec: {
        controller: ALB_CONTROLLER,
        ...((params.name || (made && spec)) && {
          parameters: { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name },
        }),
      },
    },
  ];
}

function oneOf<T extends string>(value: unknown, words: readonly T[]): T | undefined {
  return words.find((word) => word === value);
}

function texts(values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}

/** Gates as the flag has them: a text, which strconv.ParseBool reads. */
function gates(config: unknown): Readonly<Record<string, boolean>> | undefined {
  if (!isMap(config) || !isMap(config.featureGates)) return undefined;
  return Object.fromEntries(
    Object.entries(config.featureGates).flatMap(([gate, value]) =>
      value === KNOWN_AFTER_APPLY ? [] : [[gate, /^(1|t|true)$/i.test(String(value))] as const],
    ),
  );
}

function authorities(discovery: unknown): readonly string[] | undefined {
  const arns = isMap(discovery) ? discovery.allowedCertificateAuthorityARNs : undefined;
  return typeof arns === 'string' && arns !== '' ? arns.split(',').map((arn) => arn.trim()) : undefined;
}
