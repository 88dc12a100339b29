import { beforeAll, describe, expect, it } from '@jest/globals';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { DataAwsEksCluster } from '@cdktf/provider-aws/lib/data-aws-eks-cluster';
import { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { ControlPlane, ExistingCluster, type ControlPlaneProps } from '../../../modules/cluster';
import { Synthesized } from '../../support/synthesized';
import { trusts } from '../../support/trust-evaluator';

const synth = (props: Partial<ControlPlaneProps> = {}) =>
  Synthesized.of((stack) => {
    new ControlPlane(stack, 'cluster', {
      clusterName: 'shop',
      kubernetesVersion: '1.35',
      subnetIds: ['subnet-1', 'subnet-2'],
      logTypes: ['api', 'audit'],
      logRetentionInDays: 90,
      supportType: 'STANDARD',
      account: '111122223333',
      region: 'eu-west-1',
      partition: 'aws',
      dnsSuffix: 'amazonaws.com',
      ...props,
    });
  });
const policies = (synthesized: Synthesized) =>
  Object.values(synthesized.resources('aws_iam_role_policy_attachment')).map(({ policy_arn }) => policy_arn);

/** What EKS says for which cluster it asks. */
const onBehalfOf = (cluster: string, partition = 'aws') => ({
  'aws:SourceAccount': '111122223333',
  'aws:SourceArn': `arn:${partition}:eks:eu-west-1:111122223333:cluster/${cluster}`,
});

describe('a control plane by default', () => {
  let synthesized: Synthesized;
  beforeAll(() => {
    synthesized = synth();
  });

  it('is private, for access entries only, without add-ons of its own', () => {
    const role = synthesized.one('aws_iam_role').address;
    const key = synthesized.one('aws_kms_key').address;
    expect(synthesized.one('aws_eks_cluster')).toEqual({
      address: synthesized.one('aws_eks_cluster').address,
      name: 'shop',
      version: '1.35',
      role_arn: `\${${role}.arn}`,
      access_config: { authentication_mode: 'API', bootstrap_cluster_creator_admin_permissions: false },
      bootstrap_self_managed_addons: false,
      enabled_cluster_log_types: ['api', 'audit'],
      encryption_config: { provider: { key_arn: `\${${key}.arn}` }, resources: ['secrets'] },
      upgrade_policy: { support_type: 'STANDARD' },
      vpc_config: {
        subnet_ids: ['subnet-1', 'subnet-2'],
        endpoint_private_access: true,
        endpoint_public_access: false,
      },
      lifecycle: {
        ignore_changes: [
          'vpc_config[0].subnet_ids',
          'bootstrap_self_managed_addons',
          'access_config[0].bootstrap_cluster_creator_admin_permissions',
        ],
      },
      depends_on: expect.any(Array) as unknown,
    });
  });

  it('comes after its log group and all permissions of its role', () => {
    const cluster = synthesized.one('aws_eks_cluster').address;
    expect(synthesized.dependencies('aws_eks_cluster').sort()).toEqual(
      [
        synthesized.one('aws_cloudwatch_log_group').address,
        synthesized.one('aws_iam_role_policy').address,
        synthesized.one('aws_iam_role_policy_attachment').address,
      ].sort(),
    );
    expect(synthesized.follows(cluster, synthesized.one('aws_kms_key').address)).toBe(true);
    expect(synthesized.json).toHaveResourceWithProperties(CloudwatchLogGroup, {
      name: '/aws/eks/shop/cluster',
      retention_in_days: 90,
    });
  });

  it('encrypts its logs too, with a key that its account and CloudWatch Logs use', () => {
    const key = synthesized.one('aws_kms_key');
    expect(synthesized.json).toHaveResourceWithProperties(KmsKey, {
      enable_key_rotation: true,
      deletion_window_in_days: 30,
    });
    expect(key).not.toHaveProperty('lifecycle');
    expect(JSON.parse(String(key.policy))).toMatchObject({
      Statement: [
        { Principal: { AWS: 'arn:aws:iam::111122223333:root' } },
        { Principal: { Service: 'logs.eu-west-1.amazonaws.com' } },
      ],
    });
    expect(synthesized.json).toHaveResourceWithProperties(CloudwatchLogGroup, {
      kms_key_id: `\${${key.address}.arn}`,
    });
    expect(synthesized.json).toHaveResourceWithProperties(KmsAlias, {
      name: 'alias/eks/shop',
      target_key_id: `\${${key.address}.key_id}`,
    });
  });

  it('has a role for EKS alone, with the cluster policy alone', () => {
    const document = String(synthesized.one('aws_iam_role').assume_role_policy);
    const ask = (service: string, action: string, cluster = 'shop') =>
      trusts(document, { action, principal: { Service: service }, context: onBehalfOf(cluster) });
    expect(ask('eks.amazonaws.com', 'sts:AssumeRole')).toBe(true);
    expect(ask('ec2.amazonaws.com', 'sts:AssumeRole')).toBe(false);
    expect(ask('eks.amazonaws.com', 'sts:TagSession')).toBe(false);
    expect(ask('eks.amazonaws.com', 'sts:AssumeRole', 'other')).toBe(false);
    expect(policies(synthesized)).toEqual(['arn:aws:iam::aws:policy/AmazonEKSClusterPolicy']);
  });
});

describe('options of a control plane', () => {
  it('opens the public endpoint to the networks given', () => {
    expect(
      synth({
        endpointPublicAccess: true,
        publicAccessCidrs: ['203.0.113.0/24'],
        endpointPrivateAccess: false,
      }).json,
    ).toHaveResourceWithProperties(EksCluster, {
      vpc_config: {
        subnet_ids: ['subnet-1', 'subnet-2'],
        endpoint_private_access: false,
        endpoint_public_access: true,
        public_access_cidrs: ['203.0.113.0/24'],
      },
    });
    expect(synth({ endpointPublicAccess: true }).json).toHaveResourceWithProperties(EksCluster, {
      vpc_config: expect.objectContaining({
        public_access_cidrs: [],
      }),
    });
  });

  it('uses a given key and makes none', () => {
    const kmsKeyArn = 'arn:aws:kms:eu-west-1:111122223333:key/k';
    const synthesized = synth({ kmsKeyArn });
    expect(synthesized.types()).not.toContain('aws_kms_key');
    expect(synthesized.json).toHaveResourceWithProperties(EksCluster, {
      encryption_config: expect.objectContaining({
        provider: { key_arn: kmsKeyArn },
      }),
    });
    // What AWS says a cluster needs of a key: https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html
    const Action = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:ListGrants'];
    expect(JSON.parse(String(synthesized.one('aws_iam_role_policy').policy))).toMatchObject({
      Statement: [{ Action, Resource: kmsKeyArn }],
    });
  });

  it('shifts zones, protects, extends and numbers Services when asked', () => {
    const synthesized = synth({
      zonalShift: true,
      deletionProtection: true,
      preventDestroy: true,
      supportType: 'EXTENDED',
      serviceIpv4Cidr: '172.20.0.0/16',
    });
    expect(synthesized.json).toHaveResourceWithProperties(EksCluster, {
      zonal_shift_config: { enabled: true },
      deletion_protection: true,
      lifecycle: expect.objectContaining({ prevent_destroy: true }),
      upgrade_policy: { support_type: 'EXTENDED' },
      kubernetes_network_config: expect.objectContaining({ service_ipv4_cidr: '172.20.0.0/16' }),
    });
    expect(synthesized.json).toHaveResourceWithProperties(KmsKey, { lifecycle: { prevent_destroy: true } });
  });

  it('switches all of Auto Mode on together, after the role of its nodes', () => {
    const synthesized = synth({
      autoMode: { nodePools: ['general-purpose', 'system'] },
      serviceIpv4Cidr: '172.20.0.0/16',
      partition: 'aws-cn',
      dnsSuffix: 'amazonaws.com.cn',
    });
    const nodeRole = synthesized.one('aws_iam_role', 'auto-mode-node');
    const cluster = synthesized.one('aws_eks_cluster');
    expect(synthesized.json).toHaveResourceWithProperties(EksCluster, {
      compute_config: {
        enabled: true,
        node_pools: ['general-purpose', 'system'],
        node_role_arn: `\${${nodeRole.address}.arn}`,
      },
      storage_config: { block_storage: { enabled: true } },
      kubernetes_network_config: {
        elastic_load_balancing: { enabled: true },
        service_ipv4_cidr: '172.20.0.0/16',
      },
    });
    expect(policies(synthesized).sort()).toEqual(
      [
        'AmazonEC2ContainerRegistryPullOnly',
        'AmazonEKSBlockStoragePolicy',
        'AmazonEKSClusterPolicy',
        'AmazonEKSComputePolicy',
        'AmazonEKSLoadBalancingPolicy',
        'AmazonEKSNetworkingPolicy',
        'AmazonEKSWorkerNodeMinimalPolicy',
      ].map((policy) => `arn:aws-cn:iam::aws:policy/${policy}`),
    );
    for (const id of Object.keys(synthesized.resources('aws_iam_role_policy_attachment'))) {
      expect(cluster.depends_on).toContain(`aws_iam_role_policy_attachment.${id}`);
    }
    expect(
      trusts(String(nodeRole.assume_role_policy), {
        action: 'sts:AssumeRole',
        principal: { Service: 'ec2.amazonaws.com.cn' },
      }),
    ).toBe(true);
    expect(
      trusts(String(synthesized.one('aws_iam_role', 'cluster_role').assume_role_policy), {
        action: 'sts:TagSession',
        principal: { Service: 'eks.amazonaws.com' },
        context: onBehalfOf('shop', 'aws-cn'),
      }),
    ).toBe(true);
  });

  it('turns off what is said to be off, as EKS would keep it on', () => {
    expect(
      synth({ zonalShift: false, deletionProtection: false, autoMode: false, preventDestroy: false }).json,
    ).toHaveResourceWithProperties(EksCluster, {
      zonal_shift_config: { enabled: false },
      deletion_protection: false,
      compute_config: { enabled: false },
      storage_config: { block_storage: { enabled: false } },
      kubernetes_network_config: { elastic_load_balancing: { enabled: false } },
    });
    const off = synth({ autoMode: false });
    expect(off.count('aws_iam_role')).toBe(1);
    expect(policies(off)).toEqual(['arn:aws:iam::aws:policy/AmazonEKSClusterPolicy']);
  });

  it('makes no node role for Auto Mode without built-in node pools', () => {
    const synthesized = synth({ autoMode: { nodePools: [] } });
    expect(synthesized.json).toHaveResourceWithProperties(EksCluster, { compute_config: { enabled: true } });
    expect(synthesized.count('aws_iam_role')).toBe(1);
  });
});

describe('an existing cluster', () => {
  it('is read only', () => {
    const synthesized = Synthesized.of((stack) => {
      const cluster = new ExistingCluster(stack, 'cluster', { clusterName: 'there' });
      for (const value of [
        cluster.clusterName,
        cluster.endpoint,
        cluster.certificateAuthority,
        cluster.version,
        cluster.oidcIssuer,
        cluster.clusterSecurityGroupId,
      ]) {
        expect(value).toMatch(/\S/);
      }
    });
    expect(synthesized.types()).toEqual([]);
    expect(synthesized.json).toHaveDataSourceWithProperties(DataAwsEksCluster, { name: 'there' });
  });
});
