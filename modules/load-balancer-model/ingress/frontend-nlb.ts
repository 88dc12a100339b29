import { type GroupContext, type Member } from '../context';
import { type LoadBalancer } from '../model';

/** The ports on which each Ingress listens, ascending. */
export type ListenPortsByMember = ReadonlyMap<Member, readonly number[]>;

/** @param alb the finished Application Load Balancer of the group */
export function buildFrontendNlb(
  context: GroupContext,
  alb: LoadBalancer,
  listenPortsByMember: ListenPortsByMember,
): LoadBalancer | undefined {
  void context;
  void alb;
  void listenPortsByMember;
  return undefined;
}
