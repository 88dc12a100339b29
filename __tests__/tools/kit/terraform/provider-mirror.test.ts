import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findMirrored, mirrorCandidates, platform } from '../../../../tools/kit/terraform/provider-mirror';
import { chooseProviders, cliConfig } from '../../../../tools/kit/terraform/provider-choice';
import { compareVersions, newest } from '../../../../tools/kit/terraform/version';

const BOUND = { aws: '6.25.0', kubernetes: '2.38.0', helm: '3.1.1' };
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mirror-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const hashicorp = (mirror: string, name: string) =>
  join(root, mirror, 'registry.terraform.io', 'hashicorp', name);

function unpacked(mirror: string, name: string, version: string, on = 'linux_amd64'): void {
  mkdirSync(join(hashicorp(mirror, name), version, on), { recursive: true });
}

function packed(mirror: string, name: string, version: string, on = 'linux_amd64'): void {
  mkdirSync(hashicorp(mirror, name), { recursive: true });
  writeFileSync(join(hashicorp(mirror, name), `terraform-provider-${name}_${version}_${on}.zip`), '');
}

describe('versions', () => {
  it('are ordered by number, a pre-release before its release', () => {
    const sorted = ['5.9.0', '5.100.0', '6.0.0-beta1', '6.0.0-beta10', '6.0.0', '6.25.0'];
    expect([...sorted].reverse().sort(compareVersions)).toEqual(sorted);
    expect(newest(['5.9.0', '5.100.0', '5.99.1'])).toBe('5.100.0');
    expect(newest([])).toBeUndefined();
    expect(compareVersions('v1.2.3+build', '1.2.3')).toBe(0);
  });
});

describe('the search of mirrors', () => {
  it('finds both layouts, of this platform alone', () => {
    unpacked('one', 'aws', '5.100.0');
    unpacked('one', 'aws', '6.0.0', 'darwin_arm64');
    packed('one', 'aws', '5.99.0');
    packed('one', 'helm', '3.1.1');
    packed('one', 'helm', '3.2.0', 'windows_amd64');
    expect(findMirrored([join(root, 'one')], 'linux_amd64')).toEqual({
      aws: { mirror: join(root, 'one'), versions: ['5.100.0', '5.99.0'] },
      helm: { mirror: join(root, 'one'), versions: ['3.1.1'] },
    });
  });

  it('takes the folder with the newest release, and is not stopped by one that is missing', () => {
    unpacked('old', 'aws', '5.9.0');
    unpacked('new', 'aws', '5.100.0');
    const folders = ['absent', 'old', 'new'].map((name) => join(root, name));
    expect(findMirrored(folders, 'linux_amd64').aws?.mirror).toBe(join(root, 'new'));
  });

  it('looks in the one that is named only', () => {
    expect(mirrorCandidates({ TF_PLUGIN_MIRROR: root })).toEqual([root]);
    expect(() => mirrorCandidates({ TF_PLUGIN_MIRROR: join(root, 'absent') })).toThrow('is not there');
  });

  it('looks in the mirrors of the CLI config, in the home and under /opt otherwise', () => {
    const config = join(root, 'config.tfrc');
    writeFileSync(config, 'provider_installation { filesystem_mirror { path = "/a/mirror" } }');
    mkdirSync(join(root, 'opt', 'plugins'), { recursive: true });
    const found = mirrorCandidates({ TF_CLI_CONFIG_FILE: config }, '/home/a', join(root, 'opt'));
    expect(found).toEqual(
      expect.arrayContaining(['/a/mirror', '/home/a/.terraform.d/plugins', join(root, 'opt', 'plugins')]),
    );
    expect(() => mirrorCandidates({ TF_CLI_CONFIG_FILE: join(root, 'absent') })).not.toThrow();
  });

  it('names platforms as Terraform does', () => {
    expect(platform('linux', 'x64')).toBe('linux_amd64');
    expect(platform('darwin', 'arm64')).toBe('darwin_arm64');
    expect(platform('win32', 'ia32')).toBe('windows_386');
  });
});

describe('the choice of providers', () => {
  const mirrored = { aws: { mirror: '/m', versions: ['5.99.0', '5.100.0'] } };

  it('takes the version of the bindings where it can be had', () => {
    const choices = chooseProviders(
      BOUND,
      { aws: { mirror: '/m', versions: ['6.25.0', '6.26.0'] } },
      'answers',
    );
    expect(choices.aws).toEqual({ source: 'mirror', explanation: '6.25.0 from /m' });
    expect(choices.helm).toEqual({ source: 'registry', explanation: '3.1.1 from the registry' });
    expect(chooseProviders(BOUND, mirrored, 'answers').aws.override).toBeUndefined();
  });

  it('takes the newest of the mirror without a registry, and says why', () => {
    const { aws, helm } = chooseProviders(BOUND, mirrored, "doesn't answer");
    expect(aws).toMatchObject({ source: 'mirror', override: '5.100.0' });
    expect(aws.explanation).toContain("the registry doesn't answer");
    expect(helm.source).toBe('none');
  });

  it('becomes a CLI config that leaves the rest to the registry', () => {
    const text = cliConfig(chooseProviders(BOUND, mirrored, "doesn't answer"), mirrored);
    expect(text).toContain('path    = "/m"');
    expect(text).toContain('exclude = ["registry.terraform.io/hashicorp/aws"]');
    expect(text).not.toContain('hashicorp/helm');
  });
});
