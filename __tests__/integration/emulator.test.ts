import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../../tools/kit/process';
import { PROJECT } from '../../tools/kit/project';
import { emulatorPython } from '../../tools/sandbox/python';

const TESTS = join(__dirname, 'python');

/** The emulator's plug-in and what takes programs out of images are Python, and so are their tests. */
describe('the Python of the sandbox', () => {
  let python: string;

  beforeAll(async () => {
    python = await emulatorPython(join(PROJECT, '.sandbox', 'venv'), () => undefined);
  });

  it.each(['test_corrections', 'test_registry'])('passes %s', async (name) => {
    const { code, stderr } = await run(python, ['-m', 'unittest', name], {
      cwd: TESTS,
      env: {
        ...process.env,
        MINISTACK_ACCOUNT_ID: '111122223333',
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONPATH: join(PROJECT, 'tools', 'sandbox'),
      },
    });
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/Ran \d\d tests[^]*OK/),
    });
  });
});
