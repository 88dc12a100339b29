import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** What a control plane consists of, and the controller that works in it. */
export const PROGRAMS = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
  'aws-load-balancer-controller',
] as const;
export type ProgramName = (typeof PROGRAMS)[number];

/** Programs that were found, with their paths; further releases of one are named `<name>-<release>`. */
export interface FoundPrograms {
  readonly paths: Readonly<Record<string, string>>;
  readonly missing: readonly ProgramName[];
  /** The folders that they are from. */
  readonly folders: readonly string[];
}

/** Whether there is a program of a release such as `3.5.0`, or of a series such as `1.36`, under its own name. */
export function hasRelease(
  { paths }: Pick<FoundPrograms, 'paths'>,
  name: ProgramName,
  release: string,
): boolean {
  const key = `${name}-${release}`;
  return Object.keys(paths).some((each) => each === key || each.startsWith(`${key}.`));
}

/** The folder of what is kept from one run to the next. */
export function cacheFolder(env: NodeJS.ProcessEnv, home = homedir()): string {
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'eks-ingress');
}

/**
 * Finds each program in the folder that `SANDBOX_KUBERNETES` names, in `KUBEBUILDER_ASSETS`, in the cache or on the path, in
 * this order.
 *
 * @throws if `SANDBOX_KUBERNETES` names no folder
 */
export function findPrograms(
  env: NodeJS.ProcessEnv,
  cached: Readonly<Record<string, string>> = {},
): FoundPrograms {
  const named = env.SANDBOX_KUBERNETES;
  if (named && !isFolder(named)) {
    throw new Error(
      `SANDBOX_KUBERNETES ${named} is not a folder: name one that holds ${PROGRAMS.join(', ')}`,
    );
  }
  const first = [named, env.KUBEBUILDER_ASSETS].flatMap((folder) => (folder ? [folder] : []));
  const path = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const within = (folders: readonly string[], name: string) =>
    folders.map((folder) => join(folder, name)).find(isProgram);
  const found: Record<string, string> = Object.fromEntries(
    PROGRAMS.flatMap((name): [string, string][] => {
      const program = within(first, name) ?? cached[name] ?? within(path, name);
      return program === undefined ? [] : [[name, program]];
    }),
  );
  const releases = first.flatMap((folder) =>
    isFolder(folder)
      ? readdirSync(folder)
          .filter((name) => isRelease(name) && isProgram(join(folder, name)))
          .map((name) => [name, join(folder, name)])
      : [],
  );
  const paths: Record<string, string> = { ...cached, ...found };
  for (const [name = '', program = ''] of releases) paths[name] = program;
  return {
    paths,
    missing: PROGRAMS.filter((name) => !(name in paths)),
    folders: [...new Set(Object.values(paths).map(dirname))],
  };
}

const isRelease = (file: string) => PROGRAMS.some((name) => new RegExp(`^${name}-\\d`).test(file));

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
