import { LEFT_TO_PEOPLE } from './removal';
import { type TaggedResource } from './tagged-resource';

const COSTS = new Set([
  'ec2:natgateway',
  'ec2:elastic-ip',
  'ec2:instance',
  'ec2:volume',
  'ec2:vpc-endpoint',
  'eks:cluster',
  'eks:nodegroup',
  'elasticloadbalancing:loadbalancer',
  'kms:key',
]);

/** A line for people: kind, id, name, whether it costs while it is there. */
export function resourceLine({ kind, id, tags }: TaggedResource): string {
  const { [kind]: advice } = LEFT_TO_PEOPLE;
  const words = [
    `${kind} ${id}`,
    ...(tags.Name === undefined ? [] : [`(${tags.Name})`]),
    ...(COSTS.has(kind) ? ['costs'] : []),
  ];
  return advice ? `${words.join(' ')}: ${advice(id)}` : words.join(' ');
}
