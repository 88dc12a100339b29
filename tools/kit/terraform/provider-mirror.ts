import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { terraformBinary } from './terraform';
import { newest } from './version';

export const PROVIDERS = ['aws', 'kubernetes', 'helm'] as const;
export type ProviderName = (typeof PROVIDERS)[number];

/** The registry that a binary takes providers of `hashicorp/` from, by its name. */
export function registryHost(env: NodeJS.ProcessEnv): string {
  return /tofu/i.test(basename(terraformBinary(env))) ? 'registry.opentofu.org' : 'registry.terraform.io';
}

/** A provider's releases for this platform in one folder. */
export interface MirroredProvider {
  readonly mirror: string;
  readonly versions: readonly string[];
}

export type Mirrored = Partial<Record<ProviderName, MirroredProvider>>;

/** How Terraform calls this machine: `linux_amd64`. */
export function platform(os: string = process.platform, arch: string = process.arch): string {
  const names: Record<string, string> = { x64: 'amd64', ia32: '386', win32: 'windows' };
  return `${names[os] ?? os}_${names[arch] ?? arch}`;
}

/** Folders that may be laid out as a mirror: the one named, else those of the user's CLI config and the usual places. */
export function mirrorCandidates(env: NodeJS.ProcessEnv, home = homedir(), opt = '/opt'): string[] {
  if (env.TF_PLUGIN_MIRROR) {
    if (!existsSync(env.TF_PLUGIN_MIRROR)) {
      throw new Error(
        `TF_PLUGIN_MIRROR ${env.TF_PLUGIN_MIRROR} is not there: name a folder that holds ${registryHost(env)}/hashicorp/…`,
      );
    }
    return [env.TF_PLUGIN_MIRROR];
  }
  return [
    ...configuredMirrors(env.TF_CLI_CONFIG_FILE ?? join(home, '.terraformrc')),
    join(home, '.terraform.d', 'plugins'),
    '/usr/local/share/terraform/plugins',
    '/usr/share/terraform/plugins',
    ...folders(opt).map((name) => join(opt, name)),
  ];
}

/** Paths of the filesystem mirrors in a CLI config. */
function configuredMirrors(file: string): string[] {
  if (!existsSync(file)) return [];
  const blocks = readFileSync(file, 'utf8').matchAll(/filesystem_mirror\s*\{[^}]*?path\s*=\s*"([^"]+)"/g);
  return [...blocks].flatMap(([, path]) => (path === undefined ? [] : [path]));
}

/** The providers that the folders hold for the platform; of several folders, the one with the newest release. */
export function findMirrored(candidates: readonly string[], host: string, on = platform()): Mirrored {
  const found: Mirrored = {};
  for (const name of PROVIDERS) {
    for (const mirror of candidates) {
      const versions = versionsIn(join(mirror, host, 'hashicorp', name), name, on);
      if (versions.length === 0) continue;
      const best = found[name];
      if (!best || newest([...best.versions, ...versions]) !== newest(best.versions)) {
        found[name] = { mirror, versions };
      }
    }
  }
  return found;
}

/** Unpacked: `<version>/<platform>/`; packed: `terraform-provider-<name>_<version>_<platform>.zip`. */
function versionsIn(folder: string, name: string, on: string): string[] {
  const unpacked = folders(folder).filter(
    (version) => /^\d+\.\d+\.\d+/.test(version) && folders(join(folder, version)).includes(on),
  );
  const pattern = new RegExp(`^terraform-provider-${name}_(\\d+\\.\\d+\\.\\d+.*)_${on}\\.zip$`);
  const packed = entries(folder).flatMap((file) => pattern.exec(file)?.[1] ?? []);
  return [...new Set([...unpacked, ...packed])];
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Names of the folders in a folder; none if it isn't there. */
export function folders(folder: string): string[] {
  return entries(folder).filter((name) => {
    try {
      return statSync(join(folder, name)).isDirectory();
    } catch {
      return false;
    }
  });
}
