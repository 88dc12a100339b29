import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Report } from '../../../tools/plan-report/report';

const ROOT = join(__dirname, '..', '..', '..');
const plan = (name: string) => join(__dirname, 'plans', `${name}.json`);
const run = (...args: string[]) => {
  const command = ['--require', './register.cjs', join('tools', 'plan-report', 'main.ts'), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
  return { status, stdout, stderr };
};

describe('npm run plan-report', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'plan-report-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('writes a report, and exits with 2 for a risk that is asked for', () => {
    const out = join(folder, 'report.md');
    const { status, stdout, stderr } = run(
      '--env',
      'sandbox',
      '--plan',
      `network=${plan('network-replace')}`,
      '--out',
      out,
      '--fail-on',
      'drift,replace:protected',
    );

    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('--fail-on: there are risks of replace:protected');
    expect(readFileSync(out, 'utf8')).toMatch(/^## Plan of `sandbox`\n/);
  });

  it('prints JSON, and exits with 0 where no such risk is there', () => {
    const { status, stdout } = run(
      '--env',
      'local',
      '--plan',
      `workloads=${plan('workloads-create')}`,
      '--format',
      'json',
      '--fail-on',
      'drift',
    );

    expect(status).toBe(0);
    const { environment, summary } = JSON.parse(stdout) as Report;
    expect({ environment, stacks: summary.map(({ stack }) => stack) }).toEqual({
      environment: 'local',
      stacks: ['workloads'],
    });
  });

  it('exits with 1 and one line for what it can not read', () => {
    writeFileSync(join(folder, 'state.json'), '{"format_version": "1.0", "values": {}}');

    expect(run('--env', 'dev', '--plan', `network=${join(folder, 'state.json')}`)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/is a state, no plan: .*\n$/),
    });
    expect(run('--env', 'dev', '--plan', 'network=nowhere.json')).toMatchObject({
      status: 1,
      stderr: 'nowhere.json is not there: write the path of a plan as JSON\n',
    });
    expect(run('--env', 'dev', '--plan', `network=${folder}`)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("can't be read"),
    });
  });

  it('explains itself', () => {
    expect(run('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('delete:protected, replace:protected, open-to-world'),
    });
  });
});
