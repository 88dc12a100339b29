import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import {
  GetBucketEncryptionCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { App } from 'cdktf';
import { type EnvironmentInput } from '../../config';
import { addStacks } from '../../stacks';
import { Sandbox } from '../../tools/sandbox/sandbox';
import { output, run } from '../../tools/kit/process';
import { terraformBinary } from '../../tools/kit/terraform/terraform';
import { environment } from '../support/environments';

const BUCKET = 'state-of-the-team';
const S3 = { type: 's3', bucket: BUCKET, region: 'us-east-1' } as const;
const LOCAL = { type: 'local' } as const;
const NETWORK = 'eks-ingress/team/network.tfstate';
const ME = `${userInfo().username}@${hostname()}`;

const sandbox = new Sandbox(() => undefined);
const project = mkdtempSync(join(tmpdir(), 'state-'));
const running: ChildProcess[] = [];
let env: NodeJS.ProcessEnv;
let s3: S3Client;
let next: unknown;

const folderOf = (stack: string) => join(project, 'cdktf.out', 'team', 'stacks', `team-${stack}`);
const text = (key: string) => readFileSync(join(project, 'terraform-state', ...key.split('/')), 'utf8');

/** Writes the stacks of environment `team`, as `npm run synth` does. */
function synth(backend: EnvironmentInput['backend'], tags: Record<string, string> = {}): void {
  const outdir = join(project, 'cdktf.out', 'team');
  mkdirSync(outdir, { recursive: true });
  const app = new App({ outdir });
  const team = environment({
    name: 'team',
    region: 'us-east-1',
    tags,
    backend,
    ...(backend?.type === 's3' && { bootstrap: { github: { repository: 'example/platform' } } }),
    network: { kind: 'new', nat: 'single', flowLogs: false, gatewayEndpoints: [] },
    providers: { aws: env.SANDBOX_AWS_PROVIDER || undefined },
  });
  addStacks(app, team);
  app.synth();
}

/** Runs Terraform in a stack's folder to its end. */
const terraform = (stack: string, ...args: string[]) =>
  run(terraformBinary(env), args, { cwd: folderOf(stack), env: { ...env, TF_INPUT: '0' } });

/** The same for what must succeed; answers what it printed. */
const terraformOk = (stack: string, ...args: string[]) =>
  output(terraformBinary(env), args, { cwd: folderOf(stack), env: { ...env, TF_INPUT: '0' } });

const init = (stack: string, ...args: string[]) => terraformOk(stack, 'init', '-no-color', ...args);
const apply = (stack: string) => terraformOk(stack, 'apply', '-no-color', '-auto-approve');

/** What a plan with nothing to do ends with. */
async function expectNoChanges(stack: string): Promise<void> {
  const { code, stdout, stderr } = await terraform(stack, 'plan', '-no-color', '-detailed-exitcode');
  expect({ code, stdout, stderr }).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes.') });
}

/** What the plan of a stack that isn't applied would make of what it reads. */
async function planned(stack: string): Promise<unknown> {
  await terraformOk(stack, 'plan', '-no-color', '-out=plan');
  const { resource_changes: changes } = JSON.parse(await terraformOk(stack, 'show', '-json', 'plan')) as {
    readonly resource_changes: readonly unknown[];
  };
  expect(changes.length).toBeGreaterThan(5);
  return changes;
}

interface State {
  readonly lineage: string;
  readonly serial: number;
  readonly resources: readonly { readonly type: string }[];
}
const pull = async (stack: string) => JSON.parse(await terraformOk(stack, 'state', 'pull')) as State;

/** Keys in the bucket. */
async function keys(): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
  return Contents.map(({ Key = '' }) => Key).sort();
}

/** Terraform at work, whose lines can be waited for. */
class Running {
  readonly end: Promise<number | null>;
  printed = '';
  private readonly waiting: (() => void)[] = [];

  constructor(stack: string, ...args: string[]) {
    this.child = spawn(terraformBinary(env), args, { cwd: folderOf(stack), env });
    running.push(this.child);
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (part: Buffer) => {
        this.printed += part.toString();
        for (const check of this.waiting) check();
      });
    }
    this.end = new Promise((resolve) => this.child.on('close', resolve));
  }

  private readonly child: ChildProcess;

  /** Waits until it has printed this. @throws if it ends before */
  async until(pattern: RegExp): Promise<void> {
    const seen = new Promise<void>((resolve) => {
      const check = () => {
        if (pattern.test(this.printed)) resolve();
      };
      this.waiting.push(check);
      check();
    });
    const ended = this.end.then(() => {
      if (!pattern.test(this.printed))
        throw new Error(`it ended without ${String(pattern)}:\n${this.printed}`);
    });
    await Promise.race([seen, ended]);
  }

  answer(line: string): void {
    this.child.stdin?.end(`${line}\n`);
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.end;
  }
}

/** Each step stands on the one before it: these are the steps of docs/state.md. */
describe('state of a team', () => {
  beforeAll(async () => {
    await sandbox.down();
    await sandbox.up();
    const prepared = await sandbox.prepare();
    const endpoint = (prepared.env.AWS_ENDPOINT_URL ?? '').replace('localhost', '127.0.0.1');
    // An address for an endpoint: AWS's clients put the bucket into the path then, as an emulator wants it.
    env = { ...prepared.env, AWS_ENDPOINT_URL: endpoint, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' };
    const client = {
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      requestHandler: { httpsAgent: new Agent({ ca: readFileSync(env.AWS_CA_BUNDLE ?? '') }) },
    };
    s3 = new S3Client({ ...client, forcePathStyle: true });
  });

  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL');
    rmSync(project, { recursive: true, force: true });
    await sandbox.down();
  });

  it('is a file of the project at first', async () => {
    synth(LOCAL);
    for (const stack of ['network', 'cluster']) await init(stack);
    await apply('network');
    expect(JSON.parse(text(NETWORK))).toMatchObject({ version: 4 });
    next = await planned('cluster');
  });

  it('gets a bucket from bootstrap, whose own state is a file', async () => {
    synth(S3);
    await init('bootstrap');
    await apply('bootstrap');
    expect(JSON.parse(text('eks-ingress/team/bootstrap.tfstate'))).toMatchObject({
      outputs: {
        state_bucket: { value: BUCKET },
        plan_role_arn: { value: 'arn:aws:iam::111122223333:role/eks-ingress-team-plan' },
      },
    });
    const { ServerSideEncryptionConfiguration } = await s3.send(
      new GetBucketEncryptionCommand({ Bucket: BUCKET }),
    );
    expect(JSON.stringify(ServerSideEncryptionConfiguration)).toContain(
      'arn:aws:kms:us-east-1:111122223333:key/',
    );
    await expectNoChanges('bootstrap');
  });

  it('moves to the bucket, and nothing changes', async () => {
    const before = JSON.parse(text(NETWORK)) as State;
    for (const stack of ['network', 'cluster']) await init(stack, '-migrate-state', '-force-copy');
    await expectNoChanges('network');
    expect(await planned('cluster')).toEqual(next);
    expect(await keys()).toEqual([NETWORK]);
    expect((await pull('network')).resources).toEqual(before.resources);
  });

  it('is locked while one applies: a second run fails with the name of the first, or waits', async () => {
    synth(S3, { Change: 'one' });
    const before = await pull('network');
    const first = new Running('network', 'apply', '-no-color');
    await first.until(/Enter a value:/);

    const { code, stderr } = await terraform('network', 'apply', '-no-color', '-auto-approve');
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining(ME) });
    expect(stderr).toMatch(/Operation:\s+OperationTypeApply/);
    expect(stderr).toContain(`${BUCKET}/${NETWORK}`);

    const second = new Running('network', 'apply', '-no-color', '-auto-approve', '-lock-timeout=5m');
    await second.until(/Acquiring state lock/);
    expect((await pull('network')).serial).toBe(before.serial);
    first.answer('yes');
    expect(await first.end).toBe(0);
    expect(first.printed).toMatch(/Apply complete! Resources: 0 added, [1-9]\d* changed, 0 destroyed/);

    expect(await second.end).toBe(0);
    expect(second.printed).toContain('Apply complete! Resources: 0 added, 0 changed, 0 destroyed');
    const after = await pull('network');
    expect({ lineage: after.lineage, newer: after.serial > before.serial }).toEqual({
      lineage: before.lineage,
      newer: true,
    });
  });

  it('stays locked after a kill until the lock is cleared, and is intact', async () => {
    synth(S3, { Change: 'two' });
    const before = await pull('network');
    const killed = new Running('network', 'apply', '-no-color', '-auto-approve');
    await killed.until(/Modifying\.\.\./);
    await killed.kill();
    expect(await keys()).toContain(`${NETWORK}.tflock`);
    expect(await pull('network')).toEqual(before);

    const refused = await terraform('network', 'apply', '-no-color', '-auto-approve');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(ME) });
    const [, id = ''] = /^\W*ID:\s+([0-9a-f-]{36})/m.exec(refused.stderr) ?? [];
    await terraformOk('network', 'force-unlock', '-force', id);
    expect(await keys()).not.toContain(`${NETWORK}.tflock`);

    await apply('network');
    await expectNoChanges('network');
    const { lineage, resources } = await pull('network');
    expect({ lineage, addresses: resources.map(({ type }) => type) }).toEqual({
      lineage: before.lineage,
      addresses: before.resources.map(({ type }) => type),
    });
  });

  it('is recovered from an older version', async () => {
    const before = await pull('network');
    const [lost = ''] = (await terraformOk('network', 'state', 'list')).split('\n');
    await terraformOk('network', 'state', 'rm', lost);
    expect((await pull('network')).resources).toHaveLength(before.resources.length - 1);

    const { Versions = [] } = await s3.send(
      new ListObjectVersionsCommand({ Bucket: BUCKET, Prefix: NETWORK }),
    );
    const [, older] = Versions.filter(({ Key }) => Key === NETWORK);
    const { Body } = await s3.send(
      new GetObjectCommand({ Bucket: BUCKET, Key: NETWORK, VersionId: older?.VersionId }),
    );
    writeFileSync(join(folderOf('network'), 'older.tfstate'), (await Body?.transformToString()) ?? '');
    await terraformOk('network', 'state', 'push', '-force', 'older.tfstate');
    expect((await pull('network')).resources).toEqual(before.resources);
    await expectNoChanges('network');
  });

  it('moves back to files, and nothing changes', async () => {
    const { resources } = await pull('network');
    synth(LOCAL, { Change: 'two' });
    for (const stack of ['network', 'cluster']) await init(stack, '-migrate-state', '-force-copy');
    await expectNoChanges('network');
    expect(JSON.parse(text(NETWORK))).toMatchObject({ resources });
    synth(LOCAL);
    expect(await planned('cluster')).toEqual(next);
  });
});
