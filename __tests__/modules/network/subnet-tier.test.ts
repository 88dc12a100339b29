import { describe, expect, it } from '@jest/globals';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { SubnetTier, type SubnetTierProps } from '../../../modules/network/subnet-tier';
import { Synthesized } from '../../support/synthesized';

const tier = (props: Partial<SubnetTierProps> = {}) =>
  Synthesized.of((stack) => {
    new SubnetTier(stack, 'tier', {
      tier: 'private',
      name: 'shop-dev',
      clusterName: 'shop',
      vpcId: 'vpc-1',
      cidrs: ['10.0.0.0/19', '10.0.32.0/19'],
      zones: [{ availabilityZone: 'eu-west-1a' }, { availabilityZoneId: 'euw1-az2' }],
      zonesCounted: false,
      ...props,
    });
  });

describe('SubnetTier', () => {
  it('is a subnet a zone, without public addresses, which load balancers of the cluster find', () => {
    const made = tier();
    expect(made.count('aws_subnet')).toBe(2);
    expect(made.json).toHaveResourceWithProperties(Subnet, {
      vpc_id: 'vpc-1',
      cidr_block: '10.0.0.0/19',
      availability_zone: 'eu-west-1a',
      map_public_ip_on_launch: false,
      tags: {
        Name: 'shop-dev-private-1',
        'kubernetes.io/role/internal-elb': '1',
        'kubernetes.io/cluster/shop': 'shared',
      },
    });
    expect(made.json).toHaveResourceWithProperties(Subnet, {
      cidr_block: '10.0.32.0/19',
      availability_zone_id: 'euw1-az2',
    });
    for (const subnet of Object.values(made.resources('aws_subnet')))
      expect(subnet).not.toHaveProperty('lifecycle');
  });

  it('stays where it was made when its zones were counted', () => {
    expect(tier({ zonesCounted: true }).json).toHaveResourceWithProperties(Subnet, {
      lifecycle: { ignore_changes: ['availability_zone'] },
    });
  });

  it('has IPv6 networks far from those of the other tier', () => {
    expect(tier({ tier: 'public', ipv6CidrBlock: '2001:db8::/56' }).json).toHaveResourceWithProperties(
      Subnet,
      {
        ipv6_cidr_block: '${cidrsubnet("2001:db8::/56", 8, 129)}',
        assign_ipv6_address_on_creation: true,
        tags: expect.objectContaining({ 'kubernetes.io/role/elb': '1' }),
      },
    );
  });
});
