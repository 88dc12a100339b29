import { nearest } from '../nearest';
import { accessPolicies } from '../tables';
import { ownCluster, type Finding, type EnvironmentRule } from './rule';

/** Access entries name policies that EKS has, and someone may use the cluster. */
export const accessRule: EnvironmentRule = function* (environment) {
  const cluster = ownCluster(environment);
  if (!cluster) return;
  const { administrators, accessEntries } = cluster;
  for (const [index, arn] of administrators.entries()) {
    yield* principal(arn, `cluster.administrators.${index}`);
  }
  for (const [index, { principalArn }] of accessEntries.entries()) {
    yield* principal(principalArn, `cluster.accessEntries.${index}.principalArn`);
  }
  if (administrators.length === 0 && accessEntries.length === 0) {
    yield {
      path: 'cluster.administrators',
      value: administrators,
      reason:
        'nobody has access to the cluster, not even the one who makes it: the addons stack could not be applied',
      remedy: 'write the ARN of the role or user that Terraform runs as',
      warning: true,
    };
  }
  for (const [index, entry] of accessEntries.entries()) {
    for (const [position, { policy }] of entry.policies.entries()) {
      if (accessPolicies().includes(policy)) continue;
      yield {
        path: `cluster.accessEntries.${index}.policies.${position}.policy`,
        value: policy,
        reason: 'EKS has no such access policy',
        remedy: remedyFor(policy),
      };
    }
    if (entry.policies.length === 0 && entry.kubernetesGroups.length === 0) {
      yield {
        path: `cluster.accessEntries.${index}`,
        value: entry.principalArn,
        reason: 'neither policies nor groups: the entry would allow nothing',
        remedy: "write policies: [{ policy: 'AmazonEKSViewPolicy' }], or kubernetesGroups",
      };
    }
  }
};

/** Roles whose names tell that EKS has no such principal. @see https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html */
function* principal(arn: string, path: string): Iterable<Finding> {
  const [, partition = 'aws', account = '', role = ''] =
    /^arn:([^:]+):iam::(\d+):role\/(.*)$/.exec(arn) ?? [];
  if (/^AWSReservedSSO_/.test(role)) {
    yield {
      path,
      value: arn,
      reason: 'roles of IAM Identity Center have a path, without which EKS finds no such principal',
      remedy: `copy the ARN from aws iam list-roles --path-prefix /aws-reserved/sso.amazonaws.com/: arn:${partition}:iam::${account}:role/aws-reserved/sso.amazonaws.com/[region/]${role}`,
    };
    return;
  }
  if (!/^(aws-service-role\/|AWSServiceRoleFor)/.test(role)) return;
  yield {
    path,
    value: arn,
    reason:
      'a service-linked role is a service of AWS itself, and EKS takes none as the principal of an access entry',
    remedy: 'write the role or user that people or pipelines use',
  };
}

/** What differs by more than a slip is listed: the policy that resembles it most may allow far more. */
function remedyFor(policy: string): string {
  const name = policy.replace(/^.*\//, '');
  const likely = nearest(name, accessPolicies(), 2);
  return likely ? `write '${likely}'` : `write one of ${accessPolicies().join(', ')}`;
}
