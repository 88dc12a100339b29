import { describe, expect, it } from '@jest/globals';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { environment } from '../support/environments';
import { synthesizedStacks } from '../support/stacks';

const NAMES = ['network', 'cluster', 'addons', 'workloads'];
const stacks = synthesizedStacks(environment({ tags: { Team: 'platform' } }));

describe.each(NAMES)('stack %s', (name) => {
  const stack = stacks[name];

  it('may touch only its account and region, and tags all it makes', () => {
    expect(stack?.json).toHaveProviderWithProperties(AwsProvider, {
      region: 'eu-west-1',
      allowed_account_ids: ['111122223333'],
      default_tags: [
        { tags: { Team: 'platform', Project: 'eks-ingress', Environment: 'test', ManagedBy: 'terraform' } },
      ],
    });
  });

  it('has a state of its own beside the output', () => {
    expect(stack?.terraform.backend).toEqual({
      local: { path: `../../../../terraform-state/eks-ingress/test/${name}.tfstate` },
    });
  });

  it('has kubernetes and helm only after the cluster, with credentials of the run', () => {
    const late = name === 'addons' || name === 'workloads';
    for (const provider of ['kubernetes', 'helm']) {
      if (!late) {
        expect(() => stack?.provider(provider)).toThrow(`no provider ${provider}`);
        continue;
      }
      const text = JSON.stringify(stack?.provider(provider));
      expect(text).toContain('"args":["eks","get-token","--cluster-name"');
      expect(text).not.toMatch(/"(token|client_key|client_certificate|config_path)"/);
    }
  });

  it('takes the version of a provider that the environment asks for, of those it has', () => {
    const pinned = synthesizedStacks(environment({ providers: { aws: '5.100.0', helm: '3.1.1' } }))[name];
    const required = pinned?.terraform.required_providers as Record<string, { version: string } | undefined>;
    expect(required.aws?.version).toBe('5.100.0');
    expect(required.helm?.version).toBe(name === 'addons' || name === 'workloads' ? '3.1.1' : undefined);
  });
});

describe('state of another stack', () => {
  it('is read from where that stack writes it', () => {
    expect(stacks.workloads?.oneData('terraform_remote_state', 'addons-state')).toMatchObject({
      backend: 'local',
      config: { path: '../../../../terraform-state/eks-ingress/test/addons.tfstate' },
    });
  });

  it('is where the environment says', () => {
    const other = synthesizedStacks(environment({ backend: { type: 'local', path: 'state/here' } }));
    expect(other.cluster?.terraform.backend).toEqual({
      local: { path: '../../../../state/here/eks-ingress/test/cluster.tfstate' },
    });
  });
});
