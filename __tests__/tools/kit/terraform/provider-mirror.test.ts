import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  findMirrored,
  mirrorCandidates,
  platform,
  registryHost,
} from '../../../../tools/kit/terraform/provider-mirror';
import { withMirror } from '../../../../tools/kit/terraform/mirror-config';
import { chooseProviders, cliConfig } from '../../../../tools/kit/terraform/provider-choice';
import { compareVersions, newest } from '../../../../tools/kit/terraform/version';

const BOUND = { aws: '6.25.0', kubernetes: '2.38.0', helm: '3.1.1' };
const HOST = 'registry.terraform.io';
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
    expect(findMirrored([join(root, 'one')], HOST, 'linux_amd64')).toEqual({
      aws: { mirror: join(root, 'one'), versions: ['5.100.0', '5.99.0'] },
      helm: { mirror: join(root, 'one'), versions: ['3.1.1'] },
    });
  });

  it('takes the folder with the newest release, and is not stopped by one that is missing', () => {
    unpacked('old', 'aws', '5.9.0');
    unpacked('new', 'aws', '5.100.0');
    const folders = ['absent', 'old', 'new'].map((name) => join(root, name));
    expect(findMirrored(folders, HOST, 'linux_amd64').aws?.mirror).toBe(join(root, 'new'));
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

describe('the registry', () => {
  it.each([
    [undefined, 'registry.terraform.io'],
    ['/opt/bin/terraform1.11', 'registry.terraform.io'],
    ['tofu', 'registry.opentofu.org'],
    ['/home/tofu/terraform', 'registry.terraform.io'],
    ['/usr/local/bin/opentofu-1.10', 'registry.opentofu.org'],
  ])('of %j', (TERRAFORM_BINARY_NAME, host) => {
    expect(registryHost({ TERRAFORM_BINARY_NAME })).toBe(host);
  });

  it('is that of the binary in mirrors, configuration and messages', () => {
    const tofu = 'registry.opentofu.org';
    const env = { TERRAFORM_BINARY_NAME: 'tofu', TF_PLUGIN_MIRROR: join(root, 'absent') };
    expect(() => mirrorCandidates(env)).toThrow(`a folder that holds ${tofu}/hashicorp/…`);
    unpacked('one', 'aws', '5.100.0');
    expect(findMirrored([join(root, 'one')], tofu, 'linux_amd64')).toEqual({});
    mkdirSync(join(root, 'one', tofu, 'hashicorp', 'aws', '6.0.0', 'linux_amd64'), { recursive: true });
    const mirrored = findMirrored([join(root, 'one')], tofu, 'linux_amd64');
    expect(mirrored.aws?.versions).toEqual(['6.0.0']);
    expect(cliConfig(chooseProviders(BOUND, mirrored, "doesn't answer"), mirrored, tofu)).toContain(
      `exclude = ["${tofu}/hashicorp/aws"]`,
    );
  });
});

describe('a mirror of deploy', () => {
  it("goes before the registry, and leaves the rest of the user's configuration", () => {
    const own = join(root, 'own.tfrc');
    writeFileSync(
      own,
      'credentials "app.terraform.io" {\n  token = "t"\n}\nprovider_installation {\n  direct {\n    exclude = ["a/*/*"]\n  }\n}\ndisable_checkpoint = true\n',
    );
    unpacked('m', 'aws', '5.100.0');
    const env = withMirror({ TF_PLUGIN_MIRROR: join(root, 'm'), TF_CLI_CONFIG_FILE: own }, root);
    expect(env.TF_CLI_CONFIG_FILE).toBe(join(root, 'terraform.rc'));
    const text = readFileSync(join(root, 'terraform.rc'), 'utf8');
    expect(text).toContain('token = "t"');
    expect(text).toContain('disable_checkpoint = true');
    expect(text.match(/provider_installation/g)).toHaveLength(1);
    expect(text).toContain(`path = "${join(root, 'm')}"`);
    expect(text).toContain('exclude = ["registry.terraform.io/hashicorp/aws"]');
    expect(text).not.toContain('a/*/*');
  });

  it("is none where none is named: the user's own configuration holds", () => {
    expect(withMirror({ TF_CLI_CONFIG_FILE: '/a' }, root)).toEqual({ TF_CLI_CONFIG_FILE: '/a' });
    expect(() => withMirror({ TF_PLUGIN_MIRROR: join(root, 'no') }, root)).toThrow('is not there');
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
    const text = cliConfig(chooseProviders(BOUND, mirrored, "doesn't answer"), mirrored, HOST);
    expect(text).toContain('path    = "/m"');
    expect(text).toContain('exclude = ["registry.terraform.io/hashicorp/aws"]');
    expect(text).not.toContain('hashicorp/helm');
  });
});
