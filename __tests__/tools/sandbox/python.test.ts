import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pythonWith } from '../../../tools/sandbox/python';
import { Sandbox } from '../../../tools/sandbox/sandbox';

const before = { ...process.env };
let folder: string;

/** A Python of a version, whose every other call fails with a text, and says that it was called. */
function pretend(version: string, text: string): void {
  const file = join(folder, 'python3');
  const script = [
    '#!/bin/sh',
    `echo "$*" >>'${folder}/calls'`,
    `[ "$1" = -c ] && echo ${version} && exit 0`,
    `echo '${text}'`,
    'exit 1',
  ];
  writeFileSync(file, `${script.join('\n')}\n`);
  chmodSync(file, 0o755);
  process.env.PYTHON = file;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'python-'));
});
afterEach(() => {
  process.env = { ...before };
  rmSync(folder, { recursive: true });
});

const install = () => pythonWith(join(folder, 'requirements.txt'), join(folder, 'venv'), () => undefined);

describe('the Python of the sandbox', () => {
  beforeEach(() => {
    writeFileSync(join(folder, 'requirements.txt'), '');
  });

  it('names the package of venv, where a distribution has it apart', async () => {
    pretend('3.12.3', 'ensurepip is not available');
    await expect(install()).rejects.toThrow(/apt install python3\.12-venv\nensurepip is not available/);
    expect(existsSync(join(folder, 'venv', 'stamp'))).toBe(false);
  });

  it('is refused where it is too old, or not there', async () => {
    pretend('3.9.18', '');
    await expect(install()).rejects.toThrow(/is Python 3\.9\.18: that is too old/);
    process.env.PYTHON = join(folder, 'nowhere');
    await expect(install()).rejects.toThrow(/can't be run: install Python 3\.10 or later/);
  });

  it('is not touched where there is no Terraform', async () => {
    pretend('3.12.3', '');
    process.env.TERRAFORM_BINARY_NAME = join(folder, 'terraform');
    await expect(new Sandbox(() => undefined).up()).rejects.toThrow(/terraform/);
    expect(existsSync(join(folder, 'calls'))).toBe(false);
  });
});
