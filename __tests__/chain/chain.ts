import { type EnvironmentInput } from '../../config';
import { awsClientSettings } from '../../tools/kit/aws';
import { type EmulatorState } from '../../tools/sandbox/load-balancers';
import { type StackReport } from '../../tools/sandbox/report';
import { askFor, type HttpAnswer, type Question } from '../../tools/sandbox/requests';
import { whenHealthy } from '../../tools/sandbox/routes';
import { Sandbox, type SandboxSettings } from '../../tools/sandbox/sandbox';
import { writeEnvironment } from './environment';
import { kubernetesOf, type AskKubernetes } from './kubernetes';
import { whileAsking, type Watched } from './prober';

/** The whole chain with everything real that can be, of an environment that changes: each step stands on the one before it. */
export class Chain {
  readonly sandbox: Sandbox;
  reports: readonly StackReport[] = [];
  private latest?: EmulatorState;

  constructor(private environment: EnvironmentInput) {
    this.sandbox = new Sandbox(
      () => undefined,
      (env, folder) => Promise.resolve(writeEnvironment(this.environment, env, folder)),
    );
  }

  /** Starts anew, with calls of AWS checked against IAM policies, and applies all stacks. */
  async start(settings: SandboxSettings = {}): Promise<void> {
    await this.sandbox.down();
    await this.sandbox.up({ podsTakeLeave: true, podStartSeconds: 2, enforceIam: true, ...settings });
    await this.change(this.environment);
  }

  /** Applies stacks of an environment as it is from now on. @throws if one can't be */
  async change(environment: EnvironmentInput, ...stacks: readonly string[]): Promise<void> {
    this.environment = environment;
    for (const stack of stacks.length > 0 ? stacks : [undefined]) {
      const reports = await this.sandbox.deploy(stack && `sandbox-${stack}`);
      const failed = reports.find(({ state }) => state !== 'applied');
      if (failed) throw new Error(`${failed.stack} is not applied: ${failed.reason ?? ''}`);
      const anew = new Set(reports.map((report) => report.stack));
      this.reports = [...this.reports.filter((report) => !anew.has(report.stack)), ...reports];
    }
    this.latest = await whenHealthy(() => this.sandbox.state());
  }

  /** What was there after the last change. */
  get state(): EmulatorState {
    if (!this.latest) throw new Error('the chain has not started');
    return this.latest;
  }

  /** An output of whichever stack has it. */
  output(name: string): unknown {
    return this.reports.map(({ outputs }) => outputs[name]).find((value) => value !== undefined);
  }

  url(path = ''): string {
    return new URL(path, String(this.output('url'))).href;
  }

  async ask(path: string, question: Question = {}): Promise<HttpAnswer> {
    return askFor(
      new URL(path, this.url()).href,
      (await this.sandbox.state()).LoadBalancers,
      this.sandbox.emulator(),
      question,
    );
  }

  /** What a client of a path sees while something happens. */
  watch(path: string, happens: () => Promise<unknown>): Promise<Watched> {
    return whileAsking(this.sandbox, this.url(path), happens);
  }

  /** How a client of the emulated AWS is made. */
  aws() {
    const env = this.sandbox.environment();
    return {
      ...awsClientSettings('us-east-1', env),
      endpoint: env.AWS_ENDPOINT_URL ?? '',
      credentials: {
        accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
        secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
        sessionToken: env.AWS_SESSION_TOKEN,
      },
    };
  }

  async kubernetes(): Promise<AskKubernetes> {
    const [cluster] = (await this.sandbox.state()).Clusters;
    return kubernetesOf(cluster?.Kubeconfig ?? '');
  }
}
