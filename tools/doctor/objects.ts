import { type ClusterObject } from '../kit/cluster-api';
import { type ReadLoadBalancer } from '../kit/load-balancers/made';
import { type Look } from './look';

/** A load balancer's name, as an Ingress and a Service carry it in their status. */
interface Balanced {
  readonly status?: {
    readonly loadBalancer?: { readonly ingress?: readonly { readonly hostname?: string }[] };
  };
}
interface PortRef {
  readonly name?: string;
  readonly number?: number;
}
interface IngressBackend {
  readonly service?: { readonly name: string; readonly port?: PortRef };
}
export interface LiveIngress extends ClusterObject, Balanced {
  readonly spec: {
    readonly ingressClassName?: string;
    readonly defaultBackend?: IngressBackend;
    readonly rules?: readonly {
      readonly http?: { readonly paths: readonly { readonly backend: IngressBackend }[] };
    }[];
  };
}
export interface LiveService extends ClusterObject, Balanced {
  readonly spec: {
    readonly type?: string;
    readonly loadBalancerClass?: string;
    readonly ports?: readonly {
      readonly name?: string;
      readonly port: number;
      readonly targetPort?: number | string;
    }[];
    readonly selector?: Readonly<Record<string, string>>;
  };
}
export interface LiveEvent extends ClusterObject {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly involvedObject: { readonly kind: string; readonly name: string; readonly namespace?: string };
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
}

/** An object that the controller serves, with its address. */
export interface Served {
  readonly kind: 'Ingress' | 'Service' | 'TargetGroupBinding';
  readonly key: string;
  readonly object: ClusterObject & Balanced;
}

export const objectKey = ({ metadata: { namespace = '', name } }: ClusterObject) => `${namespace}/${name}`;

/** What of the cluster the controller serves; on a cluster of others, what is of the environment. */
export async function servedObjects(look: Look): Promise<readonly Served[]> {
  const classes = await look.list<ClusterObject & { spec: { controller?: string } }>(
    '/apis/networking.k8s.io/v1/ingressclasses',
  );
  const { plan } = look.environment;
  const ours = new Set(
    classes
      .filter(
        ({ spec }) =>
          spec.controller ===
          (plan.controller === 'auto-mode' ? 'eks.amazonaws.com/alb' : 'ingress.k8s.aws/alb'),
      )
      .map(({ metadata }) => metadata.name),
  );
  const [ingresses, services, bindings] = await Promise.all([
    look.list<LiveIngress>('/apis/networking.k8s.io/v1/ingresses'),
    look.list<LiveService>('/api/v1/services'),
    look.list('/apis/elbv2.k8s.aws/v1beta1/targetgroupbindings'),
  ]);
  const isOurs = await ofEnvironment(look);
  const of = (kind: Served['kind'], objects: readonly (ClusterObject & Balanced)[]) =>
    objects.filter(isOurs).map((object): Served => ({ kind, key: objectKey(object), object }));
  return [
    ...of(
      'Ingress',
      ingresses.filter(
        ({ metadata, spec }) =>
          ours.has(spec.ingressClassName ?? '') ||
          metadata.annotations?.['kubernetes.io/ingress.class'] === 'alb',
      ),
    ),
    ...of(
      'Service',
      services.filter(({ spec }) => spec.loadBalancerClass?.endsWith('nlb')),
    ),
    ...of('TargetGroupBinding', bindings),
  ];
}

/** On a cluster of others, what has nothing to do with the environment is theirs to mend. */
async function ofEnvironment(look: Look): Promise<(object: ClusterObject) => boolean> {
  const { cluster, workloads } = look.environment;
  if (cluster.kind === 'new') return () => true;
  const { LoadBalancers } = (await look.wanted()).preview;
  const groups = new Set(LoadBalancers.map(({ Id }) => Id));
  const members = LoadBalancers.flatMap(({ Members }) => Members);
  const namespaces = new Set([
    workloads.namespace,
    ...members.map((member) => /^\w+ ([^/]+)\//.exec(member)?.[1]),
  ]);
  return ({ metadata: { namespace, annotations = {} } }) =>
    namespaces.has(namespace) || groups.has(annotations['alb.ingress.kubernetes.io/group.name'] ?? '');
}

/** The load balancers of what is served, as they are. */
export async function servedLoadBalancers(look: Look): Promise<readonly ReadLoadBalancer[]> {
  const [served, { own }] = await Promise.all([servedObjects(look), look.loadBalancers()]);
  if (look.environment.cluster.kind === 'new') return own;
  const names = new Set(
    served.flatMap(({ object }) =>
      (object.status?.loadBalancer?.ingress ?? []).map(({ hostname = '' }) => hostname.toLowerCase()),
    ),
  );
  return own.filter(({ DNSName = '' }) => names.has(DNSName.toLowerCase()));
}
