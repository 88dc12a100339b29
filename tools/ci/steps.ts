import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { loadEnvironments } from '../../config';
import { isChange, STACKS } from '../plan-report/changes/changes';
import { driftRisks } from '../plan-report/risks/unforeseen';
import { OUTPUT, PROJECT } from '../kit/project';
import { applyEnvironment } from './apply-environment';
import { Arguments, type Command } from './arguments';
import { changedEnvironments } from './changed-environments';
import { destroyEnvironment } from './destroy-environment';
import { Github } from './github';
import { pipelineEnvironments } from './pipeline-environments';
import { changesIn, planEnvironment } from './plan-environment';
import { release } from './release';
import { reportPlans } from './report-plans';
import { parseReviewed, reviewedPlans, type ReviewedPlans } from './reviewed-plans';
import { checkedRun, reviewedRun } from './reviewed-run';
import { addSummary, setOutput } from './run-output';
import { driftIssue, stickyComment, withdrawComments } from './sticky';
import { terraformStacks } from './terraform-stack';

const PLAN_WORKFLOW = 'plan.yml';

type Step = (args: Arguments, env: NodeJS.ProcessEnv) => Promise<number>;

/** Does what a step of a workflow is told; answers its exit code. */
export async function runStep(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const parsed = Arguments.parse(args);
  return STEPS[parsed.command](parsed, env);
}

/** Where synthesized stacks are. */
function outputOf({ CDKTF_OUTDIR: folder }: NodeJS.ProcessEnv): string {
  return folder === undefined ? OUTPUT : resolve(PROJECT, folder);
}

const STEPS: Readonly<Record<Command, Step>> = {
  environments: async (args, env) => {
    const name = args.optional('env');
    const loaded = await loadEnvironments(name, new Date().toISOString().slice(0, 10));
    const all = pipelineEnvironments(loaded.map(({ environment }) => environment));
    if (all.length === 0)
      console.error('no environment has its state where pipelines find it: see docs/state.md');
    const base = args.optional('base');
    const names = all.map((each) => each.name);
    const changed = base === undefined ? names : await changedEnvironments(names, base, env, outputOf(env));
    setOutput(env, 'environments', JSON.stringify(all.filter((each) => changed.includes(each.name))));
    return 0;
  },

  plan: async (args, env) => {
    const { environment } = args;
    const folder = resolve(args.required('plans'));
    const stacks = terraformStacks(environment, outputOf(env), env);
    // The role that plans may not lock state. A plan made while somebody applies is found out when it is applied.
    const plans = await planEnvironment(stacks, folder, ['-lock=false']);
    const blocked = plans.blocked.filter((stack) => !plans.failed.has(stack));
    if (blocked.length > 0) console.error(`blocked: ${blocked.join(', ')}`);
    const commit = args.optional('commit') ?? env.GITHUB_SHA ?? '';
    writeReview(folder, reviewedPlans(stacks, plans, { environment, commit }));
    return plans.failed.size > 0 ? 1 : 0;
  },

  report: async (args, env) => {
    const out = resolve(args.required('out'));
    const folder = resolve(args.required('plans'));
    const code = await reportPlans(
      { environment: args.environment, folder, out, failOn: args.optional('fail-on') },
      env,
    );
    if (existsSync(out)) addSummary(env, readFileSync(out, 'utf8'));
    return code;
  },

  comment: async (args, env) => {
    const pull = numberOf('pull', args.required('pull'));
    const { environment } = args;
    const file = args.required('report');
    const report = existsSync(file)
      ? readFileSync(file, 'utf8')
      : `## Plan of \`${environment}\`\n\nThere is no plan: the run says why.\n`;
    const text = `${report}\n${origin(env, args.optional('commit'))}`;
    const done = await stickyComment(Github.of(env), { pull, environment, text });
    console.error(`comment ${done}`);
    return 0;
  },

  withdraw: async (args, env) => {
    const pull = numberOf('pull', args.required('pull'));
    const planned = z
      .array(z.looseObject({ name: z.string() }))
      .parse(JSON.parse(args.required('environments')));
    const withdrawn = await withdrawComments(Github.of(env), {
      pull,
      environments: planned.map(({ name }) => name),
      text: 'This pull request no longer changes it.\n',
    });
    console.error(`comments withdrawn: ${withdrawn.length > 0 ? withdrawn.join(', ') : 'none'}`);
    return 0;
  },

  'reviewed-run': async (args, env) => {
    const commit = args.required('commit');
    const { environment } = args;
    const github = Github.of(env);
    const given = args.optional('run');
    const run =
      given === undefined
        ? await reviewedRun(github, { commit, environment, workflow: PLAN_WORKFLOW })
        : await checkedRun(github, numberOf('run', given), environment);
    console.error(
      run === undefined
        ? `no pull request of ${commit} has plans`
        : `reviewed in run ${run.id}, of commit ${run.commit}`,
    );
    setOutput(env, 'run', run === undefined ? '' : String(run.id));
    setOutput(env, 'commit', run?.commit ?? '');
    return 0;
  },

  apply: async (args, env) => {
    const { environment } = args;
    const folder = resolve(args.required('plans'));
    const outcome = await applyEnvironment({
      environment,
      commit: env.GITHUB_SHA ?? '',
      stacks: terraformStacks(environment, outputOf(env), env),
      folder,
      reviewed: readReview(args.optional('reviewed'), environment, args.optional('commit')),
    });
    console.error(
      outcome.applied.length > 0 ? `applied: ${outcome.applied.join(', ')}` : 'nothing was applied',
    );
    if (outcome.failed !== undefined) console.error(`failed: ${outcome.failed}`);
    if (outcome.notBegun.length > 0) console.error(`not begun: ${outcome.notBegun.join(', ')}`);
    if (outcome.reasons.length === 0) return 0;
    console.error(`stopped:\n${outcome.reasons.map((reason) => `- ${reason}`).join('\n')}`);
    if (outcome.review !== undefined) {
      writeReview(outcome.review.folder, outcome.review.plans);
      setOutput(env, 'review', outcome.review.folder);
    }
    return 1;
  },

  drift: async (args, env) => {
    const { environment } = args;
    const changes = changesIn(resolve(args.required('plans')), STACKS);
    const differs = changes.some(
      (stack) =>
        stack.resources.some(isChange) || stack.outputs.some(isChange) || driftRisks(stack).length > 0,
    );
    const text = differs ? readFileSync(args.required('report'), 'utf8') : undefined;
    console.error(`issue: ${await driftIssue(Github.of(env), { environment, text })}`);
    return 0;
  },

  destroy: async (args, env) => {
    const { environment } = args;
    const confirmed = args.required('confirm');
    if (confirmed !== environment)
      throw new Error(`--confirm ${confirmed} is not ${environment}: nothing is destroyed`);
    const destroyed = await destroyEnvironment(
      terraformStacks(environment, outputOf(env), env),
      resolve(args.required('plans')),
    );
    console.error(destroyed.length > 0 ? `destroyed: ${destroyed.join(', ')}` : 'nothing was there');
    return 0;
  },

  release: async (args, env) => {
    const tag = args.required('tag');
    await release(Github.of(env), tag);
    console.error(`released ${tag}`);
    return 0;
  },
};

/** Of which commit a report is, and where it was made. */
function origin(env: NodeJS.ProcessEnv, commit = env.GITHUB_SHA ?? ''): string {
  const {
    GITHUB_SERVER_URL: server = 'https://github.com',
    GITHUB_REPOSITORY: repository,
    GITHUB_RUN_ID: run,
  } = env;
  const page = run === undefined ? '' : `, [run](${server}/${repository ?? ''}/actions/runs/${run})`;
  return `<sub>Commit ${commit}${page}</sub>\n`;
}

function numberOf(option: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${option} ${text} is no number: write digits`);
  return Number(text);
}

function writeReview(folder: string, plans: ReviewedPlans): void {
  const file = join(folder, 'reviewed', 'reviewed.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(plans, undefined, 2)}\n`);
}

/** @param commit of which the plans must be. @default - any */
function readReview(
  file: string | undefined,
  environment: string,
  commit?: string,
): ReviewedPlans | undefined {
  if (file === undefined || !existsSync(file)) return undefined;
  const reviewed = parseReviewed(readFileSync(file, 'utf8'));
  if (reviewed.environment !== environment)
    throw new Error(`${file} holds plans of ${reviewed.environment}, not of ${environment}`);
  if (commit !== undefined && reviewed.commit !== commit)
    throw new Error(
      `${file} holds plans of commit ${reviewed.commit}, and its run was of ${commit}: let workflow plan run again`,
    );
  return reviewed;
}
