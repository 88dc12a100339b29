import type { z } from 'zod';
import type { BootstrapSettings } from './schema/bootstrap';
import type { ComputeSettings, NodeGroupSettings } from './schema/compute';
import type { EnvironmentPlan } from './plan';
import type { ExistingClusterSettings, NewClusterSettings } from './schema/cluster';
import type { awsEnvironment, localEnvironment } from './schema/environment';
import type { LocalWorkloadsSettings, ServiceSettings, WorkloadsSettings } from './schema/workloads';

type ParsedAws = z.output<typeof awsEnvironment>;
type ParsedLocal = z.output<typeof localEnvironment>;

/** A managed node group with everything decided. */
export interface PlannedNodeGroup extends NodeGroupSettings {
  readonly instanceTypes: string[];
  /** EKS AMI type such as `AL2023_x86_64_STANDARD`. */
  readonly amiType: string;
}

/** A role of an add-on's pods. */
export interface AddonRole {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** By a stable id of their own. */
  readonly managedPolicyArns: Readonly<Record<string, string>>;
  readonly statements: readonly { readonly actions: string[]; readonly resources: string[] }[];
}

/** EKS add-ons by their AWS name, each with the version to install; `undefined` means EKS's default. */
export type Addons = Readonly<
  Record<
    string,
    {
      readonly version: string | undefined;
      readonly configuration?: Readonly<Record<string, unknown>>;
      readonly role?: AddonRole;
    }
  >
>;

export interface NewCluster extends Omit<NewClusterSettings, 'compute' | 'addons'> {
  readonly name: string;
  /** `undefined` leaves it as EKS has it: off, unless it was on. */
  readonly deletionProtection: boolean | undefined;
  readonly compute: Omit<ComputeSettings, 'nodeGroups'> & { readonly nodeGroups: PlannedNodeGroup[] };
  /** Add-ons to install, by AWS name; empty with Auto Mode's built-in ones. */
  readonly addons: Addons;
  /** What was asked for of them. */
  readonly addonSettings: NewClusterSettings['addons'];
}

export interface Workloads extends Omit<WorkloadsSettings, 'namespace' | 'services'> {
  readonly namespace: string;
  readonly services: ServiceSettings[];
}

type GithubSettings = NonNullable<BootstrapSettings['github']>;

/** What is made before the other stacks; of the backend's own part, what is undefined is not made. */
export interface Bootstrap extends Omit<BootstrapSettings, 'github'> {
  readonly github?: GithubSettings & Required<Pick<GithubSettings, 'apply'>>;
  /** Key of the state bucket that is there already. @default - one is made */
  readonly stateKmsKeyArn: string | undefined;
}

/** An environment on AWS: four stacks. */
export interface AwsEnvironment extends Omit<
  ParsedAws,
  'kind' | 'production' | 'hardening' | 'preventDestroy' | 'bootstrap' | 'cluster' | 'workloads'
> {
  readonly kind: 'aws';
  readonly production: boolean;
  /** Whether all is made that security rules ask for. */
  readonly hardening: boolean;
  readonly preventDestroy: boolean;
  /** Partition of the region: aws, aws-cn, aws-us-gov, … */
  readonly partition: string;
  /** DNS suffix of the partition: amazonaws.com, amazonaws.com.cn, … */
  readonly dnsSuffix: string;
  /** Zone ids of the region in which EKS makes no control plane. */
  readonly refusedZoneIds: readonly string[];
  readonly bootstrap: Bootstrap | undefined;
  readonly cluster: NewCluster | ExistingClusterSettings;
  readonly workloads: Workloads;
  /** What all of this amounts to. */
  readonly plan: EnvironmentPlan;
}

/** An environment on a cluster that is already there, of which nothing is known but its context. */
export interface LocalEnvironment extends Omit<ParsedLocal, 'workloads'> {
  readonly workloads: LocalWorkloadsSettings & { readonly namespace: string };
}

/**
 * One environment, parsed, defaulted and cross-checked: all that the stacks need to know.
 * `parseEnvironment` is the only maker.
 */
export type Environment = AwsEnvironment | LocalEnvironment;
