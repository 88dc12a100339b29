import { expect } from '@jest/globals';
import { ProblemError, parseEnvironment, type EnvironmentInput, type Problem } from '../../config';
import { TODAY } from './environments';

/** What is wrong with the environment `test` once it has these fields; none if it is right. */
export function problems(fields: Record<string, unknown> = {}, today = TODAY): readonly Problem[] {
  try {
    parseEnvironment({ ...RIGHT, ...fields }, today);
    return [];
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
}

/** What is allowed in the environment `test` with these fields but worth knowing. */
export function warnings(fields: Partial<EnvironmentInput> = {}, today = TODAY): readonly Problem[] {
  return parseEnvironment(reachable({ ...RIGHT, ...fields }), today).warnings;
}

/** The same with an API server that answers here, unless it says where: a private one is worth a warning. */
export function reachable<T extends Partial<EnvironmentInput>>(input: T): T {
  const { cluster = { kind: 'new' } } = input;
  if ((input as { kind?: string }).kind === 'local') return input;
  if (cluster.kind === 'existing' || cluster.endpoint || cluster.adminHost) return input;
  const endpoint = { publicAccess: true, publicAccessCidrs: ['203.0.113.0/24'] };
  return { ...input, cluster: { ...cluster, endpoint } };
}

const RIGHT: EnvironmentInput = {
  name: 'test',
  account: '111122223333',
  region: 'eu-west-1',
  cluster: { kind: 'new', administrators: ['arn:aws:iam::111122223333:role/admin'] },
};

/** Exactly one problem: at `path`, with `value`, a reason, and a remedy that says what to write. */
export function one(path: string, value: unknown, remedy: RegExp): unknown[] {
  return [{ path, value, reason: expect.stringMatching(/./), remedy: expect.stringMatching(remedy) }];
}
