import { describe, expect, it } from '@jest/globals';
import { one, warnings } from '../../support/problems';

const BUCKET = 'arn:aws:s3:::data';
const allowed = (actions: string[], resources: string[]) =>
  warnings({
    podRoles: [{ name: 'a', namespace: 'a', permissions: [{ actions, resources }] }],
  }).map(({ path, value, reason, remedy }) => ({ path, value, reason, remedy }));
const PATH = 'podRoles.0.permissions.0.resources';

describe('permissions of S3', () => {
  it.each([
    [
      ['s3:GetObject', 's3:ListBucket'],
      [BUCKET, `${BUCKET}/*`],
    ],
    [['s3:GetObject', 's3:ListBucket'], ['*']],
    [['s3:GetObject', 's3:ListBucket'], [`${BUCKET}*`]],
    [['s3:PutObject'], [`${BUCKET}/uploads/*`]],
    [['s3:GetObject'], ['arn:aws:s3:eu-west-1:111122223333:accesspoint/x/object/*']],
    [['s3:GetBucketObjectLockConfiguration', 's3:GetLifecycleConfiguration'], [BUCKET]],
    [['s3:*', 's3:Get*', 'sqs:SendMessage'], [BUCKET]],
  ])('%j may be on %j', (actions, resources) => {
    expect(allowed(actions, resources)).toEqual([]);
  });

  it.each([['s3:GetObject'], ['s3:PutObjectTagging'], ['s3:DeleteObjectVersion'], ['s3:GetObject*']])(
    '%s on a bucket allows nothing',
    (action) => {
      expect(allowed([action], [BUCKET])).toEqual(one(PATH, [BUCKET], /^write 'arn:aws:s3:::data\/\*' too$/));
    },
  );

  it.each([
    ['s3:ListBucket'],
    ['s3:ListBucketVersions'],
    ['s3:PutLifecycleConfiguration'],
    ['s3:GetBucketPolicy'],
  ])('%s on objects allows nothing', (action) => {
    expect(allowed([action], [`${BUCKET}/in/*`])).toEqual(
      one(PATH, [`${BUCKET}/in/*`], /^write 'arn:aws:s3:::data' too$/),
    );
  });

  it('are judged of services too', () => {
    const permissions = [{ actions: ['s3:GetObject'], resources: [BUCKET] }];
    const services = [{ name: 'users', image: 'registry.example.com/users:1', permissions, paths: ['/'] }];

    expect(warnings({ workloads: { services } }).map(({ path }) => path)).toContain(
      'workloads.services.0.permissions.0.resources',
    );
  });
});
