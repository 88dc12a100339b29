import { formatProblem, report, type Problem } from '../load-balancers/problem';

export { formatProblem, type Problem };

/** An environment that can't be used; its message lists every problem. */
export class EnvironmentError extends Error {
  constructor(
    /** Name of the environment; of several, comma-separated. */
    readonly environment: string,
    readonly problems: readonly Problem[],
    message = report(`environment ${environment}`, problems),
  ) {
    super(message);
    this.name = 'EnvironmentError';
  }

  /** One error with the reports of all. */
  static all(errors: readonly EnvironmentError[]): EnvironmentError {
    return new EnvironmentError(
      errors.map((error) => error.environment).join(', '),
      errors.flatMap((error) => error.problems),
      errors.map((error) => error.message).join('\n'),
    );
  }
}
