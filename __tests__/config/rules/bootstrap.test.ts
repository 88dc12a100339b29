import { describe, expect, it } from '@jest/globals';
import { type EnvironmentInput } from '../../../config';
import { apart } from '../../../config/rules/apart';
import { environment, EXISTING_NETWORK } from '../../support/environments';
import { one, problems, warnings } from '../../support/problems';

const S3 = { type: 's3', bucket: 'state-of-ours', region: 'eu-central-1' } as const;
const HCP = { type: 'hcp', organization: 'example', project: 'Platform', execution: 'local' } as const;
const GITHUB = { repository: 'example/platform' };
const POOL = 'apool-ZjT6A7mVFm5WHT5a';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/x';

const s3 = (bootstrap: unknown, backend: object = {}) => ({ backend: { ...S3, ...backend }, bootstrap });
const hcp = (bootstrap: unknown, backend: object = {}) => ({ backend: { ...HCP, ...backend }, bootstrap });
const github = (fields: object) => s3({ github: { ...GITHUB, ...fields } });

describe('bootstrap', () => {
  it.each([s3({}), s3({ stateBucket: false }), s3({ github: GITHUB }), hcp({}), hcp({ github: GITHUB })])(
    'is right: %j',
    (fields) => {
      expect(problems(fields)).toEqual([]);
    },
  );

  it('prepares state that is shared', () => {
    expect(problems({ bootstrap: {} })).toEqual(one('backend.type', 'local', /or remove bootstrap/));
  });

  it('makes what the backend has', () => {
    expect(problems(hcp({ stateBucket: {} }))).toEqual(
      one('bootstrap.stateBucket', { expireOldVersionsAfterDays: 90, keepOldVersions: 10 }, /^remove it/),
    );
    expect(problems(hcp({ stateBucket: false }))).toEqual(one('bootstrap.stateBucket', false, /^remove it/));
    expect(problems(s3({ workspaces: {} }))).toMatchObject([
      { path: 'bootstrap.workspaces', reason: 'backend s3 has none' },
    ]);
  });

  it("has the bucket in the account's partition", () => {
    expect(problems(s3({}, { region: 'cn-north-1' }))).toEqual(
      one('backend.region', 'cn-north-1', /of partition aws such as eu-west-1/),
    );
    expect(problems(s3({}, { region: 'eu-nowhere-1' }))).toEqual(
      one('backend.region', 'eu-nowhere-1', /of partition aws/),
    );
    expect(problems(s3({ stateBucket: false }, { region: 'cn-north-1' }))).toHaveLength(1);
  });

  it.each([undefined, {}])('takes a key in the Region of the bucket, with bootstrap %j', (bootstrap) => {
    expect(problems(s3(bootstrap, { kmsKeyArn: KEY }))).toEqual(
      one('backend.kmsKeyArn', KEY, /one of eu-central-1/),
    );
    expect(problems(s3(bootstrap, { kmsKeyArn: KEY, region: 'eu-west-1' }))).toEqual([]);
  });

  it('takes ARNs of the partition', () => {
    const policy = 'arn:aws-cn:iam::aws:policy/PowerUserAccess';
    const role = 'arn:aws-cn:iam::111122223333:role/state';
    const key = 'arn:aws-cn:kms:eu-central-1:111122223333:key/x';
    const of = /begins with arn:aws:/;
    expect(problems(s3({ apply: { policyArns: [policy] } }))).toEqual(
      one('bootstrap.apply.policyArns.0', policy, of),
    );
    expect(problems(s3({ apply: { permissionsBoundaryArn: policy } }))).toEqual(
      one('bootstrap.apply.permissionsBoundaryArn', policy, of),
    );
    expect(problems({ backend: { ...S3, roleArn: role } })).toEqual(one('backend.roleArn', role, of));
    expect(problems({ backend: { ...S3, kmsKeyArn: key } })).toEqual(one('backend.kmsKeyArn', key, of));
  });

  it('has agents where runs take place on them', () => {
    const agents = { execution: 'agent' };
    const path = 'bootstrap.workspaces.agentPoolId';
    const identity = { clusterCredentials: { type: 'hcp-dynamic' } };
    expect(problems({ ...hcp({}, agents), ...identity })).toEqual(one(path, undefined, /such as apool-/));
    expect(problems({ ...hcp({ workspaces: { agentPoolId: POOL } }, agents), ...identity })).toEqual([]);
    expect(problems(hcp({ workspaces: { agentPoolId: POOL } }))).toEqual(
      one(path, POOL, /execution: 'agent' in backend/),
    );
  });
});

describe('runs of GitHub Actions', () => {
  it.each([
    ['repository', 'example', /owner\/name/],
    ['repository', 'example/*', /without a pattern/],
    ['repository', 'example/platform/x', /owner\/name/],
    ['apply.0.branch', '*', /whole name of a branch/],
    ['apply.0.branch', 'release/?', /whole name of a branch/],
    ['plan.0.branch', 'a..b', /whole name of a branch/],
    ['apply.0.environment', 'prod*', /whole name of a GitHub environment/],
    ['apply.0.environment', 'a:b', /whole name of a GitHub environment/],
    ['oidcProvider', 'there', /'create' or 'existing'/],
  ])('refuses %s %s', (field, value, remedy) => {
    const [list, , key] = field.split('.');
    const fields = key === undefined ? { [field]: value } : { [list ?? '']: [{ [key]: value }] };
    expect(problems(github(fields))).toEqual(one(`bootstrap.github.${field}`, value, remedy));
  });

  it('that may apply are not those of pull requests', () => {
    expect(problems(github({ apply: [{ branch: 'main' }, { pullRequest: true }] }))).toEqual(
      one('bootstrap.github.apply.1.pullRequest', true, /which GitHub protects/),
    );
    expect(problems(github({ plan: [{ pullRequest: true }] }))).toEqual([]);
  });

  it.each(['plan', 'apply'])('that may %s are some', (list) => {
    expect(problems(github({ [list]: [] }))).toEqual(one(`bootstrap.github.${list}`, [], /at least one/));
  });

  it.each([['main'], ['release/1.2'], ['feature_x-1']])('may be of branch %s', (branch) => {
    expect(problems(github({ apply: [{ branch }] }))).toEqual([]);
  });
});

describe('the cluster', () => {
  const arn = (kind: string) => `arn:aws:iam::111122223333:role/eks-ingress-test-${kind}`;
  const cluster = (administrators: string[], ...viewers: string[]): EnvironmentInput['cluster'] => ({
    kind: 'new',
    administrators,
    accessEntries: viewers.map((principalArn) => ({
      principalArn,
      policies: [{ policy: 'AmazonEKSAdminViewPolicy' }],
    })),
  });
  const said = (fields: Partial<EnvironmentInput>) =>
    warnings(fields).filter(({ path }) => path === 'bootstrap.github');
  const github = { backend: S3, bootstrap: { github: GITHUB } };

  it('is said not to let pipelines in', () => {
    expect(said(github)).toMatchObject([
      {
        reason: expect.stringContaining(arn('plan')) as unknown,
        remedy: expect.stringContaining('AdminView') as unknown,
      },
      {
        reason: expect.stringContaining(arn('apply')) as unknown,
        remedy: expect.stringContaining('administrators') as unknown,
      },
    ]);
    expect(said({ ...github, cluster: cluster([arn('apply')]) })).toHaveLength(1);
    expect(said({ ...github, cluster: cluster([arn('apply')], arn('plan')) })).toEqual([]);
  });

  it('is not, where it is not ours, where there are none, and where they run elsewhere', () => {
    const existing = { cluster: { kind: 'existing', name: 'x' }, network: EXISTING_NETWORK } as const;
    expect(said({ ...github, ...existing })).toEqual([]);
    expect(said({ backend: S3, bootstrap: {} })).toEqual([]);
    const elsewhere = {
      backend: { ...HCP, execution: 'agent' },
      clusterCredentials: { type: 'hcp-dynamic' },
    } as const;
    const bootstrap = { github: GITHUB, workspaces: { agentPoolId: POOL } };
    expect(said({ ...elsewhere, bootstrap })).toEqual([]);
    expect(said({ backend: HCP, bootstrap: { github: GITHUB } })).toHaveLength(2);
  });
});

describe('ids of a repository', () => {
  const said = (fields: object) =>
    warnings(github(fields) as Partial<EnvironmentInput>).filter(
      ({ path }) => path === 'bootstrap.github.ids',
    );

  it('are asked for, with the command that prints them', () => {
    expect(said({})).toMatchObject([{ remedy: expect.stringContaining('gh api repos/example/platform') }]);
    expect(said({ ids: { owner: 1, repository: 2 } })).toEqual([]);
  });

  it.each([{ owner: 0, repository: 2 }, { owner: 1.5, repository: 2 }, { owner: 1 }])(
    'are numbers of GitHub: %j',
    (ids) => {
      expect(problems(github({ ids }))).toHaveLength(1);
    },
  );
});

describe('environments of one account', () => {
  const clashes = (one: Partial<EnvironmentInput>, two: Partial<EnvironmentInput> = one) =>
    apart([environment({ name: 'one', ...one }), environment({ name: 'two', ...two })]).map(
      ({ path, value, remedy }) => [path, value, remedy],
    );

  it('make a bucket once', () => {
    const both = { backend: S3, bootstrap: {} };
    expect(clashes(both)).toEqual([['two: bootstrap.stateBucket', 'state-of-ours', 'write false']]);
    expect(clashes(both, { backend: S3, bootstrap: { stateBucket: false } })).toEqual([]);
    expect(clashes(both, { backend: { ...S3, bucket: 'another' }, bootstrap: {} })).toEqual([]);
    expect(clashes(both, { backend: S3 })).toEqual([]);
  });

  it.each<[Partial<EnvironmentInput>, Partial<EnvironmentInput>, string[]]>([
    // What the pipeline of one may change is what the other's roles are called.
    [{ name: 'pipe' }, { name: 'pipe-eu' }, ['pipe: name']],
    [{ name: 'pipe-eu' }, { name: 'pipe' }, ['pipe: name']],
    [{ name: 'a' }, { name: 'ab' }, []],
    [{ name: 'one', cluster: { kind: 'new', name: 'eks-ingress' } }, { name: 'two' }, ['one: cluster.name']],
    [
      { name: 'one', cluster: { kind: 'new', name: 'shop' } },
      { name: 'two', cluster: { kind: 'new', name: 'shop-b' } },
      ['one: cluster.name'],
    ],
    [{ name: 'pipe' }, { name: 'pipe-eu', account: '444455556666' }, []],
  ])('have roles of their own names: %j, %j', (one, two, paths) => {
    const both = { backend: { ...S3, bucket: 'state' }, bootstrap: { stateBucket: false, github: GITHUB } };
    const found = apart([
      environment({ ...both, ...one } as EnvironmentInput),
      environment({ ...both, bootstrap: undefined, ...two }),
    ]);
    const expected = two.name === 'pipe' ? [] : paths;
    expect(found.map(({ path }) => path)).toEqual(expected);
  });

  it("make GitHub's provider once", () => {
    const of = (oidcProvider: 'create' | 'existing', bucket: string) => ({
      backend: { ...S3, bucket },
      bootstrap: { github: { ...GITHUB, oidcProvider } },
    });
    const once = [['two: bootstrap.github.oidcProvider', '111122223333', "write 'existing'"]];
    expect(clashes(of('create', 'one'), of('create', 'two'))).toEqual(once);
    expect(clashes(of('create', 'one'), of('existing', 'two'))).toEqual([]);
    expect(clashes(of('create', 'one'), { ...of('create', 'two'), account: '444455556666' })).toEqual([]);
  });

  it("make HCP Terraform's project and provider once", () => {
    const of = (execution: 'local' | 'agent', workspaces = {}): Partial<EnvironmentInput> => ({
      backend: { ...HCP, execution },
      clusterCredentials: { type: execution === 'agent' ? 'hcp-dynamic' : 'aws-cli' },
      bootstrap: { workspaces: { ...(execution === 'agent' && { agentPoolId: POOL }), ...workspaces } },
    });
    const project = [
      'two: bootstrap.workspaces.project',
      'app.terraform.io/example/Platform',
      "write 'existing'",
    ];
    const provider = [
      'two: bootstrap.workspaces.oidcProvider',
      '111122223333 app.terraform.io',
      "write 'existing'",
    ];
    expect(clashes(of('local'))).toEqual([project]);
    expect(clashes(of('agent'))).toEqual([project, provider]);
    expect(clashes(of('agent'), of('agent', { project: 'existing', oidcProvider: 'existing' }))).toEqual([]);
    const anywhere = { ...of('local'), backend: { ...HCP, project: undefined } };
    expect(clashes(anywhere)).toEqual([]);
  });
});
