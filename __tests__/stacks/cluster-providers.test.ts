import { beforeAll, describe, expect, it } from '@jest/globals';
import { HelmProvider } from '@cdktf/provider-helm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { type EnvironmentInput } from '../../config';
import { environment, EXISTING_NETWORK } from '../support/environments';
import { synthesizedStacks } from '../support/stacks';
import { type Synthesized } from '../support/synthesized';

const HCP = { type: 'hcp', organization: 'example' } as const;
const PUBLIC: EnvironmentInput['cluster'] = {
  kind: 'new',
  endpoint: { publicAccess: true, publicAccessCidrs: ['198.51.100.0/24'] },
};
const CONNECTION = {
  host: '${data.terraform_remote_state.cluster-state.outputs.cluster_endpoint}',
  cluster_ca_certificate:
    '${base64decode(data.terraform_remote_state.cluster-state.outputs.cluster_certificate_authority)}',
};
const NAME = '${data.terraform_remote_state.cluster-state.outputs.cluster_name}';
const CONSUMERS = ['addons', 'workloads'] as const;

let stacks: Readonly<Record<string, Record<string, Synthesized>>>;
beforeAll(() => {
  const dynamic = { backend: HCP, clusterCredentials: { type: 'hcp-dynamic' } } as const;
  stacks = {
    'aws-cli': synthesizedStacks(environment()),
    token: synthesizedStacks(environment({ clusterCredentials: { type: 'token' } })),
    'hcp-dynamic': synthesizedStacks(environment({ ...dynamic, cluster: PUBLIC })),
    existing: synthesizedStacks(
      environment({ ...dynamic, cluster: { kind: 'existing', name: 'theirs' }, network: EXISTING_NETWORK }),
    ),
    made: synthesizedStacks(
      environment({
        backend: { ...HCP, hostname: 'tfe.example.com' },
        cluster: PUBLIC,
        clusterCredentials: {
          type: 'hcp-dynamic',
          identityProvider: 'existing',
          audience: 'tests',
          usernamePrefix: '-',
        },
      }),
    ),
  };
});

const get = (type: string, stack: string): Synthesized => {
  const found = stacks[type]?.[stack];
  if (!found) throw new Error(`no stack ${stack} of ${type}`);
  return found;
};

describe.each(CONSUMERS)('providers of %s', (stack) => {
  it('ask the AWS CLI by default', () => {
    const exec = {
      api_version: 'client.authentication.k8s.io/v1beta1',
      command: 'aws',
      args: ['eks', 'get-token', '--cluster-name', NAME, '--region', 'eu-west-1', '--output', 'json'],
    };
    const { json } = get('aws-cli', stack);
    expect(json).toHaveProviderWithProperties(KubernetesProvider, { ...CONNECTION, exec: [exec] });
    expect(json).toHaveProviderWithProperties(HelmProvider, { kubernetes: { ...CONNECTION, exec } });
  });

  it('take a token that is in no plan and no state', () => {
    const made = get('token', stack);
    const token = '${ephemeral.aws_eks_cluster_auth.cluster.token}';
    expect(made.provider('kubernetes')).toEqual({ ...CONNECTION, token });
    expect(made.provider('helm')).toEqual({ kubernetes: { ...CONNECTION, token } });
    expect(made.top('ephemeral')).toEqual({ aws_eks_cluster_auth: { cluster: { name: NAME } } });
    expect(made.data('aws_eks_cluster_auth')).toEqual({});
  });

  it('read the file that a run of HCP Terraform is given', () => {
    const made = get('hcp-dynamic', stack);
    const token = '${file(var.tfc_kubernetes_dynamic_credentials.default.token_path)}';
    expect(made.provider('kubernetes')).toEqual({ ...CONNECTION, token });
    expect(made.provider('helm')).toEqual({ kubernetes: { ...CONNECTION, token } });
    expect(made.top('variable')).toEqual({
      tfc_kubernetes_dynamic_credentials: {
        type: 'object({ default = object({ token_path = string }), aliases = map(object({ token_path = string })) })',
        description: expect.any(String),
        default: { default: { token_path: '' }, aliases: {} },
        validation: [
          {
            condition: '${var.tfc_kubernetes_dynamic_credentials.default.token_path != ""}',
            error_message: expect.stringContaining('TFC_KUBERNETES_PROVIDER_AUTH'),
          },
        ],
      },
    });
  });

  it.each(['aws-cli', 'token'])('need no variable of HCP Terraform with %s', (type) => {
    expect(get(type, stack).top('variable')).toBeUndefined();
  });
});

describe('the identity provider of HCP Terraform', () => {
  const config = (type: string) => get(type, 'cluster').resources('aws_eks_identity_provider_config');
  const oidc = {
    identity_provider_config_name: 'hcp-terraform',
    issuer_url: 'https://app.terraform.io',
    client_id: 'kubernetes',
    username_claim: 'sub',
    username_prefix: 'hcp-terraform:',
    required_claims: { terraform_organization_name: 'example' },
  };

  it('is made for a new cluster', () => {
    const cluster = get('hcp-dynamic', 'cluster').one('aws_eks_cluster');
    expect(Object.values(config('hcp-dynamic'))).toMatchObject([
      { cluster_name: `\${${cluster.address}.name}`, oidc },
    ]);
  });

  it('is made for an existing cluster', () => {
    const cluster = get('existing', 'cluster').oneData('aws_eks_cluster');
    expect(Object.values(config('existing'))).toMatchObject([
      { cluster_name: `\${${cluster.address}.name}`, oidc },
    ]);
  });

  it('has an address that stays', () => {
    expect(Object.keys(config('hcp-dynamic'))).toEqual(['hcp-terraform_config_7614E5F0']);
  });

  it.each(['aws-cli', 'token', 'made'])('is not made where it is not wanted, or there: %s', (type) => {
    expect(config(type)).toEqual({});
  });

  it('is of the host, the audience and the prefix of the environment', () => {
    const { cluster } = synthesizedStacks(
      environment({
        backend: { ...HCP, hostname: 'tfe.example.com' },
        cluster: PUBLIC,
        clusterCredentials: { type: 'hcp-dynamic', audience: 'tests', usernamePrefix: '-' },
      }),
    );
    expect(Object.values(cluster?.resources('aws_eks_identity_provider_config') ?? {})).toMatchObject([
      { oidc: { issuer_url: 'https://tfe.example.com', client_id: 'tests', username_prefix: '-' } },
    ]);
  });
});

it('no provider reads a kubeconfig, and no token is written down', () => {
  for (const type of ['aws-cli', 'token', 'hcp-dynamic', 'existing', 'made']) {
    for (const stack of CONSUMERS) {
      const text = JSON.stringify([
        get(type, stack).provider('kubernetes'),
        get(type, stack).provider('helm'),
      ]);
      expect(text).not.toMatch(/config_path|config_context|kubeconfig|client_key|password/);
      for (const [, value] of text.matchAll(/"token":"([^"]*)"/g)) expect(value).toMatch(/^\$\{.*\}$/);
    }
  }
});
