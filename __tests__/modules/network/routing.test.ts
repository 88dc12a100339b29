import { describe, expect, it } from '@jest/globals';
import { EgressOnlyInternetGateway } from '@cdktf/provider-aws/lib/egress-only-internet-gateway';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Routing, type RoutingProps } from '../../../modules/network/routing';
import { Synthesized } from '../../support/synthesized';

/** One private and one public subnet, and how they reach the internet. */
const routing = (props: Partial<RoutingProps> = {}) =>
  Synthesized.of((stack) => {
    const [inside, outside] = ['inside', 'outside'].map(
      (id) => new Subnet(stack, id, { vpcId: 'vpc-1' }),
    ) as [Subnet, Subnet];
    new Routing(stack, 'routing', {
      name: 'shop-dev',
      vpcId: 'vpc-1',
      privateSubnets: [inside],
      publicSubnets: [outside],
      nat: 'none',
      dualStack: false,
      ...props,
    });
  });
const table = (made: Synthesized, name: string) => `\${${made.one('aws_route_table', name).address}.id}`;

describe('Routing', () => {
  it('leads the public tier to the internet by a gateway', () => {
    const made = routing();
    expect(made.json).toHaveResourceWithProperties(InternetGateway, {
      vpc_id: 'vpc-1',
      tags: { Name: 'shop-dev' },
    });
    expect(made.json).toHaveResourceWithProperties(Route, {
      route_table_id: table(made, 'public'),
      destination_cidr_block: '0.0.0.0/0',
      gateway_id: `\${${made.one('aws_internet_gateway').address}.id}`,
    });
    expect(made.json).toHaveResourceWithProperties(RouteTableAssociation, {
      subnet_id: '${aws_subnet.outside.id}',
      route_table_id: table(made, 'public'),
    });
    expect(made.count('aws_route')).toBe(1);
  });

  it('leads the private tier there by NAT, with an address of its own', () => {
    const made = routing({ nat: 'single' });
    expect(made.json).toHaveResourceWithProperties(NatGateway, {
      subnet_id: '${aws_subnet.outside.id}',
      allocation_id: `\${${made.one('aws_eip').address}.allocation_id}`,
      depends_on: [made.one('aws_internet_gateway').address],
    });
    expect(made.json).toHaveResourceWithProperties(Route, {
      route_table_id: table(made, 'private-1'),
      destination_cidr_block: '0.0.0.0/0',
      nat_gateway_id: `\${${made.one('aws_nat_gateway').address}.id}`,
    });
  });

  it('lets IPv6 of the private tier out only', () => {
    const made = routing({ dualStack: true });
    expect(made.json).toHaveResource(EgressOnlyInternetGateway);
    expect(made.json).toHaveResourceWithProperties(Route, {
      route_table_id: table(made, 'private-1'),
      destination_ipv6_cidr_block: '::/0',
      egress_only_gateway_id: `\${${made.one('aws_egress_only_internet_gateway').address}.id}`,
    });
  });

  it('has no gateway without a public tier', () => {
    expect(routing({ publicSubnets: [] }).types()).toEqual([
      'aws_route_table',
      'aws_route_table_association',
      'aws_subnet',
    ]);
  });
});
