import { isDeepStrictEqual } from 'node:util';
import { type LoadBalancer } from '../../../load-balancers/model';
import { preview, type Preview } from '../../preview/preview';
import { readStacks } from '../../preview/stacks';
import { type StackFile } from '../../preview/terraform-stack';
import { type ResourceChange, type StackChanges } from '../changes/changes';
import { type Stack } from '../../kit/stack-id';
import { blockOf, stringOf } from '../changes/values';
import { assumedClasses, assumption, classFile } from './assumed-classes';
import { stackFile } from './stack-file';

/** A load balancer of the controller's on both sides. */
export interface LoadBalancerChange {
  readonly id: string;
  /** Whose Ingress or Service it is made of. */
  readonly stack: Stack;
  /** Of the resources that it is made of. */
  readonly addresses: readonly string[];
  /** @default - it isn't there yet */
  readonly before?: LoadBalancer;
  /** @default - it will be gone */
  readonly after?: LoadBalancer;
}

export interface LoadBalancers {
  readonly changes: readonly LoadBalancerChange[];
  /** Objects that the controller, Kubernetes or AWS would refuse and did not refuse before. */
  readonly refused: readonly string[];
  /** Why they can't be told at all, by side. */
  readonly unread: readonly string[];
  /** What can't be shown, and what was taken for granted. */
  readonly notes: readonly string[];
}

const NONE: Preview = { LoadBalancers: [], Refusals: [], Findings: [], Notes: [] };

/** The stacks of one side as the preview reads them. */
export type StackFiles = (side: 'before' | 'after') => readonly StackFile[];

/** The load balancers that would be other ones afterwards, as the preview has them. */
export function loadBalancersOf(stacks: readonly StackChanges[], given?: StackFiles): LoadBalancers {
  const classes = given ? [] : assumedClasses(stacks);
  const files =
    given ??
    ((side: 'before' | 'after') => [...stacks.map((stack) => stackFile(stack, side)), classFile(classes)]);
  const unread = new Set<string>();
  const of = (side: 'before' | 'after'): Preview => {
    try {
      return preview(readStacks(files(side)));
    } catch (error) {
      // What can't be previewed must not keep a reviewer from the rest.
      unread.add((error as Error).message);
      return NONE;
    }
  };
  const [before, after] = [of('before'), of('after')];
  const known = new Set(refusals(before));
  return {
    changes: changesBetween(before, after, stacks),
    refused: refusals(after).filter((refusal) => !known.has(refusal)),
    unread: [...unread],
    notes: [...assumption(classes), ...after.Notes],
  };
}

function changesBetween(
  before: Preview,
  after: Preview,
  stacks: readonly StackChanges[],
): LoadBalancerChange[] {
  const [old, fresh] = [before, after].map(
    ({ LoadBalancers }) => new Map(LoadBalancers.map((each) => [each.Id, each])),
  ) as [Map<string, LoadBalancer>, Map<string, LoadBalancer>];
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((id) => {
    const [was, will] = [old.get(id), fresh.get(id)];
    if (isDeepStrictEqual(was, will)) return [];
    const places = placesOf((will ?? was)?.Members ?? [], stacks);
    return [{ id, ...places, ...(was && { before: was }), ...(will && { after: will }) }];
  });
}

/** Where the objects are that a load balancer is made of. */
function placesOf(
  members: readonly string[],
  stacks: readonly StackChanges[],
): Pick<LoadBalancerChange, 'stack' | 'addresses'> {
  const isMember = ({ type, before, after }: ResourceChange) => {
    const { namespace, name } = blockOf((after ?? before)?.metadata);
    const key = ` ${stringOf(namespace) ?? 'default'}/${stringOf(name) ?? ''}`;
    return /^kubernetes_(?:ingress|service)/.test(type) && members.some((member) => member.endsWith(key));
  };
  const places = stacks.flatMap(({ stack, resources }) =>
    resources.filter(isMember).map(({ address }) => ({ stack, address })),
  );
  return { stack: places[0]?.stack ?? 'workloads', addresses: places.map(({ address }) => address) };
}

function refusals({ Refusals, Findings }: Preview): string[] {
  return [
    ...Refusals.map(({ Blocks, Message }) => `${Blocks}: ${Message}`),
    ...Findings.filter(({ Severity }) => Severity === 'error').map(
      ({ Source, Reason, Remedy }) => `${Source.Kind} ${Source.Name}: ${Reason}: ${Remedy}`,
    ),
  ];
}
