import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isApplied, type StackFolder } from '../kit/project';
import { outputsOf } from '../kit/terraform/terraform';
import { whyNotKubernetes } from './kubernetes';
import { type ProviderChoices } from './providers';

const CHARTS = 'https://aws.github.io/eks-charts';

/** Why a stack can't be applied here; nothing when it can. */
export async function whyNotApplied(
  stack: StackFolder,
  {
    stacks,
    choices,
    env,
  }: {
    readonly stacks: readonly StackFolder[];
    readonly choices: ProviderChoices;
    readonly env: NodeJS.ProcessEnv;
  },
): Promise<string | undefined> {
  const missing = stack.dependencies.find((name) =>
    stacks.some((other) => other.name === name && !isApplied(other)),
  );
  if (missing !== undefined) return `${missing} is not applied`;
  const needsKubernetes = /"(kubernetes|helm)":\s*\[/.test(
    readFileSync(join(stack.folder, 'cdk.tf.json'), 'utf8').split('"resource"')[0] ?? '',
  );
  if (!needsKubernetes) return undefined;
  const cluster = stacks.find(({ name }) => name.endsWith('-cluster'));
  const { cluster_endpoint: endpoint } = cluster ? await outputsOf(cluster.folder, env) : {};
  return whyNotKubernetes({
    providers: choices,
    endpoint: typeof endpoint === 'string' ? endpoint : '',
    chartRepository: process.env.SANDBOX_CHART_REPOSITORY ?? CHARTS,
    env,
  });
}
