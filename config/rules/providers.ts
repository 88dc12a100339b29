import { ownCluster, type EnvironmentRule } from './rule';

/** A constraint that keeps the AWS provider before version 6. */
const BEFORE_6 = /(?:^|,)\s*(?:(?:=|~>)?\s*[0-5]\b|<\s*6(?:\.0)*\s*(?:,|$)|<=?\s*[0-5]\b)/;

/** Settings that an older provider doesn't have, which would end in its own words at the plan. */
export const providersRule: EnvironmentRule = function* (environment) {
  const { aws } = environment.providers;
  if (aws === undefined || !BEFORE_6.test(aws) || !ownCluster(environment)?.deletionProtection) return;
  yield {
    path: 'providers.aws',
    value: aws,
    reason: 'version 5 of the provider has no deletion protection of EKS clusters, which production turns on',
    remedy: "write a later one such as '~> 6.25', or cluster.deletionProtection: false",
  };
};
