import { type ControllerFeatures } from './policy';

/** Values of a chart, as JSON has them. */
export interface ChartValues {
  readonly [key: string]: ChartValue;
}
type ChartValue = string | number | boolean | null | ChartValues | readonly ChartValue[];

export interface ControllerValuesProps {
  readonly clusterName: string;
  readonly region: string;
  readonly vpcId: string;
  /** Name of the ServiceAccount, which the chart does not make. */
  readonly serviceAccount: string;
  /** Annotations of the controller's pods. @default {} */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /** The class whose Ingresses the controller serves. @default 'alb' */
  readonly ingressClassName?: string;
  /** One works, the others wait for it to fail, and all answer webhooks. @default 2 */
  readonly replicas?: number;
  /** Requests of a replica; memory is its limit too. @default 100m, 256Mi */
  readonly resources?: { readonly cpu: string; readonly memory: string };
  /** @default {} */
  readonly features?: ControllerFeatures;
  /** Feature gates by name; they win over those that features set. @default {} */
  readonly featureGates?: Readonly<Record<string, boolean>>;
  /** @default - the chart's, in Amazon ECR Public */
  readonly imageRepository?: string;
  /** Values that no other prop sets; they win. @default {} */
  readonly extraValues?: ChartValues;
}

/** Labels that the chart gives the controller's pods. */
const POD_LABELS = {
  'app.kubernetes.io/name': 'aws-load-balancer-controller',
  'app.kubernetes.io/instance': 'aws-load-balancer-controller',
};

/**
 * Values of the chart `aws-load-balancer-controller`.
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/helm/aws-load-balancer-controller/values.yaml
 */
export function controllerValues(props: ControllerValuesProps): ChartValues {
  const { features = {}, resources = { cpu: '100m', memory: '256Mi' } } = props;
  const { cpu, memory } = resources;
  const values: ChartValues = {
    clusterName: props.clusterName,
    // Always, as pods on Fargate or behind hop limit 1 have no instance metadata to ask.
    region: props.region,
    vpcId: props.vpcId,
    serviceAccount: { create: false, name: props.serviceAccount },
    ...(props.podAnnotations && { podAnnotations: props.podAnnotations }),
    ingressClass: props.ingressClassName ?? 'alb',
    // Class and parameters are resources of their own, so that they go before the controller does.
    createIngressClassResource: false,
    ingressClassParams: { create: false },
    // Else every upgrade gives the webhooks a new certificate while the old pods still serve the former.
    keepTLSSecret: true,
    replicaCount: props.replicas ?? 2,
    podDisruptionBudget: { maxUnavailable: 1 },
    resources: { requests: { cpu, memory }, limits: { memory } },
    topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map(spreadOver),
    controllerConfig: { featureGates: { ...gatesOf(features), ...props.featureGates } },
    ...(props.imageRepository && { image: { repository: props.imageRepository } }),
  };
  return deepMerge(values, props.extraValues ?? {});
}

function spreadOver(topologyKey: string): ChartValues {
  return {
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: POD_LABELS },
  };
}

function gatesOf(features: ControllerFeatures): Record<string, boolean> {
  return {
    ...(features.certificateManagement && { EnableCertificateManagement: true }),
    ...(features.globalAccelerator && { GlobalAcceleratorController: true }),
  };
}

/** `over` on top of `base`: objects are merged, everything else is replaced. */
export function deepMerge(base: ChartValues, over: ChartValues): ChartValues {
  return Object.entries(over).reduce<Record<string, ChartValue>>(
    (merged, [key, value]) => {
      const below = merged[key];
      merged[key] = isObject(below) && isObject(value) ? deepMerge(below, value) : value;
      return merged;
    },
    { ...base },
  );
}

function isObject(value: ChartValue | undefined): value is ChartValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
