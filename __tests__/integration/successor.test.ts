import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const PROJECT = join(__dirname, '..', '..');
const MINUTES = 60_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'successor-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: PROJECT,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 2 ** 26,
  });
  if (status !== 0)
    throw new Error(`${args.join(' ')} ended with ${status ?? 'a signal'}:\n${stdout}${stderr}`);
}

/** What is synthesized, by file, without the versions of cdktf that made it. */
function synthesized(name: string, ...options: readonly string[]): Record<string, unknown> {
  const output = join(folder, name);
  run([...options, '--require', './register.cjs', 'main.ts'], { CDKTF_OUTDIR: output, ENVIRONMENT: '' });
  const files = readdirSync(output, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  );
  return Object.fromEntries(
    files.map((file) => [
      file,
      JSON.parse(readFileSync(join(output, file), 'utf8'), (key, value: unknown) =>
        key === 'version' && /^0\.2\d\.\d$/.test(String(value)) ? 'of cdktf' : value,
      ) as unknown,
    ]),
  );
}

/** CDK Terrain carries cdktf on under another name: nothing here may stand in the way of a change of package names. */
describe('with cdktn in the place of cdktf', () => {
  it(
    'types fit',
    () => {
      const config = join(PROJECT, `tsconfig.${process.pid}.json`);
      const paths = { cdktf: ['./node_modules/cdktn'], 'cdktf/*': ['./node_modules/cdktn/*'] };
      writeFileSync(config, JSON.stringify({ extends: './tsconfig.json', compilerOptions: { paths } }));
      try {
        run(['node_modules/typescript/bin/tsc', '--noEmit', '--project', relative(PROJECT, config)]);
      } finally {
        rmSync(config);
      }
    },
    5 * MINUTES,
  );

  it(
    'all stacks are synthesized as they are',
    () => {
      const ours = synthesized('cdktf');
      expect(Object.keys(ours).length).toBeGreaterThan(8);
      expect(synthesized('cdktn', '--require', './__tests__/integration/cdktn.cjs')).toEqual(ours);
    },
    2 * MINUTES,
  );

  it(
    'the tests of constructs and stacks pass',
    () => {
      run([
        'node_modules/jest/bin/jest.js',
        '--config',
        'jest.successor.config.mjs',
        '__tests__/modules/',
        '__tests__/stacks/',
      ]);
    },
    15 * MINUTES,
  );
});
