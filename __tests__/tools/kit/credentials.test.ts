import { EC2Client, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { messageOf } from '../../../tools/kit/credentials';

const named = (name: string, message: string) => Object.assign(new Error(message), { name });

describe('a message of AWS', () => {
  const before = { ...process.env };
  beforeEach(() => {
    for (const name of Object.keys(process.env))
      if (name.startsWith('AWS_')) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, {
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
      AWS_CONFIG_FILE: '/nowhere',
    });
  });
  afterEach(() => {
    process.env = before;
  });

  it('says what to do where nobody is logged in', async () => {
    const asked = new EC2Client({ region: 'eu-west-1' }).send(new DescribeVpcsCommand({}));
    expect(messageOf(await asked.catch((error: unknown) => error))).toBe(
      "AWS can't be asked without credentials that hold (Could not load credentials from any providers): log in with aws sso login, or name a profile in AWS_PROFILE",
    );
  });

  it.each(['ExpiredToken', 'ExpiredTokenException', 'InvalidClientTokenId', 'UnrecognizedClientException'])(
    'says so where they no longer hold: %s',
    (name) => {
      expect(messageOf(named(name, 'it is old'))).toContain('credentials that hold (it is old): log in');
    },
  );

  it('is itself where it is another', () => {
    expect(messageOf(named('UnauthorizedOperation', 'You are not authorized'))).toBe(
      'You are not authorized',
    );
    expect(messageOf('text')).toBe('text');
  });
});
