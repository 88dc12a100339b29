import { z } from 'zod';
import { list, numberOrUnknown, part, text, textOrUnknown, words } from './fields';

/** What items of several kinds have in common. */

export const source = part(
  'Source',
  'Where something comes from: a Kubernetes object, a field or an annotation of it',
  {
    Kind: words(['Ingress', 'Service', 'IngressClass', 'IngressClassParams'], 'Kind of the object'),
    Name: text('namespace/name; the name alone for objects of the whole cluster'),
    Field: text('A path such as spec.rules[0].http.paths[1]').optional(),
    Annotation: text('Name of an annotation, whole').optional(),
  },
);

export const origin = z.record(z.string().describe('Name of a field of the item'), z.array(source)).meta({
  id: 'Origin',
  description:
    'Where the fields of an item come from, by their names; a field that is not in it has its default',
});

const keyValue = part('KeyValue', 'A key and its value', {
  Key: text('Key; all of it is known after apply only if it says so'),
  Value: textOrUnknown('Value, or a text with parts of it'),
});
export const keyValues = (description: string) => list(keyValue, description);

export const permission = part('IpPermission', 'A rule of a security group, as EC2 has it; one source each', {
  IpProtocol: text('tcp, udp, icmp, icmpv6, or -1 for all'),
  FromPort: numberOrUnknown('First port, or type of ICMP').optional(),
  ToPort: numberOrUnknown('Last port, or code of ICMP').optional(),
  IpRanges: list(
    z.strictObject({ CidrIp: textOrUnknown('IPv4 network') }).describe('A source'),
    'IPv4 networks',
  ).optional(),
  Ipv6Ranges: list(
    z.strictObject({ CidrIpv6: textOrUnknown('IPv6 network') }).describe('A source'),
    'IPv6 networks',
  ).optional(),
  PrefixListIds: list(
    z.strictObject({ PrefixListId: text('Id of a prefix list') }).describe('A source'),
    'Prefix lists',
  ).optional(),
  UserIdGroupPairs: list(
    z.strictObject({ GroupId: textOrUnknown('Id of a security group') }).describe('A source'),
    'Security groups',
  ).optional(),
});
