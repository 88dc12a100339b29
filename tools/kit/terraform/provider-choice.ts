import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROVIDERS, type Mirrored, type ProviderName } from './provider-mirror';
import { newest } from './version';

/** Where a provider comes from, and why that version. */
export interface ProviderChoice {
  /** An exact version where it differs from the bindings'. @default - theirs */
  readonly override?: string;
  readonly source: 'registry' | 'mirror' | 'none';
  readonly explanation: string;
}

/** The versions that the bindings were made for. */
export function boundVersions(project: string): Record<ProviderName, string> {
  const version = (name: ProviderName): string => {
    const file = join(project, 'node_modules', '@cdktf', `provider-${name}`, 'package.json');
    const { cdktf } = JSON.parse(readFileSync(file, 'utf8')) as {
      cdktf?: { provider?: { version?: string } };
    };
    const bound = cdktf?.provider?.version?.replace(/^[^\d]*/, '');
    if (bound === undefined) throw new Error(`${file} names no provider version`);
    return bound;
  };
  return { aws: version('aws'), kubernetes: version('kubernetes'), helm: version('helm') };
}

/** Prefers the version of the bindings, from a mirror or the registry; without a registry the newest in a mirror. */
export function chooseProviders(
  bound: Readonly<Record<ProviderName, string>>,
  mirrored: Mirrored,
  registry: 'answers' | "doesn't answer" | 'is not asked',
): Record<ProviderName, ProviderChoice> {
  const choose = (name: ProviderName): ProviderChoice => {
    const wanted = bound[name];
    const found = mirrored[name];
    if (found?.versions.includes(wanted)) {
      return { source: 'mirror', explanation: `${wanted} from ${found.mirror}` };
    }
    if (registry === 'answers') return { source: 'registry', explanation: `${wanted} from the registry` };
    const version = found && newest(found.versions);
    if (found && version !== undefined) {
      return {
        source: 'mirror',
        override: version,
        explanation: `${version} from ${found.mirror}: the registry ${registry} and this is the newest there (the bindings are for ${wanted})`,
      };
    }
    return { source: 'none', explanation: `not found: the registry ${registry} and no mirror has it` };
  };
  return Object.fromEntries(PROVIDERS.map((name) => [name, choose(name)])) as Record<
    ProviderName,
    ProviderChoice
  >;
}

/** A CLI config that takes from the mirror what was found there, and the rest from the registry. */
export function cliConfig(
  choices: Readonly<Record<ProviderName, ProviderChoice>>,
  mirrored: Mirrored,
  host: string,
): string {
  const fromMirror = PROVIDERS.filter((name) => choices[name].source === 'mirror');
  const address = (name: ProviderName) => JSON.stringify(`${host}/hashicorp/${name}`);
  const mirrors = fromMirror.map(
    (name) =>
      `  filesystem_mirror {\n    path    = ${JSON.stringify(mirrored[name]?.mirror)}\n    include = [${address(name)}]\n  }\n`,
  );
  const direct = `  direct {\n    exclude = [${fromMirror.map(address).join(', ')}]\n  }\n`;
  return `disable_checkpoint = true\nprovider_installation {\n${mirrors.join('')}${direct}}\n`;
}

/** Whether the registry of providers answers. */
export async function registryAnswers(host: string, timeoutMs = 5000): Promise<boolean> {
  try {
    const response = await fetch(`https://${host}/.well-known/terraform.json`, {
      signal: AbortSignal.timeout(timeoutMs),
    });
    return response.ok;
  } catch {
    return false;
  }
}
