import { describe, expect, it } from '@jest/globals';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { AutoModeNodeRole } from '../../../modules/cluster/auto-mode';
import { Synthesized } from '../../support/synthesized';

describe('AutoModeNodeRole', () => {
  it('lets EC2 run nodes that may join and pull, and no more', () => {
    const synthesized = Synthesized.of(
      (stack) =>
        new AutoModeNodeRole(stack, 'role', {
          clusterName: 'shop',
          partition: 'aws-cn',
          dnsSuffix: 'amazonaws.com.cn',
        }),
    );
    expect(synthesized.json).toHaveResourceWithProperties(IamRole, {
      name: 'shop-auto-node',
      assume_role_policy: expect.stringContaining('ec2.amazonaws.com.cn'),
    });
    for (const policy of ['AmazonEKSWorkerNodeMinimalPolicy', 'AmazonEC2ContainerRegistryPullOnly']) {
      expect(synthesized.json).toHaveResourceWithProperties(IamRolePolicyAttachment, {
        role: `\${${synthesized.one('aws_iam_role').address}.name}`,
        policy_arn: `arn:aws-cn:iam::aws:policy/${policy}`,
      });
    }
    expect(synthesized.count('aws_iam_role_policy_attachment')).toBe(2);
  });
});
