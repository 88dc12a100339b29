import { z } from 'zod';
import { permission } from './permissions';
import { distinct, label, policyArn } from './primitives';

type Statements = readonly { readonly actions: readonly string[]; readonly resources: readonly string[] }[];

/** What programs that many clusters run need, as their own documents say it. */
export const WELL_KNOWN: Readonly<
  Record<'external-dns' | 'cluster-autoscaler' | 'cert-manager' | 'external-secrets', Statements>
> = {
  // https://kubernetes-sigs.github.io/external-dns/latest/docs/tutorials/aws/
  'external-dns': [
    { actions: ['route53:ChangeResourceRecordSets'], resources: ['arn:aws:route53:::hostedzone/*'] },
    {
      actions: ['route53:ListHostedZones', 'route53:ListResourceRecordSets', 'route53:ListTagsForResources'],
      resources: ['*'],
    },
  ],
  // https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
  'cluster-autoscaler': [
    {
      actions: [
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeAutoScalingInstances',
        'autoscaling:DescribeLaunchConfigurations',
        'autoscaling:DescribeScalingActivities',
        'autoscaling:DescribeTags',
        'ec2:DescribeImages',
        'ec2:DescribeInstanceTypes',
        'ec2:DescribeLaunchTemplateVersions',
        'ec2:GetInstanceTypesFromInstanceRequirements',
        'eks:DescribeNodegroup',
        'autoscaling:SetDesiredCapacity',
        'autoscaling:TerminateInstanceInAutoScalingGroup',
      ],
      resources: ['*'],
    },
  ],
  // https://cert-manager.io/docs/configuration/acme/dns01/route53/
  'cert-manager': [
    { actions: ['route53:GetChange'], resources: ['arn:aws:route53:::change/*'] },
    {
      actions: ['route53:ChangeResourceRecordSets', 'route53:ListResourceRecordSets'],
      resources: ['arn:aws:route53:::hostedzone/*'],
    },
    { actions: ['route53:ListHostedZonesByName'], resources: ['*'] },
  ],
  // https://external-secrets.io/latest/provider/aws-secrets-manager/
  'external-secrets': [
    {
      actions: [
        'secretsmanager:GetResourcePolicy',
        'secretsmanager:GetSecretValue',
        'secretsmanager:DescribeSecret',
        'secretsmanager:ListSecretVersionIds',
      ],
      resources: ['*'],
    },
  ],
};

/** A role for a ServiceAccount that somebody else makes, such as that of a Helm chart. */
export const podRole = z.strictObject({
  /** Unique among them; in the role's name after project and environment. */
  name: label(30),
  namespace: label(),
  /** @default - `name` */
  serviceAccount: label(253).optional(),
  /** What a well-known program needs. @default - nothing */
  for: z
    .enum(
      ['external-dns', 'cluster-autoscaler', 'cert-manager', 'external-secrets'],
      "write 'external-dns', 'cluster-autoscaler', 'cert-manager' or 'external-secrets'; others by permissions or policyArns",
    )
    .optional(),
  /** IAM statements. @default [] */
  permissions: z.array(permission).default([]),
  /** Managed policies. @default [] */
  policyArns: distinct(
    z.array(policyArn).max(10, 'write at most 10 ARNs: IAM attaches no more to a role'),
  ).default([]),
});

export type PodRoleSettings = z.output<typeof podRole>;
