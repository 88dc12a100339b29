import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { upgrade, upgradeCode, type UpgradeRequest } from '../../../tools/upgrade/upgrade';

const SOURCE = `// Ours.
export const environment = {
  name: 'shop', // as the file
  account: '111122223333',
  region: 'eu-west-1',
  cluster: { kind: 'new', kubernetesVersion: '1.36', administrators: ['arn:aws:iam::111122223333:role/a'] },
  loadBalancing: { type: 'controller', release: '3.4.3' },
};
`;

let folder: string;
const file = () => join(folder, 'shop.ts');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'upgrade-'));
  writeFileSync(file(), SOURCE);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function run(request: Partial<UpgradeRequest>) {
  const said: string[] = [];
  const result = await upgrade(
    { environment: 'shop', offline: true, ...request },
    (text) => said.push(text),
    { today: '2026-11-28', folder },
  );
  return { result, code: upgradeCode(result, request), said: said.join('\n') };
}

describe('upgrade', () => {
  it('writes the version and nothing else, and says what was not looked at', async () => {
    const { code, result, said } = await run({ to: '1.37' });
    expect(readFileSync(file(), 'utf8')).toBe(SOURCE.replace("'1.36'", "'1.37'"));
    expect(readdirSync(folder)).toEqual(['shop.ts']);
    expect(code).toBe(3);
    expect(result.results.map(({ state, reason }) => [state, reason])).toEqual(
      result.results.map(() => ['not judged', '--offline']),
    );
    expect(result.file).toMatchObject({ line: 6, before: "'1.36'", after: "'1.37'", written: true });
    expect(said).toMatch(/^shop: Kubernetes 1\.36 → 1\.37\n/);
    expect(said).toContain('not looked at: --offline');
    expect(said).not.toContain('✓');
    expect(said).toMatch(/\nDeploy in this order:\n {2}1\. npm run diff -- shop-cluster\n/);
    expect(said).toMatch(/Written\.$/);
  });

  it('writes nothing where that is asked for', async () => {
    const { said } = await run({ to: '1.37', isDry: true });
    expect(readFileSync(file(), 'utf8')).toBe(SOURCE);
    expect(said).toMatch(/Not written: --dry-run\.$/);
  });

  it.each<[Partial<UpgradeRequest>, string, string]>([
    [{}, SOURCE, 'one step at a time'],
    [{ to: '1.37', controller: '3.5.0' }, SOURCE, 'one step at a time'],
    [{ to: '1.35' }, SOURCE, 'goes up only'],
    [{ to: '1.99' }, SOURCE, 'no such version'],
    [{ controller: '3.3.0' }, SOURCE, 'goes up only'],
    [{ to: '1.37' }, SOURCE.replace("'1.36'", "['1', '36'].join('.')"), 'it is not written out there'],
    // What the environment would be has a gate that stops the newer controller.
    [
      { controller: '2.17.1' },
      SOURCE.replace("release: '3.4.3'", "release: '2.16.0', featureGates: { AGAController: true }"),
      'loadBalancing.featureGates.AGAController',
    ],
  ])('%j is refused, and nothing is written', async (request, source, message) => {
    writeFileSync(file(), source);
    await expect(run(request)).rejects.toThrow(message);
    expect(readFileSync(file(), 'utf8')).toBe(source);
    expect(readdirSync(folder)).toEqual(['shop.ts']);
  });

  it('is of environments on AWS', async () => {
    writeFileSync(
      file(),
      "export const environment = { kind: 'local', name: 'shop', cluster: { context: 'a' }, workloads: { services: [{ name: 'a', image: 'x:1', paths: [{ path: '/a' }] }] } };\n",
    );
    await expect(run({ to: '1.37' })).rejects.toThrow('no environment on AWS');
  });
});

it('what is in the way ends with 2, unless it is written anyway', () => {
  const result = { results: [{ state: 'broken' }] } as unknown as Parameters<typeof upgradeCode>[0];
  expect(upgradeCode(result, {})).toBe(2);
  expect(upgradeCode(result, { anyway: true })).toBe(0);
});
