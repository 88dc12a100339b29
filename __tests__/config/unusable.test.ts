import { describe, expect, it } from '@jest/globals';
import { unusableValues } from '../../config/unusable';
import { problems } from '../support/problems';

describe('values that no field can take', () => {
  it.each(['${TfToken[TOKEN.1]}', 'https://${TfToken[TOKEN.7]}/x', '#{TfToken[TOKEN.2]}'])(
    'are tokens of CDKTF: %s',
    (value) => {
      const services = [{ name: 'web', image: 'registry.example.com/web:1', environment: { URL: value } }];
      expect(problems({ workloads: { services } })).toEqual([
        {
          path: 'workloads.services.0.environment.URL',
          value,
          reason: 'it is a token of CDKTF, which stands for a value inside one stack alone',
          remedy: 'write the value itself',
        },
      ]);
    },
  );

  it('are values that hold themselves', () => {
    const endless: Record<string, unknown> = {};
    endless.again = endless;
    expect(unusableValues({ tags: endless })).toMatchObject([
      { reason: expect.stringContaining('64 levels') },
    ]);
  });

  it('are no policy variables or shell', () => {
    expect(unusableValues({ a: '${aws:userid}', b: '$(date)', c: '#{x}' })).toEqual([]);
  });
});
