import {
  difference,
  type KeyValue,
  type LoadBalancer,
  type LoadBalancerDifference,
} from '../../../load-balancers/model';
import { preview, type Preview } from '../../preview/preview';
import { readStacks } from '../../preview/stacks';
import { type StackFile } from '../../preview/terraform-stack';
import { type StackChanges } from '../changes/changes';
import { type Stack } from '../../kit/stack-id';
import { blockOf, stringOf, UNKNOWN } from '../changes/values';
import { isOfController } from '../risks/versions';
import { assumedClasses, assumption, classFile } from './assumed-classes';
import { stackFile } from './stack-file';

/** What becomes of a load balancer of the controller's. */
export interface LoadBalancerChange extends Pick<
  LoadBalancerDifference,
  | 'Change'
  | 'ReplacedFor'
  | 'Refused'
  | 'Fields'
  | 'Stays'
  | 'Rules'
  | 'LostCertificates'
  | 'ReplacedTargetGroups'
> {
  readonly id: string;
  /** Whose Ingress or Service it is made of. */
  readonly stack: Stack;
  /** Of the resources that it is made of. */
  readonly addresses: readonly string[];
  /** @default - it isn't there yet */
  readonly before?: LoadBalancer;
  /** What there will be in AWS: of one that is refused, or left behind, what there is. @default - it will be gone */
  readonly after?: LoadBalancer;
}

export interface LoadBalancers {
  readonly changes: readonly LoadBalancerChange[];
  /** Objects that the controller, Kubernetes or AWS would refuse and did not refuse before. */
  readonly refused: readonly RefusedResource[];
  /** Why they can't be told at all, by side. */
  readonly unread: readonly string[];
  /** What can't be shown, and what was taken for granted. */
  readonly notes: readonly string[];
}

export interface RefusedResource {
  readonly stack: Stack;
  /** Of the resource, or what it is called where it has none. */
  readonly address: string;
  readonly message: string;
}

const NONE: Preview = { LoadBalancers: [], Refusals: [], Findings: [], NotJudged: [], Notes: [] };

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
  const places = placesOf(stacks);
  const known = new Set(refusals(before).map(({ message }) => message));
  return {
    changes: changesBetween(before, after, places, stacks.some(losesController)),
    refused: refusals(after)
      .filter(({ message }) => !known.has(message))
      .map(({ objects, message }) => ({ ...whereOf(objects, places), message })),
    unread: [...unread],
    notes: [...assumption(classes), ...after.Notes],
  };
}

function changesBetween(
  before: Preview,
  after: Preview,
  places: Places,
  controllerGoes: boolean,
): LoadBalancerChange[] {
  return difference(before, after, { controllerGoes }).map((change) => {
    const { Id, Before, After, Change, ...details } = change;
    const members = (After ?? Before)?.Members ?? [];
    const { stack } = whereOf(members, places);
    const stays =
      Change === 'frozen' || Change === 'abandoned' ? Before : After && withStays(After, details.Stays);
    return {
      id: Id,
      stack,
      addresses: members.flatMap((member) => places.get(member)?.address ?? []),
      ...(Before && { before: Before }),
      ...(stays && { after: stays }),
      Change,
      ...details,
    };
  });
}

/** As it will be in AWS: with what nobody says any more, and the controller leaves. */
function withStays(after: LoadBalancer, stays: LoadBalancerDifference['Stays']): LoadBalancer {
  const attributes = (of: string) =>
    stays.flatMap(({ Field, Before }) =>
      Field.startsWith(`${of}Attributes.`)
        ? [{ Key: Field.slice(`${of}Attributes.`.length), Value: String(Before) }]
        : [],
    );
  const more = <Part extends { readonly Attributes: readonly KeyValue[] }>(part: Part, of: string): Part => ({
    ...part,
    Attributes: [...part.Attributes, ...attributes(of)],
  });
  const own = stays.filter(({ Field }) => !Field.includes('.')).map(({ Field, Before }) => [Field, Before]);
  return {
    ...more(after, ''),
    ...(Object.fromEntries(own) as Partial<LoadBalancer>),
    Listeners: after.Listeners.map((each) => more(each, `Listeners.${each.Port}.`)),
    TargetGroups: after.TargetGroups.map((each) => more(each, `TargetGroups.${each.Id}.`)),
  };
}

/** Whether the controller goes before what it made could be taken away. */
function losesController({ resources }: StackChanges): boolean {
  return resources.some(
    ({ type, action, before }) =>
      type === 'helm_release' && action === 'delete' && before !== undefined && isOfController(before),
  );
}

/** Where objects are, by `Ingress shop/web`. */
type Places = ReadonlyMap<string, { readonly stack: Stack; readonly address: string }>;

function placesOf(stacks: readonly StackChanges[]): Places {
  const places = new Map<string, { readonly stack: Stack; readonly address: string }>();
  for (const { stack, resources } of stacks)
    for (const { type, address, before, after } of resources) {
      const [, kind] = /^kubernetes_(ingress|service)(?:_v\d)?$/.exec(type) ?? [];
      if (kind === undefined) continue;
      const { namespace, name } = blockOf((after ?? before)?.metadata);
      const id = `${stringOf(namespace) ?? 'default'}/${stringOf(name) ?? UNKNOWN}`;
      places.set(`${kind === 'ingress' ? 'Ingress' : 'Service'} ${id}`, { stack, address });
    }
  return places;
}

function whereOf(
  objects: readonly string[],
  places: Places,
): { readonly stack: Stack; readonly address: string } {
  const [place] = objects.flatMap((each) => places.get(each) ?? []);
  return place ?? { stack: 'workloads', address: objects[0] ?? 'load balancer' };
}

function refusals({
  Refusals,
  Findings,
}: Preview): { readonly objects: readonly string[]; readonly message: string }[] {
  return [
    ...Refusals.map(({ Blocks, Objects, Message }) => ({
      objects: Objects,
      message: `${Blocks}: ${Message}`,
    })),
    ...Findings.filter(({ Severity }) => Severity === 'error').map(({ Source, Reason, Remedy }) => ({
      objects: [`${Source.Kind} ${Source.Name}`],
      message: `${Source.Kind} ${Source.Name}: ${Reason}: ${Remedy}`,
    })),
  ];
}
