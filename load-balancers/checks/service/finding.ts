import { type Service } from '../../model';
import { PREFIX } from '../../language';

/** What AWS, the controller or Kubernetes would refuse of a Service, or silently leave out. */
export interface NlbFinding {
  /** Name of the annotation, whole. @default - it is in a field */
  readonly annotation?: string;
  /** Such as `spec.ports.0.port`. @default - it is in an annotation */
  readonly field?: string;
  /** Which entry of a list, or key of a map. @default - the value as a whole */
  readonly at?: number | string;
  readonly value: unknown;
  readonly reason: string;
  readonly remedy: string;
}

/** What the checks know beside the Service. What isn't given isn't judged. */
export interface NlbSurroundings {
  readonly region?: string;
  /** Twelve digits. */
  readonly account?: string;
  /** `aws`, `aws-cn`, … */
  readonly partition?: string;
  /** Whether the pods run on Fargate. */
  readonly fargate?: boolean;
  /** Subnets that the controller discovers, where `subnets` names none. */
  readonly discoveredSubnets?: { readonly internal?: number; readonly 'internet-facing'?: number };
  /** Whether the subnets have IPv6 addresses. */
  readonly dualStack?: boolean;
}

export type Check = (service: Service, surroundings: NlbSurroundings) => readonly NlbFinding[];

/** @param suffix name of the annotation after its prefix */
export function atAnnotation(
  service: Service,
  suffix: string,
  reason: string,
  remedy: string,
  entry?: { readonly at: number | string; readonly value: unknown },
): NlbFinding {
  const annotation = `${PREFIX}${suffix}`;
  return { annotation, value: service.metadata.annotations?.[annotation], ...entry, reason, remedy };
}
