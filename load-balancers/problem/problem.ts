/** One thing that is wrong, or worth knowing, about what a person wrote. */
export interface Problem {
  /** Dotted path of the field, such as `cluster.endpoint.publicAccessCidrs.0`. */
  readonly path: string;
  /** What the field holds. */
  readonly value: unknown;
  /** Why that can't work. */
  readonly reason: string;
  /** What to write instead. */
  readonly remedy: string;
}

/** `path = value: reason; remedy`, on one line. */
export function formatProblem({ path, value, reason, remedy }: Problem): string {
  // Functions and symbols, which a file may hold too, have no JSON.
  const text = (JSON.stringify(value) as string | undefined) ?? typeof value;
  const shown = value === undefined ? 'is missing' : `= ${abbreviate(text)}`;
  return `${path} ${shown}: ${reason}; ${remedy}`;
}

/** All of them, each on a line of its own, under what they are about. */
export function report(subject: string, problems: readonly Problem[]): string {
  const count = `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`;
  return [`${subject}: ${count}`, ...problems.map((problem) => `  ${formatProblem(problem)}`)].join('\n');
}

function abbreviate(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
