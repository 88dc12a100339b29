import { join } from 'node:path';
import { run } from '../kit/process';
import { PROJECT } from '../kit/project';
import { emulatorPython, LINT_REQUIREMENTS, pythonWith } from './python';

const SOURCES = [__dirname, join(PROJECT, '__tests__', 'integration', 'python')];

/** Checks format, style and types of the sandbox's Python; says so where the tools can't be had, which in CI is a failure. */
async function lint(): Promise<number> {
  const say = (text: string) => {
    console.log(text);
  };
  const folder = (name: string) => join(PROJECT, '.sandbox', name);
  let emulator: string;
  let tools: string;
  try {
    emulator = await emulatorPython(folder('venv'), say);
    tools = await pythonWith(LINT_REQUIREMENTS, folder('lint'), say);
  } catch (error) {
    say(
      `skipped: the Python of the sandbox is not checked: ${error instanceof Error ? error.message : String(error)}`,
    );
    return process.env.CI ? 1 : 0;
  }
  const ruff = ['-m', 'ruff', '--config', join(__dirname, 'pyproject.toml'), '--quiet'];
  const mypy = [
    '-m',
    'mypy',
    '--python-executable',
    emulator,
    '--no-error-summary',
    '--cache-dir',
    folder('lint/mypy'),
  ];
  const checks = [
    [...ruff, 'format', '--check', ...SOURCES],
    [...ruff, 'check', '--no-cache', ...SOURCES],
    [...mypy, 'registry.py', 'emulator'],
  ];
  let failed = 0;
  for (const args of checks) {
    const { code, stdout, stderr } = await run(tools, args, { cwd: __dirname });
    if (code === 0) continue;
    failed = 1;
    say(`${stdout}${stderr}`.trim());
  }
  return failed;
}

void lint().then((code) => {
  process.exitCode = code;
});
