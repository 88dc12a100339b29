import { gunzipSync } from 'node:zlib';
// Its index loads constructs, which takes longer than most checks.
import { chartVersion, releaseName } from '../../load-balancers/releases';
import { type Values } from '../preview/values';
import { NotJudged } from './check';
import { type ClusterObject } from '../kit/cluster-api';
import { type Look } from './look';

/** Name of the controller's release, Deployment, ServiceAccount and label. */
const NAME = 'aws-load-balancer-controller';
const PODS = `app.kubernetes.io/name=${NAME}`;

/** What the addons stack wants of the controller, as synthesized. */
export interface WantedController {
  readonly name: string;
  readonly namespace: string;
  /** Release without its `v`, such as `3.5.0`. */
  readonly release: string;
  /** Version of the chart that installs it. */
  readonly chart: string;
  readonly replicas: number;
  readonly roleName: string;
  /** Documents of its policies by their names; what is known only after apply is `(known after apply)` in them. */
  readonly policies: ReadonlyMap<string, unknown>;
}

export interface ControllerDeployment extends ClusterObject {
  readonly spec: {
    readonly replicas?: number;
    readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } };
  };
  readonly status?: {
    readonly readyReplicas?: number;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly message?: string;
    }[];
  };
}

export interface Pod extends ClusterObject {
  readonly spec: {
    readonly serviceAccountName?: string;
    readonly nodeName?: string;
    readonly containers: readonly {
      readonly env?: readonly { readonly name: string; readonly value?: string }[];
    }[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly podIP?: string;
    readonly containerStatuses?: readonly {
      readonly state?: { readonly waiting?: { readonly reason?: string; readonly message?: string } };
    }[];
  };
}

/** A release as Helm keeps it in a Secret. */
export interface HelmRelease {
  readonly info: { readonly status: string; readonly description?: string };
  readonly chart: { readonly metadata: { readonly version: string } };
  readonly config?: Readonly<Record<string, unknown>>;
}

/** @throws {NotJudged} with EKS Auto Mode, whose controller AWS runs where nobody sees it */
export async function wantedController(look: Look): Promise<WantedController> {
  const { loadBalancing } = look.environment;
  if (loadBalancing.type === 'auto-mode')
    throw new NotJudged('with EKS Auto Mode AWS runs the controller, outside the cluster');
  const { stacks } = await look.wanted();
  const named = (type: string, name: (values: Values) => boolean) =>
    stacks.flatMap((stack) => stack.resources(type)).filter(({ values }) => name(values));
  const [account] = named(
    'kubernetes_service_account_v1',
    ({ metadata }) => (metadata as Values).name === NAME,
  );
  const [role] = named('aws_iam_role', ({ name }) => String(name).includes(NAME));
  const metadata = account?.values.metadata as Values | undefined;
  return {
    name: NAME,
    namespace: String(metadata?.namespace),
    release: releaseName(loadBalancing.release),
    chart: chartVersion(loadBalancing.release),
    replicas: loadBalancing.replicas,
    roleName: String(role?.values.name),
    policies: new Map(
      named('aws_iam_policy', ({ name }) => String(name).includes('AWSLoadBalancerController')).map(
        ({ values: { name, policy } }) => [String(name), JSON.parse(String(policy)) as unknown],
      ),
    ),
  };
}

/** The controller's Deployment. @throws {NotJudged} where there is none */
export async function controllerDeployment(look: Look): Promise<ControllerDeployment> {
  const { namespace, name } = await wantedController(look);
  const found = (
    await look.list<ControllerDeployment>(`/apis/apps/v1/namespaces/${namespace}/deployments`)
  ).find(({ metadata }) => metadata.name === name);
  if (!found) throw new NotJudged(`there is no Deployment ${namespace}/${name}`);
  return found;
}

/** Its pods, without those that are going. */
export async function controllerPods(look: Look): Promise<readonly Pod[]> {
  const { namespace } = await wantedController(look);
  const pods = await look.list<Pod>(
    `/api/v1/namespaces/${namespace}/pods?labelSelector=${encodeURIComponent(PODS)}`,
  );
  return pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

/** The newest revision of a Helm release; nothing where there is none. */
export async function helmRelease(
  look: Look,
  namespace: string,
  name: string,
): Promise<HelmRelease | undefined> {
  interface Secret extends ClusterObject {
    readonly data?: { readonly release?: string };
  }
  const selector = encodeURIComponent(`owner=helm,name=${name}`);
  const revisions = await look.list<Secret>(
    `/api/v1/namespaces/${namespace}/secrets?labelSelector=${selector}`,
  );
  const revision = ({ metadata }: Secret) => Number(metadata.labels?.version);
  const newest = [...revisions].sort((one, other) => revision(other) - revision(one))[0];
  const text = newest?.data?.release;
  if (text === undefined) return undefined;
  // Kubernetes encodes Secrets, and Helm what it writes into them.
  const packed = Buffer.from(Buffer.from(text, 'base64').toString(), 'base64');
  return JSON.parse(gunzipSync(packed).toString()) as HelmRelease;
}
