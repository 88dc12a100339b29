import { previewTable } from '../preview/table';
import { compareLoadBalancers } from '../kit/load-balancers/comparison';
import { countOf, isEmptyState } from './load-balancers';
import { planTimeFacts, previewOf } from './plan-time';
import { reportTable, type StackReport } from './report';
import { servedUrls, visit, whenHealthy, type Visit } from './routes';
import { type Sandbox, type SandboxSettings } from './sandbox';

const COLUMNS = 110;

/** Everything once, and nothing left. @throws at the first step that doesn't come out as it has to */
export async function demo(
  sandbox: Sandbox,
  say: (text: string) => void,
  settings: SandboxSettings = {},
): Promise<void> {
  const started = Date.now();
  const step = (title: string) => {
    say(`\n== ${title} (${((Date.now() - started) / 1000).toFixed(0)} s)`);
  };
  step('the sandbox');
  await sandbox.up(settings);
  try {
    step('the load balancers that will be made; nothing exists yet');
    const { env } = await sandbox.prepare();
    const stacks = await sandbox.synthesize(env);
    const previewed = previewOf(stacks);
    say(previewTable(previewed, COLUMNS));

    step('four stacks');
    const reports = await sandbox.deploy();
    say(`\n${reportTable(reports)}`);

    const rest = reports.filter(({ state }) => state === 'not applied');
    if (rest.length === 0) {
      step('requests through the load balancers');
      const state = await whenHealthy(() => sandbox.state());
      say(visitsText(await visitAll(sandbox, reports)));
      step('the load balancers that were made, beside the preview');
      say(comparisonText(compareLoadBalancers(previewed.LoadBalancers, state.LoadBalancers)));
    } else {
      step('what can be known of the rest without a cluster');
      await tellOfTheRest(sandbox, rest, env, say);
    }

    step('the same once more');
    await sandbox.verify();

    step('destroy');
    await sandbox.destroy();
    say(await left(sandbox));
  } finally {
    await sandbox.down();
  }
  say(`\nthe demo took ${((Date.now() - started) / 1000).toFixed(0)} s; nothing is left running`);
}

/** Asks for every route that the stacks publish. @throws if one isn't answered as it has to be */
export async function visitAll(sandbox: Sandbox, reports: readonly StackReport[]): Promise<Visit[]> {
  const visits = await visit(servedUrls(reports), await sandbox.state(), sandbox.emulator());
  const wrong = visits.filter(({ expected, answer }) => answer.status !== expected);
  if (wrong.length > 0) throw new Error(`not answered as it has to be:\n${visitsText(wrong)}`);
  return visits;
}

/** A line for each URL: what it is called, what answered, and how to ask for it from this machine. */
export function visitsText(visits: readonly Visit[]): string {
  return visits
    .map(({ name, url, local, answer, pod }) => {
      const who = pod === undefined ? 'the load balancer itself' : `pod ${pod} (stand-in)`;
      return `  ${answer.status}  ${name}: ${url}\n       from ${who}; here: curl ${local}`;
    })
    .join('\n');
}

function comparisonText({ deviations, compared, unknown }: ReturnType<typeof compareLoadBalancers>): string {
  if (deviations.length > 0) {
    const lines = deviations.map(
      ({ path, previewed, made }) =>
        `  ${path}: ${JSON.stringify(previewed)} previewed, ${JSON.stringify(made)} made`,
    );
    throw new Error(`the load balancers are not as they were previewed:\n${lines.join('\n')}`);
  }
  return `  as previewed: ${compared} values are the same, ${unknown} were known only after apply`;
}

async function tellOfTheRest(
  sandbox: Sandbox,
  rest: readonly StackReport[],
  env: NodeJS.ProcessEnv,
  say: (text: string) => void,
): Promise<void> {
  const names = rest.map(({ stack }) => stack);
  for (const stack of sandbox.stacks().filter(({ name }) => names.includes(name))) {
    const { resources, validity } = await planTimeFacts(stack, env);
    say(`  ${stack.name}: ${resources} resources, ${validity}; its load balancers are shown above`);
  }
  say(
    '  to apply it too, name a folder with a control plane: SANDBOX_KUBERNETES=/path/to/programs npm run demo',
  );
}

async function left(sandbox: Sandbox): Promise<string> {
  const state = await sandbox.state();
  if (!isEmptyState(state)) throw new Error(`left after the destroy: ${countOf(state)}`);
  return `left: ${countOf(state)}`;
}
