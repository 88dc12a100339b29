import { type AwsEnvironment } from '../../config';
import { type ClusterApi, type ClusterObject, unlessAbsent } from '../kit/cluster-api';

/** Kinds on which the controller puts a finalizer, and where they are. */
const KINDS: Readonly<Record<string, string>> = {
  Ingress: '/apis/networking.k8s.io/v1/ingresses',
  Service: '/api/v1/services',
  TargetGroupBinding: '/apis/elbv2.k8s.aws/v1beta1/targetgroupbindings',
  Gateway: '/apis/gateway.networking.k8s.io/v1/gateways',
};
/** Of an Ingress, of its group, of a Service, a TargetGroupBinding and a Gateway. */
const OWN = /^(?:(?:group\.)?ingress|service|gateway|elbv2)\.k8s\.aws\//;
const CONTROLLER = '/apis/apps/v1/namespaces/kube-system/deployments/aws-load-balancer-controller';
const WEBHOOKS = ['validating', 'mutating'].map(
  (type) => `/apis/admissionregistration.k8s.io/v1/${type}webhookconfigurations/aws-load-balancer-webhook`,
);

/** An object that stays, once it is deleted, until the controller has taken its finalizer away. */
export interface HeldObject {
  readonly kind: string;
  /** `namespace/name`. */
  readonly key: string;
  readonly path: string;
  /** Those of others, which stay. */
  readonly others: readonly string[];
}

/** Who takes finalizers away. */
export interface Finalizers {
  readonly held: readonly HeldObject[];
  /** Whether a pod of the controller is ready to. */
  readonly isServed: boolean;
}

/** @throws with the reason if the cluster's API can't be asked */
export async function readFinalizers(api: ClusterApi, environment: AwsEnvironment): Promise<Finalizers> {
  const isOurs = ({ metadata }: ClusterObject) =>
    environment.cluster.kind === 'new' || metadata.namespace === environment.workloads.namespace;
  const held = await Promise.all(
    Object.entries(KINDS).map(async ([kind, path]) =>
      (await api.list(path)).filter(isOurs).flatMap(({ metadata }): HeldObject[] => {
        const { namespace = '', name, finalizers = [] } = metadata;
        const others = finalizers.filter((each) => !OWN.test(each));
        if (others.length === finalizers.length) return [];
        const at = path.replace(/\/([a-z]+)$/, `/namespaces/${namespace}/$1/${name}`);
        return [{ kind, key: `${namespace}/${name}`, path: at, others }];
      }),
    ),
  );
  return { held: held.flat(), isServed: await isServed(api, environment) };
}

async function isServed(api: ClusterApi, { loadBalancing }: AwsEnvironment): Promise<boolean> {
  if (loadBalancing.type === 'auto-mode') return true;
  const deployment = await unlessAbsent(api.get(CONTROLLER));
  const { status } = JSON.parse(deployment ?? '{}') as { status?: { readyReplicas?: number } };
  return (status?.readyReplicas ?? 0) > 0;
}

/** Takes away what only the controller would. Its webhooks, which nobody answers, would refuse each change, and go first. */
export async function removeFinalizers(api: ClusterApi, held: readonly HeldObject[]): Promise<void> {
  for (const path of WEBHOOKS) await unlessAbsent(api.delete(path));
  for (const { path, others } of held)
    await unlessAbsent(api.patch(path, { metadata: { finalizers: [...others] } }));
}
