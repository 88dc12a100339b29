import { type TaggedResource } from '../kit/inventory/tagged-resource';
import { resourceLine } from '../kit/inventory/resource-line';
import { madeFor, type Survey } from './survey';

/** What would go, in order, as a person reads it before anything does. */
export function surveyText(
  environment: string,
  stacks: readonly string[],
  { cluster, finalizers, terraform, made, stays, rules, unread, protected: held }: Survey,
  ordered: (resources: readonly TaggedResource[]) => readonly TaggedResource[],
): string {
  const lines: string[] = [];
  const section = (title: string, items: readonly string[]) => {
    if (items.length > 0) lines.push('', title, ...items.map((item) => `  ${item}`));
  };
  const line = (each: TaggedResource) => {
    const object = madeFor(each);
    return object === undefined ? resourceLine(each) : `${resourceLine(each)}, made for ${object}`;
  };
  section(`${environment}: in this order`, [
    ...stacks.map((stack, index) => `${index + 1}. ${stack}: npm run destroy`),
    `${stacks.length + 1}. what is left with the tags of the cluster or of the environment`,
  ]);
  lines.push(
    '',
    cluster
      ? `cluster ${cluster.name ?? ''} is ${cluster.status ?? 'there'}`
      : 'there is no cluster of its name',
  );
  section(
    `${made.length} not Terraform's, which the cluster's controllers have made:`,
    ordered(made).map(line),
  );
  section(
    'rules of other security groups that name these, and go first:',
    rules.map(({ id, group, to }) => `${id} of ${group}, to ${to}`),
  );
  section(`${terraform.length} with the environment's tags:`, terraform.map(resourceLine).sort());
  section(
    'stays:',
    stays.map(({ resource, reason }) => `${resourceLine(resource)}: ${reason}`),
  );
  section(
    'held by finalizers, while no pod of the controller is ready to take them away:',
    finalizers?.isServed === false ? finalizers.held.map(({ kind, key }) => `${kind} ${key}`) : [],
  );
  section('not looked at:', unread);
  section('protected, so nothing is deleted before it is lifted:', held);
  return `${lines.join('\n').trim()}\n`;
}
