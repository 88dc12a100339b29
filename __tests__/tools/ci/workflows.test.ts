import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { STEPS } from '../../../tools/ci/steps';

const PROJECT = join(__dirname, '..', '..', '..');
const GITHUB = join(PROJECT, '.github');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Concurrency {
  readonly group: string;
  readonly 'cancel-in-progress': boolean;
  readonly queue?: string;
}
interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly concurrency?: Concurrency;
  readonly environment?: string;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: Concurrency;
  readonly jobs: Readonly<Record<string, Job>>;
}

const files = readdirSync(GITHUB, { recursive: true, encoding: 'utf8' })
  .map((name) => join(GITHUB, name))
  .filter((file) => /\.ya?ml$/.test(file) && statSync(file).isFile());
const workflows = files
  .filter((file) => relative(GITHUB, file).startsWith('workflows'))
  .map((file) => {
    const text = readFileSync(file, 'utf8');
    return { name: relative(join(GITHUB, 'workflows'), file), text, workflow: parse(text) as Workflow };
  });
const jobs = workflows.flatMap(({ name, workflow }) =>
  Object.entries(workflow.jobs).map(([job, settings]) => ({ job: `${name} ${job}`, settings })),
);
const composites = files
  .filter((file) => file.endsWith('action.yml'))
  .map((file) => parse(readFileSync(file, 'utf8')) as { runs: { steps: Step[] } });
const steps = [
  ...jobs.flatMap(({ settings }) => settings.steps),
  ...composites.flatMap(({ runs }) => runs.steps),
];
/** Jobs that touch state. */
const onState = jobs.filter(({ settings }) => settings.permissions['id-token'] === 'write');

describe('workflows', () => {
  it('are six', () => {
    expect(workflows.map(({ name }) => name).sort()).toEqual([
      'apply.yml',
      'ci.yml',
      'destroy.yml',
      'drift.yml',
      'plan.yml',
      'release.yml',
    ]);
  });

  it('use actions by commit, with the version beside it', () => {
    const lines = files.flatMap((file) => readFileSync(file, 'utf8').match(/^.*\buses:.*$/gm) ?? []);
    expect(lines.length).toBeGreaterThan(20);
    const others = lines.filter(
      (line) =>
        !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line) &&
        !/uses: \.\/\.github\//.test(line),
    );
    expect(others).toEqual([]);
  });

  it('use one version of each action', () => {
    const versions = new Set(steps.flatMap(({ uses }) => (uses?.includes('@') ? [uses] : [])));
    expect(new Set([...versions].map((uses) => uses.split('@')[0])).size).toBe(versions.size);
  });

  it.each(workflows)("$name has no permission that a job doesn't ask for", ({ workflow }) => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) expect(job.permissions).toBeDefined();
  });

  it('have one check to require, which reports whatever ran', () => {
    const gate = jobs.find(({ job }) => job === 'plan.yml gate')?.settings as
      { name?: string; if?: string; needs?: string[] } | undefined;
    const others = jobs.flatMap(({ job }) =>
      job.startsWith('plan.yml ') && job !== 'plan.yml gate' ? [job.slice('plan.yml '.length)] : [],
    );
    expect(gate).toMatchObject({ name: 'plan gate', if: 'always()' });
    expect(gate?.needs?.toSorted()).toEqual(others.toSorted());
  });

  it('have the least permissions', () => {
    expect(Object.fromEntries(jobs.map(({ job, settings }) => [job, settings.permissions]))).toEqual({
      'ci.yml check': { contents: 'read' },
      'ci.yml chain': { contents: 'read' },
      'ci.yml actionlint': { contents: 'read' },
      'release.yml check': { contents: 'read' },
      'release.yml release': { contents: 'write' },
      'plan.yml gate': {},
      'plan.yml synth': { contents: 'read' },
      'plan.yml difference': { contents: 'read' },
      'plan.yml withdraw': { contents: 'read', 'pull-requests': 'write' },
      'plan.yml plan': { contents: 'read', 'id-token': 'write', 'pull-requests': 'write' },
      'apply.yml synth': { contents: 'read' },
      'apply.yml apply': { actions: 'read', contents: 'read', 'id-token': 'write', 'pull-requests': 'read' },
      'drift.yml synth': { contents: 'read' },
      'drift.yml drift': { contents: 'read', 'id-token': 'write', issues: 'write' },
      'destroy.yml synth': { contents: 'read' },
      'destroy.yml destroy': { contents: 'read', 'id-token': 'write' },
    });
  });

  it("never run a stranger's code with a token", () => {
    for (const { workflow } of workflows) {
      expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
      expect(Object.keys(workflow.on)).not.toContain('workflow_run');
    }
  });

  it('keep no token in the checkout', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(5);
    for (const checkout of checkouts) expect(checkout.with?.['persist-credentials']).toBe(false);
  });

  it('have no keys of AWS, only identities', () => {
    for (const { text } of workflows)
      expect(text).not.toMatch(/aws-(?:access-key|secret-access|session-token)/i);
    const credentials = steps.filter(({ uses }) => uses?.startsWith('aws-actions/'));
    expect(credentials).toHaveLength(4);
    for (const { with: options } of credentials)
      expect(options?.['role-to-assume']).toMatch(/^\$\{\{ matrix\.environment\.(plan|apply)Role \}\}$/);
  });

  it('have the role that applies only behind an environment', () => {
    const applying = onState.filter(({ settings }) => JSON.stringify(settings).includes('applyRole'));
    expect(applying.map(({ job }) => job)).toEqual(['apply.yml apply', 'destroy.yml destroy']);
    for (const { settings } of onState)
      expect(settings.environment).toBe(
        JSON.stringify(settings).includes('applyRole') ? '${{ matrix.environment.name }}' : undefined,
      );
  });

  it('have concurrency', () => {
    for (const { workflow } of workflows) expect(workflow.concurrency?.group).toBeTruthy();
  });

  it('write one state one after the other, and read it so, and none of them is cancelled', () => {
    expect(onState).toHaveLength(4);
    for (const { settings } of onState)
      expect(settings.concurrency).toEqual({
        group: `${settings.environment === undefined ? 'plans' : 'state'}-\${{ matrix.environment.name }}`,
        'cancel-in-progress': false,
        queue: 'max',
      });
  });

  it('end', () => {
    for (const { settings } of jobs) expect(settings['timeout-minutes']).toBeGreaterThan(0);
  });

  it('have commands for steps, not programs', () => {
    const runs = steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
    expect(runs.length).toBeGreaterThan(15);
    for (const run of runs) {
      expect(run.trim()).not.toMatch(/\n|;|&&|\|\|?|\$\(|`/);
      expect(run).toMatch(/^(npm (ci|run|test)\b|tools\/ci\/\w+\.sh$|exit 1$)/);
    }
  });

  it('put no expression into a command', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });

  it('quote what a step is given', () => {
    for (const { run = '' } of steps) expect(run.replace(/"[^"]*"/g, '')).not.toContain('$');
  });

  it('call commands that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const called = steps.flatMap(
      ({ run }) => /^npm run ([\w:-]+)(?: -- (\w[\w-]*))?/.exec(run ?? '')?.slice(1) ?? [],
    );
    const names = STEPS.map(({ description: { name } }) => name.replace('ci ', ''));
    expect(called).toEqual(expect.arrayContaining(['ci', 'synth', 'synth-diff', ...names]));
    for (const { run } of steps) {
      const name = /^npm run ([\w:-]+)/.exec(run ?? '')?.[1];
      if (name !== undefined) expect(scripts).toHaveProperty([name]);
    }
  });

  it('plan pull requests of forks without credentials', () => {
    const plan = workflows.find(({ name }) => name === 'plan.yml')?.workflow.jobs as Record<
      string,
      Job & { if: string }
    >;
    expect(plan.plan?.if).toContain('github.event.pull_request.head.repo.full_name == github.repository');
    expect(plan.withdraw?.if).toContain('github.event.pull_request.head.repo.full_name == github.repository');
    expect(plan.difference?.if).toBeUndefined();
    expect(JSON.stringify(plan.difference)).not.toMatch(/secrets|id-token|github\.token/);
  });

  const hasGo = spawnSync('go', ['version']).status === 0;
  (hasGo ? it : it.skip)(
    'are right, says actionlint',
    () => {
      const { status, stdout, stderr } = spawnSync(
        join(PROJECT, 'tools', 'ci', 'actionlint.sh'),
        ['-no-color'],
        {
          encoding: 'utf8',
        },
      );
      // Without the module in its cache and without a way to the proxy, there is nothing to run.
      if (/dial tcp|proxy|no such host|connection refused|timeout|certificate/.test(stderr)) return;
      // What Go downloads, it says on the other stream.
      expect(stdout).toBe('');
      expect(status).toBe(0);
    },
    120_000,
  );

  it('are checked without Go too: that is said', () => {
    const { status, stderr } = spawnSync('/bin/sh', [join(PROJECT, 'tools', 'ci', 'actionlint.sh')], {
      encoding: 'utf8',
      env: { PATH: '/bin:/usr/bin' },
    });
    if (spawnSync('/bin/sh', ['-c', 'command -v go'], { env: { PATH: '/bin:/usr/bin' } }).status === 0)
      return;
    expect(status).toBe(0);
    expect(stderr).toContain('there is no Go');
  });
});
