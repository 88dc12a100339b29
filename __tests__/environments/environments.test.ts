import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { loadEnvironments, type AwsEnvironment } from '../../config';
import { TODAY } from '../support/environments';

async function load(name: string): Promise<AwsEnvironment> {
  const [result] = await loadEnvironments(name, TODAY);
  if (!result) throw new Error(`no environment ${name}`);
  return result.environment as AwsEnvironment;
}

describe('environments', () => {
  it('are right, and nothing about them is worth a warning', async () => {
    const results = await loadEnvironments(undefined, TODAY);
    expect(results.map(({ environment, warnings }) => [environment.name, warnings])).toEqual([
      ['dev', []],
      ['local', []],
      ['prod', []],
      ['sandbox', []],
    ]);
  });
});

describe('prod', () => {
  it('is production', async () => {
    const prod = await load('prod');
    expect(prod).toMatchObject({
      production: true,
      preventDestroy: true,
      network: {
        zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
        nat: 'per-zone',
        flowLogs: { retentionDays: 365 },
      },
      cluster: {
        deletionProtection: true,
        endpoint: { publicAccess: false, privateAccess: true },
        logging: { retentionDays: 365 },
      },
      workloads: { ingress: { sslRedirect: true } },
    });
  });

  it('shows a service with permissions and a repository', async () => {
    const { workloads } = await load('prod');
    const [service] = workloads.services.filter(({ permissions }) => permissions.length > 0);
    expect(service).toMatchObject({ name: 'user-service', repository: { keepTaggedImages: 50 } });
  });
});

describe('dev', () => {
  it('is cheap', async () => {
    expect(await load('dev')).toMatchObject({
      production: false,
      network: { zones: 2, nat: 'single' },
      cluster: { deletionProtection: undefined, compute: { nodeGroups: [{ capacityType: 'SPOT' }] } },
    });
  });
});

describe('sandbox', () => {
  const VARIABLES = { SANDBOX_AWS_PROVIDER: '5.100.0', SANDBOX_CHART_REPOSITORY: 'http://127.0.0.1:8080' };
  const before = { ...process.env };

  afterEach(() => {
    process.env = { ...before };
    jest.resetModules();
  });

  it('can be destroyed', async () => {
    expect(await load('sandbox')).toMatchObject({
      preventDestroy: false,
      cluster: { deletionProtection: undefined },
    });
  });

  it('takes versions and repository of what the machine has', async () => {
    Object.assign(process.env, VARIABLES, { SANDBOX_HELM_PROVIDER: '' });
    jest.resetModules();
    const environment = await load('sandbox');
    expect(environment.providers).toEqual({ aws: '5.100.0' });
    expect(environment.loadBalancing).toMatchObject({ chartRepository: 'http://127.0.0.1:8080' });
  });

  it('takes the defaults otherwise', async () => {
    for (const name of Object.keys(VARIABLES)) Reflect.deleteProperty(process.env, name);
    jest.resetModules();
    const environment = await load('sandbox');
    expect(environment.providers).toEqual({});
    expect(environment.loadBalancing).toMatchObject({ chartRepository: 'https://aws.github.io/eks-charts' });
  });
});
