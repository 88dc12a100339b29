import { describe, expect, it } from '@jest/globals';
import { EksFargateProfile } from '@cdktf/provider-aws/lib/eks-fargate-profile';
import { EksNodeGroup } from '@cdktf/provider-aws/lib/eks-node-group';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Aspects, Lazy, Token, type TerraformStack } from 'cdktf';
import {
  FargateProfile,
  ManagedAddon,
  NodeGroup,
  NodeSecurityGroup,
  OneTaggedSecurityGroup,
  type NodeGroupProps,
} from '../../../modules/cluster';
import { Synthesized } from '../../support/synthesized';
import { trusts } from '../../support/trust-evaluator';

const nodeGroup = (props: Partial<NodeGroupProps> = {}) =>
  Synthesized.of((stack) => {
    const cni = new ManagedAddon(stack, 'cni', { clusterName: 'shop', addonName: 'vpc-cni' });
    new NodeGroup(stack, 'nodes-main', {
      clusterName: 'shop',
      nodeGroupName: 'main',
      resourceName: 'shop-main',
      version: '1.35',
      subnetIds: ['subnet-1'],
      securityGroupIds: ['sg-cluster', 'sg-node'],
      instanceTypes: ['t3.medium'],
      capacityType: 'ON_DEMAND',
      amiFamily: 'AL2023',
      amiType: 'AL2023_x86_64_STANDARD',
      minSize: 1,
      desiredSize: 2,
      maxSize: 3,
      diskSizeGib: 50,
      partition: 'aws',
      dnsSuffix: 'amazonaws.com',
      dependsOn: [cni.dependable],
      ...props,
    });
  });

describe('NodeGroup', () => {
  it('replaces itself before it goes, and leaves its size to an autoscaler', () => {
    const synthesized = nodeGroup();
    const template = synthesized.one('aws_launch_template').address;
    const { address, depends_on, ...group } = synthesized.one('aws_eks_node_group');
    expect(group).toEqual({
      cluster_name: 'shop',
      node_group_name_prefix: 'main-',
      node_role_arn: `\${${synthesized.one('aws_iam_role').address}.arn}`,
      subnet_ids: ['subnet-1'],
      version: '1.35',
      ami_type: 'AL2023_x86_64_STANDARD',
      capacity_type: 'ON_DEMAND',
      instance_types: ['t3.medium'],
      launch_template: { id: `\${${template}.id}`, version: `\${${template}.latest_version}` },
      scaling_config: { min_size: 1, desired_size: 2, max_size: 3 },
      update_config: { max_unavailable_percentage: 33 },
      node_repair_config: { enabled: true },
      lifecycle: { create_before_destroy: true, ignore_changes: ['scaling_config[0].desired_size'] },
    });
    const attachments = Object.keys(synthesized.resources('aws_iam_role_policy_attachment'));
    expect(attachments).toHaveLength(3);
    expect([...(depends_on as string[])].sort()).toEqual([
      synthesized.one('aws_eks_addon').address,
      ...attachments.map((id) => `aws_iam_role_policy_attachment.${id}`).sort(),
    ]);
    expect(address).toContain('nodes-main');
  });

  it('gives nodes what they need and no more', () => {
    const synthesized = nodeGroup({ partition: 'aws-cn', dnsSuffix: 'amazonaws.com.cn' });
    expect(
      Object.values(synthesized.resources('aws_iam_role_policy_attachment')).map(
        ({ policy_arn }) => policy_arn,
      ),
    ).toEqual(
      ['AmazonEC2ContainerRegistryPullOnly', 'AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy'].map(
        (policy) => `arn:aws-cn:iam::aws:policy/${policy}`,
      ),
    );
    const ask = (service: string) =>
      trusts(String(synthesized.one('aws_iam_role').assume_role_policy), {
        action: 'sts:AssumeRole',
        principal: { Service: service },
      });
    expect([ask('ec2.amazonaws.com.cn'), ask('ec2.amazonaws.com'), ask('eks.amazonaws.com')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('keeps instances private, metadata to the node, disks encrypted, all of it tagged', () => {
    const template = nodeGroup({ tags: { Team: 'shop' } });
    expect(template.json).toHaveResourceWithProperties(LaunchTemplate, {
      name_prefix: 'shop-main-',
      metadata_options: { http_endpoint: 'enabled', http_tokens: 'required', http_put_response_hop_limit: 1 },
      network_interfaces: [
        {
          device_index: 0,
          associate_public_ip_address: 'false',
          delete_on_termination: 'true',
          security_groups: ['sg-cluster', 'sg-node'],
        },
      ],
      block_device_mappings: [
        {
          device_name: '/dev/xvda',
          ebs: { encrypted: 'true', volume_type: 'gp3', volume_size: 50, delete_on_termination: 'true' },
        },
      ],
      monitoring: { enabled: true },
      tag_specifications: ['instance', 'volume', 'network-interface'].map((resource_type) => ({
        resource_type,
        tags: { Team: 'shop', Name: 'shop-main' },
      })),
    });
    for (const absent of ['key_name', 'user_data', 'image_id', 'instance_type']) {
      expect(template.one('aws_launch_template')).not.toHaveProperty(absent);
    }
  });

  it("puts Bottlerocket's size on its data volume", () => {
    const volumes = nodeGroup({ amiFamily: 'BOTTLEROCKET', diskSizeGib: 80 }).one('aws_launch_template')
      .block_device_mappings as { device_name: string; ebs: Record<string, unknown> }[];
    expect(volumes.map(({ device_name, ebs }) => [device_name, ebs.encrypted, ebs.volume_size])).toEqual([
      ['/dev/xvda', 'true', undefined],
      ['/dev/xvdb', 'true', 80],
    ]);
  });

  it('takes labels and taints', () => {
    const taint = { key: 'gpu', value: 'yes', effect: 'NO_SCHEDULE' };
    expect(
      nodeGroup({ labels: { tier: 'web' }, taints: [taint], capacityType: 'SPOT' }).json,
    ).toHaveResourceWithProperties(EksNodeGroup, {
      labels: { tier: 'web' },
      taint: [taint],
      capacity_type: 'SPOT',
    });
  });

  it('cuts what AWS would find too long', () => {
    const long = 'n'.repeat(63);
    const synthesized = nodeGroup({ nodeGroupName: long, resourceName: `${'c'.repeat(100)}-${long}` });
    expect(String(synthesized.one('aws_eks_node_group').node_group_name_prefix)).toHaveLength(37);
    expect(String(synthesized.one('aws_launch_template').name_prefix)).toHaveLength(99);
    expect(String(synthesized.one('aws_iam_role').name)).toHaveLength(64);
  });
});

describe('NodeSecurityGroup', () => {
  const synthesized = Synthesized.of((stack) => {
    const { dependencies } = new NodeSecurityGroup(stack, 'node-security-group', {
      clusterName: 'shop',
      vpcId: 'vpc-1',
      clusterSecurityGroupId: 'sg-cluster',
    });
    expect(dependencies).toHaveLength(7);
  });
  const group = synthesized.one('aws_security_group');
  const rules = Object.values(synthesized.resources('aws_vpc_security_group_ingress_rule'));

  it('admits the control plane at the webhook, the kubelet and HTTPS, Fargate pods at DNS, and nodes', () => {
    expect(
      rules.map(({ referenced_security_group_id, ip_protocol, from_port, to_port }) => [
        referenced_security_group_id,
        ip_protocol,
        from_port,
        to_port,
      ]),
    ).toEqual([
      ['sg-cluster', 'tcp', 53, 53],
      ['sg-cluster', 'udp', 53, 53],
      ['sg-cluster', 'tcp', 443, 443],
      ['sg-cluster', 'tcp', 10250, 10250],
      ['sg-cluster', 'tcp', 9443, 9443],
      [`\${${group.address}.id}`, '-1', undefined, undefined],
    ]);
    expect(rules.filter(({ cidr_ipv4 }) => cidr_ipv4 !== undefined)).toEqual([]);
  });

  it('describes itself and each rule in characters that EC2 takes', () => {
    for (const { description } of [group, ...rules, synthesized.one('aws_vpc_security_group_egress_rule')]) {
      expect(description).toMatch(/^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/);
    }
  });

  it('is not tagged for the cluster', () => {
    expect(synthesized.json).toHaveResourceWithProperties(SecurityGroup, { tags: { Name: 'shop-node' } });
  });
});

describe('OneTaggedSecurityGroup', () => {
  const visit = (build: (stack: TerraformStack) => void) => () =>
    Synthesized.of((stack) => {
      Aspects.of(stack).add(new OneTaggedSecurityGroup());
      build(stack);
    });
  const tag = { 'kubernetes.io/cluster/shop': 'owned' };

  it('refuses a second tagged group, naming it', () => {
    expect(
      visit((stack) => {
        new SecurityGroup(stack, 'extra', { tags: tag });
      }),
    ).toThrow('test/extra puts the tag kubernetes.io/cluster/shop on a security group');
  });

  it('refuses the tag among the default tags', () => {
    expect(
      visit((stack) => {
        new AwsProvider(stack, 'aws', { defaultTags: [{ tags: { Team: 'a' } }, { tags: tag }] });
      }),
    ).toThrow('test/aws puts the tag kubernetes.io/cluster/shop');
  });

  it('lets other tags, other resources and what is not yet known be', () => {
    expect(
      visit((stack) => {
        new AwsProvider(stack, 'aws', { defaultTags: [{ tags: { Team: 'a' } }, {}] });
        new AwsProvider(stack, 'other', { alias: 'other' });
        new SecurityGroup(stack, 'plain', { tags: { 'kubernetes.io/role/elb': '1' } });
        new SecurityGroup(stack, 'bare', {});
        new SecurityGroup(stack, 'unknown', {
          tags: Token.asStringMap(Lazy.anyValue({ produce: () => ({}) })),
        });
        new Vpc(stack, 'vpc', { cidrBlock: '10.0.0.0/16', tags: tag });
      }),
    ).not.toThrow();
  });
});

describe('FargateProfile', () => {
  const synthesized = Synthesized.of((stack) => {
    new FargateProfile(stack, 'fargate-system', {
      clusterName: 'shop',
      profileName: 'system',
      roleName: 'shop-system-fargate',
      subnetIds: ['subnet-1'],
      selectors: [{ namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }, { namespace: 'shop' }],
      account: '111122223333',
      region: 'eu-west-1',
      partition: 'aws',
    });
  });

  it('runs the selected pods in the subnets, after the role may pull', () => {
    expect(synthesized.one('aws_eks_fargate_profile').address).toContain('fargate-system');
    expect(synthesized.json).toHaveResourceWithProperties(EksFargateProfile, {
      cluster_name: 'shop',
      fargate_profile_name: 'system',
      pod_execution_role_arn: `\${${synthesized.one('aws_iam_role').address}.arn}`,
      subnet_ids: ['subnet-1'],
      selector: [{ namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }, { namespace: 'shop' }],
      depends_on: [synthesized.one('aws_iam_role_policy_attachment').address],
    });
  });

  it('trusts profiles of this cluster only', () => {
    const ask = (sourceArn: string) =>
      trusts(String(synthesized.one('aws_iam_role').assume_role_policy), {
        action: 'sts:AssumeRole',
        principal: { Service: 'eks-fargate-pods.amazonaws.com' },
        context: { 'aws:SourceArn': sourceArn },
      });
    expect(ask('arn:aws:eks:eu-west-1:111122223333:fargateprofile/shop/system/id')).toBe(true);
    expect(ask('arn:aws:eks:eu-west-1:111122223333:fargateprofile/shop2/system/id')).toBe(false);
    expect(ask('arn:aws:eks:eu-west-1:444455556666:fargateprofile/shop/system/id')).toBe(false);
  });
});
