import { describe, expect, it } from '@jest/globals';
import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { Release } from '@cdktf/provider-helm/lib/release';
import { type EnvironmentInput } from '../../config';
import { environment } from '../support/environments';
import { stacksOf, synthesizedStacks } from '../support/stacks';
import { type Synthesized } from '../support/synthesized';

type Service = NonNullable<NonNullable<EnvironmentInput['workloads']>['services']>[number];

const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/x/0123456789abcdef';
const NETWORK = 'data.terraform_remote_state.network-state.outputs';
const CLUSTER = 'data.terraform_remote_state.cluster-state.outputs';

function workloads(service: Partial<Service>, overrides: Partial<EnvironmentInput> = {}): Synthesized {
  const services = [{ name: 'web', image: 'x:1', ...service }] as Service[];
  const { workloads: stack } = synthesizedStacks(environment({ ...overrides, workloads: { services } }));
  if (!stack) throw new Error('no stack workloads');
  return stack;
}

function manifestOf(stack: Synthesized) {
  const [values] = stack.one('helm_release').values as [string];
  return (JSON.parse(values) as { manifests: [object] }).manifests[0];
}

const annotationsOf = (stack: Synthesized) =>
  (stack.one('kubernetes_service_v1', 'nlb').metadata as { annotations: Record<string, string> }).annotations;

const AUTO: Partial<EnvironmentInput> = {
  cluster: { kind: 'new', compute: { autoMode: {} } },
  loadBalancing: { type: 'auto-mode' },
};
const HEALTH = 'service.beta.kubernetes.io/aws-load-balancer-healthcheck-';

describe("ServiceLoadBalancers: a service's Network Load Balancer", () => {
  const stack = workloads({ networkLoadBalancer: {}, healthPath: '/health' });
  const nlb = stack.one('kubernetes_service_v1', 'nlb');

  it('sends to the pods of the service, which it asks for their health', () => {
    expect(nlb).toMatchObject({
      metadata: { name: 'web-nlb', namespace: 'eks-ingress' },
      spec: {
        selector: { 'app.kubernetes.io/name': 'web' },
        load_balancer_class: 'service.k8s.aws/nlb',
        port: [{ port: 80, target_port: 'http' }],
      },
    });
    expect(annotationsOf(stack)).toEqual({
      'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
      'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip',
      'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes':
        'deregistration_delay.timeout_seconds=30',
      [`${HEALTH}protocol`]: 'HTTP',
      [`${HEALTH}path`]: '/health',
    });
  });

  it('is there before the pods, which else had no readiness gate, and after the namespace', () => {
    expect(stack.follows(stack.one('kubernetes_deployment_v1').address, nlb.address)).toBe(true);
    expect(stack.follows(nlb.address, 'kubernetes_namespace_v1.namespace')).toBe(true);
  });

  it('is published by its DNS name, and reads nothing of the network', () => {
    expect(stack.outputs().network_load_balancer_hostnames?.value).toEqual({
      web: `\${${nlb.address}.status[0].load_balancer[0].ingress[0].hostname}`,
    });
    expect(stack.outputs().target_group_binding_urls?.value).toEqual({});
    expect(JSON.stringify(stack)).not.toContain('network-state');
  });

  it('is asked for its health as the service says', () => {
    const health = (networkLoadBalancer: NonNullable<Service['networkLoadBalancer']>) =>
      Object.fromEntries(
        Object.entries(annotationsOf(workloads({ networkLoadBalancer })))
          .filter(([name]) => name.startsWith(HEALTH))
          .map(([name, value]) => [name.slice(HEALTH.length), value]),
      );
    expect(health({ healthCheck: { protocol: 'TCP' } })).toEqual({ protocol: 'TCP' });
    expect(health({ healthCheck: { intervalSeconds: 20 } })).toEqual({
      protocol: 'HTTP',
      path: '/',
      interval: '20',
    });
    const encrypted = {
      ports: [{ port: 443, protocol: 'TLS' as const }],
      tls: {
        certificateArns: ['arn:aws:acm:eu-west-1:111122223333:certificate/x'],
        backendProtocol: 'ssl' as const,
      },
    };
    expect(health(encrypted)).toEqual({});
    expect(health({ annotations: { [`${HEALTH}protocol`]: 'TCP' } })).toEqual({ protocol: 'TCP' });
  });

  it('is of the class of Auto Mode there', () => {
    expect(
      workloads({ networkLoadBalancer: {} }, AUTO).one('kubernetes_service_v1', 'nlb').spec,
    ).toMatchObject({
      load_balancer_class: 'eks.amazonaws.com/nlb',
    });
  });
});

describe("ServiceLoadBalancers: a service's target group binding", () => {
  it('joins the Service to a target group that is there', () => {
    const stack = workloads({ targetGroupBindings: [{ name: 'old', targetGroupARN: ARN }] });
    expect(stack.json).toHaveResourceWithProperties(Release, { name: 'web-old', namespace: 'eks-ingress' });
    expect(manifestOf(stack)).toMatchObject({
      metadata: { name: 'web-old' },
      spec: { targetGroupARN: ARN, serviceRef: { name: 'web', port: 80 } },
    });
    const release = stack.one('helm_release').address;
    expect(stack.follows(release, stack.one('kubernetes_service_v1').address)).toBe(true);
    expect(stack.follows(stack.one('kubernetes_deployment_v1').address, release)).toBe(true);
    expect(stack.types()).not.toContain('aws_lb');
  });

  describe('with a load balancer', () => {
    const stack = workloads({
      port: 9000,
      healthPath: '/health',
      targetGroupBindings: [{ name: 'own', loadBalancer: {} }],
    });

    it('has it in the private subnets of the network', () => {
      expect(stack.json).toHaveResourceWithProperties(Lb, {
        name: 'eks-ingress-test-web-own',
        internal: true,
        subnets: `\${${NETWORK}.private_subnet_ids}`,
      });
      expect(stack.json).toHaveResourceWithProperties(LbTargetGroup, {
        vpc_id: `\${${NETWORK}.vpc_id}`,
        deregistration_delay: '30',
        health_check: expect.objectContaining({ path: '/health' }),
      });
      expect(stack.one('aws_lb_target_group').tags).not.toHaveProperty('eks:eks-cluster-name');
    });

    it('lets it through to the nodes', () => {
      expect(stack.json).toHaveResourceWithProperties(VpcSecurityGroupEgressRule, {
        referenced_security_group_id: `\${${CLUSTER}.node_security_group_id}`,
        from_port: 9000,
      });
    });

    it('is joined to it as long as both are there', () => {
      const group = stack.one('aws_lb_target_group').address;
      expect(manifestOf(stack)).toMatchObject({
        spec: { targetGroupARN: `\${${group}.arn}`, targetType: 'ip' },
      });
      const release = stack.one('helm_release').address;
      for (const before of [
        group,
        stack.one('aws_lb_listener').address,
        stack.one('kubernetes_service_v1').address,
      ])
        expect(stack.follows(release, before)).toBe(true);
      expect(stack.follows(stack.one('kubernetes_deployment_v1').address, release)).toBe(true);
    });

    it('is published by its URL', () => {
      expect(stack.outputs().target_group_binding_urls?.value).toEqual({
        'web-own': `http://\${${stack.one('aws_lb').address}.dns_name}`,
      });
    });

    it('comes after the network', () => {
      const services = [
        { name: 'web', image: 'x:1', targetGroupBindings: [{ name: 'own', loadBalancer: {} }] },
      ];
      const { dependencies } = stacksOf(environment({ workloads: { services } })).slice(-1)[0] ?? {};
      expect(dependencies?.map(({ node }) => node.id)).toContain('test-network');
    });
  });

  it('has it in the public subnets, if it is for the Internet', () => {
    const stack = workloads({
      targetGroupBindings: [{ name: 'own', loadBalancer: { scheme: 'internet-facing' } }],
    });
    expect(stack.json).toHaveResourceWithProperties(Lb, {
      internal: false,
      subnets: `\${${NETWORK}.public_subnet_ids}`,
    });
  });

  it('lets it through to pods on Fargate, which have the security group of the cluster', () => {
    const stack = workloads(
      { targetGroupBindings: [{ name: 'own', loadBalancer: {} }] },
      {
        cluster: {
          kind: 'new',
          compute: { fargateProfiles: [{ name: 'all', selectors: [{ namespace: '*' }] }] },
        },
      },
    );
    expect(stack.json).toHaveResourceWithProperties(VpcSecurityGroupEgressRule, {
      referenced_security_group_id: `\${${CLUSTER}.cluster_security_group_id}`,
    });
  });

  it('is tagged for Auto Mode, which joins no other target group', () => {
    const stack = workloads({ targetGroupBindings: [{ name: 'own', loadBalancer: {} }] }, AUTO);
    expect(stack.json).toHaveResourceWithProperties(LbTargetGroup, {
      tags: expect.objectContaining({
        'eks:eks-cluster-name': `\${${CLUSTER}.cluster_name}`,
      }),
    });
    expect(manifestOf(stack)).toMatchObject({ apiVersion: 'eks.amazonaws.com/v1' });
  });
});
