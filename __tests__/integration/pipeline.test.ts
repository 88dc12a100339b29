import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { STEPS } from '../../tools/ci/steps';
import { startOne } from '../../tools/kit/command';

/** Two stacks of a resource that Terraform itself has: no provider is installed, no account is touched. */
let folder: string;
let env: NodeJS.ProcessEnv;

function write(stack: 'network' | 'cluster', input: string): void {
  const stateOf = (name: string) => join(folder, `${name}.tfstate`);
  const reads = stack === 'cluster';
  const json = {
    terraform: { backend: { local: { path: stateOf(stack) } } },
    resource: { terraform_data: { it: { input } } },
    output: { id: { value: '${terraform_data.it.output}' } },
    ...(reads && {
      data: {
        terraform_remote_state: {
          'network-state': { backend: 'local', config: { path: stateOf('network') } },
        },
      },
    }),
  };
  mkdirSync(join(folder, stack), { recursive: true });
  writeFileSync(join(folder, stack, 'cdk.tf.json'), JSON.stringify(json));
}

const step = (...args: readonly string[]) => startOne(STEPS, args, env);
const plans = (name: string) => `--plans=${join(folder, name)}`;
const reviewOf = (name: string) => `--reviewed=${join(folder, name, 'reviewed', 'reviewed.json')}`;
const report = (name: string) => {
  const out = join(folder, `${name}.md`);
  return step('report', '--env=dev', plans(name), `--out=${out}`).then(() => readFileSync(out, 'utf8'));
};
const NETWORK_ID = '${data.terraform_remote_state.network-state.outputs.id}';

beforeAll(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  folder = mkdtempSync(join(tmpdir(), 'pipeline-'));
  const stack = (name: string, dependencies: string[]) => ({
    name: `dev-${name}`,
    workingDirectory: join('..', name),
    dependencies,
  });
  const stacks = { network: stack('network', []), cluster: stack('cluster', ['dev-network']) };
  mkdirSync(join(folder, 'dev'));
  writeFileSync(join(folder, 'dev', 'manifest.json'), JSON.stringify({ stacks }));
  env = {
    ...process.env,
    CDKTF_OUTDIR: folder,
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_STEP_SUMMARY: '',
  };
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  jest.restoreAllMocks();
});

describe('a pipeline with Terraform itself', () => {
  it('plans a new environment: who reads it is blocked', async () => {
    write('network', 'one');
    write('cluster', NETWORK_ID);
    expect(await step('plan', '--env=dev', plans('pull-1'))).toBe(0);
    const text = await report('pull-1');
    expect(text).toContain('| cluster | – | – | – | – | – | **blocked** |');
  });

  it('applies what was reviewed, and stops at what could not be', async () => {
    expect(await step('apply', '--env=dev', plans('apply-1'), reviewOf('pull-1'))).toBe(1);
    expect(existsSync(join(folder, 'network.tfstate'))).toBe(true);
    expect(existsSync(join(folder, 'cluster.tfstate'))).toBe(false);
    expect(await report('apply-1/after')).toContain('terraform_data.it will be created');
  });

  it('applies the rest once that is reviewed', async () => {
    expect(await step('apply', '--env=dev', plans('apply-2'), reviewOf('apply-1/after'))).toBe(0);
    expect(readFileSync(join(folder, 'cluster.tfstate'), 'utf8')).toContain('"one"');
  });

  it('has nothing to do then, and needs no review for it', async () => {
    expect(await step('apply', '--env=dev', plans('apply-3'), '--reviewed=')).toBe(0);
  });

  it('stops where another change was applied since the review', async () => {
    write('network', 'two');
    expect(await step('plan', '--env=dev', plans('pull-2'))).toBe(0);
    write('network', 'three');
    expect(await step('apply', '--env=dev', plans('apply-4'), '--reviewed=')).toBe(1);
    await step('plan', '--env=dev', plans('other'));
    expect(await step('apply', '--env=dev', plans('apply-5'), reviewOf('other'))).toBe(1);
    expect(readFileSync(join(folder, 'network.tfstate'), 'utf8')).toContain('"three"');
    write('network', 'two');
    expect(await step('apply', '--env=dev', plans('apply-6'), reviewOf('pull-2'))).toBe(1);
    expect(readFileSync(join(folder, 'network.tfstate'), 'utf8')).toContain('"three"');
  });

  it('destroys the last stack first, and nothing twice', async () => {
    write('network', 'three');
    expect(await step('destroy', '--env=dev', plans('gone'), '--confirm=dev')).toBe(0);
    for (const stack of ['network', 'cluster'])
      expect(JSON.parse(readFileSync(join(folder, `${stack}.tfstate`), 'utf8'))).toMatchObject({
        resources: [],
      });
    expect(await step('destroy', '--env=dev', plans('gone-again'), '--confirm=dev')).toBe(0);
    expect(existsSync(join(folder, 'gone-again', 'network.json'))).toBe(false);
  });
});
