import { isDeepStrictEqual } from 'node:util';
import { type LoadBalancer } from '../../../modules/load-balancer-model';
import { InputError } from '../../preview/input-error';
import { preview, type Preview } from '../../preview/preview';
import { readStacks } from '../../preview/stacks';
import { type ResourceChange, type Stack, type StackChanges } from '../changes/changes';
import { blockOf } from '../changes/values';
import { stackFile } from './stack-file';

/** A load balancer of the controller's on both sides. */
export interface LoadBalancerChange {
  readonly id: string;
  /** Whose Ingress or Service it is made of. */
  readonly stack: Stack;
  /** @default - it isn't there yet */
  readonly before?: LoadBalancer;
  /** @default - it will be gone */
  readonly after?: LoadBalancer;
}

export interface LoadBalancers {
  readonly changes: readonly LoadBalancerChange[];
  /** Objects that the controller, Kubernetes or AWS would refuse and did not refuse before. */
  readonly refused: readonly string[];
  /** What can't be shown, and what was taken for granted. */
  readonly notes: readonly string[];
}

const NONE: Preview = { LoadBalancers: [], Refusals: [], Findings: [], Notes: [] };

/** The load balancers that would be other ones afterwards, as the preview has them. */
export function loadBalancersOf(stacks: readonly StackChanges[]): LoadBalancers {
  const notes = new Set<string>();
  const of = (side: 'before' | 'after'): Preview => {
    try {
      return preview(readStacks(stacks.map((stack) => stackFile(stack, side))));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      notes.add(error.message);
      return NONE;
    }
  };
  const [before, after] = [of('before'), of('after')];
  const known = new Set(refusals(before));
  return {
    changes: changesBetween(before, after, stacks),
    refused: refusals(after).filter((refusal) => !known.has(refusal)),
    notes: [...notes, ...after.Notes],
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
    const stack = stackOf((will ?? was)?.Members ?? [], stacks);
    return [{ id, stack, ...(was && { before: was }), ...(will && { after: will }) }];
  });
}

/** The stack that has the first of the objects. */
function stackOf([member]: readonly string[], stacks: readonly StackChanges[]): Stack {
  const isIt = ({ type, before, after }: ResourceChange) => {
    const { namespace, name } = blockOf((after ?? before)?.metadata);
    return (
      /^kubernetes_(?:ingress|service)/.test(type) &&
      member?.endsWith(` ${String(namespace)}/${String(name)}`)
    );
  };
  return stacks.find(({ resources }) => resources.some(isIt))?.stack ?? 'workloads';
}

function refusals({ Refusals, Findings }: Preview): string[] {
  return [
    ...Refusals.map(({ Blocks, Message }) => `${Blocks}: ${Message}`),
    ...Findings.filter(({ Severity }) => Severity === 'error').map(
      ({ Source, Reason, Remedy }) => `${Source.Kind} ${Source.Name}: ${Reason}: ${Remedy}`,
    ),
  ];
}
