import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { STEPS } from '../../../tools/ci/steps';
import { startOne } from '../../../tools/kit/command';
import { FakeGithub } from './fake-github';
import { FakeStacks, planJson } from './fake-terraform';

const VPC = { address: 'aws_vpc.vpc', after: { cidr_block: '10.0.0.0/16' } };

let fake: FakeStacks;
let env: NodeJS.ProcessEnv;
let github: FakeGithub | undefined;
let printed: string[];

beforeEach(() => {
  fake = new FakeStacks();
  fake.stack('network', { 'plan.json': planJson([VPC]), 'state.json': '{}' });
  mkdirSync(fake.path('dev'));
  writeFileSync(
    fake.path('dev', 'manifest.json'),
    JSON.stringify({
      stacks: { network: { name: 'dev-network', workingDirectory: '../network', dependencies: [] } },
    }),
  );
  env = {
    ...fake.env,
    CDKTF_OUTDIR: fake.folder,
    GITHUB_OUTPUT: fake.path('output'),
    GITHUB_STEP_SUMMARY: fake.path('summary'),
    GITHUB_SHA: 'abc',
  };
  printed = [];
  jest.spyOn(console, 'error').mockImplementation((line: unknown) => {
    printed.push(String(line));
  });
});
afterEach(async () => {
  fake.remove();
  jest.restoreAllMocks();
  await github?.stop();
  github = undefined;
});

const start = (args: readonly string[], given = env) => startOne(STEPS, args, given);
const step = (...args: readonly string[]) => start(args);
const output = () => (existsSync(fake.path('output')) ? readFileSync(fake.path('output'), 'utf8') : '');
const plans = () => `--plans=${fake.plans}`;

async function withGithub(answers: Readonly<Record<string, unknown>>): Promise<FakeGithub> {
  github = await FakeGithub.start(answers);
  Object.assign(env, github.env);
  return github;
}

describe('steps', () => {
  it.each([
    [[], 'no command is given: write npm run ci -- environments | npm run ci -- plan'],
    [['deploy'], 'deploy is unknown'],
    [['plan', '--force'], '--force is no option of ci plan'],
    [['plan', '--plans=x'], 'ci plan is of nothing: write an environment'],
    [['plan', '--env=', '--plans=x'], 'ci plan is of nothing: write an environment'],
    [['plan', '--env=../dev', '--plans=x'], '../dev is no environment'],
    [['plan', '--env=dev'], 'ci plan needs --plans'],
    [['comment', '--env=dev', '--report=x', '--pull=1; rm'], '--pull 1; rm is no number'],
    [
      ['destroy', '--env=dev', '--plans=x', '--confirm=prod'],
      '--confirm prod is not dev: nothing is destroyed',
    ],
  ])('are refused: %j', async (args, message) => {
    await expect(start(args, env)).rejects.toThrow(message);
    expect(fake.calls()).toEqual(['']);
  });

  it('environments: those whose state is shared', async () => {
    expect(await step('environments', '--base=', '--env=')).toBe(0);
    expect(output()).toBe('environments=[]\n');
    expect(printed.join()).toContain('no environment has its state where pipelines find it');
  });

  it('environments: told the reader where there is no workflow', async () => {
    const said = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    await start(['environments'], { ...env, GITHUB_OUTPUT: undefined });
    expect(said.mock.calls).toEqual([['environments=[]']]);
  });

  it('plan: writes what can be reviewed', async () => {
    expect(await step('plan', '--env=dev', plans())).toBe(0);
    const reviewed = JSON.parse(
      readFileSync(join(fake.plans, 'reviewed', 'reviewed.json'), 'utf8'),
    ) as object;
    expect(reviewed).toMatchObject({
      environment: 'dev',
      commit: 'abc',
      stacks: { network: { blocked: false } },
    });
  });

  it('plan: fails if a stack does', async () => {
    writeFileSync(fake.path('answers', 'network', 'plan.fail'), 'throttled');
    expect(await step('plan', '--env=dev', plans())).toBe(1);
  });

  it('report: on all plans of a folder, with their warnings, also on the page of the run', async () => {
    writeFileSync(fake.path('answers', 'network', 'plan.sh'), 'echo "Warning: Argument is deprecated"');
    await step('plan', '--env=dev', plans());
    const out = fake.path('report.md');
    expect(await step('report', '--env=dev', plans(), `--out=${out}`, '--fail-on=')).toBe(0);
    const text = readFileSync(out, 'utf8');
    expect(text).toContain('aws_vpc.vpc will be created');
    expect(text).toContain('**Terraform warns 1 time:** `network: Argument is deprecated`');
    expect(readFileSync(fake.path('summary'), 'utf8')).toBe(`${text}\n`);
  });

  it("report: fails at what a team doesn't want", async () => {
    const gone = planJson([{ ...VPC, actions: ['delete'], before: VPC.after, after: null }]);
    writeFileSync(fake.path('answers', 'network', 'plan.json'), gone);
    await step('plan', '--env=dev', plans());
    const args = ['report', '--env=dev', plans(), `--out=${fake.path('report.md')}`];
    expect(await step(...args, '--fail-on=delete:protected')).toBe(2);
    expect(existsSync(fake.path('report.md'))).toBe(true);
  });

  it('report: needs plans', async () => {
    await expect(step('report', '--env=dev', plans(), '--out=x')).rejects.toThrow('holds no plans');
  });

  it('comment: is written with the report', async () => {
    const { writes } = await withGithub({ 'GET /issues/7/comments': [], 'POST /issues/7/comments': {} });
    expect(writes).toEqual([]);
    writeFileSync(fake.path('report.md'), 'report');
    expect(await step('comment', '--env=dev', `--report=${fake.path('report.md')}`, '--pull=7')).toBe(0);
    const body = '<!-- eks-ingress: plan of dev -->\nreport\n<sub>Commit abc</sub>\n';
    expect(github?.writes).toMatchObject([{ body: { body } }]);
  });

  it('comment: says so where there is no report', async () => {
    await withGithub({ 'GET /issues/7/comments': [], 'POST /issues/7/comments': {} });
    Object.assign(env, { GITHUB_RUN_ID: '9' });
    await step('comment', '--env=dev', `--report=${fake.path('none.md')}`, '--pull=7', '--commit=def');
    const { body } = github?.writes[0]?.body as { body: string };
    expect(body).toContain('There is no plan: the run says why.');
    expect(body).toContain('<sub>Commit def, [run](https://github.com/octo/shop/actions/runs/9)</sub>');
  });

  it('withdraw: of environments that are not planned any more', async () => {
    const user = { login: 'github-actions[bot]' };
    const comment = (id: number, name: string) => ({
      id,
      user,
      body: `<!-- eks-ingress: plan of ${name} -->\nold`,
    });
    await withGithub({
      'GET /issues/7/comments': [
        comment(1, 'dev'),
        comment(2, 'prod'),
        { ...comment(3, 'test'), user: { login: 'mallory' } },
        {
          ...comment(4, 'old'),
          body: '<!-- eks-ingress: plan of old -->\nThis pull request no longer changes it.\n',
        },
        { id: 5, user, body: null },
      ],
      'PATCH /issues/comments/2': {},
    });
    expect(await step('withdraw', '--environments=[{"name":"dev"}]', '--pull=7')).toBe(0);
    expect(github?.writes.map(({ path }) => path)).toEqual(['/issues/comments/2']);
    expect(printed).toEqual(['comments withdrawn: prod']);
    expect(await step('withdraw', '--environments=[{"name":"dev"},{"name":"prod"}]', '--pull=7')).toBe(0);
    expect(printed.at(-1)).toBe('comments withdrawn: none');
  });

  it('reviewed-run: is told to the next step, also if there is none', async () => {
    const artifacts = { artifacts: [{ name: 'reviewed-dev', expired: false }] };
    await withGithub({
      'GET /commits/abc/pulls': [],
      'GET /actions/runs/9': {
        id: 9,
        head_sha: 'abc',
        path: '.github/workflows/apply.yml',
        head_repository: { full_name: 'octo/shop' },
      },
      'GET /actions/runs/9/artifacts?name=reviewed-dev': artifacts,
    });
    expect(await step('reviewed-run', '--env=dev', '--commit=abc', '--run=')).toBe(0);
    expect(await step('reviewed-run', '--env=dev', '--commit=abc', '--run=9')).toBe(0);
    expect(output()).toBe('run=\ncommit=\nrun=9\ncommit=abc\n');
  });

  it('plan: writes files that nobody else on the machine reads, and takes no lock', async () => {
    await step('plan', '--env=dev', plans());
    const mode = (...names: string[]) => statSync(join(fake.plans, ...names)).mode & 0o777;
    expect(mode()).toBe(0o700);
    for (const file of ['network.tfplan', 'network.json']) expect(mode(file)).toBe(0o600);
    expect(readFileSync(fake.path('log'), 'utf8')).toMatch(/network plan .*-lock=false/);
  });

  it('apply: takes the plans of the commit that its run was of alone', async () => {
    await step('plan', '--env=dev', plans(), '--commit=abc');
    const reviewed = `--reviewed=${join(fake.plans, 'reviewed', 'reviewed.json')}`;
    const again = `--plans=${fake.path('again')}`;
    await expect(step('apply', '--env=dev', again, reviewed, '--commit=def')).rejects.toThrow(
      'holds plans of commit abc, and its run was of def',
    );
    expect(await step('apply', '--env=dev', again, reviewed, '--commit=abc')).toBe(0);
  });

  it('apply: says what is applied, what failed and what was not begun', async () => {
    await step('plan', '--env=dev', plans());
    writeFileSync(fake.path('answers', 'network', 'apply.fail'), 'quota exceeded');
    const reviewed = `--reviewed=${join(fake.plans, 'reviewed', 'reviewed.json')}`;
    expect(await step('apply', '--env=dev', `--plans=${fake.path('again')}`, reviewed)).toBe(1);
    expect(printed).toEqual(expect.arrayContaining(['nothing was applied', 'failed: network']));
    expect(output()).toContain('review=');
  });

  it('apply: applies what was reviewed', async () => {
    await step('plan', '--env=dev', plans());
    const reviewed = `--reviewed=${join(fake.plans, 'reviewed', 'reviewed.json')}`;
    expect(await step('apply', '--env=dev', `--plans=${fake.path('again')}`, reviewed)).toBe(0);
    expect(printed).toContain('applied: network');
    expect(output()).toBe('');
  });

  it('apply: stops with plans to review', async () => {
    const reviewed = `--reviewed=${fake.path('none.json')}`;
    expect(await step('apply', '--env=dev', plans(), reviewed)).toBe(1);
    const review = join(fake.plans, 'before');
    expect(output()).toBe(`review=${review}\n`);
    expect(existsSync(join(review, 'reviewed', 'reviewed.json'))).toBe(true);
    expect(printed.join('\n')).toContain('stopped:\n- network: nobody has reviewed a plan of it');
  });

  it('apply: takes no review of another environment', async () => {
    mkdirSync(fake.plans);
    const file = join(fake.plans, 'reviewed.json');
    writeFileSync(file, JSON.stringify({ version: 1, environment: 'prod', commit: '', stacks: {} }));
    await expect(step('apply', '--env=dev', plans(), `--reviewed=${file}`)).rejects.toThrow(
      'holds plans of prod, not of dev',
    );
  });

  const ISSUES = `GET /issues?state=open&creator=${encodeURIComponent('github-actions[bot]')}`;

  it('drift: opens an issue with the report', async () => {
    await withGithub({ [ISSUES]: [], 'POST /issues': {} });
    await step('plan', '--env=dev', plans());
    writeFileSync(fake.path('report.md'), 'report');
    expect(await step('drift', '--env=dev', plans(), `--report=${fake.path('report.md')}`)).toBe(0);
    expect(github?.writes).toMatchObject([{ body: { body: '<!-- eks-ingress: drift of dev -->\nreport' } }]);
  });

  it('drift: opens none where nothing differs', async () => {
    await withGithub({ [ISSUES]: [] });
    writeFileSync(fake.path('answers', 'network', 'plan.json'), planJson());
    await step('plan', '--env=dev', plans());
    expect(await step('drift', '--env=dev', plans(), '--report=none')).toBe(0);
    expect(github?.writes).toEqual([]);
  });

  it('destroy: of what there is', async () => {
    expect(await step('destroy', '--env=dev', plans(), '--confirm=dev')).toBe(0);
    expect(printed).toContain('nothing was there');
    writeFileSync(
      fake.path('answers', 'network', 'state.json'),
      JSON.stringify({ values: { root_module: { resources: [{}] } } }),
    );
    expect(await step('destroy', '--env=dev', plans(), '--confirm=dev')).toBe(0);
    expect(printed).toContain('destroyed: network');
  });
});
