import { existsSync } from 'node:fs';
import { request as http } from 'node:http';
import { request as https } from 'node:https';
import { delimiter, join } from 'node:path';
import { type ProviderChoice } from '../kit/terraform/provider-choice';
import { type ProviderName } from '../kit/terraform/provider-mirror';

export interface KubernetesNeeds {
  readonly providers: Readonly<Record<ProviderName, ProviderChoice>>;
  /** URL of the API server, from the outputs of the cluster stack. */
  readonly endpoint: string;
  readonly chartRepository: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Why the stacks that need Kubernetes can't be applied; nothing when they can. */
export async function whyNotKubernetes(needs: KubernetesNeeds): Promise<string | undefined> {
  for (const name of ['kubernetes', 'helm'] as const) {
    const { source, explanation } = needs.providers[name];
    if (source === 'none') return `provider ${name}: ${explanation}`;
  }
  if (!onPath('aws', needs.env)) return 'the aws command, which gives the providers their token, is missing';
  if (!(await isKubernetes(needs.endpoint))) {
    return `no Kubernetes API answers at the cluster's endpoint ${needs.endpoint}`;
  }
  const charts = needs.chartRepository;
  const there = /^https?:/.test(charts)
    ? await status(`${charts}/index.yaml`)
    : existsSync(charts)
      ? 200
      : undefined;
  if (there !== 200 && !charts.startsWith('oci:')) return `the chart repository ${charts} doesn't answer`;
  return undefined;
}

/** Any of the answers by which an API server gives itself away; a stranger is served none of its data. */
async function isKubernetes(endpoint: string): Promise<boolean> {
  const body = await fetchText(`${endpoint}/version`);
  return body !== undefined && /"(gitVersion|kind)":\s*"(v\d|Status)/.test(body.text);
}

async function status(url: string): Promise<number | undefined> {
  return (await fetchText(url))?.status;
}

function fetchText(url: string): Promise<{ status: number; text: string } | undefined> {
  return new Promise((resolve) => {
    let asked;
    try {
      // Who answers is checked by the providers, with the cluster's own certificate; here only whether.
      asked = url.startsWith('https:')
        ? https(url, { rejectUnauthorized: false, timeout: 4000 })
        : http(url, { timeout: 4000 });
    } catch {
      resolve(undefined);
      return;
    }
    asked.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text });
      });
    });
    asked.on('timeout', () => asked.destroy(new Error('timeout')));
    asked.on('error', () => {
      resolve(undefined);
    });
    asked.end();
  });
}

function onPath(command: string, env: NodeJS.ProcessEnv): boolean {
  return (env.PATH ?? '').split(delimiter).some((folder) => folder && existsSync(join(folder, command)));
}
