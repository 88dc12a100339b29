import { type Emulator, type Session } from './emulator';

/** The environment of a client of the emulated AWS: nothing of a real account, or of a proxy on the way to it, is left. */
export function clientEnvironment(
  base: NodeJS.ProcessEnv,
  { endpoint, certificate }: Pick<Emulator, 'endpoint' | 'certificate'>,
  region: string,
  session?: Session,
): NodeJS.ProcessEnv {
  const kept = Object.entries(base).filter(([name]) => !name.startsWith('AWS_') && name !== 'TF_WORKSPACE');
  const direct = [base.NO_PROXY ?? base.no_proxy, 'localhost', '127.0.0.1'].filter(Boolean).join(',');
  return {
    ...Object.fromEntries(kept),
    AWS_ACCESS_KEY_ID: session?.AccessKeyId ?? 'test',
    AWS_SECRET_ACCESS_KEY: session?.SecretAccessKey ?? 'test',
    ...(session && { AWS_SESSION_TOKEN: session.Token }),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_CA_BUNDLE: certificate,
    AWS_EC2_METADATA_DISABLED: 'true',
    // An emulator that is gone doesn't come back: the default is 25 attempts, minutes long.
    AWS_MAX_ATTEMPTS: '4',
    // Files that aren't there: a person's profiles stay out of it.
    AWS_CONFIG_FILE: `${certificate}.no-config`,
    AWS_SHARED_CREDENTIALS_FILE: `${certificate}.no-credentials`,
    NO_PROXY: direct,
    no_proxy: direct,
  };
}
