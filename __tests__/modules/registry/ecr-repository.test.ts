import { describe, expect, it } from '@jest/globals';
import { EcrRepository as AwsEcrRepository } from '@cdktf/provider-aws/lib/ecr-repository';
import { EcrRepository, type EcrRepositoryProps } from '../../../modules/registry';
import { Synthesized } from '../../support/synthesized';

const synthesized = (props: Partial<EcrRepositoryProps> = {}) =>
  Synthesized.of((stack) => new EcrRepository(stack, 'users', { name: 'shop/dev/users', ...props }));
const rules = (stack: Synthesized) =>
  JSON.parse(stack.one('aws_ecr_lifecycle_policy').policy as string) as unknown;

describe('EcrRepository', () => {
  const stack = synthesized();

  it('is immutable, scanned, encrypted and not destroyed with images', () => {
    expect(stack.json).toHaveResourceWithProperties(AwsEcrRepository, {
      name: 'shop/dev/users',
      image_tag_mutability: 'IMMUTABLE',
      image_scanning_configuration: { scan_on_push: true },
      encryption_configuration: [{ encryption_type: 'KMS' }],
      force_delete: false,
    });
  });

  it('expires untagged images, and tagged ones beyond the newest', () => {
    expect(rules(stack)).toMatchObject({
      rules: [
        {
          selection: {
            tagStatus: 'untagged',
            countType: 'sinceImagePushed',
            countUnit: 'days',
            countNumber: 14,
          },
        },
        {
          selection: {
            tagStatus: 'tagged',
            tagPatternList: ['*'],
            countType: 'imageCountMoreThan',
            countNumber: 50,
          },
        },
      ],
    });
  });

  it('takes days, count, key and the end of its images', () => {
    const other = synthesized({
      expireUntaggedAfterDays: 1,
      keepTaggedImages: 2,
      kmsKeyArn: 'arn:key',
      forceDelete: true,
    });
    expect(rules(other)).toMatchObject({
      rules: [{ selection: { countNumber: 1 } }, { selection: { countNumber: 2 } }],
    });
    expect(other.json).toHaveResourceWithProperties(AwsEcrRepository, {
      encryption_configuration: [expect.objectContaining({ kms_key: 'arn:key' })],
      force_delete: true,
    });
  });
});
