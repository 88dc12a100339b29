import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { command, type Command } from '../kit/command';
import { loadEnvironments } from '../../config';
import { isChange } from '../plan-report/changes/changes';
import { STACKS } from '../kit/stack-id';
import { driftRisks } from '../plan-report/risks/unforeseen';
import { outputFolder } from '../kit/project';
import { applyEnvironment } from './apply-environment';
import { changedEnvironments } from './changed-environments';
import { destroyEnvironment } from './destroy-environment';
import { Github } from '../kit/github';
import { pipelineEnvironments } from './pipeline-environments';
import { changesIn, planEnvironment } from './plan-environment';
import { release } from './release';
import { reportPlans } from './report-plans';
import { parseReviewed, reviewedPlans, type ReviewedPlans } from './reviewed-plans';
import { checkedRun, reviewedRun } from './reviewed-run';
import { addSummary, setOutput } from './run-output';
import { driftIssue, stickyComment, withdrawComments } from './sticky';
import { terraformStacks } from '../kit/terraform/terraform-stack';

const PLAN_WORKFLOW = 'plan.yml';

/** A step of a workflow: of an environment, and an option without text is one that isn't given. */
const STEP = { target: 'environment', blanks: true } as const;
const PLANS = { value: 'DIR', required: true, description: 'folder of the plans' } as const;
const REPORT = { value: 'FILE', required: true, description: 'the report' } as const;
const COMMIT = { value: 'SHA', description: 'what is planned, or was' } as const;
const PULL = { value: 'NUMBER', required: true, description: 'the pull request' } as const;

/** `npm run ci`: what the workflows do, all but release on cdktf.out, which `npm run synth` writes. */
export const STEPS: readonly Command[] = [
  command(
    {
      ...STEP,
      name: 'ci environments',
      summary: 'Output environments: a matrix of those that pipelines run, or that changed.',
      targetOptional: true,
      options: { base: { value: 'REF', description: 'only what is synthesized differently from there' } },
    },
    async ({ environment: name, options: { base } }, env) => {
      const loaded = await loadEnvironments(name, new Date().toISOString().slice(0, 10));
      const all = pipelineEnvironments(loaded.map(({ environment }) => environment));
      if (all.length === 0)
        console.error('no environment has its state where pipelines find it: see docs/state.md');
      const names = all.map((each) => each.name);
      const changed =
        base === undefined ? names : await changedEnvironments(names, base, env, outputFolder(env));
      setOutput(env, 'environments', JSON.stringify(all.filter((each) => changed.includes(each.name))));
    },
  ),

  command(
    {
      ...STEP,
      name: 'ci plan',
      summary:
        'Plans stack by stack, without a lock; DIR/reviewed/reviewed.json is what others compare with.',
      options: { plans: PLANS, commit: COMMIT },
    },
    async ({ environment, options }, env) => {
      const folder = resolve(options.plans);
      const stacks = terraformStacks(environment, outputFolder(env), env);
      // The role that plans may not lock state. A plan made while somebody applies is found out when it is applied.
      const plans = await planEnvironment(stacks, folder, ['-lock=false']);
      const blocked = plans.blocked.filter((stack) => !plans.failed.has(stack));
      if (blocked.length > 0) console.error(`blocked: ${blocked.join(', ')}`);
      const commit = options.commit ?? env.GITHUB_SHA ?? '';
      writeReview(folder, reviewedPlans(stacks, plans, { environment, commit }));
      return plans.failed.size > 0 ? 1 : 0;
    },
  ),

  command(
    {
      ...STEP,
      name: 'ci report',
      summary: 'Reports on the plans of a folder, as npm run plan-report does, and answers its exit code.',
      options: {
        plans: PLANS,
        out: REPORT,
        'fail-on': { value: 'CODE,…', description: 'risks that make the exit code 2' },
        base: { value: 'SHA', description: 'what the change is made on' },
      },
    },
    async ({ environment, options }, env) => {
      const out = resolve(options.out);
      const folder = resolve(options.plans);
      const code = await reportPlans(
        { environment, folder, out, failOn: options['fail-on'], base: options.base },
        env,
      );
      if (existsSync(out)) addSummary(env, readFileSync(out, 'utf8'));
      return code;
    },
  ),

  command(
    {
      ...STEP,
      name: 'ci comment',
      summary: 'Keeps the comment of the environment on a pull request.',
      options: { report: REPORT, pull: PULL, commit: COMMIT },
    },
    async ({ environment, options }, env) => {
      const pull = numberOf('pull', options.pull);
      const report = existsSync(options.report)
        ? readFileSync(options.report, 'utf8')
        : `## Plan of \`${environment}\`\n\nThere is no plan: the run says why.\n`;
      const text = `${report}\n${origin(env, options.commit)}`;
      const done = await stickyComment(Github.of(env), { pull, environment, text });
      console.error(`comment ${done}`);
    },
  ),

  command(
    {
      ...STEP,
      name: 'ci withdraw',
      summary: "Takes comments back on environments that aren't in the output of ci environments.",
      target: 'none',
      options: { environments: { value: 'JSON', required: true, description: 'that output' }, pull: PULL },
    },
    async ({ options }, env) => {
      const pull = numberOf('pull', options.pull);
      const planned = z.array(z.looseObject({ name: z.string() })).parse(JSON.parse(options.environments));
      const withdrawn = await withdrawComments(Github.of(env), {
        pull,
        environments: planned.map(({ name }) => name),
        text: 'This pull request no longer changes it.\n',
      });
      console.error(`comments withdrawn: ${withdrawn.length > 0 ? withdrawn.join(', ') : 'none'}`);
    },
  ),

  command(
    {
      ...STEP,
      name: 'ci reviewed-run',
      summary:
        'Output run: the one that is named, or that planned the pull request of a commit; output commit: of its plans.',
      options: {
        commit: { value: 'SHA', required: true, description: 'on the branch' },
        run: { value: 'ID', description: 'the run to take' },
      },
    },
    async ({ environment, options: { commit, run: given } }, env) => {
      const github = Github.of(env);
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
    },
  ),

  command(
    {
      ...STEP,
      name: 'ci apply',
      summary: 'Applies what was reviewed; else output review: the plans to review now.',
      options: {
        plans: PLANS,
        reviewed: { value: 'FILE', description: 'what was reviewed' },
        commit: COMMIT,
      },
    },
    async ({ environment, options }, env) => {
      const outcome = await applyEnvironment({
        environment,
        commit: env.GITHUB_SHA ?? '',
        stacks: terraformStacks(environment, outputFolder(env), env),
        folder: resolve(options.plans),
        reviewed: readReview(options.reviewed, environment, options.commit),
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
  ),

  command(
    {
      ...STEP,
      name: 'ci drift',
      summary: 'Keeps the issue on what differs.',
      options: { plans: PLANS, report: REPORT },
    },
    async ({ environment, options }, env) => {
      const changes = changesIn(resolve(options.plans), STACKS);
      const differs = changes.some(
        (stack) =>
          stack.resources.some(isChange) || stack.outputs.some(isChange) || driftRisks(stack).length > 0,
      );
      const text = differs ? readFileSync(options.report, 'utf8') : undefined;
      console.error(`issue: ${await driftIssue(Github.of(env), { environment, text })}`);
    },
  ),

  command(
    {
      ...STEP,
      name: 'ci destroy',
      summary: 'Destroys the stacks of the environment, the last one first.',
      options: {
        plans: PLANS,
        confirm: { value: 'NAME', required: true, description: 'the environment once more' },
      },
    },
    async ({ environment, options: { plans, confirm } }, env) => {
      if (confirm !== environment)
        throw new Error(`--confirm ${confirm} is not ${environment}: nothing is destroyed`);
      const stacks = terraformStacks(environment, outputFolder(env), env);
      const destroyed = await destroyEnvironment(stacks, resolve(plans));
      console.error(destroyed.length > 0 ? `destroyed: ${destroyed.join(', ')}` : 'nothing was there');
    },
  ),

  command(
    {
      ...STEP,
      name: 'ci release',
      summary: 'Makes a release of a tag, with its part of CHANGELOG.md.',
      target: 'none',
      options: { tag: { value: 'vVERSION', required: true, description: 'the tag' } },
    },
    async ({ options: { tag } }, env) => {
      await release(Github.of(env), tag);
      console.error(`released ${tag}`);
    },
  ),
];

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
