import { describe, expect, it } from '@jest/globals';
import { buildModel, type LoadBalancer, type Model } from '../../../load-balancers/model';
import { casesOf, recordingsOf, themes } from './recorded-cases';

/** Without what the controller has no word for: where things come from, and an order of target groups. */
function comparable({ LoadBalancers, Refusals }: Model) {
  const plain = JSON.parse(
    JSON.stringify(LoadBalancers, (key, value: unknown) => (key === 'Origin' ? undefined : value)),
  ) as LoadBalancer[];
  return {
    LoadBalancers: plain.map((loadBalancer) => ({
      ...loadBalancer,
      TargetGroups: [...loadBalancer.TargetGroups].sort((a, b) => (a.Id < b.Id ? -1 : 1)),
    })),
    Refusals: Refusals.map(({ Blocks, Message }) => ({ Blocks, Message })).sort((a, b) =>
      a.Blocks < b.Blocks ? -1 : 1,
    ),
  };
}

describe.each(themes)('what the controller built of %s', (theme) => {
  const cases = casesOf(theme);

  it('has a recording of each case', () => {
    expect(cases.map((entry) => entry.case).sort()).toEqual(Object.keys(recordingsOf(theme)).sort());
  });

  it.each(cases.map((entry) => [entry.case, entry] as const))('%s', (_, { settings, objects, recorded }) => {
    expect(comparable(buildModel(objects, settings))).toEqual(recorded);
  });
});
