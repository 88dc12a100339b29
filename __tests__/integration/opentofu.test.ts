import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../../tools/kit/process';
import { isApplied, PROJECT } from '../../tools/kit/project';
import { Sandbox } from '../../tools/sandbox/sandbox';

const before = { ...process.env };
const named = process.env.TERRAFORM_BINARY_NAME ?? '';
const onPath = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'tofu'))
  .find((file) => existsSync(file));
const tofu = /tofu/i.test(basename(named)) ? named : onPath;
if (tofu === undefined)
  process.stdout.write(
    'skipped: no OpenTofu: TERRAFORM_BINARY_NAME names none, and no tofu is on the PATH\n',
  );

(tofu === undefined ? describe.skip : describe)('OpenTofu in the place of Terraform', () => {
  const lines: string[] = [];
  const sandbox = new Sandbox((line) => lines.push(line));
  const mirror = mkdtempSync(join(tmpdir(), 'mirror-'));

  beforeAll(async () => {
    process.env.TERRAFORM_BINARY_NAME = tofu;
    const given = process.env.TF_PLUGIN_MIRROR;
    // A mirror of Terraform's registry has the same programs, under another host.
    if (given && !existsSync(join(given, 'registry.opentofu.org'))) {
      const [from, to] = [join(given, 'registry.terraform.io'), join(mirror, 'registry.opentofu.org')];
      cpSync(from, to, { recursive: true });
      process.env.TF_PLUGIN_MIRROR = mirror;
    }
    await sandbox.down();
    await sandbox.up({ controlPlane: false });
  });
  afterAll(async () => {
    await sandbox.down();
    process.env = before;
    rmSync(mirror, { recursive: true });
  });

  it('applies network and cluster, which the next plan leaves as they are', async () => {
    const [network, cluster] = await sandbox.deploy();
    expect([network, cluster]).toMatchObject([{ state: 'applied' }, { state: 'applied' }]);
    expect(lines.join('\n')).toMatch(/OpenTofu v\d/);
    await expect(sandbox.verify()).resolves.toBeUndefined();
  });

  it('shows what differs by npm run diff', async () => {
    const { env } = await sandbox.prepare();
    const { code, stdout } = await run('npm', ['run', 'diff', '--', 'sandbox-network'], {
      cwd: PROJECT,
      env,
    });
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes') });
  });

  it('destroys both', async () => {
    await sandbox.destroy();
    expect(sandbox.stacks().filter(isApplied)).toEqual([]);
  });
});
