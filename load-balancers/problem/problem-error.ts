import { report, type Problem } from './problem';

/** What can't be used as it was written; the message lists every problem. */
export class ProblemError extends Error {
  constructor(
    /** What it is about: `environment dev`, `Ingress shop/web`. */
    readonly subject: string,
    readonly problems: readonly Problem[],
    message = report(subject, problems),
  ) {
    super(message);
    this.name = 'ProblemError';
  }

  /** One error with the reports of all. */
  static all(errors: readonly ProblemError[]): ProblemError {
    return new ProblemError(
      errors.map(({ subject }) => subject).join(', '),
      errors.flatMap(({ problems }) => problems),
      errors.map(({ message }) => message).join('\n'),
    );
  }
}

/** @throws {ProblemError} with every problem, if there is one */
export function refuse(subject: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ProblemError(subject, problems);
}
