import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { App } from 'cdktf';
import { addStacks } from '../../stacks';
import { environment } from '../support/environments';
import { synthesizedStacks } from '../support/stacks';

describe('addresses in state', () => {
  const stacks = synthesizedStacks(environment());

  // A change here replaces what is in use: it needs `moveTo` and a line in CHANGELOG.md.
  it.each(Object.keys(stacks))('of %s are stable', (name) => {
    const stack = stacks[name];
    const addresses = (stack?.types() ?? []).flatMap((type) =>
      Object.keys(stack?.resources(type) ?? {}).map((id) => `${type}.${id}`),
    );
    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses.sort()).toMatchSnapshot();
  });

  it.each([
    { type: 's3', bucket: 'state-of-ours', region: 'eu-west-1' } as const,
    { type: 'hcp', organization: 'example', project: 'Platform', execution: 'local' } as const,
  ])('of bootstrap are stable with backend $type', (backend) => {
    const { bootstrap } = synthesizedStacks(
      environment({ backend, bootstrap: { github: { repository: 'example/platform' } } }),
    );
    const addresses = (bootstrap?.types() ?? []).flatMap((type) =>
      Object.keys(bootstrap?.resources(type) ?? {}).map((id) => `${type}.${id}`),
    );
    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses.sort()).toMatchSnapshot();
  });
});

describe('synthesized JSON', () => {
  const home = process.cwd();
  const folders: string[] = [];
  afterEach(() => {
    process.chdir(home);
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  function synthIn(prefix: string): { folder: string; files: Record<string, string> } {
    const folder = mkdtempSync(join(tmpdir(), prefix));
    folders.push(folder);
    process.chdir(folder);
    const app = new App();
    addStacks(app, environment());
    app.synth();
    const files = readdirSync('cdktf.out', { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
      .map((entry) => join(entry.parentPath, entry.name));
    return { folder, files: Object.fromEntries(files.map((file) => [file, readFileSync(file, 'utf8')])) };
  }

  it('is the same from every folder, and names none', () => {
    const one = synthIn('one-');
    const two = synthIn('another-and-longer-');
    expect(Object.keys(one.files)).toHaveLength(5);
    expect(two.files).toEqual(one.files);
    for (const text of Object.values(one.files)) {
      for (const path of [home, one.folder, tmpdir()]) expect(text).not.toContain(`${path}/`);
    }
  });
});
