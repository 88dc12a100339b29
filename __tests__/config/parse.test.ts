import { describe, expect, it } from '@jest/globals';
import { ProblemError, formatProblem, parseEnvironment } from '../../config';
import { TODAY } from '../support/environments';
import { one, problems } from '../support/problems';

describe('unknown fields', () => {
  it('name the field that was probably meant', () => {
    expect(problems({ regoin: 'x' })).toEqual(one('regoin', 'x', /^write 'region'$/));
    expect(problems({ network: { kind: 'new', zone: 3 } })).toEqual(
      one('network.zone', 3, /^write 'zones'$/),
    );
    expect(
      problems({ cluster: { kind: 'new', compute: { nodeGroups: [{ name: 'a', maxSise: 3 }] } } }),
    ).toEqual(one('cluster.compute.nodeGroups.0.maxSise', 3, /^write 'maxSize'$/));
    const loadBalancing = { type: 'auto-mode' };
    expect(
      problems({ cluster: { kind: 'new', compute: { autoMode: { nodePool: [] } } }, loadBalancing }),
    ).toEqual(one('cluster.compute.autoMode.nodePool', [], /^write 'nodePools'$/));
  });

  it('list what there is when nothing resembles them', () => {
    const [problem] = problems({ cluster: { kind: 'existing', name: 'x', xyzzy: true } });
    expect(problem?.path).toBe('cluster.xyzzy');
    // Fields of an existing cluster, not of a new one.
    expect(problem?.remedy).toBe('remove it, or write one of kind, name, oidcProvider, kubernetesVersion');
  });

  it('are each reported', () => {
    expect(problems({ sampel: true, tag: {} }).map(({ path }) => path)).toEqual(['sampel', 'tag']);
  });
});

describe('values', () => {
  it('that are missing', () => {
    expect(problems({ account: undefined })).toEqual(
      one('account', undefined, /^write the account's 12 digits/),
    );
    expect(problems({ region: undefined })).toEqual(
      one('region', undefined, /^write a Region such as eu-west-1$/),
    );
    expect(problems({ cluster: {} })).toEqual(
      one('cluster.kind', undefined, /^write kind: 'new' or 'existing'$/),
    );
  });

  it.each([
    ['account', 111122223333, /^write the account's 12 digits as a string$/],
    ['account', '1234', /^write the account's 12 digits as a string$/],
    ['sample', 'yes', /^write a boolean$/],
    ['tags', [], /^write an object$/],
    ['name', 'Dev', /^write lower-case letters/],
    ['name', 'a'.repeat(17), /^write at most 16 characters$/],
    ['podIdentity', 'kiam', /^write 'irsa' or 'pod-identity'$/],
    ['backend', { type: 'floppy' }, /^write type: 'local', 's3' or 'hcp'$/],
  ])('%s %p', (path, value, remedy) => {
    const [problem] = problems({ [path]: value });
    expect(problem?.path).toMatch(path);
    expect(problem?.remedy).toMatch(remedy);
  });

  it.each([
    [{ network: { kind: 'new', zones: 'all' } }, 'network.zones', 'all', /^write a count of zones or a list/],
    [{ network: { kind: 'new', zones: 0 } }, 'network.zones', 0, /^write at least 1$/],
    [
      { network: { kind: 'new', flowLogs: true } },
      'network.flowLogs',
      true,
      /^write false or \{\} for its defaults$/,
    ],
    [{ network: { kind: 'new', cidr: '10.0.0.0' } }, 'network.cidr', '10.0.0.0', /such as 10\.0\.0\.0\/16$/],
    [
      { network: { kind: 'new', flowLogs: { retentionDays: 8 } } },
      'network.flowLogs.retentionDays',
      8,
      /^write a retention that CloudWatch Logs has/,
    ],
    [
      { cluster: { kind: 'new', addons: { ebsCsiDriver: { version: '1.66' } } } },
      'cluster.addons.ebsCsiDriver.version',
      '1.66',
      /such as v1\.22\.4-eksbuild\.3$/,
    ],
    [{ project: '' }, 'project', '', /^write lower-case letters/],
    [
      { workloads: { namespace: 'shop', services: [{}] } },
      'workloads.services.0.name',
      undefined,
      /^write a string$/,
    ],
    [{ providers: { aws: '' } }, 'providers.aws', '', /^write a version such as 6\.25\.0/],
    [
      { cluster: { kind: 'existing', name: 'x'.repeat(101) } },
      'cluster.name',
      'x'.repeat(101),
      /^write at most 100 characters$/,
    ],
    [
      { cluster: { kind: 'new', compute: { fargateProfiles: [{ name: 'a', selectors: [] }] } } },
      'cluster.compute.fargateProfiles.0.selectors',
      [],
      /^write at least one selector$/,
    ],
    [{ tags: { 'aws:x': 'y' } }, 'tags.aws:x', 'aws:x', /does not begin with aws:/],
    [
      { loadBalancing: { type: 'controller', replicas: 11 } },
      'loadBalancing.replicas',
      11,
      /^write at most 10$/,
    ],
    [
      { loadBalancing: { type: 'controller', replicas: 1.5 } },
      'loadBalancing.replicas',
      1.5,
      /^write a whole number$/,
    ],
    [
      { workloads: { services: [{ name: 'a', image: 'x:1', port: 0 }] } },
      'workloads.services.0.port',
      0,
      /^write /,
    ],
    [
      { cluster: { kind: 'new', administrators: ['admin'] } },
      'cluster.administrators.0',
      'admin',
      /such as arn:aws:iam::111122223333:role\/admin$/,
    ],
  ])('%j', (fields, path, value, remedy) => {
    expect(problems(fields)).toEqual(one(path, value, remedy));
  });

  it('of anything but an object', () => {
    for (const input of [undefined, null, 'dev', []]) {
      expect(() => parseEnvironment(input, TODAY)).toThrow(
        /^environment without a name: 1 problem\n {2}environment /,
      );
    }
  });
});

describe('the error', () => {
  it('lists every problem of schema or rules, each on one line', () => {
    const input = { name: 'test', account: '1', region: 5, sample: 'no' };
    expect(() => parseEnvironment(input, TODAY)).toThrow(
      [
        'environment test: 3 problems',
        '  account = "1": not of the form that is accepted; write the account\'s 12 digits as a string',
        '  region = 5: a string is expected here; write a Region such as eu-west-1',
        '  sample = "no": a boolean is expected here; write a boolean',
      ].join('\n'),
    );
    expect(problems({ region: 'mars', workloads: { namespace: 'default' } })).toHaveLength(2);
  });

  it('has what the rules say to the fields that are well-formed', () => {
    const network = { kind: 'new', cidr: '52.0.0.0/16' };
    const paths = (fields: Record<string, unknown>) => problems(fields).map(({ path }) => path);
    expect(paths({ account: '1', network })).toEqual(['account', 'network.cidr']);
    expect(paths({ network: { ...network, zone: 3 }, sample: 1 })).toEqual([
      'network.zone',
      'sample',
      'network.cidr',
    ]);
    const nodeGroups = [{ name: 'a', maxSize: 'x' }, { name: 'a' }];
    expect(paths({ cluster: { kind: 'new', compute: { nodeGroups } } })).toEqual([
      'cluster.compute.nodeGroups.0.maxSize',
      'cluster.compute.nodeGroups.1.name',
    ]);
  });

  it('has not what follows from a wrong value', () => {
    expect(problems({ region: 5, network: { kind: 'new', zones: ['x', 'y'] } })).toHaveLength(1);
    expect(problems({ cluster: { kind: 'new', administrators: ['x'] }, tags: { Name: 'x' } })).toHaveLength(
      1,
    );
    // Without its wrong scheme the Ingress would be internet-facing, which this network can't have.
    const network = {
      kind: 'existing',
      vpcId: 'vpc-0123456789abcdef0',
      privateSubnetIds: ['subnet-0123456789abcdefa', 'subnet-0123456789abcdefb'],
    };
    const workloads = { ingress: { scheme: 'Internal' } };
    expect(problems({ network, sample: false, workloads })).toEqual(
      one('workloads.ingress.scheme', 'Internal', /'internal' or 'internet-facing'/),
    );
  });

  it('shows a missing value, abbreviates a long one and names what has no JSON', () => {
    const problem = { path: 'a.b', reason: 'because', remedy: 'write c' };
    expect(formatProblem({ ...problem, value: undefined })).toBe('a.b is missing: because; write c');
    expect(formatProblem({ ...problem, value: 'x'.repeat(200) })).toMatch(
      /^a\.b = "x{116}…: because; write c$/,
    );
    expect(formatProblem({ ...problem, value: () => 1 })).toBe('a.b = function: because; write c');
  });

  it('of several environments has all', () => {
    const error = (name: string) =>
      new ProblemError(`environment ${name}`, [{ path: 'p', value: 1, reason: 'r', remedy: 'w' }]);
    const all = ProblemError.all([error('a'), error('b')]);
    expect(all.message).toBe(
      'environment a: 1 problem\n  p = 1: r; w\nenvironment b: 1 problem\n  p = 1: r; w',
    );
    expect(all.subject).toBe('environment a, environment b');
    expect(all.problems).toHaveLength(2);
  });
});
