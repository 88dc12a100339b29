import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { folders } from './provider-mirror';

/**
 * The environment in which Terraform takes providers from TF_PLUGIN_MIRROR, and from the registry what isn't there; without that
 * variable the user's own CLI configuration says where from, as ever. Everything else in that configuration stays as it is.
 *
 * @param folder for the configuration
 * @throws if the mirror isn't there
 */
export function withMirror(env: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
  const { TF_PLUGIN_MIRROR: mirror } = env;
  if (!mirror) return env;
  if (!existsSync(mirror))
    throw new Error(
      `TF_PLUGIN_MIRROR ${mirror} is not there: name a folder that holds providers by their hosts`,
    );
  const own = env.TF_CLI_CONFIG_FILE ?? join(homedir(), '.terraformrc');
  const rest = existsSync(own) ? withoutBlock(readFileSync(own, 'utf8'), 'provider_installation') : '';
  const file = join(resolve(folder), 'terraform.rc');
  const path = JSON.stringify(resolve(mirror));
  // Asked for what the mirror has, a registry that can't be reached would be an error.
  const held = providersIn(mirror).map((address) => JSON.stringify(address));
  writeFileSync(
    file,
    `${rest}\nprovider_installation {\n  filesystem_mirror {\n    path = ${path}\n  }\n  direct {\n    exclude = [${held.join(', ')}]\n  }\n}\n`,
    { mode: 0o600 },
  );
  return { ...env, TF_CLI_CONFIG_FILE: file };
}

/** Addresses of the providers in a mirror: `registry.terraform.io/hashicorp/aws`. */
function providersIn(mirror: string): string[] {
  return folders(mirror).flatMap((host) =>
    folders(join(mirror, host)).flatMap((namespace) =>
      folders(join(mirror, host, namespace)).map((name) => `${host}/${namespace}/${name}`),
    ),
  );
}

/** An HCL text without a top-level block. */
function withoutBlock(text: string, name: string): string {
  const start = new RegExp(`^\\s*${name}\\s*\\{`, 'm').exec(text);
  if (!start) return text;
  let depth = 0;
  for (let at = start.index + start[0].length - 1; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return text.slice(0, start.index) + text.slice(at + 1);
  }
  return text.slice(0, start.index);
}
