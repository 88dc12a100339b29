import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { terraform, withoutMissingConfig } from '../../tools/kit/terraform/terraform';
import { environment } from '../support/environments';
import { synthesizedStacks } from '../support/stacks';

/** Workloads read addons as they are synthesized; in place of what they make, one resource that holds what they read. */
describe('a stack whose upstream was destroyed', () => {
  const env = withoutMissingConfig(process.env);
  let root: string;
  let folder: string;
  const call = (...args: readonly string[]) => terraform([...args, '-no-color'], { cwd: folder, env });

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'upstream-'));
    folder = join(root, 'cdktf.out', 'test', 'stacks', 'test-workloads');
    mkdirSync(folder, { recursive: true });
    const read = synthesizedStacks(environment()).workloads?.oneData(
      'terraform_remote_state',
      'addons-state',
    );
    // The helper adds the address.
    const block = Object.fromEntries(Object.entries(read ?? {}).filter(([name]) => name !== 'address'));
    const outputs = '${data.terraform_remote_state.addons-state.outputs';
    const json = {
      terraform: { backend: { local: { path: 'own.tfstate' } } },
      data: { terraform_remote_state: { 'addons-state': block } },
      resource: {
        terraform_data: {
          service: {
            input: [
              `${outputs}.oidc_provider_arn}`,
              `\${lookup(${outputs.slice(2)}.repository_urls, "a", "")}`,
            ],
          },
        },
      },
    };
    writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(json));
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  function publish(outputs: object): void {
    const state = join(root, 'terraform-state', 'eks-ingress', 'test');
    mkdirSync(state, { recursive: true });
    const text = { version: 4, terraform_version: '1.9.0', serial: 1, lineage: 'a', outputs, resources: [] };
    writeFileSync(join(state, 'addons.tfstate'), JSON.stringify(text));
  }

  it('is refused by name, but for a destroy', async () => {
    publish({ oidc_provider_arn: { value: 'arn:aws:iam::1:oidc-provider/a', type: 'string' } });
    expect(await call('init')).toMatchObject({ code: 0 });
    expect(await call('apply', '-auto-approve')).toMatchObject({ code: 0, stderr: '' });
    publish({});
    const planned = await call('plan');
    expect(planned.code).toBe(1);
    expect(planned.stderr.replace(/\n[│ ]*/g, ' ')).toContain('First: npm run deploy -- test-addons');
    const destroyed = await call('destroy', '-auto-approve');
    expect(destroyed.stderr).toBe('');
    expect(destroyed).toMatchObject({ code: 0, stdout: expect.stringContaining('1 destroyed') });
  });
});
