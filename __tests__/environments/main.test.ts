import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { synthesizedStacks } from '../../tools/kit/project';

const PROJECT = join(__dirname, '..', '..');
const BROKEN = join(PROJECT, 'environments', 'broken-in-a-test.ts');

describe('npm run synth', () => {
  let folder: string;
  let outdir: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'eks-ingress-'));
    outdir = join(folder, 'out');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
    rmSync(BROKEN, { force: true });
  });

  function synth(args: readonly string[], env: NodeJS.ProcessEnv = {}, more: readonly string[] = []) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...more, '--require', './register.cjs', 'main.ts', ...args],
      {
        cwd: PROJECT,
        env: { ...process.env, ENVIRONMENT: '', CDKTF_OUTDIR: outdir, ...env },
        encoding: 'utf8',
      },
    );
    return { status, stdout, stderr: stderr.trim() };
  }
  const stacksIn = (...names: readonly string[]) =>
    synthesizedStacks(join(outdir, ...names)).map(({ name }) => name);

  it('ends with one message, a status and no output when there is no such environment', () => {
    const message = 'nope is no environment: write an environment: dev, local, prod, sandbox';
    expect(synth([], { ENVIRONMENT: 'nope' })).toEqual({ status: 1, stdout: '', stderr: message });
    expect(synth(['nope'])).toEqual({ status: 1, stdout: '', stderr: message });
    expect(existsSync(outdir)).toBe(false);
  });

  it('needs no terraform binary, and says what it wrote and where', () => {
    const { status, stdout, stderr } = synth([], { PATH: folder, TERRAFORM_BINARY_NAME: '' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const stack = join(outdir, 'dev', 'stacks', 'dev-addons');
    expect(stdout).toContain(`dev-addons: ${stack}\n`);
    expect(existsSync(join(stack, 'cdk.tf.json'))).toBe(true);
    expect(stacksIn()).toEqual(expect.arrayContaining(['dev-network', 'prod-workloads', 'sandbox-cluster']));
  }, 30_000);

  it('writes one environment and leaves the others as they are, also one that has no file any more', () => {
    const of = (name: string) => join(outdir, 'gone', 'stacks', name);
    mkdirSync(of('gone-network'), { recursive: true });
    mkdirSync(join(outdir, 'local', 'stacks', 'local-old'), { recursive: true });
    expect(JSON.parse(synth(['local', '--json']).stdout)).toEqual([
      {
        environment: 'local',
        stack: 'local-workloads',
        folder: join(outdir, 'local', 'stacks', 'local-workloads'),
      },
    ]);
    expect(stacksIn()).toEqual(['local-workloads']);
    expect(stacksIn('local')).toEqual(['local-workloads']);
    expect(existsSync(of('gone-network'))).toBe(true);
    // A stack that the environment has no more.
    expect(existsSync(join(outdir, 'local', 'stacks', 'local-old'))).toBe(false);
  });

  it('leaves an environment alone that somebody works in', () => {
    synth(['local']);
    const before = readFileSync(join(outdir, 'local', 'manifest.json'), 'utf8');
    const holder = { pid: process.pid, words: 'npm run deploy -- local', commandLine: '' };
    writeFileSync(join(outdir, 'local', '.lock'), JSON.stringify(holder));
    writeFileSync(join(outdir, 'local', 'manifest.json'), 'as it was');
    const { status, stderr } = synth([]);
    expect(status).toBe(1);
    expect(stderr).toContain(`npm run deploy -- local (process ${process.pid}) is at work there`);
    expect(readFileSync(join(outdir, 'local', 'manifest.json'), 'utf8')).toBe('as it was');
    expect(before).not.toBe('as it was');
    expect(existsSync(join(outdir, 'dev', 'manifest.json'))).toBe(false);
    expect(synth(['sandbox']).status).toBe(0);
  }, 30_000);

  it('stops for a file that is no TypeScript only where that is needed', () => {
    writeFileSync(BROKEN, 'export const environment = { name: "x",, };');
    expect(synth(['local'])).toMatchObject({ status: 0, stderr: '' });
    const { status, stderr } = synth([]);
    expect(status).toBe(1);
    expect(stderr).toContain('environments/broken-in-a-test.ts:1:40: Expected identifier but found ","');
    expect(stderr).not.toMatch(/\n\s+at /);
  }, 30_000);

  it('says in one line that node is too old', () => {
    const old = join(folder, 'old.cjs');
    writeFileSync(
      old,
      "Object.defineProperty(process, 'version', { value: 'v18.20.1' });" +
        "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.1' } });",
    );
    expect(synth(['local'], {}, ['--require', old])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'node v18.20.1 is too old: install Node.js 20 or later',
    });
  });
});
