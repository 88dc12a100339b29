import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { loadEnvironments, type Environment } from '../../config';
import { releaseName } from '../../load-balancers/releases';
import { newest } from '../kit/terraform/version';
import { run } from '../kit/process';
import {
  cacheFolder,
  findPrograms,
  hasRelease,
  PROGRAMS,
  type FoundPrograms,
  type ProgramName,
} from './programs';

/** A program in an official image. */
interface ProgramImage {
  readonly image: string;
  /** Path of the program in the image, without the leading slash. */
  readonly file: string;
  /** Releases of it in the cache that will do. */
  readonly series: RegExp;
}

/** What decides which releases are wanted. */
export interface WantedReleases {
  /** Minor version of Kubernetes, such as `1.35`: the newest patch of it is taken. */
  readonly kubernetes: string;
  /** Release of the AWS Load Balancer Controller, such as `3.5.0`. */
  readonly controller: string;
}

/** The releases that environment sandbox asks for. */
async function wantedReleases(): Promise<WantedReleases> {
  const [result] = await loadEnvironments('sandbox', new Date().toISOString().slice(0, 10));
  if (!result?.environment)
    throw new Error('environment sandbox is refused: npm run synth -- sandbox says why');
  return releasesOf(result.environment);
}

/** The releases that an environment asks for. @throws if it makes no cluster of its own */
export function releasesOf(environment: Environment): WantedReleases {
  if (environment.kind === 'local' || environment.cluster.kind !== 'new') {
    throw new Error(`environment ${environment.name} makes no cluster of its own`);
  }
  const { loadBalancing, cluster } = environment;
  const controller = loadBalancing.type === 'controller' ? releaseName(loadBalancing.release) : '';
  return { kubernetes: cluster.kubernetesVersion, controller };
}

const ETCD = '3.6.5';
const KWOK = '0.8.0';

function images({ kubernetes, controller }: WantedReleases): Readonly<Record<ProgramName, ProgramImage>> {
  const exact = (version: string) => new RegExp(`^${version.replaceAll('.', '\\.')}(-|$)`);
  const component = (name: string): ProgramImage => ({
    image: `registry.k8s.io/${name}:v${kubernetes}.*`,
    file: `usr/local/bin/${name}`,
    series: new RegExp(`^${kubernetes.replaceAll('.', '\\.')}\\.\\d+$`),
  });
  return {
    etcd: { image: `registry.k8s.io/etcd:${ETCD}-0`, file: 'usr/local/bin/etcd', series: exact(ETCD) },
    'kube-apiserver': component('kube-apiserver'),
    'kube-controller-manager': component('kube-controller-manager'),
    'kube-scheduler': component('kube-scheduler'),
    kwok: { image: `registry.k8s.io/kwok/kwok:v${KWOK}`, file: 'usr/local/bin/kwok', series: exact(KWOK) },
    'aws-load-balancer-controller': {
      image: `public.ecr.aws/eks/aws-load-balancer-controller:v${controller}`,
      file: 'controller',
      series: exact(controller),
    },
  };
}

/** Programs of the wanted releases that are in the cache, with their paths. */
export function cachedPrograms(folder: string, wanted: WantedReleases): Partial<Record<ProgramName, string>> {
  const there = existsSync(folder) ? readdirSync(folder) : [];
  return Object.fromEntries(
    Object.entries(images(wanted)).flatMap(([name, { series }]) => {
      const versions = there.flatMap((file) => {
        const version = file.startsWith(`${name}-`) ? file.slice(name.length + 1) : '';
        return series.test(version) ? [version] : [];
      });
      const version = versions.length > 1 ? newest(versions) : versions[0];
      return version === undefined ? [] : [[name, join(folder, `${name}-${version}`)]];
    }),
  );
}

/**
 * Takes programs out of their official images into the cache; answers why not, if it can't.
 *
 * @param python that has urllib3
 */
async function fetchPrograms(
  python: string,
  folder: string,
  names: readonly ProgramName[],
  wanted: WantedReleases,
  say: (text: string) => void,
): Promise<string | undefined> {
  const all = images(wanted);
  const args = names.flatMap((name) => [name, all[name].image, all[name].file]);
  const { code, stderr } = await run(python, [join(__dirname, 'registry.py'), folder, ...args], {
    env: process.env,
    onLine: (line) => {
      say(`  ${line.replace('\t', ' is ')}`);
    },
  });
  if (code === 0) return undefined;
  const lines = stderr.trim().split('\n');
  return (lines.find((line) => line.startsWith('error: ')) ?? lines.at(-1) ?? '').replace('error: ', '');
}

/** Programs of which a cluster may have had an earlier release. */
const UPGRADED = PROGRAMS.filter((name) => name !== 'etcd' && name !== 'kwok');

/**
 * What a control plane consists of: what is at hand, and what official images have.
 *
 * @param python that has urllib3
 * @param earlier releases that are wanted too, where no folder of one's own decides what there is
 */
export async function controlPlanePrograms(
  python: string,
  earlier: WantedReleases | undefined,
  say: (text: string) => void,
): Promise<FoundPrograms> {
  const folder = join(cacheFolder(process.env), 'programs');
  const wanted = await wantedReleases();
  const find = () =>
    findPrograms(process.env, {
      ...(earlier && byRelease(cachedPrograms(folder, earlier))),
      ...cachedPrograms(folder, wanted),
    });
  const fetch = async (names: readonly ProgramName[], of: WantedReleases) => {
    if (names.length === 0 || process.platform !== 'linux') return;
    say(`taking ${names.join(', ')} out of the official images`);
    const reason = await fetchPrograms(python, folder, names, of, say);
    if (reason !== undefined) say(`  not to be had: ${reason}`);
  };
  await fetch(find().missing, wanted);
  if (earlier && !process.env.SANDBOX_KUBERNETES) {
    const found = find();
    const release = (name: ProgramName) =>
      name === 'aws-load-balancer-controller' ? earlier.controller : earlier.kubernetes;
    await fetch(
      UPGRADED.filter((name) => !hasRelease(found, name, release(name))),
      earlier,
    );
  }
  return find();
}

/** Files of the cache carry the release in their names. */
function byRelease(programs: Partial<Record<ProgramName, string>>): Record<string, string> {
  return Object.fromEntries(Object.values(programs).map((path) => [basename(path), path]));
}
