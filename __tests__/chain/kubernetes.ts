import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { dirname, join } from 'node:path';

export type Json = Record<string, unknown>;

/** Asks the API server of a kubeconfig as its administrator. @throws unless it succeeds */
export type AskKubernetes = (method: string, path: string, body?: unknown) => Promise<Json>;

/** @param kubeconfig that the sandbox wrote, with the certificates beside it */
export function kubernetesOf(kubeconfig: string): AskKubernetes {
  const folder = dirname(kubeconfig);
  const file = (name: string) => readFileSync(join(folder, name));
  const { clusters } = JSON.parse(readFileSync(kubeconfig, 'utf8')) as {
    clusters: { cluster: { server: string } }[];
  };
  const server = clusters[0]?.cluster.server;
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const asked = request(
        new URL(path, server),
        {
          method,
          ca: file('ca.crt'),
          cert: file('admin.crt'),
          key: file('admin.key'),
          headers: {
            'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
          },
        },
        (response) => {
          let text = '';
          response.on('data', (part: Buffer) => (text += part.toString()));
          response.on('end', () => {
            if ((response.statusCode ?? 500) < 300) resolve(JSON.parse(text) as Json);
            else reject(new Error(`${method} ${path}: ${text}`));
          });
        },
      );
      asked.on('error', reject);
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
}
