import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Preview } from '../../../tools/preview/preview';
import { ingress, manifests, service } from './support';

const PROJECT = join(__dirname, '..', '..', '..');

function run(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--require', './register.cjs', join('tools', 'preview', 'main.ts'), ...args],
    { cwd: PROJECT, input, encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

describe('npm run preview', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'preview-test-'));
    writeFileSync(join(folder, 'a.yaml'), ingress());
    writeFileSync(
      join(folder, 'b.yaml'),
      manifests(service({ type: 'ClusterIP' }), '{"apiVersion":"v1","kind":"Pod"}'),
    );
    writeFileSync(join(folder, 'values.yaml'), 'defaultTargetType: ip');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (name: string) => join(folder, name);

  it('reads files and the values of the controller', () => {
    const { status, stdout, stderr } = run([
      ...['-f', file('a.yaml'), file('b.yaml'), '--format', 'json'],
      ...['--controller-values', file('values.yaml')],
    ]);
    expect(stderr).toBe('note: no load balancer is made of these, so they are not read: 1 Pod\n');
    const { LoadBalancers, Refusals } = JSON.parse(stdout) as Preview;
    expect(Refusals).toEqual([]);
    expect(LoadBalancers).toMatchObject([{ Id: 'shop/web', TargetGroups: [{ TargetType: 'ip' }] }]);
    expect(status).toBe(0);
  });

  it('ends with exit code 1 for what the controller would refuse, and prints all the same', () => {
    const { status, stdout } = run(
      ['-f', '-', '--format', 'json'],
      ingress({ annotations: { scheme: 'public', tags: 'a=\u009b' } }),
    );
    const { Refusals } = JSON.parse(stdout) as Preview;
    expect(Refusals).toMatchObject([{ Message: 'unknown scheme: public' }]);
    expect(stdout).not.toContain('\u009b');
    expect(status).toBe(1);
  });

  it.each([
    [['--fomat', 'json'], '--fomat is no option of preview: write --format\n'],
    [['-f', 'none.yaml'], 'none.yaml is not there: write the path of a file\n'],
    [['-f', 'docs'], 'docs is a folder: write the files in it, such as -f docs/*.yaml\n'],
    [['--env', 'sandbx'], 'sandbx is no environment: write sandbox\n'],
    [['--env', 'xyz'], 'xyz is no environment: write an environment: dev, '],
    [
      ['-f', '-'],
      'standard input is no Kubernetes object: it is "\\u001b[0m", where a map belongs',
      '"\\e[0m"',
    ],
  ])('prints nothing but one sentence for %j', (args, message, input = '') => {
    const { status, stdout, stderr } = run(args, input);
    expect(stderr.startsWith(message)).toBe(true);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });

  it('reads an environment', () => {
    const { status, stdout } = run(['--env', 'dev', '--format', 'mermaid']);
    expect(stdout).toContain('path /api/users or /api/users/#42;');
    expect(status).toBe(0);
  });

  it('says how to ask, and what it answers', () => {
    expect(run(['--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('--env ENVIRONMENT'),
    });
    expect(JSON.parse(run(['--schema']).stdout)).toHaveProperty('definitions.LoadBalancer');
  });

  it('starts without cdktf, providers and zod, which take longer to load than a preview takes', () => {
    const script = `
      for (const file of ['manifests', 'preview', 'stacks', 'table', 'mermaid', 'arguments', 'controller-values'])
        require('./tools/preview/' + file + '.ts');
      console.log(Object.keys(require.cache).filter((path) => /node_modules.(cdktf|@cdktf|constructs|zod)/.test(path)).join());`;
    const loaded = execFileSync(process.execPath, ['--require', './register.cjs', '--eval', script], {
      cwd: PROJECT,
      encoding: 'utf8',
    });
    expect(loaded.trim()).toBe('');
  });
});
