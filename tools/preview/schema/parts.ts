import { z } from 'zod';
import { array, numberOrUnknown, part, string, stringOrUnknown, choice } from './fields';

/** What items of several kinds have in common. */

export const source = part(
  'Source',
  'Where something comes from: a Kubernetes object, a field or an annotation of it',
  {
    Kind: choice(['Ingress', 'Service', 'IngressClass', 'IngressClassParams'], 'Kind of the object'),
    Name: string('namespace/name; the name alone for objects of the whole cluster'),
    Field: string('A path such as spec.rules[0].http.paths[1]').optional(),
    Annotation: string('Name of an annotation, whole').optional(),
  },
);

export const originSchema = z
  .record(z.string().describe('Name of a field of the item'), z.array(source))
  .meta({
    id: 'Origin',
    description:
      'Where the fields of an item come from, by their names; a field that is not in it has its default',
  });

const keyValue = part('KeyValue', 'A key and its value', {
  Key: string('Key; all of it is known after apply only if it says so'),
  Value: stringOrUnknown('Value, or a text with parts of it'),
});
export const keyValuesField = (description: string) => array(keyValue, description);

export const permissionSchema = part(
  'IpPermission',
  'A rule of a security group, as EC2 has it; one source each',
  {
    IpProtocol: string('tcp, udp, icmp, icmpv6, or -1 for all'),
    FromPort: numberOrUnknown('First port, or type of ICMP').optional(),
    ToPort: numberOrUnknown('Last port, or code of ICMP').optional(),
    IpRanges: array(
      z.strictObject({ CidrIp: stringOrUnknown('IPv4 network') }).describe('A source'),
      'IPv4 networks',
    ).optional(),
    Ipv6Ranges: array(
      z.strictObject({ CidrIpv6: stringOrUnknown('IPv6 network') }).describe('A source'),
      'IPv6 networks',
    ).optional(),
    PrefixListIds: array(
      z.strictObject({ PrefixListId: string('Id of a prefix list') }).describe('A source'),
      'Prefix lists',
    ).optional(),
    UserIdGroupPairs: array(
      z.strictObject({ GroupId: stringOrUnknown('Id of a security group') }).describe('A source'),
      'Security groups',
    ).optional(),
  },
);
