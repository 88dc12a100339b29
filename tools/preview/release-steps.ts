import { isDeepStrictEqual } from 'node:util';
import { changesBetween, compareReleases, type LoadBalancer } from '../../load-balancers/model';
import { CONTROLLER_RELEASES, type ControllerRelease } from '../../load-balancers/releases';
import { InputError } from '../kit/input-error';

/** What another release of the controller brings, beside what differs in the load balancers' fields. */
export interface ReleaseStep {
  readonly From: string;
  readonly To: string;
  /** Whether its official policy is the same document. */
  readonly Policy: 'same' | 'changes';
  readonly Crds: {
    readonly Added: readonly string[];
    /** Whether the definitions are the same, byte by byte. */
    readonly Definitions: 'same' | 'change';
  };
  readonly FeatureGates: { readonly Added: readonly string[]; readonly Removed: readonly string[] };
  readonly Changes: readonly ReleaseStepChange[];
}

export interface ReleaseStepChange {
  /** First release that does it. */
  readonly Since: string;
  readonly What: string;
  /** URL of the code, or of the notes. */
  readonly Source: string;
  /** Those that it is about, by `Id`. @default - the controller as a whole */
  readonly LoadBalancers?: readonly string[];
}

/** Releases of `--release A..B`. */
export interface ReleaseRange {
  readonly from: ControllerRelease;
  readonly to: ControllerRelease;
}

/** @throws {InputError} for what is no two known releases, the older first */
export function releaseRange(text: string): ReleaseRange {
  const [from = '', to = '', ...more] = text.split('..');
  if (from === '' || to === '' || more.length > 0)
    throw new InputError(`--release ${text}: write two releases, the older first, such as 2.17.1..3.5.0`);
  const range = { from: known(text, from), to: known(text, to) };
  const order = compareReleases(from, to);
  if (order < 0) return range;
  throw new InputError(
    order === 0
      ? `--release ${text} names one release twice: write two`
      : `--release ${text} goes back: write the older release first, ${to}..${from}`,
  );
}

function known(text: string, release: string): ControllerRelease {
  const found = CONTROLLER_RELEASES.find((each) => each.release === release);
  if (found) return found;
  const names = CONTROLLER_RELEASES.map((each) => each.release);
  throw new InputError(
    `--release ${text}: nothing is known of release ${release}: write one of ${names.join(', ')}`,
  );
}

/** @param loadBalancers as the newer release makes them */
export function releaseStep({ from, to }: ReleaseRange, loadBalancers: readonly LoadBalancer[]): ReleaseStep {
  const notIn = (one: readonly string[], other: readonly string[]) =>
    other.filter((each) => !one.includes(each));
  return {
    From: from.release,
    To: to.release,
    Policy: from.policySha256 === to.policySha256 ? 'same' : 'changes',
    Crds: {
      Added: notIn(from.crds, to.crds),
      Definitions: from.crdsSha256 === to.crdsSha256 ? 'same' : 'change',
    },
    FeatureGates: {
      Added: notIn(from.featureGates, to.featureGates),
      Removed: notIn(to.featureGates, from.featureGates),
    },
    Changes: changesBetween(from.release, to.release).flatMap(
      ({ since, what, source, concerns, before: made }): readonly ReleaseStepChange[] => {
        const change = { Since: since, What: what, Source: source };
        const isConcerned =
          concerns ?? (made && ((each: LoadBalancer) => !isDeepStrictEqual(made(each), each)));
        if (isConcerned === undefined) return [change];
        const LoadBalancers = loadBalancers.filter(isConcerned).map(({ Id }) => Id);
        return LoadBalancers.length === 0 ? [] : [{ ...change, LoadBalancers }];
      },
    ),
  };
}

/** Lines on the controller itself; what it does to load balancers is told with them. */
export function releaseStepWords({ Policy, Crds, FeatureGates, Changes }: ReleaseStep): readonly string[] {
  const gates = [
    ...(FeatureGates.Added.length > 0 ? [`new: ${FeatureGates.Added.join(', ')}`] : []),
    ...(FeatureGates.Removed.length > 0 ? [`gone: ${FeatureGates.Removed.join(', ')}`] : []),
  ];
  return [
    `policy: ${Policy === 'same' ? 'the same' : 'changes'}`,
    `CRDs: ${Crds.Definitions === 'same' ? 'the same' : ['change', ...(Crds.Added.length > 0 ? [`new: ${Crds.Added.join(', ')}`] : [])].join('; ')}`,
    `feature gates: ${gates.length > 0 ? gates.join('; ') : 'the same'}`,
    ...Changes.filter(({ LoadBalancers }) => LoadBalancers === undefined).map(changeWords),
  ];
}

/** A change as a sentence, with the release that brings it. */
export function changeWords({ Since, What }: ReleaseStepChange): string {
  return `${Since}: ${What}`;
}
