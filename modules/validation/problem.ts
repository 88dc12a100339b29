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

function abbreviate(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
