import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Testing, type TerraformStack } from 'cdktf';
import { loadEnvironments, type Environment } from '../../config';
import { boundVersions, chooseProviders, cliConfig } from '../../tools/kit/terraform/provider-choice';
import {
  findMirrored,
  mirrorCandidates,
  registryHost,
  type ProviderName,
} from '../../tools/kit/terraform/provider-mirror';
import '../support/matchers';
import { stacksOf } from '../support/stacks';

const PROJECT = join(__dirname, '..', '..');
const ENVIRONMENTS = ['dev', 'prod', 'sandbox'];
const IN_CLUSTER: readonly ProviderName[] = ['aws', 'kubernetes', 'helm'];
const STACKS: readonly [stack: string, providers: readonly ProviderName[]][] = [
  ['network', ['aws']],
  ['cluster', ['aws']],
  ['addons', IN_CLUSTER],
  ['workloads', IN_CLUSTER],
];

const host = registryHost(process.env);
const registry = spawnSync(process.execPath, [
  '--eval',
  `fetch('https://${host}/.well-known/terraform.json', { signal: AbortSignal.timeout(5000) }).then(({ ok }) => process.exit(ok ? 0 : 1))`,
]);
const mirrored = findMirrored(mirrorCandidates(process.env), host);
const choices = chooseProviders(
  boundVersions(PROJECT),
  mirrored,
  registry.status === 0 ? 'answers' : "doesn't answer",
);

/** The environment for the providers that are to be had. */
function forProviders(environment: Environment): Environment {
  const versions = Object.entries(choices).flatMap(([name, { override }]) =>
    override === undefined ? [] : [[name, override]],
  );
  const providers = { ...environment.providers, ...(Object.fromEntries(versions) as object) };
  if (environment.kind === 'local' || environment.cluster.kind !== 'new' || !choices.aws.override)
    return { ...environment, providers };
  // Versions of the provider before the bindings' don't all have it.
  return { ...environment, providers, cluster: { ...environment.cluster, deletionProtection: undefined } };
}

/** Terraform's own judgement, by the schemas of the providers that are to be had here. */
describe.each(ENVIRONMENTS)('to Terraform, %s', (name) => {
  const before = { ...process.env };
  const folder = mkdtempSync(join(tmpdir(), 'valid-terraform-'));
  let stacks: readonly TerraformStack[] = [];

  beforeAll(async () => {
    const [loaded] = await loadEnvironments(name, new Date().toISOString().slice(0, 10));
    if (!loaded) throw new Error(`no environment ${name}`);
    stacks = stacksOf(forProviders(loaded.environment));
    const config = join(folder, 'terraform.rc');
    writeFileSync(config, cliConfig(choices, mirrored, host));
    // State is not asked for: it may be in a bucket that this machine has no key of.
    Object.assign(process.env, { TF_CLI_CONFIG_FILE: config, TF_CLI_ARGS_init: '-backend=false' });
  });
  afterAll(() => {
    process.env = before;
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [stack, providers] of STACKS) {
    const missing = providers.filter((provider) => choices[provider].source === 'none');
    const title = `${stack} is valid`;
    if (missing.length > 0) {
      it.skip(`${title}: ${missing.map((each) => `${each} ${choices[each].explanation}`).join('; ')}`, () =>
        undefined);
      continue;
    }
    it(title, () => {
      const made = stacks.find(({ node }) => node.id === `${name}-${stack}`);
      if (!made) throw new Error(`no stack ${name}-${stack}`);
      const output = Testing.fullSynth(made);
      expect(output).toBeValidTerraform();
      rmSync(output, { recursive: true });
    });
  }
});
