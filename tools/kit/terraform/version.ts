/** The parts of a version; a pre-release comes before its release. */
function parts(version: string): { numbers: number[]; pre: string } {
  const [core = '', pre = ''] = version.replace(/^v/, '').split('+')[0]?.split(/-(.*)/s) ?? [];
  return { numbers: core.split('.').map(Number), pre };
}

/** Orders versions as semver does: negative if `a` is older than `b`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (left.numbers[index] ?? 0) - (right.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  if (left.pre === right.pre) return 0;
  if (!left.pre) return 1;
  if (!right.pre) return -1;
  return left.pre.localeCompare(right.pre, 'en', { numeric: true });
}

export function newest(versions: readonly string[]): string | undefined {
  return [...versions].sort(compareVersions).at(-1);
}
