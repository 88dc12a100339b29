import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { changedEnvironments, changedNames } from '../../../tools/ci/changed-environments';
import { folderDigest, pipelineEnvironments } from '../../../tools/ci/pipeline-environments';
import { terraformStacks } from '../../../tools/kit/terraform/terraform-stack';
import { environment } from '../../support/environments';

const S3 = { type: 's3', bucket: 'state', region: 'eu-central-1' } as const;
const HCP = { type: 'hcp', organization: 'acme' } as const;

describe('pipelineEnvironments', () => {
  it('are those whose state every run finds', () => {
    const all = [environment(), environment({ name: 'prod', backend: S3 })];
    expect(pipelineEnvironments(all)).toEqual([
      {
        name: 'prod',
        region: 'eu-west-1',
        backend: 's3',
        hostname: '',
        runsHere: true,
        planRole: 'arn:aws:iam::111122223333:role/eks-ingress-prod-plan',
        applyRole: 'arn:aws:iam::111122223333:role/eks-ingress-prod-apply',
      },
    ]);
  });

  it('have no credentials here where HCP Terraform runs Terraform', () => {
    const clusterCredentials = { type: 'hcp-dynamic' } as const;
    const [remote] = pipelineEnvironments([
      environment({ backend: { ...HCP, execution: 'agent' }, clusterCredentials }),
    ]);
    expect(remote).toMatchObject({ backend: 'hcp', hostname: 'app.terraform.io', runsHere: false });
    const [local] = pipelineEnvironments([environment({ backend: { ...HCP, execution: 'local' } })]);
    expect(local).toMatchObject({ backend: 'hcp', runsHere: true });
  });
});

describe('changed environments', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'environments-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
    jest.restoreAllMocks();
  });

  const write = (name: string, text = '{}') => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  };

  it('have a stack that is another, is new or is gone', () => {
    const before = new Map([
      ['dev-network', '1'],
      ['dev-cluster', '1'],
      ['prod-network', '1'],
      ['old-eu-network', '1'],
    ]);
    const after = new Map([
      ['dev-network', '1'],
      ['dev-cluster', '2'],
      ['prod-network', '1'],
      ['new-network', '1'],
    ]);
    expect(changedNames(['dev', 'prod', 'new', 'old-eu'], before, after)).toEqual(['dev', 'new', 'old-eu']);
  });

  it('are all where there is no commit before', async () => {
    expect(await changedEnvironments(['dev', 'prod'], '0'.repeat(40), {})).toEqual(['dev', 'prod']);
  });

  it("are all where the commit isn't known", async () => {
    const said = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await changedEnvironments(['dev', 'prod'], 'f'.repeat(40), {})).toEqual(['dev', 'prod']);
    expect(said.mock.calls[0]?.[0]).toContain('is no commit here');
  });

  it('are told by all that is synthesized, not by what Terraform leaves there', () => {
    write('a/cdk.tf.json');
    const digest = folderDigest(join(folder, 'a'));
    write('a/.terraform/providers/aws', 'binary');
    write('a/.terraform.lock.hcl', 'hashes');
    write('a/terraform.tfstate', 'state');
    expect(folderDigest(join(folder, 'a'))).toBe(digest);
    write('a/assets/chart/values.yaml', 'a: 1');
    expect(folderDigest(join(folder, 'a'))).not.toBe(digest);
  });

  it('have stacks in the order in which they are applied, without bootstrap', () => {
    const stack = (name: string, dependencies: string[] = []): [string, object] => {
      write(`dev/stacks/${name}/cdk.tf.json`);
      return [name, { name, workingDirectory: `stacks/${name}`, dependencies }];
    };
    const stacks = [stack('dev-cluster', ['dev-network']), stack('dev-network'), stack('dev-bootstrap')];
    write('dev/manifest.json', JSON.stringify({ stacks: Object.fromEntries(stacks) }));
    expect(terraformStacks('dev', folder, {}).map((each) => [each.stack, each.dependencies])).toEqual([
      ['network', []],
      ['cluster', ['network']],
    ]);
    expect(() => terraformStacks('prod', folder, {})).toThrow('there are no stacks of prod');
  });
});
