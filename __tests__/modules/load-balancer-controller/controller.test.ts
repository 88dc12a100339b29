import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import { Release } from '@cdktf/provider-helm/lib/release';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import {
  LoadBalancerController,
  type LoadBalancerControllerProps,
} from '../../../modules/load-balancer-controller';
import { Synthesized } from '../../support/synthesized';

const POD_IDENTITY = { type: 'pod-identity', clusterName: 'shop' } as const;
const IRSA = { type: 'irsa', oidcProviderArn: 'arn:provider', oidcIssuer: 'oidc.example' } as const;

function synthesized(props: Partial<LoadBalancerControllerProps> = {}): Synthesized {
  return Synthesized.of(
    (stack) =>
      new LoadBalancerController(stack, 'lbc', {
        namePrefix: 'shop-dev',
        clusterName: 'shop',
        region: 'eu-west-1',
        vpcId: 'vpc-1',
        partition: 'aws',
        binding: IRSA,
        release: '3.5.0',
        ...props,
      }),
  );
}

describe('LoadBalancerController', () => {
  const irsa = synthesized();
  const podIdentity = synthesized({ binding: POD_IDENTITY });

  it('installs the chart of the release, waiting for it', () => {
    expect(irsa.json).toHaveResourceWithProperties(Release, {
      name: 'aws-load-balancer-controller',
      namespace: 'kube-system',
      chart: 'aws-load-balancer-controller',
      repository: 'https://aws.github.io/eks-charts',
      version: '3.5.0',
      wait: true,
      atomic: true,
      cleanup_on_fail: true,
      max_history: 5,
      timeout: 900,
    });
    expect(synthesized({ release: '2.17.1' }).one('helm_release', 'lbc_release').version).toBe('1.17.1');
  });

  it('installs a release of one’s own with the policy and the definitions that belong to it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'own-release-'));
    const crds = join(folder, 'crds.yaml');
    writeFileSync(crds, 'kind: CustomResourceDefinition\n');
    const policy = `{\n  "Statement": [{ "Resource": "arn:aws:s3:::\${aws:username}" }]\n}`;
    const own = synthesized({ release: { version: '3.6.0', chart: '3.6.1', policy, crds } });
    expect(own.one('helm_release', 'lbc_release').version).toBe('3.6.1');
    // A variable of IAM is no template of Terraform's.
    expect(own.one('aws_iam_policy').policy).toBe(
      '{"Statement":[{"Resource":"arn:aws:s3:::$${aws:username}"}]}',
    );
    expect(own.one('helm_release', 'lbc_crds').values).toEqual([
      expect.stringMatching(/^\$\{jsonencode\(\{"crds" = \[file\("assets\/.*\/crds\.yaml"\)\]\}\)\}$/),
    ]);
    expect(own.json).not.toContain('helm_template');
    const without = synthesized({ release: { version: '3.6.0', chart: '3.6.1', policy } });
    expect(without.oneData('helm_template').version).toBe('3.6.1');
    rmSync(folder, { recursive: true });
  });

  it('holds what needs its webhooks until the API server reaches them', () => {
    expect(irsa.one('terraform_data')).toMatchObject({
      provisioner: [{ 'local-exec': { command: 'sleep 15' } }],
      depends_on: [irsa.one('helm_release', 'lbc_release').address],
    });
  });

  it('refuses a release that the table lacks', () => {
    expect(() => synthesized({ release: '9.9.9' })).toThrow(/9\.9\.9/);
  });

  it('lets only its ServiceAccount assume the role', () => {
    expect(irsa.json).toHaveResourceWithProperties(ServiceAccountV1, {
      metadata: expect.objectContaining({
        name: 'aws-load-balancer-controller',
        namespace: 'kube-system',
        annotations: { 'eks.amazonaws.com/role-arn': `\${${irsa.one('aws_iam_role').address}.arn}` },
      }),
    });
    expect(irsa.one('aws_iam_role').assume_role_policy).toContain(
      'system:serviceaccount:kube-system:aws-load-balancer-controller',
    );
    const [values] = irsa.one('helm_release', 'lbc_release').values as string[];
    expect(JSON.parse(values ?? '')).toMatchObject({
      serviceAccount: { create: false, name: 'aws-load-balancer-controller' },
    });
  });

  it('with Pod Identity associates the role and annotates nothing', () => {
    expect(podIdentity.json).toHaveResourceWithProperties(EksPodIdentityAssociation, {
      cluster_name: 'shop',
      namespace: 'kube-system',
      service_account: 'aws-load-balancer-controller',
    });
    expect(podIdentity.one('kubernetes_service_account_v1').metadata).not.toHaveProperty([
      'annotations',
      'eks.amazonaws.com/role-arn',
    ]);
    const release = podIdentity.one('helm_release', 'lbc_release').address;
    expect(podIdentity.follows(release, podIdentity.one('aws_eks_pod_identity_association').address)).toBe(
      true,
    );
  });

  it('upgrades the policy before the chart', () => {
    const release = irsa.one('helm_release', 'lbc_release').address;
    for (const type of [
      'aws_iam_policy',
      'aws_iam_role_policy_attachment',
      'aws_iam_role',
      'kubernetes_service_account_v1',
    ]) {
      expect(irsa.follows(release, irsa.one(type).address)).toBe(true);
    }
  });

  it('names policies by the prefix, one for each feature', () => {
    const features = { wafv2AclName: true, certificateManagement: true, globalAccelerator: true };
    const stack = synthesized({ features });
    const names = Object.values(stack.resources('aws_iam_policy')).map(({ name }) => name);
    expect(names.sort()).toEqual([
      'shop-dev-AWSLoadBalancerControllerIAMPolicy',
      'shop-dev-AWSLoadBalancerControllerIAMPolicy-Certificates',
      'shop-dev-AWSLoadBalancerControllerIAMPolicy-GlobalAccelerator',
      'shop-dev-AWSLoadBalancerControllerIAMPolicy-WebAclName',
    ]);
    expect(stack.count('aws_iam_role_policy_attachment')).toBe(4);
    expect(irsa.count('aws_iam_policy')).toBe(1);
  });

  it('narrows the policy to a VPC when asked', () => {
    const policy = (stack: Synthesized) => stack.one('aws_iam_policy').policy;
    expect(policy(irsa)).not.toContain('ec2:Vpc');
    expect(policy(synthesized({ restrictToVpcArn: 'arn:vpc' }))).toContain('{"ec2:Vpc":"arn:vpc"}');
  });

  it('takes the chart from an OCI registry', () => {
    expect(
      synthesized({ chartRepository: 'oci://mirror/charts' }).one('helm_release', 'lbc_release'),
    ).toMatchObject({
      repository: 'oci://mirror/charts',
      chart: 'aws-load-balancer-controller',
    });
  });

  it('takes the chart from a folder, by a path that is the same everywhere', () => {
    const folder = mkdtempSync(join(tmpdir(), 'charts-'));
    try {
      mkdirSync(join(folder, 'aws-load-balancer-controller'));
      writeFileSync(join(folder, 'aws-load-balancer-controller', 'Chart.yaml'), 'name: x\n');
      const release = synthesized({ chartRepository: folder }).one('helm_release', 'lbc_release');
      expect(release.chart).toMatch(/^\.\/assets\/lbc_chart_\w+\/\w+$/);
      expect(release).not.toHaveProperty('repository');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
