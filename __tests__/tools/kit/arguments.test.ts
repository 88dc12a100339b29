import { describe, expect, it } from '@jest/globals';
import { parseRequest, stacksFor } from '../../../tools/kit/arguments';
import { inOrder } from '../../../tools/kit/project';
import { clientEnvironment } from '../../../tools/sandbox/client-environment';
import { table } from '../../../tools/sandbox/report';

const ENVIRONMENTS = ['dev', 'dev-eu', 'prod'];

describe('the arguments of deploy, diff and destroy', () => {
  it('are an environment or one of its stacks, and flags', () => {
    expect(parseRequest(['dev', '--auto-approve'], ENVIRONMENTS)).toEqual({
      environment: 'dev',
      flags: ['--auto-approve'],
    });
    expect(parseRequest(['dev-network'], ENVIRONMENTS)).toEqual({
      environment: 'dev',
      stack: 'dev-network',
      flags: [],
    });
    expect(parseRequest(['dev-eu-cluster'], ENVIRONMENTS)).toMatchObject({ environment: 'dev-eu' });
    expect(parseRequest(['prod-bootstrap'], ENVIRONMENTS)).toMatchObject({ stack: 'prod-bootstrap' });
  });

  it.each([
    [[], 'name an environment or a stack'],
    [['test'], 'test is neither an environment nor a stack'],
    [['device'], 'device is neither'],
    [['dev-nets'], 'there is no stack dev-nets'],
    [['dev', 'prod'], 'prod: name one environment or stack'],
  ])('refuse %j', (args, message) => {
    expect(() => parseRequest(args, ENVIRONMENTS)).toThrow(message);
  });
});

describe('the order of stacks', () => {
  const stack = (name: string, ...dependencies: string[]) => ({ name, folder: name, dependencies });
  const stacks = inOrder([stack('c', 'a', 'b'), stack('b', 'a'), stack('a')]);
  const names = (command: 'deploy' | 'destroy') => stacksFor(command, {}, stacks).map(({ name }) => name);

  it('is that of their dependencies, and the reverse to destroy', () => {
    expect(names('deploy')).toEqual(['a', 'b', 'c']);
    expect(names('destroy')).toEqual(['c', 'b', 'a']);
  });

  it('has bootstrap only where it is asked for', () => {
    const all = [...stacks, stack('dev-bootstrap')];
    for (const command of ['deploy', 'diff', 'destroy'] as const) {
      expect(stacksFor(command, {}, all).map(({ name }) => name)).not.toContain('dev-bootstrap');
      expect(stacksFor(command, { stack: 'dev-bootstrap' }, all)).toEqual([stack('dev-bootstrap')]);
    }
  });

  it('has one stack alone', () => {
    expect(stacksFor('diff', { stack: 'b' }, stacks).map(({ name }) => name)).toEqual(['b']);
    expect(() => stacksFor('diff', { stack: 'x' }, stacks)).toThrow(
      'there is no stack x: write one of a, b, c',
    );
  });
});

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
    const text = table([
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
