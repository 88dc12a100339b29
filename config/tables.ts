import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is known about a Region. */
export interface Region {
  readonly name: string;
  readonly partition: string;
  readonly dnsSuffix: string;
  /** `unknown` where no source says that EKS is there. */
  readonly eks: 'yes' | 'unknown';
  /** Letters of its zones over all accounts; empty when unknown. */
  readonly zoneLetters: string;
  /** Zone ids seen; empty when unknown. */
  readonly zoneIds: readonly string[];
  /** Zone ids in which EKS makes no control plane. */
  readonly refusedZoneIds: readonly string[];
}

/** Dates of a Kubernetes version on EKS, `YYYY-MM-DD`. */
export interface KubernetesVersion {
  readonly release: string;
  readonly standardEnd: string;
  readonly extendedEnd: string;
}

/** What is known about an EC2 instance type. */
export interface InstanceType {
  readonly architecture: 'x86_64' | 'arm64';
  /** Pods that EKS recommends at most: the VPC CNI's formula, capped by vCPUs. */
  readonly maxPods: number;
  readonly vcpus: number;
  readonly memoryGib: number;
}

/** Regions by name. */
export const regions = lazily('regions') as () => Readonly<Record<string, Region | undefined>>;
/** Kubernetes versions by minor version, oldest first. */
export const kubernetesVersions = lazily('kubernetes-versions') as () => Readonly<
  Record<string, KubernetesVersion>
>;
/** Version of each EKS add-on by Kubernetes version, as far as known. */
export const addonVersions = lazily('addon-versions') as () => Readonly<
  Record<string, Readonly<Record<string, string | undefined>> | undefined>
>;
/** Oldest and newest minor version of each EKS add-on by Kubernetes version, as far as known; null is open. */
export const addonMinors = lazily('addon-minors') as () => Readonly<
  Record<string, Readonly<Record<string, readonly [string, string | null] | undefined>> | undefined>
>;
/** Names of EKS access policies that an access entry may have. */
export const accessPolicies = lazily('access-policies') as () => readonly string[];

/** Names of the values of the controller's chart. */
export const chartValueNames = lazily('chart-values') as () => readonly string[];

const rows = lazily('instance-types') as () => Readonly<
  Record<string, readonly [InstanceType['architecture'], number, number, number] | undefined>
>;

/** An instance type, or `undefined` if there is none of that name. */
export function instanceType(name: string): InstanceType | undefined {
  const row = rows()[name];
  return row && { architecture: row[0], maxPods: row[1], vcpus: row[2], memoryGib: row[3] };
}

/** Names of all instance types. */
export function instanceTypes(): string[] {
  return Object.keys(rows());
}

/** Reads data/<name>.json when it is first asked for. */
function lazily(name: string): () => unknown {
  let content: unknown;
  return () => {
    content ??= JSON.parse(readFileSync(join(__dirname, 'data', `${name}.json`), 'utf8'));
    return content;
  };
}
