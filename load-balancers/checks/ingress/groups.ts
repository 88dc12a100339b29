import { type IngressGroup, keyOf } from '../../model';
import { atAnnotation, type ObjectFinding } from '../finding';
import { named, read } from '../read';
import { isNamed, type View } from '../view';

/** Orders of Ingresses in their groups. */
export function checkGroups({ groups }: View): ObjectFinding[] {
  return groups.flatMap(checkSameOrder);
}

/** Two Ingresses without an order follow their names, which is no mistake. */
function checkSameOrder(group: IngressGroup): ObjectFinding[] {
  const members = group.members.filter(({ isOpaque }) => !isOpaque);
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
