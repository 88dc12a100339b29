import { describe, expect, it } from '@jest/globals';
import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { LbListenerCertificate } from '@cdktf/provider-aws/lib/lb-listener-certificate';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { Release } from '@cdktf/provider-helm/lib/release';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { TerraformOutput } from 'cdktf';
import {
  TargetGroupBinding,
  TerraformAlb,
  type TargetGroupBindingProps,
  type TerraformAlbProps,
} from '../../../modules/target-group-binding';
import { reference } from '../../support/reference';
import { Synthesized } from '../../support/synthesized';

const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/x/0123456789abcdef';
const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/x';
const plain = { name: 'web', namespace: 'shop', serviceRef: { name: 'web', port: 80 } };

/** Every field of the custom resource. */
const WHOLE: TargetGroupBindingProps = {
  ...plain,
  targetGroupARN: ARN,
  targetType: 'ip',
  ipAddressType: 'ipv4',
  targetGroupProtocol: 'HTTP',
  vpcID: 'vpc-01234567',
  multiClusterTargetGroup: true,
  networking: {
    ingress: [
      {
        from: [{ ipBlock: { cidr: '10.0.0.0/8' } }, { securityGroup: { groupID: 'sg-01234567' } }],
        ports: [{ protocol: 'TCP', port: 8080 }],
      },
    ],
  },
  iamRoleArnToAssume: 'arn:aws:iam::111122223333:role/x',
  assumeRoleExternalId: 'x',
};
const BY_NODE: TargetGroupBindingProps = {
  ...plain,
  targetGroupName: 'x',
  targetType: 'instance',
  nodeSelector: { matchLabels: { a: 'b' }, matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] },
};

function manifestOf(stack: Synthesized) {
  const [values] = stack.one('helm_release').values as [string];
  return (JSON.parse(values) as { manifests: [{ apiVersion: string; spec: Record<string, unknown> }] })
    .manifests[0];
}

const binding = (props: TargetGroupBindingProps) =>
  Synthesized.of((stack) => {
    new TargetGroupBinding(stack, 'binding', props);
  });

describe('TargetGroupBinding', () => {
  it('is a release of the local chart', () => {
    const stack = binding({ ...plain, targetGroupARN: ARN });
    expect(stack.json).toHaveResourceWithProperties(Release, { name: 'web', namespace: 'shop', wait: true });
    expect(stack.one('helm_release')).not.toHaveProperty('lifecycle');
    expect(manifestOf(stack)).toEqual({
      apiVersion: 'elbv2.k8s.aws/v1beta1',
      kind: 'TargetGroupBinding',
      metadata: { name: 'web' },
      spec: { targetGroupARN: ARN, serviceRef: { name: 'web', port: 80 } },
    });
  });

  it('says every field of the custom resource', () => {
    const crds = JSON.parse(reference('controller/crd-fields.json')) as Record<string, readonly string[]>;
    const fields = crds['targetgroupbindings.elbv2.k8s.aws/v1beta1'] ?? [];
    const made = new Set(
      [WHOLE, BY_NODE].flatMap((props) => pathsOf(manifestOf(binding(props)).spec, 'spec')),
    );
    expect(fields.filter((path) => !made.has(path))).toEqual([]);
  });

  it('is of the API of Auto Mode there', () => {
    expect(manifestOf(binding({ ...plain, targetGroupARN: ARN, controller: 'auto-mode' })).apiVersion).toBe(
      'eks.amazonaws.com/v1',
    );
  });

  it('has a release of a name that Helm takes', () => {
    const { name } = binding({ ...plain, name: 'n'.repeat(60), targetGroupARN: ARN }).one('helm_release');
    expect(name).toMatch(/^n{44}-[0-9a-f]{8}$/);
  });

  it('comes after what it is told to, and is made anew with its target group', () => {
    const stack = Synthesized.of((scope) => {
      const group = new LbTargetGroup(scope, 'group', { port: 80, protocol: 'HTTP', targetType: 'ip' });
      const service = new ServiceV1(scope, 'service', { metadata: {}, spec: { port: [{ port: 80 }] } });
      new TargetGroupBinding(scope, 'binding', {
        ...plain,
        targetGroupARN: group.arn,
        dependencies: [service],
        replaceTriggeredBy: ['aws_lb_target_group.group.arn'],
      });
    });
    const { address, lifecycle } = stack.one('helm_release');
    expect(stack.follows(address, 'aws_lb_target_group.group')).toBe(true);
    expect(stack.dependencies('helm_release')).toEqual(['kubernetes_service_v1.service']);
    expect(lifecycle).toEqual({ replace_triggered_by: ['aws_lb_target_group.group.arn'] });
    expect(manifestOf(stack).spec.targetGroupARN).toBe('${aws_lb_target_group.group.arn}');
  });

  it('names every problem in one error', () => {
    expect(() => binding({ ...plain, targetGroupARN: 'x', vpcID: 'y' })).toThrow(
      /^TargetGroupBinding shop\/web: 2 problems\n {2}targetGroupARN = "x": this is no ARN .*\n {2}vpcID = "y"/,
    );
  });
});

function pathsOf(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((each) => pathsOf(each, `${path}[]`))];
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, each]) => pathsOf(each, `${path}.${key}`))];
}

const alb = (props: Partial<TerraformAlbProps> = {}) =>
  Synthesized.of((stack) => {
    const made = new TerraformAlb(stack, 'alb', {
      name: 'shop-web',
      vpcId: 'vpc-01234567',
      subnetIds: ['subnet-0123456a', 'subnet-0123456b'],
      targetPort: 8080,
      targetSecurityGroupId: 'sg-01234567',
      ...props,
    });
    new TargetGroupBinding(stack, 'binding', { ...plain, ...made.binding });
    new TerraformOutput(stack, 'url', { value: made.url, staticId: true });
  });

describe('TerraformAlb', () => {
  it('is an internal load balancer that listens to HTTP', () => {
    const stack = alb();
    expect(stack.json).toHaveResourceWithProperties(Lb, {
      name: 'shop-web',
      internal: true,
      load_balancer_type: 'application',
      subnets: ['subnet-0123456a', 'subnet-0123456b'],
      drop_invalid_header_fields: true,
    });
    expect(stack.json).toHaveResourceWithProperties(LbListener, { port: 80, protocol: 'HTTP' });
    expect(stack.json).toHaveResourceWithProperties(LbTargetGroup, {
      name_prefix: 'shop-',
      port: 80,
      protocol: 'HTTP',
      target_type: 'ip',
      lifecycle: { create_before_destroy: true },
    });
    expect(stack.outputs().url?.value).toMatch(/^http:\/\/\$\{aws_lb\..*\.dns_name\}$/);
  });

  it('lets clients in, and itself to the targets', () => {
    const stack = alb({ inboundCIDRs: ['203.0.113.0/24', '198.51.100.0/24'] });
    const group = `\${${stack.one('aws_security_group').address}.id}`;
    const rules = Object.values(stack.resources('aws_vpc_security_group_ingress_rule'));
    expect(
      rules.map((rule) => [rule.security_group_id, rule.cidr_ipv4, rule.from_port, rule.to_port]),
    ).toEqual([
      [group, '203.0.113.0/24', 80, 80],
      [group, '198.51.100.0/24', 80, 80],
      ['sg-01234567', undefined, 8080, 8080],
    ]);
    expect(stack.json).toHaveResourceWithProperties(VpcSecurityGroupEgressRule, {
      security_group_id: group,
      referenced_security_group_id: 'sg-01234567',
      from_port: 8080,
    });
  });

  it('reaches nodes at the ports that Kubernetes allots', () => {
    const stack = alb({ targetType: 'instance' });
    expect(stack.json).toHaveResourceWithProperties(VpcSecurityGroupEgressRule, {
      from_port: 30000,
      to_port: 32767,
    });
    expect(manifestOf(stack).spec.targetType).toBe('instance');
  });

  it('has its binding before its pods, and after all that leads to them', () => {
    const stack = alb();
    const release = stack.one('helm_release').address;
    for (const type of ['aws_lb_target_group', 'aws_lb_listener', 'aws_vpc_security_group_egress_rule'])
      expect(stack.follows(release, stack.one(type).address)).toBe(true);
    expect(stack.follows(release, stack.one('aws_vpc_security_group_ingress_rule', 'targets').address)).toBe(
      true,
    );
    expect(stack.json).toHaveResourceWithProperties(Release, {
      lifecycle: {
        replace_triggered_by: [`${stack.one('aws_lb_target_group').address}.arn`],
      },
    });
  });

  it('listens to HTTPS with certificates, and redirects HTTP there', () => {
    const stack = alb({ certificateArns: [CERTIFICATE, `${CERTIFICATE}2`], scheme: 'internet-facing' });
    expect(stack.json).toHaveResourceWithProperties(Lb, { internal: false });
    expect(stack.one('aws_lb_listener', 'alb_listener')).toMatchObject({
      port: 443,
      protocol: 'HTTPS',
      certificate_arn: CERTIFICATE,
      ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    });
    expect(stack.json).toHaveResourceWithProperties(LbListenerCertificate, {
      certificate_arn: `${CERTIFICATE}2`,
    });
    expect(stack.one('aws_lb_listener', 'redirect')).toMatchObject({
      port: 80,
      default_action: [{ type: 'redirect', redirect: { port: '443', protocol: 'HTTPS' } }],
    });
    const clients = Object.values(stack.resources('aws_vpc_security_group_ingress_rule')).filter(
      (rule) => rule.cidr_ipv4 !== undefined,
    );
    expect(clients.map((rule) => rule.from_port)).toEqual([443, 80]);
    expect(stack.outputs().url?.value).toMatch(/^https:\/\/\$\{[^}]*\}$/);
  });

  it('has all that it is told to', () => {
    const stack = alb({
      port: 8443,
      certificateArns: [CERTIFICATE],
      sslPolicy: 'ELBSecurityPolicy-2016-08',
      idleTimeoutSeconds: 120,
      deletionProtection: true,
      accessLogs: { bucket: 'logs', prefix: 'a' },
      deregistrationDelaySeconds: 30,
      targetGroupTags: { Team: 'a' },
      healthCheck: {
        path: '/health',
        successCodes: '204',
        intervalSeconds: 20,
        timeoutSeconds: 10,
        healthyThresholdCount: 3,
        unhealthyThresholdCount: 4,
      },
    });
    expect(stack.json).toHaveResourceWithProperties(Lb, {
      idle_timeout: 120,
      enable_deletion_protection: true,
      access_logs: { bucket: 'logs', prefix: 'a', enabled: true },
    });
    expect(stack.json).toHaveResourceWithProperties(LbTargetGroup, {
      deregistration_delay: '30',
      tags: { Team: 'a', Name: 'shop-web' },
      health_check: {
        path: '/health',
        matcher: '204',
        interval: 20,
        timeout: 10,
        healthy_threshold: 3,
        unhealthy_threshold: 4,
      },
    });
    expect(stack.one('aws_lb_listener', 'alb_listener')).toMatchObject({
      port: 8443,
      ssl_policy: 'ELBSecurityPolicy-2016-08',
    });
    expect(stack.outputs().url?.value).toMatch(/:8443$/);
  });

  it('names every problem in one error', () => {
    expect(() => alb({ port: 0, idleTimeoutSeconds: 0 })).toThrow(/^load balancer shop-web: 2 problems\n/);
  });
});
