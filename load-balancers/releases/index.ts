import table from './releases.json';

/** A release of the controller and what belongs to it: policy, CRDs and chart move together. */
export interface ControllerRelease {
  /** Release without its `v`, such as `3.5.0`. */
  readonly release: string;
  /** Version of the Helm chart that installs it. */
  readonly chart: string;
  /** Lowest Kubernetes minor version, such as `1.22`. */
  readonly lowestKubernetes: string;
  /** SHA-256 of the release's docs/install/iam_policy.json. */
  readonly policySha256: string;
  /** SHA-256 of the chart's CRD files, one after the other in the order of their names. */
  readonly crdsSha256: string;
  /** Names of the CRDs in the chart. */
  readonly crds: readonly string[];
  /** Feature gates that the release knows; any other stops it at start. */
  readonly featureGates: readonly string[];
}

/** A release that the table doesn't have, with what belongs to it. Nothing of it was tried here. */
export interface OwnControllerRelease {
  /** Release without its `v`. */
  readonly version: string;
  /** Version of the Helm chart that installs it. */
  readonly chart: string;
  /** Text of its IAM policy. */
  readonly policy: string;
  /** Path of a file with its definitions. @default - those in its chart */
  readonly crds?: string;
}

/** Since which release a name is known and, when it was dropped, the first release without it. */
interface Lifetime {
  readonly since: string;
  readonly until?: string;
}

/**
 * Releases that can be installed, oldest first. Left out are 2.17.0 and 3.4.1, whose charts carry the version of the
 * release before them.
 *
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/releases
 */
export const CONTROLLER_RELEASES: readonly ControllerRelease[] = table.releases.map((entry, index) => ({
  ...entry,
  crds: known(table.crds, index),
  featureGates: known(table.featureGates, index),
}));

/** Release without its `v`, whoever knows it. */
export function releaseName(release: string | OwnControllerRelease): string {
  return typeof release === 'string' ? release : release.version;
}

/** Version of the chart that installs a release. @throws {RangeError} if the table doesn't have it */
export function chartVersion(release: string | OwnControllerRelease): string {
  return typeof release === 'string' ? controllerRelease(release).chart : release.chart;
}

/**
 * What belongs to a release.
 *
 * @throws {RangeError} if the table doesn't have it
 */
export function controllerRelease(release: string): ControllerRelease {
  const found = CONTROLLER_RELEASES.find((each) => each.release === release);
  if (!found) {
    const names = CONTROLLER_RELEASES.map((each) => each.release).join(', ');
    throw new RangeError(
      `release '${release}' of the controller is unknown, so neither its policy nor its CRDs are: use one of ${names}`,
    );
  }
  return found;
}

function known(lifetimes: Readonly<Record<string, Lifetime>>, index: number): string[] {
  const position = (release: string) => table.releases.findIndex((entry) => entry.release === release);
  return Object.entries(lifetimes)
    .filter(([, { since, until }]) => position(since) <= index && (!until || index < position(until)))
    .map(([name]) => name)
    .sort();
}
