import { existsSync } from 'node:fs';
import { output, run, type RunOptions } from '../process';
import { compareVersions } from './version';

const LOWEST = { terraform: '1.9.0', tofu: '1.8.0' };

/** The binary that the CDKTF CLI runs too. */
export function terraformBinary(env: NodeJS.ProcessEnv): string {
  return env.TERRAFORM_BINARY_NAME ?? 'terraform';
}

/** What Terraform says about itself, `Terraform v1.9.0`. @throws if it is missing or too old */
export async function checkTerraform(env: NodeJS.ProcessEnv): Promise<string> {
  const binary = terraformBinary(env);
  let text: string;
  try {
    text = await output(binary, ['version'], { env });
  } catch {
    throw new Error(
      `${binary} can't be run: install Terraform ${LOWEST.terraform} or later, or set TERRAFORM_BINARY_NAME=tofu for OpenTofu`,
    );
  }
  const [line = ''] = text.split('\n');
  const version = /v(\d+\.\d+\.\d+\S*)/.exec(line)?.[1];
  const lowest = /tofu/i.test(line) ? LOWEST.tofu : LOWEST.terraform;
  if (version === undefined || compareVersions(version, lowest) < 0) {
    throw new Error(`${binary} is ${line}: that is too old, install ${lowest} or later`);
  }
  return line;
}

/** The environment without a TF_CLI_CONFIG_FILE that isn't there: Terraform would warn on every call. */
export function withoutMissingConfig(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { TF_CLI_CONFIG_FILE: file, ...rest } = env;
  return file !== undefined && !existsSync(file) ? rest : env;
}

/** Runs Terraform in a stack's folder; a terminal isn't needed and nothing is asked. */
export function terraform(args: readonly string[], options: RunOptions & { env: NodeJS.ProcessEnv }) {
  return run(terraformBinary(options.env), args, {
    ...options,
    env: { ...options.env, TF_INPUT: '0', TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' },
  });
}

/** The values of a stack's outputs. */
export async function outputsOf(folder: string, env: NodeJS.ProcessEnv): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await terraform(['output', '-json', '-no-color'], { cwd: folder, env });
  if (code !== 0) throw new Error(`terraform output in ${folder}: ${stderr.trim()}`);
  const json = JSON.parse(stdout) as Record<string, { value: unknown }>;
  return Object.fromEntries(Object.entries(json).map(([name, { value }]) => [name, value]));
}
