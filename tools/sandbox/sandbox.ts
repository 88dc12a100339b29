import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cdktf } from '../kit/cdktf';
import {
  isApplied,
  PROJECT,
  removeState,
  resourcesOf,
  synthesize,
  synthesizedStacks,
  type StackFolder,
} from '../kit/project';
import {
  boundVersions,
  chooseProviders,
  cliConfig,
  registryAnswers,
  type ProviderChoice,
} from '../kit/terraform/provider-choice';
import {
  findMirrored,
  mirrorCandidates,
  PROVIDERS,
  registryHost,
  type ProviderName,
} from '../kit/terraform/provider-mirror';
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
import { stateOf, type EmulatorState } from './load-balancers';
import { whyNotKubernetes } from './kubernetes';
import { cachedPrograms, fetchPrograms, wantedReleases } from './images';
import { cacheFolder, findPrograms, PROGRAMS, type FoundPrograms } from './programs';
import { emulatorPython } from './python';
import { notApplied, progressOf, secondsSince, type StackReport } from './report';
import { secondPlan } from './second-plan';

const REGION = 'us-east-1';
const NOT_UP = 'the sandbox is not up: npm run sandbox -- up starts it';
const CHARTS = 'https://aws.github.io/eks-charts';

const NO_PROGRAMS: FoundPrograms = { paths: {}, missing: PROGRAMS, folders: [] };

/** How a sandbox is started. */
export interface SandboxSettings extends Omit<EmulatorSettings, 'python' | 'region' | 'programs'> {
  /** Whether clusters have a control plane, where its programs are to be had. @default true */
  readonly controlPlane?: boolean;
}

type Choices = Readonly<Record<ProviderName, ProviderChoice>>;

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
  async up({ controlPlane = true, ...settings }: SandboxSettings = {}): Promise<void> {
    const running = runningEmulator(this.emulatorFolder);
    if (running) {
      throw new Error(`the sandbox is up already at ${running.endpoint}: npm run sandbox -- down stops it`);
    }
    // Before anything is installed: without Terraform nothing comes of it.
    await checkTerraform(withoutMissingConfig(process.env));
    mkdirSync(this.folder, { recursive: true });
    const python = await emulatorPython(this.pythonFolder, this.say);
    // Whatever an emulator before this one held is gone, so its state describes nothing.
    this.forget();
    const { paths, folders, missing } = controlPlane ? await this.programs(python) : NO_PROGRAMS;
    const started = { ...settings, python, region: REGION, programs: paths };
    this.show(await startEmulator(this.emulatorFolder, started));
    this.say(
      missing.length > 0
        ? `no Kubernetes control plane: ${controlPlane ? `${missing.join(', ')} not found` : 'none is wanted'}`
        : `Kubernetes control plane and controller are from ${folders.join(', ')}`,
    );
  }

  /** What a control plane consists of: what is at hand, and what official images have. */
  private async programs(python: string): Promise<FoundPrograms> {
    const folder = join(cacheFolder(process.env), 'programs');
    const wanted = await wantedReleases();
    const before = findPrograms(process.env, cachedPrograms(folder, wanted));
    if (before.missing.length === 0 || process.platform !== 'linux') return before;
    this.say(`taking ${before.missing.join(', ')} out of the official images`);
    const reason = await fetchPrograms(python, folder, before.missing, wanted, this.say);
    if (reason !== undefined) this.say(`  not to be had: ${reason}`);
    return findPrograms(process.env, cachedPrograms(folder, wanted));
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
      const reason = await this.whyNot(stack, stacks, choices, env);
      if (reason === undefined) {
        reports.push(await this.apply(stack, env));
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
      await this.cdktf('destroy', stack, env);
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
  async prepare(): Promise<{ env: NodeJS.ProcessEnv; choices: Choices }> {
    this.environment();
    this.say(await checkTerraform(withoutMissingConfig(process.env)));
    const host = registryHost(process.env);
    const mirrored = findMirrored(mirrorCandidates(process.env), host);
    const asked = !process.env.TF_PLUGIN_MIRROR;
    const registry = !asked ? 'is not asked' : (await registryAnswers(host)) ? 'answers' : "doesn't answer";
    const choices = chooseProviders(boundVersions(PROJECT), mirrored, registry);
    for (const name of PROVIDERS) this.say(`provider ${name}: ${choices[name].explanation}`);
    if (choices.aws.source === 'none') {
      throw new Error(
        `provider aws: ${choices.aws.explanation}: name a mirror that has it in TF_PLUGIN_MIRROR`,
      );
    }
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(join(this.folder, 'terraform.rc'), cliConfig(choices, mirrored, host));
    const overrides = PROVIDERS.flatMap((name) => {
      const { override } = choices[name];
      return override === undefined ? [] : [[`SANDBOX_${name.toUpperCase()}_PROVIDER`, override]];
    });
    return {
      env: { ...this.environment(), ...(Object.fromEntries(overrides) as NodeJS.ProcessEnv) },
      choices,
    };
  }

  /** Writes the Terraform JSON of the environment's stacks. */
  async synthesize(env: NodeJS.ProcessEnv): Promise<readonly StackFolder[]> {
    const started = Date.now();
    const stacks = await this.write(env, this.folder);
    this.say(`${stacks.length} stacks synthesized in ${secondsSince(started).toFixed(1)} s`);
    return stacks;
  }

  private async whyNot(
    stack: StackFolder,
    all: readonly StackFolder[],
    choices: Choices,
    env: NodeJS.ProcessEnv,
  ): Promise<string | undefined> {
    const missing = stack.dependencies.find((name) =>
      all.some((other) => other.name === name && !isApplied(other)),
    );
    if (missing !== undefined) return `${missing} is not applied`;
    const needsKubernetes = /"(kubernetes|helm)":\s*\[/.test(
      readFileSync(join(stack.folder, 'cdk.tf.json'), 'utf8').split('"resource"')[0] ?? '',
    );
    if (!needsKubernetes) return undefined;
    const cluster = all.find(({ name }) => name.endsWith('-cluster'));
    const { cluster_endpoint: endpoint } = cluster ? await outputsOf(cluster.folder, env) : {};
    return whyNotKubernetes({
      providers: choices,
      endpoint: typeof endpoint === 'string' ? endpoint : '',
      chartRepository: process.env.SANDBOX_CHART_REPOSITORY ?? CHARTS,
      env,
    });
  }

  private async apply(stack: StackFolder, env: NodeJS.ProcessEnv): Promise<StackReport> {
    const started = Date.now();
    await this.cdktf('deploy', stack, env);
    const outputs = await outputsOf(stack.folder, env);
    return {
      stack: stack.name,
      state: 'applied',
      resources: resourcesOf(stack),
      seconds: secondsSince(started),
      outputs,
    };
  }

  /** Runs a command of the CLI and tells what each resource comes to. */
  private async cdktf(
    command: 'deploy' | 'destroy',
    stack: StackFolder,
    env: NodeJS.ProcessEnv,
  ): Promise<void> {
    const started = Date.now();
    const lines: string[] = [];
    this.say(`${stack.name}: ${command}`);
    const onLine = (line: string) => {
      lines.push(line);
      const news = progressOf(line);
      if (news) this.say(`  ${secondsSince(started).toFixed(0).padStart(4)} s  ${news}`);
    };
    const flags = ['--auto-approve', '--skip-provider-lock', '--no-color'];
    const code = await cdktf(command, stack.name, flags, { env, folder: this.folder, onLine });
    if (code !== 0) throw new Error(`${stack.name}: ${command} failed:\n${lines.slice(-40).join('\n')}`);
    this.say(`${stack.name}: ${command} done in ${secondsSince(started).toFixed(1)} s`);
  }

  /** Removes state and synthesized files of the environment. */
  private forget(): void {
    removeState(this.stacks());
    for (const name of ['sandbox', 'manifest.json', 'terraform.rc']) {
      rmSync(join(this.folder, name), { recursive: true, force: true });
    }
  }
}
