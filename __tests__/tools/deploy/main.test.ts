import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const PROJECT = join(__dirname, '..', '..', '..');
/** Writes down what it is asked, and answers with the file of the command's name. */
const FAKE = `#!/bin/sh
echo "$(basename "$PWD") $*" >> "$FAKE/log"
case "$1" in
  version) echo "Terraform v1.11.0" ;;
  output) cat "$FAKE/outputs.json" ;;
  *) if [ -e "$FAKE/$1.sh" ]; then . "$FAKE/$1.sh"; fi ;;
esac
`;

describe('npm run deploy', () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;
  let child: ChildProcess | undefined;
  const path = (...names: readonly string[]) => join(folder, ...names);
  const calls = () => readFileSync(path('log'), 'utf8').trim().split('\n');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deploy-'));
    writeFileSync(path('terraform'), FAKE);
    chmodSync(path('terraform'), 0o755);
    writeFileSync(
      path('outputs.json'),
      JSON.stringify({ vpc_id: { value: 'vpc-1' }, other: { value: 'x' } }),
    );
    env = {
      ...process.env,
      ENVIRONMENT: '',
      CDKTF_OUTDIR: path('out'),
      TERRAFORM_BINARY_NAME: path('terraform'),
      FAKE: folder,
    };
  });
  afterEach(() => {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  /** Calls a command; `seen` sees what is printed while it runs. */
  function call(args: readonly string[], seen: (text: string, pid: number) => void = () => undefined) {
    return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
      const started = spawn(
        process.execPath,
        ['--require', './register.cjs', 'tools/deploy/main.ts', ...args],
        {
          cwd: PROJECT,
          env,
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
      child = started;
      const printed = { stdout: '', stderr: '' };
      for (const name of ['stdout', 'stderr'] as const)
        started[name].on('data', (part: Buffer) => {
          printed[name] += part.toString();
          seen(printed.stdout + printed.stderr, started.pid ?? 0);
        });
      started.on('close', (code) => {
        resolve({ code, ...printed });
      });
    });
  }
  const stateOf = (stack: string, instances: number) => {
    const file = path('terraform-state', 'eks-ingress', 'dev', `${stack}.tfstate`);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(
      file,
      JSON.stringify({ resources: [{ mode: 'managed', instances: Array(instances).fill({}) }] }),
    );
  };

  it('applies a stack, says how far it is, and ends with outputs', async () => {
    writeFileSync(
      path('apply.sh'),
      'echo "Plan: 1 to add, 0 to change, 0 to destroy."; echo "aws_vpc.a: Creation complete after 1s"; echo "Apply complete! Resources: 1 added, 0 changed, 0 destroyed."',
    );
    const { code, stdout, stderr } = await call(['deploy', 'dev-network', '--auto-approve']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('dev: synthesizing\n');
    expect(stdout).toContain('network 1/1  aws_vpc.a: created after 1s\n');
    expect(stdout).toMatch(/dev-network: 1 added, 0 changed, 0 destroyed in \d+ s/);
    expect(stdout).toMatch(
      /\ndev-network:\n {2}vpc_id = vpc-1\n {2}\S*terraform -chdir=\S*dev\/stacks\/dev-network output\n$/,
    );
    expect(calls()).toContain('dev-network apply -input=false -no-color -auto-approve');
    expect(existsSync(path('out', 'dev', '.lock'))).toBe(false);
  }, 60_000);

  it('answers JSON and nothing else on standard output', async () => {
    const { stdout } = await call(['deploy', 'dev-network', '--auto-approve', '--json']);
    expect(JSON.parse(stdout)).toMatchObject([{ stack: 'dev-network', outputs: ['vpc_id = vpc-1'] }]);
  }, 60_000);

  it.each(['deploy', 'destroy'])(
    'asks nobody where nobody is: %s',
    async (name) => {
      const { code, stdout, stderr } = await call([name, 'dev-network']);
      expect({ code, stdout, stderr }).toEqual({
        code: 1,
        stdout: '',
        stderr: `there is no terminal to approve ${name} in: write --auto-approve\n`,
      });
      expect(existsSync(path('log'))).toBe(false);
    },
    60_000,
  );

  it('waits for Terraform that is asked to end: it takes its run out of the queue', async () => {
    writeFileSync(
      path('apply.sh'),
      `trap 'echo cancelled >> "$FAKE/log"; exit 1' INT; echo "Waiting for 1 run(s) to finish before being queued..."; for i in $(seq 300); do sleep 0.1; done`,
    );
    let done = false;
    const { code, stderr } = await call(['deploy', 'dev-network', '--auto-approve'], (text, pid) => {
      if (done || !text.includes('Waiting for')) return;
      done = true;
      process.kill(pid, 'SIGINT');
    });
    expect(code).toBe(130);
    expect(stderr).toContain('interrupted');
    expect(calls().at(-1)).toBe('cancelled');
    expect(existsSync(path('out', 'dev', '.lock'))).toBe(false);
  }, 60_000);

  it('names the run that is at work on the environment', async () => {
    mkdirSync(path('out', 'dev'), { recursive: true });
    const holder = { pid: process.pid, words: 'npm run deploy -- dev', commandLine: '' };
    writeFileSync(path('out', 'dev', '.lock'), JSON.stringify(holder));
    const { code, stderr } = await call(['diff', 'dev-network']);
    expect(code).toBe(1);
    expect(stderr).toContain(`npm run deploy -- dev (process ${process.pid}) is at work there`);
    expect(existsSync(path('out', 'dev', 'manifest.json'))).toBe(false);
  }, 60_000);

  it('shows an error of Terraform without its frame, with the path of the construct', async () => {
    writeFileSync(path('plan.sh'), 'printf "╷\\n│ Error: no\\n│   with aws_vpc.vpc,\\n╵\\n" >&2; exit 1');
    const { code, stderr } = await call(['diff', 'dev-network']);
    expect(code).toBe(1);
    expect(stderr).toContain('dev-network: diff failed: Error: no\n');
    expect(stderr).not.toMatch(/[╷│╵]/);
  }, 60_000);

  it('destroys nothing that others are built on, and nothing that is not there', async () => {
    stateOf('network', 1);
    stateOf('cluster', 1);
    expect(await call(['destroy', 'dev-network', '--auto-approve'])).toMatchObject({
      code: 1,
      stderr: 'dev-network: dev-cluster is built on it: npm run destroy -- dev-cluster\n',
    });
    const { code, stdout } = await call(['destroy', 'dev-addons', '--auto-approve']);
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('dev-addons: nothing to destroy'),
    });
    expect(calls().filter((line) => /apply|destroy/.test(line))).toEqual([]);
  }, 60_000);

  it('refuses a Terraform that is missing before anything is written', async () => {
    env = { ...env, TERRAFORM_BINARY_NAME: path('absent') };
    const { code, stderr } = await call(['diff', 'dev']);
    expect(code).toBe(1);
    expect(stderr).toContain("absent can't be run: install Terraform");
    expect(existsSync(path('out'))).toBe(false);
  }, 60_000);
});
