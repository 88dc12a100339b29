import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { manifest } from '../../../tools/cluster-access/manifest';
import { accessObjects } from '../../../tools/cluster-access/objects';
import { environment } from '../../support/environments';

const PROJECT = join(__dirname, '..', '..', '..');

function command(...args: string[]) {
  const script = join(PROJECT, 'tools', 'cluster-access', 'main.ts');
  return spawnSync(process.execPath, ['--require', join(PROJECT, 'register.cjs'), script, ...args], {
    cwd: PROJECT,
    encoding: 'utf8',
  });
}

describe('npm run cluster-access', () => {
  it('prints documents that kubectl reads, each whole', () => {
    const objects = accessObjects(
      environment({
        backend: { type: 'hcp', organization: 'example', execution: 'agent' },
        clusterCredentials: { type: 'hcp-dynamic' },
      }),
    );
    const text = manifest(objects);
    expect(parseAllDocuments(text).map((document) => document.toJS() as unknown)).toEqual(objects);
    expect(text).not.toMatch(/[&*]a\d/);
  });

  it('says what to name, and what is wrong with it', () => {
    expect(command()).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^cluster-access is of nothing: write an environment/),
    });
    expect(command('dev')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^runs of environment dev have no identity of HCP Terraform/),
    });
    expect(command('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/kubectl apply -f -/),
    });
  });
});
