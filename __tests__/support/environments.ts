import { parseEnvironment, type AwsEnvironment, type EnvironmentInput } from '../../config';

/** The date on which the tests take place. */
export const TODAY = '2026-11-21';

/** An environment that is right, with what a test wants different. */
export function environment(overrides: Partial<EnvironmentInput> = {}): AwsEnvironment {
  const input = { name: 'test', account: '111122223333', region: 'eu-west-1', ...overrides };
  return parseEnvironment(input, TODAY).environment as AwsEnvironment;
}

/** A VPC that is already there, with both tiers. */
export const EXISTING_NETWORK: EnvironmentInput['network'] = {
  kind: 'existing',
  vpcId: 'vpc-0123456789abcdef0',
  privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  publicSubnetIds: ['subnet-0123456789abcdef2', 'subnet-0123456789abcdef3'],
};
