import { formatProblem, type Problem } from '../validation';

/** An Ingress that AWS, Kubernetes or the controller would refuse; its message lists every problem. */
export class IngressError extends Error {
  constructor(
    /** `namespace/name`. */
    readonly ingress: string,
    readonly problems: readonly Problem[],
  ) {
    const count = `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`;
    super([`Ingress ${ingress}: ${count}`, ...problems.map((each) => `  ${formatProblem(each)}`)].join('\n'));
    this.name = 'IngressError';
  }
}
