import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { App } from 'cdktf';
import { type AwsEnvironment, type EnvironmentInput } from '../../config';
import { addStacks } from '../../stacks';
import { Inventory } from '../../tools/kit/inventory/inventory';
import { removeImports } from '../../tools/kit/terraform/imports';
import { terraformBinary } from '../../tools/kit/terraform/terraform';
import { StackRunner } from '../../tools/kit/terraform/terraform-stack';
import { recover } from '../../tools/recover/recover';
import { Sandbox } from '../../tools/sandbox/sandbox';
import { environment } from '../support/environments';

const REGION = 'us-east-1';
const BUCKET = 'state-of-killed-runs';
/** Rounds of four kills a backend, which take minutes: they run where somebody asks for them. */
const ROUNDS = Number(process.env.RECOVER_ROUNDS ?? 0);
const describeRounds = ROUNDS > 0 ? describe : describe.skip;

const sandbox = new Sandbox(() => undefined);
const project = mkdtempSync(join(tmpdir(), 'recover-'));
let env: NodeJS.ProcessEnv;
let killed: AwsEnvironment;

/** The same numbers in every run: mulberry32. */
function random(seed: number): () => number {
  let at = seed;
  return () => {
    at = (at + 0x6d2b79f5) | 0;
    let t = Math.imul(at ^ (at >>> 15), 1 | at);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function synth(backend: NonNullable<EnvironmentInput['backend']>): void {
  const outdir = join(project, 'cdktf.out', backend.type);
  mkdirSync(outdir, { recursive: true });
  const app = new App({ outdir });
  killed = environment({
    name: `killed-${backend.type}`,
    region: REGION,
    backend,
    network: { kind: 'new', nat: 'single', interfaceEndpoints: ['sts'], flowLogs: { retentionDays: 7 } },
    providers: { aws: env.SANDBOX_AWS_PROVIDER || undefined },
  });
  addStacks(app, killed);
  app.synth();
}

const runner = (stack: 'network' | 'cluster') =>
  new StackRunner(
    stack,
    join(project, 'cdktf.out', killed.backend.type, 'stacks', `${killed.name}-${stack}`),
    [],
    env,
  );

/** Kills Terraform and its providers once so many resources are made or gone; answers whether it was at work still. */
async function kill(stack: StackRunner, args: readonly string[], after: number): Promise<boolean> {
  const child = spawn(terraformBinary(env), [...args, '-no-color', '-auto-approve', '-input=false'], {
    cwd: stack.folder,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => {
      resolve();
    });
  });
  let [text, isKilled] = ['', false];
  child.stdout.on('data', (part: Buffer) => {
    text += part.toString();
    const done = text.match(/: (?:Creation|Destruction) complete/g)?.length ?? 0;
    const begun = /: (?:Creating|Destroying)\.\.\./.test(text);
    if (isKilled || !begun || done < after || child.pid === undefined) return;
    isKilled = true;
    process.kill(-child.pid, 'SIGKILL');
  });
  await ended;
  return isKilled;
}

async function ok(stack: StackRunner, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await stack.run(args);
  expect({ code, text: code === 0 ? '' : `${stdout}${stderr}` }).toEqual({ code: 0, text: '' });
  return stdout;
}

/** A lock object stays in S3 after a kill; what a person does with `recover --unlock`. */
async function unlock(stack: StackRunner): Promise<void> {
  const { stderr } = await stack.run(['plan', '-no-color', '-input=false']);
  const [, id] = /^\W*ID:\s+([0-9a-f-]{36})/m.exec(stderr) ?? [];
  if (id !== undefined) await ok(stack, 'force-unlock', '-force', id);
}

const tagged = () => new Inventory(REGION, env).tagged(killed.plan.ownTags);

/** What the environment's names and tags say is there twice. */
async function twice(): Promise<string[]> {
  const names = (await tagged()).flatMap(({ kind, tags: { Name } }) =>
    Name === undefined ? [] : [`${kind} ${Name}`],
  );
  return names.filter((name, index) => names.indexOf(name) !== index);
}

async function recovered(only: StackRunner): Promise<Awaited<ReturnType<typeof recover>>> {
  await unlock(only);
  const all = [runner('network'), runner('cluster')];
  return recover({ environment: killed, all, selected: [only], env, say: () => undefined });
}

describeRounds('what killed runs have made and left', () => {
  beforeAll(async () => {
    await sandbox.down();
    await sandbox.up({ controlPlane: false });
    const prepared = await sandbox.prepare();
    const endpoint = (prepared.env.AWS_ENDPOINT_URL ?? '').replace('localhost', '127.0.0.1');
    env = { ...prepared.env, AWS_ENDPOINT_URL: endpoint, CHECKPOINT_DISABLE: '1' };
    for (const name of [
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
      'AWS_ENDPOINT_URL',
    ])
      if (env[name] !== undefined) process.env[name] = env[name];
    const s3 = new S3Client({
      endpoint,
      region: REGION,
      forcePathStyle: true,
      requestHandler: { httpsAgent: new Agent({ ca: readFileSync(env.AWS_CA_BUNDLE ?? '') }) },
    });
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  });

  afterAll(async () => {
    rmSync(project, { recursive: true, force: true });
    await sandbox.down();
  });

  it.each([
    { backend: { type: 'local' as const }, seed: 1 },
    { backend: { type: 's3' as const, bucket: BUCKET, region: REGION }, seed: 2 },
  ])(
    'is found, and taken in once: state $backend.type',
    async ({ backend, seed }) => {
      const next = random(seed);
      let kills = 0;
      synth(backend);
      const log = (text: string) => {
        console.info(`${backend.type}: ${text}`);
      };
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const name of ['network', 'cluster'] as const) {
          const stack = runner(name);
          await ok(stack, 'init', '-no-color', '-reconfigure');
          const after = Math.floor(next() * 30);
          if (await kill(stack, ['apply'], after)) kills += 1;
          const found = await recovered(stack);
          log(
            `${name} apply killed after ${after}: ${found.stacks.map(({ imports }) => imports.length).join()} found`,
          );
          expect(found.stacks.map(({ strangers }) => strangers)).toEqual([[]]);
          await ok(stack, 'apply', '-no-color', '-auto-approve');
          removeImports(stack.folder);
          expect(await twice()).toEqual([]);
          expect((await stack.run(['plan', '-no-color', '-detailed-exitcode'])).code).toBe(0);
          const later = await recovered(stack);
          expect(later.stacks).toMatchObject([{ imports: [], missing: [] }]);
          expect(later.orphans).toEqual([]);
        }
        // As if the very last write had failed: nothing of the cluster is in a state.
        const cluster = runner('cluster');
        const addresses = (await ok(cluster, 'state', 'list'))
          .split('\n')
          .filter((line) => /^aws_/.test(line));
        await ok(cluster, 'state', 'rm', ...addresses);
        const [lost] = (await recovered(cluster)).stacks;
        log(`cluster lost: ${lost?.imports.length ?? 0} of ${addresses.length} found`);
        expect(lost?.missing.filter((address) => address.startsWith('aws_eks_cluster.'))).toEqual([]);
        await ok(cluster, 'apply', '-no-color', '-auto-approve');
        removeImports(cluster.folder);
        expect(await twice()).toEqual([]);
        for (const name of ['cluster', 'network'] as const) {
          const stack = runner(name);
          const after = Math.floor(next() * 20);
          if (await kill(stack, ['destroy'], after)) kills += 1;
          const imports = (await recovered(stack)).stacks.flatMap((found) => found.imports);
          log(`${name} destroy killed after ${after}: ${imports.length} found`);
          // What the state has forgotten is destroyed once the state has it again.
          if (imports.length > 0) await ok(stack, 'apply', '-no-color', '-auto-approve');
          removeImports(stack.folder);
          await ok(stack, 'destroy', '-no-color', '-auto-approve');
        }
        expect(await tagged()).toEqual([]);
      }
      expect(kills).toBeGreaterThanOrEqual(ROUNDS);
      log(`${kills} kills`);
    },
    3_600_000,
  );
});
