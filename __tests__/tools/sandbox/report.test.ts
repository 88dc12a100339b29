import { describe, expect, it } from '@jest/globals';
import { clientEnvironment } from '../../../tools/sandbox/client-environment';
import { reportTable } from '../../../tools/sandbox/report';

describe('the environment of a client of the emulator', () => {
  it('has nothing of a real account', () => {
    const base = { AWS_PROFILE: 'work', AWS_SESSION_TOKEN: 'secret', PATH: '/bin', NO_PROXY: 'intern' };
    const env = clientEnvironment(
      base,
      { endpoint: 'https://localhost:1', certificate: '/c.pem' },
      'us-east-1',
    );
    expect(env).toMatchObject({
      PATH: '/bin',
      AWS_ENDPOINT_URL: 'https://localhost:1',
      AWS_CA_BUNDLE: '/c.pem',
      AWS_ACCESS_KEY_ID: 'test',
      NO_PROXY: 'intern,localhost,127.0.0.1',
    });
    expect(Object.keys(env)).not.toEqual(expect.arrayContaining(['AWS_PROFILE']));
    expect(JSON.stringify(env)).not.toContain('secret');
  });
});

describe('the table', () => {
  it('has a line for each stack and output, and the reason of what is not applied', () => {
    const text = reportTable([
      {
        stack: 'a',
        state: 'applied',
        resources: 3,
        seconds: 1.25,
        outputs: { vpc_id: 'vpc-1', url: 'u', other: 'x' },
      },
      { stack: 'b', state: 'not applied', resources: 0, seconds: 0, outputs: {}, reason: 'no API' },
    ]);
    const [, , first, second, third] = text.split('\n');
    expect(first).toMatch(/^a +3 +1\.3 +vpc_id = vpc-1$/);
    expect(second?.trim()).toBe('url = u');
    expect(third).toMatch(/^b +- +- +not applied: no API$/);
    expect(text).not.toContain('other');
  });
});
