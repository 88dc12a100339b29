import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockFolder } from '../../../tools/kit/lock';
import { commandLine } from '../../../tools/kit/process';

describe('the lock of a folder', () => {
  let folder: string;
  let other: ChildProcess;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-'));
    other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  });
  afterEach(() => {
    other.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  it('names who works there, until that ends', () => {
    const release = lockFolder(folder, 'npm run deploy -- dev');
    expect(() => lockFolder(folder, 'npm run diff -- dev')).toThrow(
      `${folder}: npm run deploy -- dev (process ${process.pid}) is at work there: wait until it has ended`,
    );
    release();
    lockFolder(folder, 'npm run diff -- dev')();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('ends with its process, however that ends', async () => {
    lockFolder(folder, 'npx cdktf deploy dev-network', other.pid);
    expect(() => lockFolder(folder, 'another')).toThrow('npx cdktf deploy dev-network');
    const ended = new Promise((resolve) => other.on('close', resolve));
    other.kill('SIGKILL');
    await ended;
    lockFolder(folder, 'another')();
    expect(existsSync(join(folder, '.lock'))).toBe(false);
  });

  it('is not that of a process which has the id by now, or of one that wrote half of it', () => {
    const holder = { pid: other.pid, words: 'an old one' };
    writeFileSync(join(folder, '.lock'), JSON.stringify({ ...holder, commandLine: 'terraform apply' }));
    lockFolder(folder, 'another')();
    writeFileSync(
      join(folder, '.lock'),
      JSON.stringify({ ...holder, commandLine: commandLine(other.pid ?? 0) }),
    );
    expect(() => lockFolder(folder, 'another')).toThrow('an old one');
    writeFileSync(join(folder, '.lock'), '{"pid":');
    lockFolder(folder, 'another')();
  });
});
