import { isUnknown, KNOWN_AFTER_APPLY, type Facts, type SubnetFact } from '../../load-balancers/model';
import { type ResolvedStack } from './terraform-stack';
import { isMap, type Values } from './values';

/** Subnets of the VPC that a stack makes, as far as they are known before apply; nothing of a VPC that is there. */
export function networkFacts(stacks: readonly ResolvedStack[]): Pick<Facts, 'subnets'> {
  const subnets = stacks
    .filter((stack) => stack.written('aws_vpc').size > 0)
    .flatMap((stack) => {
      const isPublic = publicSubnets(stack);
      const shared = stack.defaultTags('aws');
      return [...stack.written('aws_subnet')].map(([reference, values]) =>
        subnetOf(stack, shared, reference, values, isPublic.has(reference)),
      );
    });
  return subnets.length === 0 ? {} : { subnets };
}

function subnetOf(
  stack: ResolvedStack,
  shared: unknown,
  reference: string,
  written: Values,
  isPublic: boolean,
): SubnetFact {
  const { cidr_block, availability_zone, tags, ...values } = stack.resolve(written) as Values;
  const all = { ...asTags(shared), ...asTags(tags) };
  // Ids come with apply; names and zones that aren't known yet are told from one another by how they are written.
  const name = all.Name === undefined || isUnknown(all.Name) ? reference.slice(2, -4) : all.Name;
  const zone = isUnknown(availability_zone) ? String(written.availability_zone) : String(availability_zone);
  const hasIpv6 = values.ipv6_cidr_block !== undefined || values.ipv6_native === true;
  return {
    id: name,
    zone,
    ...(isUnknown(availability_zone) && { zoneType: 'availability-zone' as const }),
    public: isPublic,
    ...(typeof cidr_block === 'string' && !isUnknown(cidr_block) && { ipv4Network: cidr_block }),
    ipv6Networks: hasIpv6 ? [KNOWN_AFTER_APPLY] : [],
    tags: all,
  };
}

/** Those whose route table leads to an internet gateway. */
function publicSubnets(stack: ResolvedStack): ReadonlySet<unknown> {
  const leadsOut = ({ gateway_id: gateway }: Values) =>
    stack.written('aws_internet_gateway').has(String(gateway));
  const tables = new Set(
    [...stack.written('aws_route').values()].filter(leadsOut).map(({ route_table_id: table }) => table),
  );
  return new Set(
    [...stack.written('aws_route_table_association').values()]
      .filter(({ route_table_id: table }) => tables.has(table))
      .map(({ subnet_id: subnet }) => subnet),
  );
}

function asTags(tags: unknown): Readonly<Record<string, string>> {
  return isMap(tags)
    ? Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, String(value)]))
    : {};
}
