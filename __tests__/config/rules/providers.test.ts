import { describe, expect, it } from '@jest/globals';
import { one, problems } from '../../support/problems';

const made = (aws: string, more: object = {}) => problems({ production: true, providers: { aws }, ...more });

describe('a provider without deletion protection of clusters', () => {
  it.each(['5.100.0', '~> 5.80', '>= 5.0, < 6.0', '= 5.100.0', '<= 5.100', '< 6'])(
    'is refused in production: %s',
    (aws) => {
      expect(made(aws)).toEqual(one('providers.aws', aws, /cluster\.deletionProtection: false/));
    },
  );

  it.each(['~> 6.25', '>= 5.0', '6.25.0', '>= 6.0, < 7.0'])('is not %s', (aws) => {
    expect(made(aws)).toEqual([]);
  });

  it('is taken where nothing asks for it', () => {
    const cluster = {
      kind: 'new' as const,
      deletionProtection: false,
      endpoint: { privateAccess: true },
      administrators: ['arn:aws:iam::111122223333:role/admin'],
    };
    expect(made('5.100.0', { cluster })).toEqual([]);
    expect(made('5.100.0', { production: false })).toEqual([]);
  });
});
