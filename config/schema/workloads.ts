import { z } from 'zod';
import {
  routeSettings as albRoute,
  albIngressSettings,
  albServiceSettings,
  nlbServiceSettings,
  terraformAlbSettings,
  targetGroupBindingSettings,
} from '../../load-balancers/schema';
import { permission } from './permissions';
import { podFields } from './pods';
import {
  distinct,
  hostName,
  ipv4Cidr,
  kubernetesLabels,
  label,
  port,
  resources,
  textLike,
} from './primitives';

const pathText = textLike(/^\//, 'write a path that begins with /')
  .regex(
    /^[\w\-.$/~"'@:+&*?]*$/,
    'write letters, digits and _ - . $ / ~ " \' @ : + & only, which is what a load balancer compares',
  )
  .regex(/^(?!.*\/\/)(?!.*\/\.{1,2}(\/|$))/, 'write a path without //, /./ and /../')
  .max(126, 'write at most 126 characters: a load balancer compares 128, two of which are for what follows');

const path = z.strictObject({
  /** @default '/' */
  path: pathText.default('/'),
  /** @default 'Prefix' */
  pathType: z.enum(['Prefix', 'Exact', 'ImplementationSpecific']).default('Prefix'),
});

/** `'/users'` is short for `{ path: '/users' }`. */
const shortPath = pathText.transform((text) => path.parse({ path: text }));

const repository = z.strictObject({
  /** Untagged images older than this many days expire. @default 14 */
  expireUntaggedAfterDays: z.int().min(1).default(14),
  /** How many tagged images are kept. @default 50 */
  keepTaggedImages: z.int().min(1).default(50),
});

/** A service behind an Ingress, on any cluster: Deployment, Service, PodDisruptionBudget, ServiceAccount. */
const portableService = z.strictObject({
  name: label(50),
  /** Image with its tag or digest. */
  image: textLike(
    /^([a-zA-Z0-9.-]+(:\d+)?\/)?[a-z0-9]+([._/-]+[a-z0-9]+)*(:\w[\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/,
    'write an image such as registry.example.com/team/app:1.2.3 or …/app@sha256:… (64 hexadecimal digits)',
  ),
  /** Port of the container. @default 8080 */
  port: port.default(8080),
  /** @default 3 */
  replicas: z.int().min(1).max(1000).default(3),
  /** @default [] */
  command: z.array(z.string()).default([]),
  /** @default [] */
  args: z.array(z.string()).default([]),
  /** Paths that the Ingress sends here; empty keeps the service inside the cluster. */
  paths: z.array(z.union([shortPath, path])).default([]),
  /** Only requests for this host. @default - any host */
  host: hostName.optional(),
  /** @default 100m, 128Mi */
  resources: resources({ cpu: '100m', memory: '128Mi' }),
  /** Answers 200 when the pod can serve. @default '/' */
  healthPath: z
    .string()
    .max(1024)
    .regex(/^\/[!-~]*$/, 'write a path that begins with /, without spaces')
    .default('/'),
  ...podFields,
  labels: kubernetesLabels.default({}),
});

/**
 * All that an Ingress can say to its load balancer. `routes` are further ones, besides the paths of services.
 * @default internet-facing, with targets of type ip
 */
const ingress = z.strictObject(albIngressSettings.shape);

/** A target group that Terraform owns, here or elsewhere, and whose targets the pods are. */
const targetGroupBinding = targetGroupBindingSettings.extend({
  /** After the service's name, that of the binding. */
  name: label(40),
  /** Instead of a target group that is already there: one with a load balancer, which Terraform makes. @default - none */
  loadBalancer: terraformAlbSettings.optional(),
});

const albPath = path.extend({
  conditions: albRoute.shape.conditions,
  transforms: albRoute.shape.transforms,
});
const shortAlbPath = pathText.transform((text) => albPath.parse({ path: text }));

/** A service on AWS, which may have a repository, permissions and load balancers of its own. */
export const service = portableService.extend({
  /** Image with its tag or digest. Left out, the service's own repository is used with `digest`. */
  image: portableService.shape.image.optional(),
  /** Digest of the image in the service's own repository. */
  digest: textLike(
    /^sha256:[0-9a-f]{64}$/,
    'write a digest such as sha256:… (64 hexadecimal digits)',
  ).optional(),
  /** An ECR repository `<project>/<environment>/<name>` for this service. @default false */
  repository: z.union([z.literal(false), repository]).default(false),
  /** AWS permissions of the pods; any make a role of the service's own. @default [] */
  permissions: z.array(permission).default([]),
  /** Paths that the Ingress sends here, with what an Application Load Balancer can ask and rewrite besides. */
  paths: z.array(z.union([shortAlbPath, albPath])).default([]),
  /** An Ingress of its own; with the same `group.name` several share one load balancer. @default - `workloads.ingress` */
  ingress: ingress.optional(),
  /** What the load balancer does with this service alone, in the place of what its Ingress says. @default {} */
  alb: albServiceSettings.prefault({}),
  /** A Network Load Balancer of the service's own, besides the Ingress. @default - none */
  networkLoadBalancer: nlbServiceSettings
    .extend({
      /** What it listens to; `targetPort` is the container's. @default TCP on 80 */
      ports: nlbServiceSettings.shape.ports.default([{ port: 80 }]),
    })
    .optional(),
  /** Target groups of other load balancers that have the pods as targets. @default [] */
  targetGroupBindings: z.array(targetGroupBinding).default([]),
});

const podSecurity = z.enum(['restricted', 'baseline', 'privileged']);

/** A Service that something else makes: Helm, Argo CD, a manifest. It is routed to, never changed. */
const externalService = z.strictObject({
  /** Of the Service. */
  name: label(),
  /** An Ingress routes in its own namespace: of another one, the service gets an Ingress there. @default - `workloads.namespace` */
  namespace: label().optional(),
  /** Ports of the Service; the first one gets the requests. */
  ports: z
    .array(
      z.strictObject({
        port,
        /** @default - it has none */
        name: label(15).optional(),
      }),
    )
    .min(1, 'write at least the port that gets the requests'),
  /** Of the Service; load balancer targets of type instance need NodePort. @default 'ClusterIP' */
  type: z.enum(['ClusterIP', 'NodePort', 'LoadBalancer']).default('ClusterIP'),
  /** Annotations that it carries, as far as they matter to load balancers. @default {} */
  annotations: z.record(z.string(), z.string()).default({}),
  /** Paths that the Ingress sends there. @default [] */
  paths: z.array(z.union([shortAlbPath, albPath])).default([]),
  /** Only requests for this host. @default - any host */
  host: hostName.optional(),
  /** An Ingress of its own. @default - `workloads.ingress`, which in another namespace must have a group */
  ingress: ingress.optional(),
  /** Target groups that have its pods as targets. @default [] */
  targetGroupBindings: z
    .array(
      targetGroupBindingSettings.extend({
        /** After the service's name, that of the binding. */
        name: label(40),
      }),
    )
    .default([]),
});

export const workloads = z.strictObject({
  /** @default `<project>` */
  namespace: label().optional(),
  /**
   * Whether the namespace is made here, with the restricted Pod Security Standard and the readiness gates of its load
   * balancers; `false` where it is there already, as with Secrets that must be there first. @default true
   */
  createNamespace: z.boolean().default(true),
  /** Labels of the namespace, such as those by which IngressClassParams select it. @default {} */
  namespaceLabels: kubernetesLabels.default({}),
  /** @default user-service at /api/users and product-service at /api/products */
  services: z.array(service).max(1000).optional(),
  /** Pod Security Standard of the namespace, for pods that can't satisfy the strictest. @default 'restricted' */
  podSecurity: podSecurity.default('restricted'),
  ingress: ingress.prefault({}),
  /** Services that are there already, behind the same load balancers. @default [] */
  externalServices: z.array(externalService).max(1000).default([]),
  /** Networks that pods may call where `hardening` denies the rest. @default ['0.0.0.0/0'] */
  egressCidrs: distinct(z.array(ipv4Cidr).min(1)).default(['0.0.0.0/0']),
});

/** Workloads on a cluster that is already there, behind its own Ingress controller. */
export const localWorkloads = z.strictObject({
  /** @default `<project>` */
  namespace: label().optional(),
  /** The same as on AWS, without what only AWS has. */
  services: z.array(portableService).min(1).max(1000),
  /** Pod Security Standard of the namespace, for pods that can't satisfy the strictest. @default 'restricted' */
  podSecurity: podSecurity.default('restricted'),
  ingress: z
    .strictObject({
      /** Controller that serves the class; routes are written as it takes them. @default 'nginx' */
      controller: z.enum(['nginx', 'istio', 'gce']).default('nginx'),
      /** @default - the controller's own word: nginx, istio or gce */
      className: label().optional(),
      /** Where the controller answers, for the URLs that are shown; on minikube what `minikube ip` says. @default 'localhost' */
      address: z
        .union([z.ipv4(), z.ipv6(), hostName, z.literal('localhost')], 'write an IP address or a DNS name')
        .default('localhost'),
    })
    .prefault({}),
});

export type ExternalServiceSettings = z.output<typeof externalService>;
export type PortableServiceSettings = z.output<typeof portableService>;
export type LocalWorkloadsSettings = z.output<typeof localWorkloads>;
export type IngressSettings = z.output<typeof ingress>;
export type ServiceSettings = z.output<typeof service>;
export type WorkloadsSettings = z.output<typeof workloads>;
