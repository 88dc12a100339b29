import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

it('ends with one message, a status and no output when there is no such environment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'eks-ingress-'));
  const outdir = join(folder, 'out');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', './register.cjs', 'main.ts'], {
    cwd: join(__dirname, '..', '..'),
    env: { ...process.env, ENVIRONMENT: 'nope', CDKTF_OUTDIR: outdir },
    encoding: 'utf8',
  });
  expect(stderr.trim()).toBe(
    'environment nope: 1 problem\n  ENVIRONMENT = "nope": no such file under environments/; write one of dev, local, prod, sandbox',
  );
  expect(stdout).toBe('');
  expect(status).toBe(1);
  expect(existsSync(outdir)).toBe(false);
  rmSync(folder, { recursive: true });
});

it('needs no terraform binary', () => {
  const folder = mkdtempSync(join(tmpdir(), 'eks-ingress-'));
  const outdir = join(folder, 'out');
  const { status, stderr } = spawnSync(process.execPath, ['--require', './register.cjs', 'main.ts'], {
    cwd: join(__dirname, '..', '..'),
    env: { ...process.env, ENVIRONMENT: '', PATH: folder, TERRAFORM_BINARY_NAME: '', CDKTF_OUTDIR: outdir },
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(existsSync(join(outdir, 'stacks', 'dev-addons', 'cdk.tf.json'))).toBe(true);
  rmSync(folder, { recursive: true });
});
