import { beforeAll, describe, expect, it } from '@jest/globals';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { DataAwsAvailabilityZones } from '@cdktf/provider-aws/lib/data-aws-availability-zones';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { App } from 'cdktf';
import { type EnvironmentInput } from '../../config';
import { networkContract } from '../../stacks/contracts';
import { NetworkStack } from '../../stacks/network-stack';
import { environment } from '../support/environments';
import { Synthesized } from '../support/synthesized';

function synth(overrides: Partial<EnvironmentInput> = {}): Synthesized {
  return Synthesized.stack(new NetworkStack(new App(), { environment: environment(overrides) }));
}

describe('a new network', () => {
  let net: Synthesized;
  beforeAll(() => {
    net = synth();
  });

  it('is named after project and environment', () => {
    expect(net.json).toHaveResourceWithProperties(Vpc, { tags: { Name: 'eks-ingress-test' } });
  });

  it('tags its subnets for the cluster', () => {
    const tagged = Object.values(net.resources('aws_subnet')).map(
      (subnet) => (subnet.tags as Record<string, string>)['kubernetes.io/cluster/eks-ingress-test'],
    );
    expect(tagged).toEqual(['shared', 'shared', 'shared', 'shared']);
  });

  it('publishes its contract, once the routes are there', () => {
    const outputs = net.outputs();
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(networkContract).sort());
    const id = (type: string, name = '') => `\${${net.one(type, name).address}.id}`;
    expect(outputs.vpc_id?.value).toBe(id('aws_vpc'));
    expect(outputs.vpc_cidr?.value).toBe(`\${${net.one('aws_vpc').address}.cidr_block}`);
    for (const tier of ['private', 'public']) {
      expect(outputs[`${tier}_subnet_ids`]?.value).toEqual(
        [1, 2].map((index) => id('aws_subnet', `${tier}_${index}`)),
      );
    }
    // Without NAT, nodes join through endpoints.
    const needed = [
      net.one('aws_route', 'private-1').address,
      net.one('aws_route_table_association', 'private-1').address,
      net.one('aws_vpc_endpoint', 's3').address,
    ];
    for (const output of Object.values(outputs)) {
      expect(output.depends_on).toEqual(expect.arrayContaining(needed));
    }
  });

  it('has one NAT gateway, the S3 endpoint and flow logs', () => {
    expect(net.count('aws_nat_gateway')).toBe(1);
    expect(net.count('aws_vpc_endpoint')).toBe(1);
    expect(net.json).toHaveResourceWithProperties(CloudwatchLogGroup, { retention_in_days: 30 });
  });

  it('does without flow logs', () => {
    expect(synth({ network: { kind: 'new', flowLogs: false } }).count('aws_flow_log')).toBe(0);
  });

  it('leaves out zones that EKS refuses', () => {
    expect(synth({ region: 'us-east-1' }).json).toHaveDataSourceWithProperties(DataAwsAvailabilityZones, {
      exclude_zone_ids: ['use1-az3'],
    });
  });

  it('is not lost by mistake in production', () => {
    expect(net.one('aws_vpc')).not.toHaveProperty('lifecycle');
    expect(synth({ preventDestroy: true }).json).toHaveResourceWithProperties(Vpc, {
      lifecycle: { prevent_destroy: true },
    });
  });
});

describe('an existing network', () => {
  const existing = (overrides: Record<string, unknown> = {}) =>
    synth({
      network: {
        kind: 'existing',
        vpcId: 'vpc-0123456789abcdef0',
        privateSubnetIds: ['subnet-0000000000000000a', 'subnet-0000000000000000b'],
        publicSubnetIds: ['subnet-0000000000000000c', 'subnet-0000000000000000d'],
        ...overrides,
      },
    });

  it('is read, tagged and published', () => {
    const net = existing();
    expect(net.types()).toEqual(['aws_ec2_tag']);
    expect(net.outputs().vpc_id?.value).toBe(`\${${net.oneData('aws_vpc').address}.id}`);
    expect(net.outputs().private_subnet_ids?.value).toHaveLength(2);
    expect(net.outputs().public_subnet_ids?.value).toHaveLength(2);
    expect(net.outputs().vpc_id).not.toHaveProperty('depends_on');
  });

  it('is left alone if told so', () => {
    expect(existing({ tagSubnets: false }).types()).toEqual([]);
  });
});
