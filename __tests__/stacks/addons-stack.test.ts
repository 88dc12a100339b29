import { describe, expect, it } from '@jest/globals';
import { DataAwsVpc } from '@cdktf/provider-aws/lib/data-aws-vpc';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository';
import { EksAddon } from '@cdktf/provider-aws/lib/eks-addon';
import { IngressClassV1 } from '@cdktf/provider-kubernetes/lib/ingress-class-v1';
import { App } from 'cdktf';
import { type AwsEnvironment, type EnvironmentInput } from '../../config';
import { AddonsStack } from '../../stacks/addons-stack';
import { ClusterStack } from '../../stacks/cluster-stack';
import { NetworkStack } from '../../stacks/network-stack';
import { EXISTING_NETWORK, environment as anEnvironment } from '../support/environments';
import { Synthesized } from '../support/synthesized';

function synthesized(
  overrides: Partial<EnvironmentInput> = {},
  patch: Partial<AwsEnvironment> = {},
): Synthesized {
  const environment = { ...anEnvironment(overrides), ...patch };
  const app = new App();
  const network = new NetworkStack(app, { environment });
  const cluster = new ClusterStack(app, { environment, network });
  return Synthesized.stack(new AddonsStack(app, { environment, network, cluster }));
}

const CONTROLLER = 'load-balancer-controller_release';
const SERVICE = { name: 'users', image: 'users:1' };

describe('AddonsStack', () => {
  const stack = synthesized();
  const release = stack.one('helm_release', CONTROLLER).address;
  const ingressClass = stack.one('kubernetes_ingress_class_v1').address;

  it('destroys sample, class, parameters, controller and role in this order', () => {
    const order = [
      stack.one('kubernetes_ingress_v1').address,
      ingressClass,
      stack.one('helm_release', 'ingress-class').address,
      release,
      stack.one('aws_iam_role_policy_attachment').address,
      stack.one('aws_iam_policy').address,
    ];
    order.slice(1).forEach((before, index) => {
      expect([order[index], before, stack.follows(order[index] ?? '', before)]).toEqual([
        order[index],
        before,
        true,
      ]);
    });
  });

  it('makes nothing in the cluster before the controller but its ServiceAccount', () => {
    for (const type of stack.types().filter((name) => name.startsWith('kubernetes_'))) {
      for (const id of Object.keys(stack.resources(type))) {
        const isServiceAccount = type === 'kubernetes_service_account_v1';
        expect([type, stack.follows(`${type}.${id}`, release)]).toEqual([type, !isServiceAccount]);
      }
    }
  });

  it('passes cluster, region and VPC to the chart', () => {
    const [values] = stack.one('helm_release', CONTROLLER).values as string[];
    expect(JSON.parse(values ?? '')).toMatchObject({
      clusterName: '${data.terraform_remote_state.cluster-state.outputs.cluster_name}',
      region: 'eu-west-1',
      vpcId: '${data.terraform_remote_state.network-state.outputs.vpc_id}',
    });
  });

  it('trusts the issuer by name in the role', () => {
    expect(stack.one('aws_iam_role').assume_role_policy).toContain(
      '${replace(data.terraform_remote_state.cluster-state.outputs.oidc_issuer, "https://", "")}:sub',
    );
  });

  it('publishes its contract', () => {
    const value = (name: string) => stack.outputs()[name]?.value;
    expect(value('oidc_provider_arn')).toBe(
      `\${${stack.one('aws_iam_openid_connect_provider').address}.arn}`,
    );
    expect(value('ingress_class_name')).toBe('alb');
    expect(value('repository_urls')).toEqual({});
    expect(value('sample_url')).toBe(
      `http://\${${stack.one('kubernetes_ingress_v1').address}.status[0].load_balancer[0].ingress[0].hostname}`,
    );
  });

  it('narrows the policy to the VPC, unless switched off', () => {
    expect(stack.one('aws_iam_policy').policy).toContain(
      'arn:aws:ec2:eu-west-1:111122223333:vpc/${data.terraform_remote_state.network-state.outputs.vpc_id}',
    );
    const open = synthesized({ loadBalancing: { type: 'controller', restrictSecurityGroupsToVpc: false } });
    expect(open.one('aws_iam_policy').policy).not.toContain('ec2:Vpc');
  });

  it('asks AWS for the ARN of a VPC that is already there', () => {
    const existing = synthesized({
      network: EXISTING_NETWORK,
    });
    expect(existing.json).toHaveDataSourceWithProperties(DataAwsVpc, {
      id: '${data.terraform_remote_state.network-state.outputs.vpc_id}',
    });
    expect(existing.one('aws_iam_policy').policy).toContain(`\${${existing.oneData('aws_vpc').address}.arn}`);
  });

  it('binds by Pod Identity when the environment says so', () => {
    const podIdentity = synthesized({ podIdentity: 'pod-identity' });
    expect(podIdentity.count('aws_eks_pod_identity_association')).toBe(1);
    expect(podIdentity.count('aws_iam_openid_connect_provider')).toBe(1);
  });

  it('reads the OIDC provider of a cluster that has one', () => {
    const existing = synthesized({
      network: EXISTING_NETWORK,
      cluster: { kind: 'existing', name: 'shop', oidcProvider: 'existing' },
    });
    expect(existing.count('aws_iam_openid_connect_provider')).toBe(0);
    expect(existing.outputs().oidc_provider_arn?.value).toBe(
      `\${${existing.oneData('aws_iam_openid_connect_provider').address}.arn}`,
    );
    expect(
      synthesized({ network: EXISTING_NETWORK, cluster: { kind: 'existing', name: 'shop' } }).count(
        'aws_iam_openid_connect_provider',
      ),
    ).toBe(1);
  });

  it('with Auto Mode makes class and sample, and no controller', () => {
    const auto = synthesized({
      cluster: { kind: 'new', compute: { autoMode: {} } },
      loadBalancing: { type: 'auto-mode' },
    });
    expect(auto.count('aws_iam_policy')).toBe(0);
    expect(Object.keys(auto.resources('helm_release'))).toHaveLength(1);
    expect(auto.json).toHaveResourceWithProperties(IngressClassV1, {
      spec: expect.objectContaining({
        controller: 'eks.amazonaws.com/alb',
      }),
    });
    expect(auto.follows(auto.one('kubernetes_ingress_v1').address, auto.one('helm_release').address)).toBe(
      true,
    );
    const gate = (of: Synthesized) => JSON.stringify(of.one('kubernetes_namespace_v1').metadata);
    expect(gate(auto)).toContain('"eks.amazonaws.com/pod-readiness-gate-inject":"enabled"');
    expect(gate(auto)).not.toContain('elbv2.k8s.aws');
    expect(gate(stack)).toContain('"elbv2.k8s.aws/pod-readiness-gate-inject":"enabled"');
  });

  it('makes the EBS CSI driver after the OIDC provider, with IRSA only', () => {
    const addons = { ebsCsiDriver: { version: 'v1.62.0-eksbuild.1' } };
    const irsa = synthesized({ cluster: { kind: 'new', addons } });
    const driver = irsa.one('aws_eks_addon');
    expect(irsa.json).toHaveResourceWithProperties(EksAddon, {
      addon_name: 'aws-ebs-csi-driver',
      addon_version: 'v1.62.0-eksbuild.1',
    });
    expect(irsa.follows(driver.address, irsa.one('aws_iam_openid_connect_provider').address)).toBe(true);
    expect(stack.count('aws_eks_addon')).toBe(0);
    expect(
      synthesized({ podIdentity: 'pod-identity', cluster: { kind: 'new', addons } }).count('aws_eks_addon'),
    ).toBe(0);
  });

  it('leaves the sample out', () => {
    const without = synthesized({ sample: false });
    expect(without.count('kubernetes_ingress_v1')).toBe(0);
    expect(without.outputs().sample_url?.value).toBe('');
  });

  it('makes a repository for each service that asks, kept in production', () => {
    const workloads = {
      services: [
        { ...SERVICE, repository: { keepTaggedImages: 5 } },
        { ...SERVICE, name: 'plain' },
      ],
    };
    const dev = synthesized({ workloads });
    const repository = dev.one('aws_ecr_repository');
    expect(dev.json).toHaveResourceWithProperties(EcrRepository, {
      name: 'eks-ingress/test/users',
      force_delete: true,
    });
    expect(dev.one('aws_ecr_lifecycle_policy').policy).toContain('"countNumber":5');
    expect(dev.outputs().repository_urls?.value).toEqual({
      users: `\${${repository.address}.repository_url}`,
    });
    const production = synthesized({ workloads }, { production: true });
    expect(production.json).toHaveResourceWithProperties(EcrRepository, { force_delete: false });
  });
});
