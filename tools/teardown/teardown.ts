import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { STSClient } from '@aws-sdk/client-sts';
import { type AwsEnvironment } from '../../config';
import { awsClientSettings } from '../kit/aws';
import { ClusterApi } from '../kit/cluster-api';
import { type Removal } from '../kit/inventory/removal';
import { type TaggedResource } from '../kit/inventory/tagged-resource';
import { checkInterrupted, run } from '../kit/process';
import { PROJECT, synthesizedStacks } from '../kit/project';
import { failureOf } from '../kit/terraform/failure';
import { type StackRunner } from '../kit/terraform/terraform-stack';
import { removeFinalizers as removeFinalizersOf } from './finalizers';
import { survey, type Survey } from './survey';

export interface TeardownProps {
  readonly environment: AwsEnvironment;
  /** In the order in which they are applied. */
  readonly stacks: readonly StackRunner[];
  /** Texts of the bootstrap stack, which outlives the environment. */
  readonly bootstrap: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly removal: Removal;
  /** Whether finalizers of a controller that doesn't run may be taken away. */
  readonly removeFinalizers: boolean;
  readonly destroy: (stack: StackRunner) => Promise<void>;
  /** Shows what is about to be swept. */
  readonly show: (found: Survey) => void;
  readonly say: (text: string) => void;
}

/**
 * Takes an environment down: its stacks, the last one first, and what they leave. Each step asks AWS anew what is there, so that it
 * may be stopped anywhere and started again.
 *
 * Answers what could not be deleted.
 */
export async function teardown(props: TeardownProps): Promise<readonly string[]> {
  const { environment, stacks, removal, say, env } = props;
  const look = () => survey(environment, env, props.bootstrap);
  const failed: string[] = [];
  await replaceLostStates(stacks, say);
  for (const stack of [...stacks].reverse()) {
    checkInterrupted();
    const found = await look();
    const isInCluster = stack.stack === 'workloads' || stack.stack === 'addons';
    if (isInCluster) {
      if (found.cluster === undefined) await forgetObjects(stack, say);
    } else {
      // The controller is gone by now: what is left of its work is nobody's.
      failed.push(...(await sweep(found.made, props)));
    }
    if (failed.length > 0) return failed;
    if (await stack.isEmpty()) continue;
    if (isInCluster && found.cluster !== undefined) await release(found, props);
    await props.destroy(stack);
  }
  const rest = await look();
  props.show(rest);
  failed.push(...(await sweep([...rest.made, ...rest.terraform], props)));
  const others = removal.others([...rest.made, ...rest.terraform]);
  return [...failed, ...others.map(({ kind, id }) => `${kind} ${id} is left to you`)];
}

/** A stack reads the outputs of those before it even to be destroyed, and fails where there is no state at all. */
async function replaceLostStates(stacks: readonly StackRunner[], say: (text: string) => void): Promise<void> {
  const empty = await Promise.all(stacks.map((stack) => stack.isEmpty()));
  const last = empty.lastIndexOf(false);
  for (const [index, stack] of stacks.entries())
    if (index < last && empty[index] === true && (await stack.replaceLostState()))
      say(`${stack.stack}: its state is lost; an empty one is in its place, and what it held goes by tag`);
}

function sweep(resources: readonly TaggedResource[], { removal }: TeardownProps): Promise<string[]> {
  return removal.remove(resources);
}

/** @throws if objects would wait for a controller that doesn't run */
async function release(
  { cluster = {}, finalizers }: Survey,
  { environment, env, removeFinalizers, say }: TeardownProps,
): Promise<void> {
  const held = finalizers?.isServed === false ? finalizers.held : [];
  if (held.length === 0) return;
  const names = held.map(({ kind, key }) => `${kind} ${key}`).join(', ');
  if (!removeFinalizers) {
    throw new Error(
      `no pod of the controller is ready, and only it takes the finalizers from ${names}: npm run doctor -- ${environment.name} says why it isn't; where it is beyond repair --remove-finalizers takes them away, and its load balancers are swept`,
    );
  }
  const sts = new STSClient(awsClientSettings(environment.region, env));
  await removeFinalizersOf(await ClusterApi.of(environment, cluster, sts), held);
  say(`finalizers are taken from ${names}`);
}

/** Objects went with their cluster: Terraform would ask an API server that isn't there. */
async function forgetObjects(stack: StackRunner, say: (text: string) => void): Promise<void> {
  await stack.init();
  const { stdout } = await stack.run(['state', 'list']);
  const objects = stdout.split('\n').filter((address) => /^(?:kubernetes|helm)_/.test(address));
  if (objects.length === 0) return;
  const removed = await stack.run(['state', 'rm', ...objects]);
  if (removed.code !== 0)
    throw new Error(`${stack.stack}: its objects stay in the state: ${failureOf(removed)}`);
  say(`${stack.stack}: ${objects.length} objects went with the cluster, and are out of the state`);
}

/** Destroys a stack by the project's own command. @throws with the end of what it says */
export async function destroyStack(
  id: string,
  env: NodeJS.ProcessEnv,
  say: (text: string) => void,
): Promise<void> {
  const lines: string[] = [];
  const { code } = await run(
    process.execPath,
    ['--require', './register.cjs', 'tools/deploy/main.ts', 'destroy', id, '--auto-approve'],
    {
      cwd: PROJECT,
      env,
      onLine: (line) => {
        lines.push(line);
        say(line);
      },
    },
  );
  if (code !== 0) throw new Error(`${id}: not destroyed, so what it stands on stays: ${lines.at(-1) ?? ''}`);
}

/** What the bootstrap stack wants and what its state holds, as texts to look names up in. */
export function bootstrapTexts(folder: string): string[] {
  return synthesizedStacks(folder)
    .filter(({ name }) => name.endsWith('-bootstrap'))
    .flatMap(({ folder: at, stateFile }) => [join(at, 'cdk.tf.json'), ...(stateFile ? [stateFile] : [])])
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'));
}
