import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { output, run } from '../kit/process';

const REQUIREMENTS = join(__dirname, 'requirements.txt');
/** What checks the Python of the sandbox. */
export const LINT_REQUIREMENTS = join(__dirname, 'requirements-lint.txt');

/** The interpreter of a virtual environment that holds the emulator. @throws like `pythonWith` */
export function emulatorPython(folder: string, say: (text: string) => void): Promise<string> {
  return pythonWith(REQUIREMENTS, folder, say);
}

/**
 * Answers the interpreter of a virtual environment that holds what a file of requirements names, made when it is missing or
 * made for other ones. The stamp is written last, so that one left half-made is made anew.
 *
 * @throws if Python is missing or older than 3.10, or if something can't be installed
 */
export async function pythonWith(
  requirements: string,
  folder: string,
  say: (text: string) => void,
): Promise<string> {
  const python = process.env.PYTHON ?? 'python3';
  const version = await pythonVersion(python);
  const stamp = join(folder, 'stamp');
  const wanted = createHash('sha256').update(readFileSync(requirements)).update(version).digest('hex');
  const interpreter = join(folder, 'bin', 'python');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return interpreter;
  say(`installing ${basename(requirements)} of the sandbox (Python ${version})`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const venv = await run(python, ['-m', 'venv', folder]);
  if (venv.code !== 0) {
    const [major = 3, minor = 10] = version.split('.');
    throw new Error(
      `${python} -m venv fails, as Debian and Ubuntu keep it in a package of its own: sudo apt install python${major}.${minor}-venv\n${`${venv.stdout}${venv.stderr}`.trim()}`,
    );
  }
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
  await output(interpreter, [...pip, '--require-hashes', '-r', requirements]);
  writeFileSync(stamp, wanted);
  return interpreter;
}

async function pythonVersion(python: string): Promise<string> {
  let version: string;
  try {
    version = (await output(python, ['-c', 'import platform; print(platform.python_version())'])).trim();
  } catch {
    throw new Error(`${python} can't be run: install Python 3.10 or later, or name it in PYTHON`);
  }
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 3 || (major === 3 && minor < 10)) {
    throw new Error(`${python} is Python ${version}: that is too old, name Python 3.10 or later in PYTHON`);
  }
  return version;
}
