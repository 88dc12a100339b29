import { bytesOf, cpuOf } from '../quantities';
import { type Decided } from '.';

/** Pods, and the CPUs and bytes that they request. */
export interface Quota {
  readonly pods: number;
  readonly cpu: number;
  readonly memory: number;
}

/** A rollout has a quarter more pods for a while; as much again is left for jobs and the like. */
const MARGIN = 2;

/** Twice what the services ask for at their most. */
export function quotaOf({ hardening, workloads }: Decided): Quota | undefined {
  if (!hardening || !workloads.createNamespace || workloads.services.length === 0) return undefined;
  const sum = (of: (service: Decided['workloads']['services'][number]) => number) =>
    workloads.services.reduce(
      (total, service) =>
        total + MARGIN * Math.max(service.replicas, service.autoscaling?.maxReplicas ?? 0) * of(service),
      0,
    );
  return {
    pods: sum(() => 1),
    cpu: sum(({ resources }) => cpuOf(resources.cpu)),
    memory: sum(({ resources }) => bytesOf(resources.memory)),
  };
}
