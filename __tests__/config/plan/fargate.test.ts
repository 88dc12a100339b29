import { expect, it } from '@jest/globals';
import { matchesNamespace } from '../../../config/plan/fargate';

/** @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html#fargate-profile-wildcards */
it.each([
  ['team-?', 'team-a', true],
  ['team-?', 'team-', false],
  ['team-?', 'team-ab', false],
  ['team-*', 'team-', true],
  ['*', 'default', true],
  ['team', 'team-a', false],
  ['a.b', 'axb', false],
])('a Fargate profile of namespace %s takes pods of %s: %s', (pattern, namespace, taken) => {
  expect(matchesNamespace(pattern, namespace)).toBe(taken);
});
