import { describe, expect, it } from '@jest/globals';
import { ProblemError, parseEnvironment } from '../../../config';
import { TODAY } from '../../support/environments';
import { one, problems, warnings } from '../../support/problems';

const hcp = (fields = {}) => ({ type: 'hcp', organization: 'example', ...fields }) as const;
const DYNAMIC = { type: 'hcp-dynamic' } as const;
const PUBLIC = {
  kind: 'new',
  administrators: ['arn:aws:iam::111122223333:role/admin'],
  endpoint: { publicAccess: true, publicAccessCidrs: ['198.51.100.0/24'] },
} as const;

describe('runs on workers of HCP Terraform', () => {
  it('have no AWS CLI, which is the default', () => {
    expect(problems({ backend: hcp(), cluster: PUBLIC })).toEqual(
      one('clusterCredentials.type', 'aws-cli', /hcp-dynamic.*execution: 'local'/),
    );
  });

  it('have their own identity, or that of AWS', () => {
    expect(problems({ backend: hcp(), cluster: PUBLIC, clusterCredentials: DYNAMIC })).toEqual([]);
    expect(problems({ backend: hcp(), cluster: PUBLIC, clusterCredentials: { type: 'token' } })).toEqual([]);
  });

  it("can't reach a private API server", () => {
    expect(problems({ backend: hcp(), clusterCredentials: DYNAMIC })).toEqual(
      one('cluster.endpoint.publicAccess', false, /^write true, or execution: 'agent'/),
    );
  });

  it('may reach that of an existing cluster, of which nothing is known', () => {
    const existing = {
      backend: hcp(),
      clusterCredentials: DYNAMIC,
      cluster: { kind: 'existing', name: 'theirs' },
      network: {
        kind: 'existing',
        vpcId: 'vpc-0123456789abcdef0',
        privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
        publicSubnetIds: ['subnet-0123456789abcdef2', 'subnet-0123456789abcdef3'],
      },
    };
    expect(problems(existing)).toEqual([]);
  });
});

describe('runs on agents', () => {
  it('may have the AWS CLI, and a way to a private API server', () => {
    expect(problems({ backend: hcp({ execution: 'agent' }) })).toEqual([]);
    expect(problems({ backend: hcp({ execution: 'agent' }), clusterCredentials: DYNAMIC })).toEqual([]);
  });
});

describe('runs that HCP Terraform only keeps the state of', () => {
  it('take place here only where the workspaces were made so, of which bootstrap sees to', () => {
    const backend = hcp({ execution: 'local' });
    expect(warnings({ backend })).toMatchObject([
      { value: 'local', remedy: expect.stringMatching(/bootstrap: \{\}, which makes them/) },
    ]);
    expect(warnings({ backend: { ...backend, project: 'Platform' }, bootstrap: {} })).toEqual([]);
    expect(warnings({ backend: hcp({ execution: 'remote' }), clusterCredentials: DYNAMIC })).toEqual([]);
  });

  it('have the AWS CLI', () => {
    expect(problems({ backend: hcp({ execution: 'local' }) })).toEqual([]);
  });

  it('have no identity of HCP Terraform', () => {
    expect(problems({ backend: hcp({ execution: 'local' }), clusterCredentials: DYNAMIC })).toEqual(
      one('clusterCredentials.type', 'hcp-dynamic', /^write 'aws-cli'/),
    );
    expect(problems({ backend: hcp({ execution: 'local' }), clusterCredentials: DYNAMIC })).toMatchObject([
      { reason: expect.stringMatching(/execution 'local'/) },
    ]);
  });
});

describe('another backend', () => {
  it.each([{ type: 'local' }, { type: 's3', bucket: 'state-of-ours', region: 'eu-west-1' }])(
    'gives runs no identity: $type',
    (backend) => {
      expect(problems({ backend, clusterCredentials: DYNAMIC })).toMatchObject([
        {
          path: 'clusterCredentials.type',
          reason: expect.stringMatching(`backend ${backend.type} has none`),
        },
      ]);
    },
  );
});

describe('a token', () => {
  it('is worth a warning, wherever runs take place', () => {
    expect(warnings({ clusterCredentials: { type: 'token' } })).toMatchObject([
      { path: 'clusterCredentials.type', value: 'token', reason: expect.stringMatching(/15 minutes.*1\.10/) },
    ]);
    expect(warnings()).toEqual([]);
  });
});

describe('settings', () => {
  it.each([
    [{ type: 'kubeconfig' }, 'clusterCredentials.type', /aws-cli.*hcp-dynamic.*token/],
    [{ ...DYNAMIC, audience: 'my audience' }, 'clusterCredentials.audience', /such as kubernetes/],
    [{ ...DYNAMIC, usernamePrefix: 'system:' }, 'clusterCredentials.usernamePrefix', /no system:/],
    [{ ...DYNAMIC, identityProvider: 'new' }, 'clusterCredentials.identityProvider', /'existing'/],
    [{ type: 'aws-cli', audience: 'kubernetes' }, 'clusterCredentials.audience', /remove/],
  ])('%j is refused', (clusterCredentials, path, remedy) => {
    const backend = hcp({ execution: clusterCredentials.type === 'hcp-dynamic' ? 'remote' : 'local' });
    expect(problems({ backend, cluster: PUBLIC, clusterCredentials })).toMatchObject([
      { path, remedy: expect.stringMatching(remedy) },
    ]);
  });

  it('know where runs can take place', () => {
    expect(
      problems({ backend: hcp({ execution: 'here' }), cluster: PUBLIC, clusterCredentials: DYNAMIC }),
    ).toMatchObject([{ path: 'backend.execution', remedy: "write 'remote', 'local' or 'agent'" }]);
  });
});

describe('an environment of kind local', () => {
  const parse = (execution: string) =>
    parseEnvironment(
      {
        kind: 'local',
        name: 'mine',
        cluster: { context: 'minikube' },
        backend: hcp({ execution }),
        workloads: { services: [{ name: 'web', image: 'nginx:1.29' }] },
      },
      TODAY,
    );

  it('keeps its state in HCP Terraform, and runs where the kubeconfig is', () => {
    expect(parse('local').environment.backend).toMatchObject({ execution: 'local' });
    expect(() => parse('remote')).toThrow(ProblemError);
    expect(() => parse('remote')).toThrow(/backend\.execution.*kubeconfig.*write 'local'/);
  });
});
