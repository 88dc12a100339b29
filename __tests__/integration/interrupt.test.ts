import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { PROJECT } from '../../tools/kit/project';
import { Sandbox } from '../../tools/sandbox/sandbox';

const STACKS = join(PROJECT, '.sandbox', 'sandbox');

interface Running {
  readonly pid: number;
  readonly line: string;
  readonly folder: string;
}

function processes(): Running[] {
  const read = (reader: () => string) => {
    try {
      return reader();
    } catch {
      return '';
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({
      pid: Number(pid),
      line: read(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' '),
      folder: read(() => readlinkSync(`/proc/${pid}/cwd`)),
    }));
}

/** Command lines of processes that the demo started: they name its folder or run in it. */
const left = (): string[] =>
  processes()
    .filter(({ line, folder }) => [line, folder].some((text) => text.includes(join(PROJECT, '.sandbox'))))
    .map(({ line }) => line);

function expectNothingLeft(): void {
  expect(left()).toEqual([]);
  expect(existsSync(join(PROJECT, '.sandbox', 'emulator'))).toBe(false);
  expect(existsSync(STACKS)).toBe(false);
  expect(existsSync(join(PROJECT, 'terraform-state', 'eks-ingress', 'sandbox'))).toBe(false);
}

/** Starts the demo, does something when a line appears, and answers the exit code and what was printed. */
function demo(
  at: RegExp,
  then: (pid: number) => void,
): Promise<{ end: number | string | null; text: string }> {
  return new Promise((resolve) => {
    // A process group of its own, as a terminal makes it.
    const child = spawn('npm', ['run', 'demo'], { cwd: PROJECT, detached: true });
    let text = '';
    let done = false;
    const see = (part: Buffer) => {
      text += part.toString();
      if (done || !at.test(text)) return;
      done = true;
      then(child.pid ?? 0);
    };
    child.stdout.on('data', see);
    child.stderr.on('data', see);
    child.on('close', (code, signal) => {
      resolve({ end: code ?? signal, text });
    });
  });
}

const itOnLinux = process.platform === 'linux' ? it : it.skip;

describe('a demo that is stopped on its way', () => {
  afterAll(() => new Sandbox(() => undefined).down());

  itOnLinux('leaves no process and no file after Ctrl-C while resources are made', async () => {
    // The terminal sends it to npm and to the demo alike, and npm passes its own on.
    const { end, text } = await demo(/Creation complete/, (pid) => process.kill(-pid, 'SIGINT'));
    expect([130, 'SIGINT']).toContain(end);
    expect(text).toContain('emulated AWS is stopped');
    expectNothingLeft();
  });

  itOnLinux('leaves nothing after Ctrl-C while the emulator starts', async () => {
    const { end, text } = await demo(/tools\/sandbox\/main/, (pid) => {
      setTimeout(() => process.kill(-pid, 'SIGINT'), 1500);
    });
    expect([130, 'SIGINT']).toContain(end);
    expect(text).not.toContain('Creation complete');
    expectNothingLeft();
  });

  itOnLinux('fails, and leaves nothing, when the emulator is killed', async () => {
    const { end } = await demo(/Creation complete/, () => {
      const record = join(PROJECT, '.sandbox', 'emulator', 'emulator.json');
      const { pid } = JSON.parse(readFileSync(record, 'utf8')) as { pid: number };
      process.kill(pid, 'SIGKILL');
    });
    expect(end).toBe(1);
    expectNothingLeft();
  });

  itOnLinux('fails, and leaves nothing, when Terraform is killed', async () => {
    const { end } = await demo(/Creation complete/, () => {
      const own = processes().filter(({ line, folder }) => folder.startsWith(STACKS) && / apply /.test(line));
      expect(own.length).toBeGreaterThan(0);
      for (const { pid } of own) process.kill(pid, 'SIGKILL');
    });
    expect(end).toBe(1);
    expectNothingLeft();
  });
});
