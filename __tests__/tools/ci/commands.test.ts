import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const PROJECT = join(__dirname, '..', '..', '..');

function call(tool: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--require', './register.cjs', join('tools', tool, 'main.ts'), ...args],
    { cwd: PROJECT, encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

describe('commands', () => {
  it('ci says what is wrong, in letters that show', () => {
    const { status, stdout, stderr } = call('ci', 'deploy\u001b[2J');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('deploy\\u001b[2J is unknown: write npm run ci -- environments');
  });

  it('synth-diff helps', () => {
    expect(call('synth-diff', '--help')).toMatchObject({ status: 0, stderr: '' });
  });

  it('synth-diff says what is wrong', () => {
    const { status, stderr } = call('synth-diff');
    expect(status).toBe(1);
    expect(stderr).toContain('synth-diff needs --base: write --base REF');
  });
});
