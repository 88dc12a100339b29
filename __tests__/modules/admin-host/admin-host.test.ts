import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { EksAccessEntry } from '@cdktf/provider-aws/lib/eks-access-entry';
import { EksAccessPolicyAssociation } from '@cdktf/provider-aws/lib/eks-access-policy-association';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { AdminHost } from '../../../modules/admin-host';
import { Synthesized } from '../../support/synthesized';
import { trusts } from '../../support/trust-evaluator';

describe('AdminHost', () => {
  let synthesized: Synthesized;
  beforeAll(() => {
    synthesized = Synthesized.of((stack) => {
      const { instanceId } = new AdminHost(stack, 'admin-host', {
        hostName: 'shop-admin',
        clusterName: 'shop',
        clusterArn: 'arn:aws:eks:eu-west-1:111122223333:cluster/shop',
        clusterSecurityGroupId: 'sg-cluster',
        kubernetesVersion: '1.35',
        vpcId: 'vpc-1',
        subnetId: 'subnet-1',
        instanceType: 't4g.micro',
        region: 'eu-west-1',
        partition: 'aws',
        dnsSuffix: 'amazonaws.com',
      });
      expect(instanceId).toMatch(/\S/);
    });
  });

  it('is a private arm64 instance without a key, its disk encrypted', () => {
    const host = synthesized.one('aws_instance');
    expect(synthesized.json).toHaveResourceWithProperties(Instance, {
      ami: `\${${synthesized.oneData('aws_ssm_parameter').address}.insecure_value}`,
      instance_type: 't4g.micro',
      subnet_id: 'subnet-1',
      associate_public_ip_address: false,
      vpc_security_group_ids: [`\${${synthesized.one('aws_security_group').address}.id}`],
      iam_instance_profile: `\${${synthesized.one('aws_iam_instance_profile').address}.name}`,
      metadata_options: { http_endpoint: 'enabled', http_tokens: 'required', http_put_response_hop_limit: 1 },
      root_block_device: { encrypted: true, volume_type: 'gp3' },
      monitoring: true,
      lifecycle: { ignore_changes: ['ami'] },
      tags: { Name: 'shop-admin' },
    });
    expect(host).not.toHaveProperty('key_name');
    expect(synthesized.oneData('aws_ssm_parameter').name).toMatch(/al2023.*arm64$/);
  });

  it('lets nothing in, and itself out to HTTPS and to the API server', () => {
    const group = `\${${synthesized.one('aws_security_group').address}.id}`;
    expect(synthesized.json).toHaveResourceWithProperties(VpcSecurityGroupIngressRule, {
      security_group_id: 'sg-cluster',
      referenced_security_group_id: group,
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
    });
    expect(synthesized.json).toHaveResourceWithProperties(VpcSecurityGroupEgressRule, {
      security_group_id: group,
      cidr_ipv4: '0.0.0.0/0',
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
    });
  });

  it('installs kubectl of the cluster and helm, both checked, and a kubeconfig', () => {
    const script = String(synthesized.one('aws_instance').user_data);
    expect(script).toMatch(/^#!\/bin\/bash\nset -euo pipefail\n/);
    expect(script).toContain('https://dl.k8s.io/release/stable-1.35.txt');
    expect(script).toMatch(/https:\/\/get\.helm\.sh\/helm-v\d+\.\d+\.\d+-linux-arm64\.tar\.gz/);
    expect(script.match(/sha256sum --check/g)).toHaveLength(2);
    expect(script).toContain('update-kubeconfig --name shop --region eu-west-1');
    // Users to come get theirs from /etc/skel; Terraform must not read shell as its own expressions.
    expect(script).toContain('for home in /etc/skel /root /home/*');
    expect(script).not.toMatch(/[$%]\{(?!aws_)/);
    expect(spawnSync('bash', ['-n'], { input: script }).status).toBe(0);
  });

  it('has a role for EC2, Session Manager and this cluster only, there before it starts', () => {
    expect(synthesized.json).toHaveResourceWithProperties(IamRolePolicyAttachment, {
      policy_arn: 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore',
    });
    expect(
      JSON.parse(String(synthesized.one('aws_iam_role_policy', 'describe-cluster').policy)),
    ).toMatchObject({
      Statement: [
        {
          Action: 'eks:DescribeCluster',
          Resource: 'arn:aws:eks:eu-west-1:111122223333:cluster/shop',
        },
      ],
    });
    expect(
      trusts(String(synthesized.one('aws_iam_role').assume_role_policy), {
        action: 'sts:AssumeRole',
        principal: { Service: 'ec2.amazonaws.com' },
      }),
    ).toBe(true);
    expect(synthesized.dependencies('aws_instance').sort()).toEqual(
      [
        synthesized.one('aws_iam_role_policy', 'describe-cluster').address,
        synthesized.one('aws_iam_role_policy', 'log-sessions').address,
        synthesized.one('aws_iam_role_policy_attachment').address,
        synthesized.one('aws_vpc_security_group_egress_rule').address,
      ].sort(),
    );
  });

  it('keeps what is typed and shown in sessions by its document', () => {
    const group = synthesized.one('aws_cloudwatch_log_group');
    expect(group.name).toBe('/aws/ssm/shop-admin');
    const writing = String(synthesized.one('aws_iam_role_policy', 'log-sessions').policy);
    expect(writing).toContain('logs:PutLogEvents');
    expect(writing).toContain(`\${${group.address}.arn}`);
  });

  it('administers the cluster by an access entry of its own', () => {
    const principal = `\${${synthesized.one('aws_iam_role').address}.arn}`;
    expect(synthesized.json).toHaveResourceWithProperties(EksAccessEntry, { principal_arn: principal });
    expect(synthesized.json).toHaveResourceWithProperties(EksAccessPolicyAssociation, {
      principal_arn: principal,
      access_scope: { type: 'cluster' },
    });
  });
});
