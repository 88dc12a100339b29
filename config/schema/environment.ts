import { z } from 'zod';
import { acceptedRisk } from './accepted-risk';
import { backend } from './backend';
import { bootstrap } from './bootstrap';
import { cluster } from './cluster';
import { clusterCredentials } from './credentials';
import { dns } from './dns';
import { loadBalancing } from './load-balancing';
import { network } from './network';
import { accountId, label, tags, textLike } from './primitives';
import { podRole } from './pod-roles';
import { localWorkloads, workloads } from './workloads';

/** @see https://developer.hashicorp.com/terraform/language/expressions/version-constraints */
const versionConstraint = textLike(
  /^(?:(?:^|\s*,\s*)(?:=|!=|>=?|<=?|~>)?\s*\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z.-]+)?)+$/,
  'write a version such as 6.25.0, or a constraint such as ~> 6.25 or >= 6.0, < 7.0',
);

/** Version constraints of the Terraform providers. @default - those that the bindings were made for */
const providers = z.strictObject({
  aws: versionConstraint.optional(),
  kubernetes: versionConstraint.optional(),
  helm: versionConstraint.optional(),
});

/** First part of every name. @default 'eks-ingress' */
const project = label(24).default('eks-ingress');
/** Unique among the environments, and the name of its file. */
const name = label(16);

/** Everything a person decides about one environment on AWS. */
export const awsEnvironment = z.strictObject({
  /** @default 'aws' */
  kind: z.literal('aws').optional(),
  project,
  name,
  /** A production environment is held to stricter rules. @default - whether the name is prod or production */
  production: z.boolean().optional(),
  /**
   * What security rules ask for beyond the defaults: NetworkPolicies that deny by default and a CNI that enforces them, a quota,
   * logs and deletion protection of load balancers, endpoints for the own account alone, and with Pod Identity a role of
   * the CNI's own. @default - `production`
   */
  hardening: z.boolean().optional(),
  /** Terraform refuses to plan the removal of cluster, VPC and KMS key. @default - `production` */
  preventDestroy: z.boolean().optional(),
  /** The only AWS account that Terraform may touch. */
  account: accountId,
  /** An AWS Region that has EKS; the partition follows from it. */
  region: z.string('write a Region such as eu-west-1'),
  /**
   * On every AWS resource that Terraform makes. Load balancers are the controller's: they take the tags of
   * `loadBalancing.ingressClass.params`.
   * @default {}
   */
  tags: tags.default({}),
  backend: backend.prefault({ type: 'local' }),
  /** Makes stack `<name>-bootstrap`, whose own state is a file. @default - there is none */
  bootstrap: bootstrap.optional(),
  network: network.prefault({ kind: 'new' }),
  cluster: cluster.prefault({ kind: 'new' }),
  clusterCredentials: clusterCredentials.prefault({ type: 'aws-cli' }),
  /** How pods get AWS credentials; one switch for every role the project makes. @default 'irsa' */
  podIdentity: z.enum(['irsa', 'pod-identity']).default('irsa'),
  loadBalancing: loadBalancing.prefault({ type: 'controller' }),
  /** The 2048 game behind an Ingress of its own. @default true */
  sample: z.boolean().default(true),
  /** Roles for ServiceAccounts outside the workloads, such as those of Helm charts; their ARNs are an output. @default [] */
  podRoles: z.array(podRole).max(50).default([]),
  /** Names and HTTPS for the load balancers. @default - none: docs/ingress.md says what is left to do */
  dns: dns.optional(),
  workloads: workloads.prefault({}),
  /** Quotas of the account, where AWS has raised them. */
  quotas: z
    .strictObject({
      /** @default 100 */
      rulesPerLoadBalancer: z.int().min(100).optional(),
      /** @default 25 */
      certificatesPerLoadBalancer: z.int().min(25).optional(),
      /** @default 1000 */
      targetsPerLoadBalancer: z.int().min(1000).optional(),
      /** @default 50 */
      listenersPerLoadBalancer: z.int().min(50).optional(),
      /** @default 100 */
      targetGroupsPerLoadBalancer: z.int().min(100).optional(),
    })
    .prefault({}),
  /** Risks and findings that are known and wanted. @default [] */
  accepted: z.array(acceptedRisk).default([]),
  providers: providers.prefault({}),
});

/** Workloads alone, on a cluster that is already there (minikube, kind, …): nothing of AWS is touched. */
export const localEnvironment = z.strictObject({
  kind: z.literal('local'),
  project,
  name,
  backend: backend.prefault({ type: 'local' }),
  cluster: z.strictObject({
    /** Context of the kubeconfig; no other cluster is touched. */
    context: z
      .string('write the name of a context, as kubectl config get-contexts shows it')
      .min(1, 'write the name of a context, as kubectl config get-contexts shows it'),
    /** @default '~/.kube/config' */
    kubeconfig: z.string().min(1).default('~/.kube/config'),
  }),
  workloads: localWorkloads,
  providers: providers.omit({ aws: true, helm: true }).prefault({}),
});

/** Everything a person decides about one environment. */
export const environmentSchema = z.discriminatedUnion(
  'kind',
  [awsEnvironment, localEnvironment],
  "write kind: 'local', or leave it out for AWS",
);

/** What a file under environments/ holds. */
export type EnvironmentInput = z.input<typeof awsEnvironment>;
/** What a file under environments/ holds that is not of AWS. */
export type LocalEnvironmentInput = z.input<typeof localEnvironment>;
