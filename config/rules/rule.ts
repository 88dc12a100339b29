import { type AwsEnvironment, type NewCluster } from '../environment';
import { type Finding } from '../problem';

export { type Finding };

/**
 * Judges what takes more than one field, or a table, to judge.
 *
 * @param today date of the run, `YYYY-MM-DD`
 */
export type EnvironmentRule = (environment: AwsEnvironment, today: string) => Iterable<Finding>;

/** The cluster that the environment makes, if it makes one. */
export function ownCluster({ cluster }: AwsEnvironment): NewCluster | undefined {
  return cluster.kind === 'new' ? cluster : undefined;
}

/** What the names of the environment's roles begin with, before a hyphen. */
export function rolePrefixes({ project, name, cluster }: AwsEnvironment): string[] {
  return [...new Set([`${project}-${name}`, cluster.name])];
}

/** Entries whose key an entry before them has, each with its position and that other entry's. */
export function repeated<T>(
  entries: readonly T[],
  key: (entry: T) => string,
): {
  readonly index: number;
  readonly entry: T;
  readonly first: { readonly index: number; readonly entry: T };
}[] {
  const seen = new Map<string, { index: number; entry: T }>();
  return entries.flatMap((entry, index) => {
    const first = seen.get(key(entry));
    if (first) return [{ index, entry, first }];
    seen.set(key(entry), { index, entry });
    return [];
  });
}
