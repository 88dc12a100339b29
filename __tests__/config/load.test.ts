import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadEnvironments } from '../../config';
import { TODAY } from '../support/environments';

// Inside the project, so that the files are compiled as its own are.
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(__dirname, 'load-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let count = 0;
/** A folder of environments with these files. */
function files(contents: Record<string, string>): string {
  const path = mkdtempSync(join(folder, `${count++}-`));
  for (const [name, content] of Object.entries(contents)) writeFileSync(join(path, name), content);
  return path;
}

const right = (name: string, more = '') =>
  `export const environment = { name: '${name}', account: '111122223333', region: 'eu-west-1', ${more} };`;

describe('loadEnvironments', () => {
  it('loads all in the order of their names, or one', async () => {
    const path = files({ 'b.ts': right('b'), 'a.ts': right('a'), 'notes.md': '' });
    const names = async (name?: string) =>
      (await loadEnvironments(name, TODAY, path)).map(({ environment }) => environment.name);
    expect(await names()).toEqual(['a', 'b']);
    expect(await names('b')).toEqual(['b']);
    expect(await names('')).toEqual(['a', 'b']);
  });

  it('names the environments there are', async () => {
    const path = files({ 'a.ts': right('a'), 'b.ts': right('b') });
    await expect(loadEnvironments('c', TODAY, path)).rejects.toThrow(
      'ENVIRONMENT = "c": no such file under environments/; write one of a, b',
    );
  });

  it('reports all that are wrong, and none that is not chosen', async () => {
    const path = files({
      'a.ts': right('a', 'sampel: 1, tag: 2'),
      'b.ts': right('b', 'sample: 2'),
      'c.ts': right('c'),
    });
    const error: unknown = await loadEnvironments(undefined, TODAY, path).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: 'ProblemError',
      subject: 'environment a, environment b',
      problems: [{ path: 'sampel' }, { path: 'tag' }, { path: 'sample' }],
    });
    await expect(loadEnvironments('c', TODAY, path)).resolves.toHaveLength(1);
  });

  it('holds the name of the file and of the environment together', async () => {
    const path = files({ 'a.ts': right('b') });
    await expect(loadEnvironments('a', TODAY, path)).rejects.toThrow(
      /^environment a: 1 problem\n {2}name = "b": .*; write 'a', or name the file b\.ts$/,
    );
  });

  it('needs a file that loads and exports an environment', async () => {
    const path = files({
      'a.ts': 'export const env = 1;',
      'b.ts': "throw new Error('oops\\nmore');",
      'c.ts': "throw 'up';",
    });
    const error: unknown = await loadEnvironments(undefined, TODAY, path).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      problems: [
        {
          path: 'environments/a.ts',
          value: 'a.ts',
          remedy: expect.stringContaining('export const environment'),
        },
        { path: 'environments/b.ts', reason: 'oops' },
        { path: 'environments/c.ts', reason: 'up' },
      ],
    });
  });

  it('keeps the clusters of environments apart', async () => {
    const shared = "cluster: { kind: 'new', name: 'same' }";
    const path = files({ 'a.ts': right('a', shared), 'b.ts': right('b', shared) });
    await expect(loadEnvironments(undefined, TODAY, path)).rejects.toThrow(
      /b: cluster\.name = "same": environment a has this cluster/,
    );
    await expect(loadEnvironments('b', TODAY, path)).resolves.toHaveLength(1);
  });
});
