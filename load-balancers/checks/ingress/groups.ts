import { keyOf } from '../../model';
import { atAnnotation, atField, type ObjectFinding } from '../finding';
import { named, read } from './read';
import { isNamed, type GroupView, type View } from './view';

/** Names and orders of groups, and routes that two Ingresses of one claim. */
export function checkGroups({ groups }: View): ObjectFinding[] {
  return [...groups.flatMap((group) => [...checkSameOrder(group), ...checkDefaultBackends(group)])];
}

/** Two Ingresses without an order follow their names, which is no mistake. */
function checkSameOrder(group: GroupView): ObjectFinding[] {
  const { members } = group;
  if (!isNamed(group)) return [];
  const orders = members.map(({ ingress }) => read.integer(ingress, 'group.order'));
  return members.flatMap(({ ingress }, index) => {
    const order = orders[index];
    const first = members[orders.indexOf(order)];
    if (order === undefined || first === undefined || first.ingress === ingress) return [];
    const free = orders.reduce<number>((next, each) => (each === next ? next + 1 : next), order + 1);
    return [
      atAnnotation(ingress, named('group.order'), {
        reason: `Ingress ${keyOf(first.ingress)} of the same group has this order, so that only their names decide`,
        remedy: `write an order of its own, such as ${free}`,
      }),
    ];
  });
}

/** A listener has one default action. */
function checkDefaultBackends({ listeners, sslRedirect }: GroupView): ObjectFinding[] {
  const found = new Map<string, ObjectFinding>();
  for (const { port, protocol, members } of listeners) {
    if (protocol === 'HTTP' && sslRedirect !== undefined) continue;
    const [first, ...others] = members.filter(({ ingress }) => ingress.spec.defaultBackend !== undefined);
    if (first === undefined) continue;
    for (const { ingress } of others) {
      const finding = atField(ingress, 'spec.defaultBackend', {
        value: ingress.spec.defaultBackend?.service?.name ?? '',
        reason: `Ingress ${keyOf(first.ingress)} of the same group has a default backend on port ${port} too`,
        remedy: 'leave one of the two out',
      });
      found.set(keyOf(ingress), found.get(keyOf(ingress)) ?? finding);
    }
  }
  return [...found.values()];
}
