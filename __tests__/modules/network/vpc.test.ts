import { beforeAll, describe, expect, it } from '@jest/globals';
import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { Vpc as AwsVpc } from '@cdktf/provider-aws/lib/vpc';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { TerraformOutput } from 'cdktf';
import { Vpc, type VpcProps } from '../../../modules/network';
import { Synthesized } from '../../support/synthesized';

const DEFAULTS: VpcProps = {
  name: 'shop-dev',
  clusterName: 'shop',
  account: '111122223333',
  partition: 'aws',
  region: 'eu-west-1',
  dnsSuffix: 'amazonaws.com',
  cidr: '10.0.0.0/16',
  zones: 2,
};

function synth(props: Partial<VpcProps> = {}): Synthesized {
  return Synthesized.of((stack) => {
    const vpc = new Vpc(stack, 'vpc', { ...DEFAULTS, ...props });
    // What a node group would be.
    new Instance(stack, 'consumer', { dependsOn: [...vpc.dependencies] });
    for (const name of ['vpcId', 'cidr', 'privateSubnetIds', 'publicSubnetIds'] as const) {
      new TerraformOutput(stack, name, { value: vpc[name], staticId: true });
    }
  });
}

function ids(net: Synthesized, type: string): string[] {
  return Object.keys(net.resources(type)).sort();
}

function all(net: Synthesized, type: string) {
  return Object.values(net.resources(type));
}

describe('by default', () => {
  let net: Synthesized;
  beforeAll(() => {
    net = synth();
  });

  it('has a VPC with DNS, which Terraform may destroy', () => {
    const vpc = net.one('aws_vpc');
    expect(net.json).toHaveResourceWithProperties(AwsVpc, {
      cidr_block: '10.0.0.0/16',
      enable_dns_support: true,
      enable_dns_hostnames: true,
      tags: { Name: 'shop-dev' },
    });
    expect(vpc).not.toHaveProperty('lifecycle');
    expect(vpc).not.toHaveProperty('assign_generated_ipv6_cidr_block');
  });

  it('strips the default security group', () => {
    const group = net.one('aws_default_security_group');
    expect(net.json).toHaveResourceWithProperties(DefaultSecurityGroup, {
      vpc_id: `\${${net.one('aws_vpc').address}.id}`,
    });
    expect(group).not.toHaveProperty('ingress');
    expect(group).not.toHaveProperty('egress');
  });

  it('has a subnet of each tier in each zone, tagged for discovery', () => {
    const tags = (tier: string, role: string) =>
      [1, 2].map((index) => ({
        Name: `shop-dev-${tier}-${index}`,
        [`kubernetes.io/role/${role}`]: '1',
        'kubernetes.io/cluster/shop': 'shared',
      }));
    const subnets = all(net, 'aws_subnet');
    expect(subnets.map((subnet) => subnet.tags)).toEqual([
      ...tags('private', 'internal-elb'),
      ...tags('public', 'elb'),
    ]);
    expect(subnets.map((subnet) => subnet.cidr_block)).toEqual([
      '10.0.0.0/19',
      '10.0.32.0/19',
      '10.0.224.0/24',
      '10.0.225.0/24',
    ]);
    expect(subnets.map((subnet) => subnet.map_public_ip_on_launch)).toEqual([false, false, false, false]);
    expect(subnets.filter((subnet) => 'ipv6_cidr_block' in subnet)).toEqual([]);
  });

  it('takes the first zones of the Region, and keeps what was made where it is', () => {
    const zones = net.oneData('aws_availability_zones');
    for (const tier of ['private', 'public']) {
      for (const index of [1, 2]) {
        expect(net.one('aws_subnet', `${tier}_${index}`)).toMatchObject({
          availability_zone: `\${element(${zones.address}.names, ${index - 1})}`,
          lifecycle: { ignore_changes: ['availability_zone'] },
        });
      }
    }
  });

  it('has a route table for the public tier and one for each private zone', () => {
    expect(net.count('aws_route_table')).toBe(3);
    expect(net.count('aws_route_table_association')).toBe(4);
    expect(net.one('aws_route_table_association', 'private-2').route_table_id).toBe(
      `\${${net.one('aws_route_table', 'private-2').address}.id}`,
    );
  });

  it('has nothing that costs money by the hour', () => {
    expect(
      ['aws_nat_gateway', 'aws_eip', 'aws_vpc_endpoint', 'aws_flow_log'].map((type) => net.count(type)),
    ).toEqual([0, 0, 0, 0]);
    expect(net.count('aws_security_group')).toBe(0);
  });
});

describe('zones', () => {
  it.each([
    ['names', ['eu-west-1a', 'eu-west-1b'], 'availability_zone', 'availability_zone_id'],
    ['zone ids', ['euw1-az1', 'euw1-az2'], 'availability_zone_id', 'availability_zone'],
  ])('takes %s as they are, without looking anything up', (_, zones, field, other) => {
    const net = synth({ zones });
    const subnets = all(net, 'aws_subnet');
    expect(subnets.map((subnet) => subnet[field])).toEqual([...zones, ...zones]);
    expect(subnets.filter((subnet) => other in subnet || 'lifecycle' in subnet)).toEqual([]);
    expect(net.data('aws_availability_zones')).toEqual({});
  });

  it('changes no address or subnet when one is added', () => {
    const [two, three] = [synth({ nat: 'single' }), synth({ nat: 'single', zones: 3 })];
    for (const type of [
      'aws_subnet',
      'aws_route_table',
      'aws_route_table_association',
      'aws_route',
      'aws_nat_gateway',
    ]) {
      expect(three.resources(type)).toMatchObject(two.resources(type));
    }
    expect(three.count('aws_subnet')).toBe(6);
  });

  it('refuses a VPC that they do not fit into', () => {
    expect(() => synth({ cidr: '10.0.0.0/24' })).toThrow(RangeError);
  });
});

describe('NAT', () => {
  it.each([
    ['single', 1, ['nat-1', 'nat-1', 'nat-1']],
    ['per-zone', 3, ['nat-1', 'nat-2', 'nat-3']],
  ] as const)('%s', (nat, count, targets) => {
    const net = synth({ nat, zones: 3 });
    expect(net.count('aws_nat_gateway')).toBe(count);
    expect(net.count('aws_eip')).toBe(count);
    targets.forEach((target, index) => {
      expect(net.one('aws_route', `private-${index + 1}`)).toMatchObject({
        destination_cidr_block: '0.0.0.0/0',
        nat_gateway_id: `\${${net.one('aws_nat_gateway', target).address}.id}`,
      });
    });
  });

  it('stands in the public subnet of its zone, after the internet gateway', () => {
    const net = synth({ nat: 'per-zone' });
    const gateway = net.one('aws_internet_gateway').address;
    for (const index of [1, 2]) {
      const nat = net.one('aws_nat_gateway', `nat-${index}`);
      expect(nat.subnet_id).toBe(`\${${net.one('aws_subnet', `public_${index}`).address}.id}`);
      expect(nat.allocation_id).toBe(`\${${net.one('aws_eip', `address-${index}`).address}.allocation_id}`);
      expect(nat.depends_on).toEqual([gateway]);
      expect(net.one('aws_eip', `address-${index}`)).toMatchObject({ domain: 'vpc', depends_on: [gateway] });
    }
  });

  it('comes before what depends on the network', () => {
    const net = synth({ nat: 'single' });
    const routes = ids(net, 'aws_route').map((id) => `aws_route.${id}`);
    const associations = ids(net, 'aws_route_table_association').map(
      (id) => `aws_route_table_association.${id}`,
    );
    expect(net.dependencies('aws_instance').sort()).toEqual([...routes, ...associations].sort());
    expect(routes).toHaveLength(3);
  });

  it('needs public subnets', () => {
    expect(() => synth({ nat: 'single', publicSubnets: false })).toThrow(
      "nat 'single' needs public subnets, where NAT gateways stand: write publicSubnets: true or nat: 'none'",
    );
  });
});

describe('without a public tier', () => {
  it('has no way in, and the same private subnets', () => {
    const net = synth({ publicSubnets: false });
    expect(['aws_internet_gateway', 'aws_route'].map((type) => net.count(type))).toEqual([0, 0]);
    expect(synth().resources('aws_subnet')).toMatchObject(net.resources('aws_subnet'));
    expect(net.count('aws_subnet')).toBe(2);
  });
});

describe('dual-stack', () => {
  let net: Synthesized;
  beforeAll(() => {
    net = synth({ ipFamily: 'dual-stack', nat: 'single' });
  });

  it('gives each subnet a /64 of its own', () => {
    const vpc = net.one('aws_vpc');
    expect(net.json).toHaveResourceWithProperties(AwsVpc, { assign_generated_ipv6_cidr_block: true });
    expect(all(net, 'aws_subnet').map((subnet) => subnet.ipv6_cidr_block)).toEqual(
      [0, 1, 128, 129].map((index) => `\${cidrsubnet(${vpc.address}.ipv6_cidr_block, 8, ${index})}`),
    );
    expect(all(net, 'aws_subnet').map((subnet) => subnet.assign_ipv6_address_on_creation)).toEqual(
      Array.from({ length: 4 }, () => true),
    );
  });

  it('lets the private tier out, not in', () => {
    const egressOnly = net.one('aws_egress_only_internet_gateway').address;
    for (const index of [1, 2]) {
      expect(net.one('aws_route', `private-${index}-ipv6`)).toMatchObject({
        destination_ipv6_cidr_block: '::/0',
        egress_only_gateway_id: `\${${egressOnly}.id}`,
      });
    }
    expect(net.one('aws_route', 'public-ipv6')).toMatchObject({
      destination_ipv6_cidr_block: '::/0',
      gateway_id: `\${${net.one('aws_internet_gateway').address}.id}`,
    });
  });
});

describe('options', () => {
  it('keeps the VPC from being destroyed', () => {
    expect(synth({ preventDestroy: true }).json).toHaveResourceWithProperties(AwsVpc, {
      lifecycle: { prevent_destroy: true },
    });
  });

  it('records traffic', () => {
    expect(synth({ flowLogs: { retentionDays: 365 } }).one('aws_flow_log').vpc_id).toMatch(/aws_vpc\./);
  });

  it('passes endpoints every route table and the private subnets', () => {
    const net = synth({ gatewayEndpoints: ['s3'], interfaceEndpoints: ['sts'] });
    const references = (type: string, filter = '') =>
      ids(net, type)
        .filter((id) => id.includes(filter))
        .map((id) => `\${${type}.${id}.id}`);
    expect([...(net.one('aws_vpc_endpoint', 's3').route_table_ids as string[])].sort()).toEqual(
      references('aws_route_table'),
    );
    expect(net.one('aws_vpc_endpoint', 'sts').subnet_ids).toEqual(references('aws_subnet', 'private'));
  });
});
