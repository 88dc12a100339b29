import { request } from 'node:https';
import { type Cluster } from '@aws-sdk/client-eks';
import { type STSClient } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import { type AwsEnvironment } from '../../config';

const TIMEOUT_MS = 8000;
/** A token names the role for a minute; the API server takes it for fifteen. */
const TOKEN_SECONDS = 60;

/** An object of a cluster; what of it is read is typed where it is read. */
export interface ClusterObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly labels?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
    readonly finalizers?: readonly string[];
    readonly managedFields?: readonly { readonly time?: string; readonly subresource?: string }[];
  };
}

/** The API server's answer is no success. */
export class ClusterError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = `Kubernetes ${status}`;
  }
}

/** A cluster's API, as the AWS identity of the process. */
export class ClusterApi {
  private readonly lists = new Map<string, Promise<readonly ClusterObject[]>>();

  private constructor(
    private readonly endpoint: string,
    private readonly ca: Buffer,
    private readonly token: string,
  ) {}

  /** @param sts whose identity is the one that asks */
  static async of(
    { region, dnsSuffix }: Pick<AwsEnvironment, 'region' | 'dnsSuffix'>,
    { name = '', endpoint = '', certificateAuthority }: Cluster,
    sts: STSClient,
  ): Promise<ClusterApi> {
    const ca = Buffer.from(certificateAuthority?.data ?? '', 'base64');
    return new ClusterApi(endpoint, ca, await eksToken(name, `sts.${region}.${dnsSuffix}`, region, sts));
  }

  /** All objects under a path such as `/api/v1/nodes`, read once; none where the cluster doesn't know the kind. */
  list<T extends ClusterObject>(path: string): Promise<readonly T[]> {
    const read = async () => {
      const text = await unlessAbsent(this.get(path));
      return text === undefined ? [] : (JSON.parse(text) as { items: ClusterObject[] }).items;
    };
    const listed = this.lists.get(path) ?? read();
    this.lists.set(path, listed);
    return listed as Promise<readonly T[]>;
  }

  /** @throws {ClusterError} */
  get(path: string): Promise<string> {
    return this.ask('GET', path);
  }

  /** Merges fields into an object; `null` takes one away. @throws {ClusterError} */
  async patch(path: string, change: unknown): Promise<void> {
    await this.ask('PATCH', path, JSON.stringify(change));
  }

  /** @throws {ClusterError} */
  async delete(path: string): Promise<void> {
    await this.ask('DELETE', path);
  }

  private ask(method: string, path: string, body?: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const asked = request(
        new URL(path, this.endpoint),
        {
          method,
          ca: this.ca,
          headers: {
            authorization: `Bearer ${this.token}`,
            accept: 'application/json, */*',
            ...(body !== undefined && { 'content-type': 'application/merge-patch+json' }),
          },
          timeout: TIMEOUT_MS,
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (part: string) => (text += part));
          response.on('end', () => {
            const { statusCode = 0 } = response;
            if (statusCode >= 200 && statusCode < 300) resolve(text);
            else reject(new ClusterError(statusCode, `${path}: ${text.slice(0, 300)}`));
          });
        },
      );
      asked.on('timeout', () =>
        asked.destroy(new Error(`${this.endpoint} doesn't answer in ${TIMEOUT_MS / 1000} s`)),
      );
      asked.on('error', reject);
      asked.end(body);
    });
  }
}

/**
 * A presigned question who one is, by which the API server learns it: what `aws eks get-token` prints.
 *
 * @see https://github.com/kubernetes-sigs/aws-iam-authenticator#api-authorization-from-outside-a-cluster
 */
async function eksToken(cluster: string, hostname: string, region: string, sts: STSClient): Promise<string> {
  const { credentials, sha256 } = sts.config;
  const signer = new SignatureV4({ service: 'sts', region, credentials, sha256 });
  const { query = {} } = await signer.presign(
    {
      method: 'GET',
      protocol: 'https:',
      hostname,
      path: '/',
      query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
      headers: { host: hostname, 'x-k8s-aws-id': cluster },
    },
    { expiresIn: TOKEN_SECONDS },
  );
  const url = new URL(`https://${hostname}/`);
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, String(value));
  return `k8s-aws-v1.${Buffer.from(url.href).toString('base64url')}`;
}

/** What the API server answers; nothing where it has no such thing. */
export async function unlessAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ClusterError && error.status === 404) return undefined;
    throw error;
  }
}
