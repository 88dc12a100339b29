import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import {
  isApplied,
  PROJECT,
  removeState,
  resourcesOf,
  synthesize,
  synthesizedStacks,
  type StackFolder,
} from '../kit/project';
import { checkTerraform, outputsOf, withoutMissingConfig } from '../kit/terraform/terraform';
import { clientEnvironment } from './client-environment';
import {
  ACCOUNT,
  administratorSession,
  runningEmulator,
  startEmulator,
  stopEmulator,
  type Emulator,
  type EmulatorSettings,
} from './emulator';
import { controlPlanePrograms, type WantedReleases } from './images';
import { stateOf, type EmulatorState } from './load-balancers';
import { PROGRAMS, type FoundPrograms } from './programs';
import { foundProviders, type ProviderChoices } from './providers';
import { emulatorPython } from './python';
import { notApplied, secondsSince, type StackReport } from './report';
import { secondPlan } from './second-plan';
import { applyStack, runStackCommand, type StackCli } from './stack-command';
import { whyNotApplied } from './why-not-applied';

const REGION = 'us-east-1';
const NOT_UP = 'the sandbox is not up: npm run sandbox -- up starts it';

const NO_PROGRAMS: FoundPrograms = { paths: {}, missing: PROGRAMS, folders: [] };

/** How a sandbox is started. */
export interface SandboxSettings extends Omit<EmulatorSettings, 'python' | 'region' | 'programs'> {
  /** Whether clusters have a control plane, where its programs are to be had. @default true */
  readonly controlPlane?: boolean;
  /** Releases that a cluster may have before it is upgraded to those of environment sandbox. @default - those alone */
  readonly earlier?: WantedReleases;
}

/** The environment `sandbox` on an emulated AWS: every step that a person, the demo and the tests take. */
export class Sandbox {
  /** Also where the stacks are synthesized: another synth doesn't get in the way. */
  readonly folder = join(PROJECT, '.sandbox');
  private readonly emulatorFolder = join(this.folder, 'emulator');
  private readonly pythonFolder = join(this.folder, 'venv');

  /** @param write synthesizes the stacks into a folder. @default - those of environments/sandbox.ts */
  constructor(
    private readonly say: (text: string) => void,
    private readonly write: (
      env: NodeJS.ProcessEnv,
      folder: string,
    ) => Promise<readonly StackFolder[]> = synthesize,
  ) {}

  /** Starts the emulator, with what a control plane needs where that is to be had. @throws if it is up already */
  async up({ controlPlane = true, earlier, ...settings }: SandboxSettings = {}): Promise<void> {
    // Before anything is installed: without Terraform nothing comes of it.
    await checkTerraform(withoutMissingConfig(process.env));
    const running = runningEmulator(this.emulatorFolder);
    if (running) {
      throw new Error(`the sandbox is up already at ${running.endpoint}: npm run sandbox -- down stops it`);
    }
    mkdirSync(this.folder, { recursive: true });
    const python = await emulatorPython(this.pythonFolder, this.say);
    // Whatever an emulator before this one held is gone, so its state describes nothing.
    this.forget();
    const { paths, folders, missing } = controlPlane
      ? await controlPlanePrograms(python, earlier, this.say)
      : NO_PROGRAMS;
    const started = { ...settings, python, region: REGION, programs: paths };
    this.show(await startEmulator(this.emulatorFolder, started));
    this.say(
      missing.length > 0
        ? `no Kubernetes control plane: ${controlPlane ? `${missing.join(', ')} not found` : 'none is wanted'}`
        : `Kubernetes control plane and controller are from ${folders.join(', ')}`,
    );
  }

  /** Applies the stacks in order; the ones that can't be are reported with the reason. @throws if one fails */
  async deploy(only?: string): Promise<StackReport[]> {
    const { env, choices } = await this.prepare();
    const stacks = await this.synthesize(env);
    const selected = stacks.filter(({ name }) => only === undefined || name === only);
    if (selected.length === 0) {
      throw new Error(
        `there is no stack ${only ?? ''}: write one of ${stacks.map(({ name }) => name).join(', ')}`,
      );
    }
    const reports: StackReport[] = [];
    for (const stack of selected) {
      const reason = await whyNotApplied(stack, { stacks, choices, env });
      if (reason === undefined) {
        reports.push(await applyStack(stack, this.cli(env)));
      } else {
        this.say(`${stack.name}: not applied: ${reason}`);
        reports.push(notApplied(stack.name, reason));
      }
    }
    return reports;
  }

  /** Plans what is applied once more. @throws if anything but a known gap would change */
  async verify(): Promise<void> {
    const env = this.environment();
    const wrong: string[] = [];
    for (const stack of this.stacks().filter(isApplied)) {
      const plan = await secondPlan(stack, env);
      wrong.push(...plan.wrong);
      const summary = plan.wrong.length === 0 ? 'changes nothing' : `changes ${plan.wrong.length} resources`;
      this.say(
        `${stack.name}: the second plan ${summary}${plan.known.length > 0 ? ', known gaps of the emulator aside:' : ''}`,
      );
      for (const gap of plan.known) this.say(`  ${gap}`);
    }
    if (wrong.length > 0) throw new Error(`the second plan is not empty:\n  ${wrong.join('\n  ')}`);
  }

  /** What the controller has made, and where load balancers listen. @throws if the emulator is not up */
  state(): Promise<EmulatorState> {
    return stateOf(this.emulator());
  }

  /** The emulator that runs. @throws if none does */
  emulator(): Emulator {
    const emulator = runningEmulator(this.emulatorFolder);
    if (!emulator) throw new Error(NOT_UP);
    return emulator;
  }

  /** What is there. */
  async status(): Promise<StackReport[]> {
    const env = this.environment();
    const stacks = this.stacks();
    const emulator = runningEmulator(this.emulatorFolder);
    if (emulator) {
      this.show(emulator);
      for (const { Name, Kubeconfig } of (await this.state()).Clusters) {
        this.say(`look into ${Name} with: kubectl --kubeconfig ${Kubeconfig} get ingress,pods -A`);
      }
    }
    return Promise.all(
      stacks.map(async (stack): Promise<StackReport> => {
        if (!isApplied(stack)) return notApplied(stack.name, 'nothing in its state');
        const outputs = await outputsOf(stack.folder, env);
        return { stack: stack.name, state: 'applied', resources: resourcesOf(stack), seconds: 0, outputs };
      }),
    );
  }

  /** Destroys what is applied, the last stack first. @throws if one fails or leaves something */
  async destroy(): Promise<void> {
    const env = this.environment();
    for (const stack of [...this.stacks()].reverse().filter(isApplied)) {
      await runStackCommand('destroy', stack, this.cli(env));
      if (isApplied(stack)) throw new Error(`${stack.name}: destroyed, but its state still holds resources`);
    }
  }

  /** Stops the emulator and removes all but the cached Python environment. */
  async down(): Promise<void> {
    const stopped = await stopEmulator(this.emulatorFolder);
    this.forget();
    this.say(stopped ? 'emulated AWS is stopped' : 'emulated AWS was not up');
  }

  /** The environment of a client of this sandbox's AWS, or the caller's own if that names an endpoint. */
  environment(): NodeJS.ProcessEnv {
    const emulator = runningEmulator(this.emulatorFolder);
    const config = join(this.folder, 'terraform.rc');
    const common = {
      ENVIRONMENT: 'sandbox',
      // The AWS CLI beside the emulator, where the machine has none.
      PATH: [process.env.PATH, join(this.pythonFolder, 'bin')].filter(Boolean).join(delimiter),
      ...(existsSync(config) ? { TF_CLI_CONFIG_FILE: config } : {}),
    };
    if (emulator) {
      const session = administratorSession(this.emulatorFolder);
      return { ...clientEnvironment(process.env, emulator, REGION, session), ...common };
    }
    if (process.env.AWS_ENDPOINT_URL) return { ...withoutMissingConfig(process.env), ...common };
    throw new Error(NOT_UP);
  }

  /** The stacks as they were last synthesized here. */
  stacks(): readonly StackFolder[] {
    return synthesizedStacks(this.folder);
  }

  private show({ endpoint, certificate, pid }: Emulator): void {
    this.say(`emulated AWS is up at ${endpoint} (process ${pid}, account ${ACCOUNT}, ${REGION})`);
    const keys = 'AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test';
    this.say(
      `look around with: ${keys} AWS_REGION=${REGION} AWS_CA_BUNDLE=${certificate} aws --endpoint-url ${endpoint} …`,
    );
  }

  /** Decides where providers come from, says so, and answers the environment of Terraform and of a synth. */
  async prepare(): Promise<{ env: NodeJS.ProcessEnv; choices: ProviderChoices }> {
    this.environment();
    this.say(await checkTerraform(withoutMissingConfig(process.env)));
    const { choices, config, overrides } = await foundProviders(process.env, this.say);
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(join(this.folder, 'terraform.rc'), config);
    return { env: { ...this.environment(), ...overrides }, choices };
  }

  /** Writes the Terraform JSON of the environment's stacks. */
  async synthesize(env: NodeJS.ProcessEnv): Promise<readonly StackFolder[]> {
    const started = Date.now();
    const stacks = await this.write(env, this.folder);
    this.say(`${stacks.length} stacks synthesized in ${secondsSince(started).toFixed(1)} s`);
    return stacks;
  }

  private cli(env: NodeJS.ProcessEnv): StackCli {
    return { env, folder: this.folder, say: this.say };
  }

  /** Removes state and synthesized files of the environment. */
  private forget(): void {
    removeState(this.stacks());
    for (const name of ['sandbox', 'manifest.json', 'terraform.rc']) {
      rmSync(join(this.folder, name), { recursive: true, force: true });
    }
  }
}
