import { describe, expect, it } from '@jest/globals';
import {
  addonsContract,
  bootstrapContract,
  clusterContract,
  networkContract,
  workloadsContract,
} from '../../stacks/contracts';
import { EXISTING_NETWORK, environment } from '../support/environments';
import { synthesizedStacks } from '../support/stacks';

const OUTPUTS = {
  network: ['vpc_id', 'vpc_cidr', 'private_subnet_ids', 'public_subnet_ids'],
  cluster: [
    'cluster_name',
    'cluster_endpoint',
    'cluster_certificate_authority',
    'cluster_version',
    'oidc_issuer',
    'cluster_security_group_id',
    'node_security_group_id',
    'update_kubeconfig_command',
  ],
  addons: ['oidc_provider_arn', 'ingress_class_name', 'repository_urls', 'pod_role_arns', 'sample_url'],
  workloads: ['url', 'service_urls', 'network_load_balancer_hostnames', 'target_group_binding_urls'],
};

describe('contract of bootstrap', () => {
  const { bootstrap } = synthesizedStacks(
    environment({ backend: { type: 's3', bucket: 'state-of-ours', region: 'eu-west-1' }, bootstrap: {} }),
  );

  it('is this list, each output with a description', () => {
    const outputs = ['state_bucket', 'state_kms_key_arn', 'plan_role_arn', 'apply_role_arn'];
    expect(Object.keys(bootstrapContract)).toEqual(outputs);
    const published = bootstrap?.outputs() ?? {};
    expect(Object.keys(published).sort()).toEqual([...outputs].sort());
    for (const output of Object.values(published)) {
      expect(output.description).toEqual(expect.stringMatching(/\w+/));
      expect(output).not.toHaveProperty('sensitive');
    }
  });
});

describe('contracts', () => {
  const stacks = synthesizedStacks(environment());

  it('are these lists, which other Terraform may read', () => {
    const contracts = {
      network: networkContract,
      cluster: clusterContract,
      addons: addonsContract,
      workloads: workloadsContract,
    };
    expect(
      Object.fromEntries(Object.entries(contracts).map(([name, it]) => [name, Object.keys(it)])),
    ).toEqual(OUTPUTS);
  });

  it.each(Object.entries(OUTPUTS))('is what %s publishes, each with a description', (name, outputs) => {
    const published = stacks[name]?.outputs() ?? {};
    expect(Object.keys(published).sort()).toEqual([...outputs].sort());
    for (const output of Object.values(published)) {
      expect(output).not.toHaveProperty('sensitive');
      expect(output.description).toEqual(expect.stringMatching(/\w+/));
    }
  });

  it('holds with an existing network and cluster too', () => {
    const existing = synthesizedStacks(
      environment({
        network: EXISTING_NETWORK,
        cluster: { kind: 'existing', name: 'made-with-eksctl' },
      }),
    );
    for (const [name, outputs] of Object.entries(OUTPUTS)) {
      expect(Object.keys(existing[name]?.outputs() ?? {}).sort()).toEqual([...outputs].sort());
    }
  });

  it('is all that a stack reads of another', () => {
    for (const [name, stack] of Object.entries(stacks)) {
      const read = [
        ...JSON.stringify(stack).matchAll(/terraform_remote_state\.(\w+)-state\.outputs\.(\w+)/g),
      ];
      for (const [, producer = '', output] of read) {
        expect(OUTPUTS[producer as keyof typeof OUTPUTS]).toContain(output);
      }
      expect(read.length > 0).toBe(name !== 'network');
    }
  });
});
