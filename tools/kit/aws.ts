import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { rootCertificates } from 'node:tls';
import { type STSClientConfig } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';

// The SDK's versions are pinned, and these run on each Node that the project accepts: its word on later ones is no
// concern of who runs a command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** What every client of AWS takes alike. */
export type AwsClientSettings = Pick<STSClientConfig, 'region' | 'requestHandler'>;

/**
 * What `new EC2Client(…)` and its like are made with. Credentials, profiles, SSO, AWS_MAX_ATTEMPTS, AWS_ENDPOINT_URL and
 * AWS_ENDPOINT_URL_<SERVICE> the SDK takes from the process by itself, as the AWS CLI and Terraform do; AWS_CA_BUNDLE it doesn't know.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
export function awsClientSettings(
  region: string,
  { AWS_CA_BUNDLE: bundle }: NodeJS.ProcessEnv = process.env,
): AwsClientSettings {
  const ca = bundle ? [...rootCertificates, readFileSync(bundle, 'utf8')] : undefined;
  return {
    region,
    requestHandler: new NodeHttpHandler({
      // Milliseconds. An address that nobody answers at is given up before a person gives up.
      connectionTimeout: 3000,
      requestTimeout: 20_000,
      httpsAgent: new Agent({ keepAlive: true, maxSockets: 50, ca }),
    }),
  };
}
