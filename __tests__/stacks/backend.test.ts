import { describe, expect, it } from '@jest/globals';
import { type EnvironmentInput } from '../../config';
import { environment } from '../support/environments';
import { synthesizedStacks } from '../support/stacks';

const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/0123';
const ROLE = 'arn:aws:iam::111122223333:role/state';

const stacks = (backend: EnvironmentInput['backend']) => synthesizedStacks(environment({ backend }));

describe('backend local', () => {
  const { workloads } = stacks({ type: 'local', path: 'state/here' });

  it('is a file of the project, read where it is written', () => {
    expect(workloads?.terraform.backend).toEqual({
      local: { path: '../../../../state/here/eks-ingress/test/workloads.tfstate' },
    });
    expect(workloads?.oneData('terraform_remote_state', 'addons-state')).toMatchObject({
      backend: 'local',
      config: { path: '../../../../state/here/eks-ingress/test/addons.tfstate' },
    });
  });
});

describe('backend s3', () => {
  const settings = { type: 's3', bucket: 'state-of-ours', region: 'eu-central-1' } as const;

  it('is an encrypted object of the bucket, locked by one beside it', () => {
    expect(stacks(settings).network?.terraform.backend).toEqual({
      s3: {
        bucket: 'state-of-ours',
        region: 'eu-central-1',
        key: 'eks-ingress/test/network.tfstate',
        encrypt: true,
        use_lockfile: true,
      },
    });
  });

  it('is written and read with the same key and role', () => {
    const { addons } = stacks({ ...settings, kmsKeyArn: KEY, roleArn: ROLE });
    const access = { kms_key_id: KEY, encrypt: true, assume_role: { role_arn: ROLE } };
    expect(addons?.terraform.backend).toMatchObject({ s3: access });
    expect(addons?.oneData('terraform_remote_state', 'network-state')).toMatchObject({
      backend: 's3',
      config: {
        bucket: 'state-of-ours',
        region: 'eu-central-1',
        key: 'eks-ingress/test/network.tfstate',
        ...access,
      },
    });
  });
});

describe('backend hcp', () => {
  const settings = { type: 'hcp', organization: 'example', execution: 'local' } as const;

  it('is a workspace a stack, by name', () => {
    expect(stacks(settings).cluster?.terraform).toMatchObject({
      cloud: {
        organization: 'example',
        hostname: 'app.terraform.io',
        workspaces: { name: 'eks-ingress-test-cluster' },
      },
    });
    expect(stacks(settings).cluster?.terraform).not.toHaveProperty('backend');
  });

  it('is read by name from the same host, and made in a project', () => {
    const { cluster } = stacks({ ...settings, hostname: 'tfe.example.com', project: 'Platform' });
    expect(cluster?.terraform.cloud).toMatchObject({ workspaces: { project: 'Platform' } });
    expect(cluster?.oneData('terraform_remote_state', 'network-state')).toMatchObject({
      backend: 'remote',
      config: {
        organization: 'example',
        hostname: 'tfe.example.com',
        workspaces: { name: 'eks-ingress-test-network' },
      },
    });
  });
});
