import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import type { KubeConfig } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import { awsClientSettings } from '../kit/aws';

const LOAD_BALANCING = /^(?:elbv2|ingress|service|gateway)\.k8s\.aws\//;

/** An object that stays until somebody takes the controller's finalizer off it. */
export interface HeldObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly isDeleted: boolean;
}

/** What is known of finalizers in a cluster. */
export interface FinalizerDiagnosis {
  /** Whether a controller runs that would take them off: then it is to be waited for. */
  readonly controllerRuns: boolean;
  readonly held: readonly HeldObject[];
}

/** Reaches the API server as Terraform does: with a token of `aws eks get-token`. */
export async function clusterConfig(
  cluster: string,
  region: string,
  env: NodeJS.ProcessEnv,
): Promise<KubeConfig> {
  const { cluster: found } = await new EKSClient(awsClientSettings(region, env)).send(
    new DescribeClusterCommand({ name: cluster }),
  );
  const { KubeConfig: Config } = await import('@kubernetes/client-node');
  const config = new Config();
  config.loadFromOptions({
    clusters: [{ name: cluster, server: found?.endpoint ?? '', caData: found?.certificateAuthority?.data }],
    users: [
      {
        name: 'aws',
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1beta1',
          command: 'aws',
          args: ['eks', 'get-token', '--cluster-name', cluster, '--region', region, '--output', 'json'],
          interactiveMode: 'Never',
        },
      },
    ],
    contexts: [{ name: cluster, cluster, user: 'aws' }],
    currentContext: cluster,
  });
  return config;
}

interface Item {
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly finalizers?: readonly string[];
    readonly deletionTimestamp?: unknown;
  };
}

/** @throws if the API server can't be reached */
export async function diagnoseFinalizers(config: KubeConfig): Promise<FinalizerDiagnosis> {
  const { AppsV1Api, CoreV1Api, NetworkingV1Api } = await import('@kubernetes/client-node');
  const { items: deployments } = await config.makeApiClient(AppsV1Api).listDeploymentForAllNamespaces({
    labelSelector: 'app.kubernetes.io/name=aws-load-balancer-controller',
  });
  const [ingresses, services, bindings] = await Promise.all([
    config.makeApiClient(NetworkingV1Api).listIngressForAllNamespaces(),
    config.makeApiClient(CoreV1Api).listServiceForAllNamespaces(),
    targetGroupBindings(config),
  ]);
  return {
    controllerRuns: deployments.some(({ status }) => (status?.readyReplicas ?? 0) > 0),
    held: [
      ...heldOf('networking.k8s.io/v1', 'Ingress', ingresses.items),
      ...heldOf('v1', 'Service', services.items),
      ...heldOf('elbv2.k8s.aws/v1beta1', 'TargetGroupBinding', bindings),
    ],
  };
}

async function targetGroupBindings(config: KubeConfig): Promise<readonly Item[]> {
  const { CustomObjectsApi } = await import('@kubernetes/client-node');
  try {
    const list = (await config.makeApiClient(CustomObjectsApi).listCustomObjectForAllNamespaces({
      group: 'elbv2.k8s.aws',
      version: 'v1beta1',
      resourcePlural: 'targetgroupbindings',
    })) as { items: Item[] };
    return list.items;
  } catch (error) {
    // Without the CRD there are none.
    if ((error as { code?: number }).code === 404) return [];
    throw error;
  }
}

const heldOf = (apiVersion: string, kind: string, items: readonly Item[]): HeldObject[] =>
  items.flatMap(({ metadata: { name = '', namespace = '', finalizers = [], deletionTimestamp } = {} }) =>
    finalizers.some((each) => LOAD_BALANCING.test(each))
      ? [{ apiVersion, kind, namespace, name, isDeleted: deletionTimestamp !== undefined }]
      : [],
  );

/** Takes the controller's finalizers off; others stay. */
export async function removeFinalizers(config: KubeConfig, held: readonly HeldObject[]): Promise<void> {
  const { KubernetesObjectApi } = await import('@kubernetes/client-node');
  const api = KubernetesObjectApi.makeApiClient(config);
  for (const { apiVersion, kind, namespace, name } of held) {
    const object = await api.read({ apiVersion, kind, metadata: { namespace, name } });
    const { metadata } = object;
    if (metadata === undefined) continue;
    metadata.finalizers = (metadata.finalizers ?? []).filter((each) => !LOAD_BALANCING.test(each));
    await api.replace(object);
  }
}

/** For people: what holds, and what takes it off. */
export function finalizerText({ controllerRuns, held }: FinalizerDiagnosis): readonly string[] {
  const objects = held.map(
    ({ kind, namespace, name, isDeleted }) =>
      `${kind} ${namespace}/${name}${isDeleted ? ', deleted and waiting' : ''}`,
  );
  if (objects.length === 0 || controllerRuns) return [];
  return [
    `no controller runs that would take its finalizers off ${objects.join('; ')}: --remove-finalizers does, and what was made for them in AWS is swept`,
  ];
}
