import { type AwsEnvironment } from '../environment';
import { type EnvironmentRule } from './rule';

/**
 * What an action of S3 is allowed on, where that is one kind of ARN alone. Patterns that may be several actions aren't judged.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
const KINDS = [
  {
    noun: 'objects',
    actions:
      /^s3:(?:(?:Get|Put|Delete|Restore)Object\w*\*?|AbortMultipartUpload|ListMultipartUploadParts|BypassGovernanceRetention)$/,
    // A star stands for slashes too.
    covers: (name: string) => /[/*]/.test(name),
    example: '/*',
  },
  {
    noun: 'buckets',
    actions:
      /^s3:(?:ListBucket\w*\*?|(?:Create|Delete|Get|Put)Bucket\w*\*?|(?:Get|Put)(?:Accelerate|Analytics|Encryption|IntelligentTiering|Inventory|Lifecycle|Metrics|Replication)Configuration)$/,
    covers: (name: string) => !name.includes('/'),
    example: '',
  },
];

/** Statements of roles for pods, each with its path. */
export function permissionsOf({ podRoles, workloads }: AwsEnvironment) {
  return [
    ...podRoles.map(({ permissions }, index) => ({ path: `podRoles.${index}`, permissions })),
    ...workloads.services.map(({ permissions }, index) => ({
      path: `workloads.services.${index}`,
      permissions,
    })),
  ].flatMap(({ path, permissions }) =>
    permissions.map((permission, at) => ({ path: `${path}.permissions.${at}`, ...permission })),
  );
}

/** IAM takes an action on a resource of another kind, and allows nothing by it. */
export const s3PermissionsRule: EnvironmentRule = function* (environment) {
  for (const { path, actions, resources } of permissionsOf(environment)) {
    for (const { noun, actions: ofKind, covers, example } of KINDS) {
      const idle = actions.filter((action) => ofKind.test(action));
      const names = resources.map((arn) => /^arn:[^:]*:s3:::(.+)$/.exec(arn)?.[1]);
      if (idle.length === 0 || names.some((name) => name === undefined || covers(name))) continue;
      const bucket = resources[0]?.replace(/\/.*$/, '') ?? '';
      yield {
        path: `${path}.resources`,
        value: resources,
        warning: true,
        reason: `${idle.join(', ')} is of ${noun}, of which these are none: nothing is allowed by it`,
        remedy: `write '${bucket}${example}' too`,
      };
    }
  }
};
