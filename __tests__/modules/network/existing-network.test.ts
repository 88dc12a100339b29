import { beforeAll, describe, expect, it } from '@jest/globals';
import { DataAwsVpc } from '@cdktf/provider-aws/lib/data-aws-vpc';
import { TerraformOutput } from 'cdktf';
import { ExistingNetwork, type ExistingNetworkProps } from '../../../modules/network';
import { Synthesized } from '../../support/synthesized';

function synth(props: Partial<ExistingNetworkProps> = {}): Synthesized {
  return Synthesized.of((stack) => {
    const network = new ExistingNetwork(stack, 'existing', {
      name: 'shop-dev',
      clusterName: 'shop',
      vpcId: 'vpc-1',
      privateSubnetIds: ['subnet-a', 'subnet-b'],
      publicSubnetIds: ['subnet-c'],
      ...props,
    });
    for (const name of ['vpcId', 'cidr', 'privateSubnetIds', 'publicSubnetIds'] as const) {
      new TerraformOutput(stack, name, { value: network[name], staticId: true });
    }
  });
}

describe('ExistingNetwork', () => {
  let network: Synthesized;
  beforeAll(() => {
    network = synth();
  });

  it('reads the VPC and each subnet of it', () => {
    const vpc = network.oneData('aws_vpc');
    expect(network.json).toHaveDataSourceWithProperties(DataAwsVpc, { id: 'vpc-1' });
    expect(network.outputs().vpcId?.value).toBe(`\${${vpc.address}.id}`);
    expect(network.outputs().cidr?.value).toBe(`\${${vpc.address}.cidr_block}`);
    const subnet = (id: string) => {
      const data = network.oneData('aws_subnet', id);
      expect(data).toMatchObject({ id, vpc_id: 'vpc-1' });
      return `\${${data.address}.id}`;
    };
    expect(network.outputs().privateSubnetIds?.value).toEqual([subnet('subnet-a'), subnet('subnet-b')]);
    expect(network.outputs().publicSubnetIds?.value).toEqual([subnet('subnet-c')]);
  });

  it('owns nothing but tags', () => {
    expect(network.types()).toEqual(['aws_ec2_tag']);
    expect(network.count('aws_ec2_tag')).toBe(6);
  });

  it.each([
    ['subnet-a', 'kubernetes.io/role/internal-elb'],
    ['subnet-c', 'kubernetes.io/role/elb'],
  ])('wants the tags of its tier on %s, and keeps to those that were missing', (id, role) => {
    const subnet = network.oneData('aws_subnet', id).address;
    const [local = '', expression] = Object.entries(network.locals()).find(([key]) => key.includes(id)) ?? [];
    const ours = `local.${local}`;
    expect(expression).toBe(
      '${{for key, value in jsondecode("' +
        `{\\"${role}\\":\\"1\\",\\"kubernetes.io/cluster/shop\\":\\"shared\\"}` +
        `") : key => value if !contains(keys(${subnet}.tags), key) || ` +
        `contains(split(" ", lookup(${subnet}.tags, "shop-dev/discovery-tags", "")), key)}}`,
    );
    expect(network.one('aws_ec2_tag', `${id}_tag`)).toMatchObject({
      for_each: `\${${ours}}`,
      resource_id: `\${${subnet}.id}`,
      key: '${each.key}',
      value: '${each.value}',
      depends_on: [network.one('aws_ec2_tag', `${id}_memory`).address],
    });
    expect(network.one('aws_ec2_tag', `${id}_memory`)).toMatchObject({
      count: `\${length(${ours}) > 0 ? 1 : 0}`,
      resource_id: `\${${subnet}.id}`,
      key: 'shop-dev/discovery-tags',
      value: `\${join(" ", keys(${ours}))}`,
    });
  });

  it('leaves the subnets to whoever owns them, if told so', () => {
    expect(synth({ tagSubnets: false }).types()).toEqual([]);
  });

  it('does without public subnets', () => {
    expect(synth({ publicSubnetIds: undefined }).outputs().publicSubnetIds?.value).toEqual([]);
  });

  it('keeps addresses when the order changes', () => {
    expect(synth({ privateSubnetIds: ['subnet-b', 'subnet-a'] }).resources('aws_ec2_tag')).toEqual(
      network.resources('aws_ec2_tag'),
    );
  });

  it('refuses a subnet that is named twice', () => {
    expect(() => synth({ publicSubnetIds: ['subnet-a'] })).toThrow(
      "subnet 'subnet-a' is named twice, and can only be of one tier",
    );
  });
});
