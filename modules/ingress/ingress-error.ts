import { report, type Problem } from '../../load-balancers/problem';

/** An Ingress that AWS, Kubernetes or the controller would refuse; its message lists every problem. */
export class IngressError extends Error {
  constructor(
    /** `namespace/name`. */
    readonly ingress: string,
    readonly problems: readonly Problem[],
  ) {
    super(report(`Ingress ${ingress}`, problems));
    this.name = 'IngressError';
  }
}
