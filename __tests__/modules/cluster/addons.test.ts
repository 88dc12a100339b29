import { describe, expect, it } from '@jest/globals';
import { EksAddon } from '@cdktf/provider-aws/lib/eks-addon';
import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import {
  AddonWithRole,
  addonsAfterNodes,
  addonsBeforeNodes,
  ClusterAddons,
  ManagedAddon,
  type ManagedAddonProps,
} from '../../../modules/cluster';
import { type PodIdentityBinding } from '../../../modules/identity';
import { Synthesized } from '../../support/synthesized';

const ADDONS = Object.fromEntries(
  ['vpc-cni', 'kube-proxy', 'eks-pod-identity-agent', 'coredns', 'metrics-server', 'aws-ebs-csi-driver'].map(
    (name) => [name, { version: undefined, ...(name === 'aws-ebs-csi-driver' && { role: {} }) }],
  ),
);

describe('the order of add-ons', () => {
  it('puts what nodes need before them and what needs nodes after, each once, what has a role apart', () => {
    expect(Object.keys(addonsBeforeNodes(ADDONS))).toEqual([
      'vpc-cni',
      'kube-proxy',
      'eks-pod-identity-agent',
    ]);
    expect(Object.keys(addonsAfterNodes(ADDONS))).toEqual(['coredns', 'metrics-server']);
  });
});

describe('ManagedAddon', () => {
  const synth = (props: Partial<ManagedAddonProps> = {}) =>
    Synthesized.of((stack) => {
      new ManagedAddon(stack, 'addon', { clusterName: 'shop', addonName: 'coredns', ...props });
    }).one('aws_eks_addon');

  it("takes EKS's default version, and keeps what operators tuned", () => {
    const { address, ...addon } = synth();
    expect(address).toContain('addon');
    expect(addon).toEqual({
      cluster_name: 'shop',
      addon_name: 'coredns',
      resolve_conflicts_on_create: 'OVERWRITE',
      resolve_conflicts_on_update: 'PRESERVE',
      depends_on: [],
    });
  });

  it('takes a version, a role and values', () => {
    expect(
      synth({
        version: 'v1.14.3-eksbuild.3',
        serviceAccountRoleArn: 'arn:aws:iam::111122223333:role/r',
        configurationValues: { replicaCount: 3 },
      }),
    ).toMatchObject({
      addon_version: 'v1.14.3-eksbuild.3',
      service_account_role_arn: 'arn:aws:iam::111122223333:role/r',
      configuration_values: '{"replicaCount":3}',
    });
  });
});

describe('ClusterAddons', () => {
  const synth = (fargateOnly?: boolean) =>
    Synthesized.of((stack) => {
      const first = new ManagedAddon(stack, 'first', { clusterName: 'shop', addonName: 'first' });
      const { dependencies } = new ClusterAddons(stack, 'addons', {
        clusterName: 'shop',
        addons: { coredns: { version: 'v1' }, 'metrics-server': { version: undefined } },
        fargateOnly,
        dependsOn: [first.dependable],
      });
      expect(dependencies).toHaveLength(2);
    });

  it('installs each after what it is given', () => {
    const synthesized = synth();
    const first = synthesized.one('aws_eks_addon', 'first').address;
    expect(synthesized.one('aws_eks_addon', 'coredns')).toMatchObject({
      addon_name: 'coredns',
      addon_version: 'v1',
      depends_on: [first],
    });
    expect(synthesized.dependencies('aws_eks_addon', 'metrics-server')).toEqual([first]);
    expect(synthesized.one('aws_eks_addon', 'coredns')).not.toHaveProperty('configuration_values');
  });

  it('sends CoreDNS, and nothing else, to Fargate where there is only that', () => {
    const synthesized = synth(true);
    expect(synthesized.one('aws_eks_addon', 'coredns').configuration_values).toBe(
      '{"computeType":"Fargate"}',
    );
    expect(synthesized.one('aws_eks_addon', 'metrics-server')).not.toHaveProperty('configuration_values');
  });
});

describe('AddonWithRole', () => {
  const synth = (binding: PodIdentityBinding) =>
    Synthesized.of((stack) => {
      new AddonWithRole(stack, 'aws-ebs-csi-driver', {
        clusterName: 'shop',
        addonName: 'aws-ebs-csi-driver',
        version: 'v1.66.0-eksbuild.1',
        binding,
        roleName: 'shop-ebs-csi-driver',
        namespace: 'kube-system',
        serviceAccount: 'ebs-csi-controller-sa',
        managedPolicyArns: {
          ebs: 'arn:aws-us-gov:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy',
        },
      });
    });

  it('is bound by IRSA through the add-on', () => {
    const synthesized = synth({ type: 'irsa', oidcProviderArn: 'arn:p', oidcIssuer: 'issuer' });
    expect(synthesized.json).toHaveResourceWithProperties(EksAddon, {
      addon_name: 'aws-ebs-csi-driver',
      addon_version: 'v1.66.0-eksbuild.1',
      service_account_role_arn: `\${${synthesized.one('aws_iam_role').address}.arn}`,
      depends_on: [synthesized.one('aws_iam_role_policy_attachment').address],
    });
    expect(synthesized.json).toHaveResourceWithProperties(IamRolePolicyAttachment, {
      policy_arn: 'arn:aws-us-gov:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy',
    });
    expect(synthesized.one('aws_iam_role').assume_role_policy).toContain(
      'system:serviceaccount:kube-system:ebs-csi-controller-sa',
    );
  });

  it('is bound by Pod Identity through an association that is there first', () => {
    const synthesized = synth({ type: 'pod-identity', clusterName: 'shop' });
    const association = synthesized.one('aws_eks_pod_identity_association');
    expect(synthesized.json).toHaveResourceWithProperties(EksPodIdentityAssociation, {
      service_account: 'ebs-csi-controller-sa',
    });
    expect(synthesized.one('aws_eks_addon')).not.toHaveProperty('service_account_role_arn');
    expect(synthesized.dependencies('aws_eks_addon')).toContain(association.address);
  });
});
