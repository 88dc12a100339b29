import { describe, expect, it } from '@jest/globals';
import { IngressV1 } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import { parseEnvironment, type LocalEnvironmentInput } from '../../config';
import { TODAY } from '../support/environments';
import { synthesizedStacks } from '../support/stacks';
import { type Synthesized } from '../support/synthesized';

const INPUT: LocalEnvironmentInput = {
  kind: 'local',
  name: 'laptop',
  cluster: { context: 'minikube' },
  workloads: {
    services: [
      { name: 'users', image: 'x:1', paths: [{ path: '/api/users' }, { path: '/u' }] },
      { name: 'shop', image: 'x:1', host: 'shop.example.com', paths: [{}] },
      { name: 'jobs', image: 'x:1' },
    ],
  },
};

type Workloads = LocalEnvironmentInput['workloads'];

function stacks(overrides: Partial<LocalEnvironmentInput> = {}): Record<string, Synthesized> {
  return synthesizedStacks(parseEnvironment({ ...INPUT, ...overrides }, TODAY).environment);
}

function workloads(overrides: Partial<LocalEnvironmentInput> = {}): Synthesized {
  const { workloads: stack } = stacks(overrides);
  if (!stack) throw new Error('no stack workloads');
  return stack;
}

const withIngress = (ingress: Workloads['ingress']) => ({ workloads: { ...INPUT.workloads, ingress } });

describe('LocalWorkloadsStack, of an environment of kind local', () => {
  const made = workloads();

  it('is one stack that knows nothing of AWS', () => {
    expect(Object.keys(stacks())).toEqual(['workloads']);
    expect(Object.keys(made.terraform.required_providers as object)).toEqual(['kubernetes']);
    expect(made.types().filter((type) => !type.startsWith('kubernetes_'))).toEqual([]);
    expect(JSON.stringify(made)).not.toMatch(/alb\.ingress|amazonaws|k8s\.aws/);
  });

  it('touches the cluster of its context only', () => {
    expect(made.provider('kubernetes')).toEqual({
      config_path: '~/.kube/config',
      config_context: 'minikube',
    });
    const other = workloads({ cluster: { context: 'kind', kubeconfig: '/tmp/config' } });
    expect(other.provider('kubernetes')).toEqual({ config_path: '/tmp/config', config_context: 'kind' });
  });

  it('has a state of its own', () => {
    expect(made.terraform.backend).toEqual({
      local: { path: '../../../../terraform-state/eks-ingress/laptop/workloads.tfstate' },
    });
  });

  it('routes as on AWS, behind the class of its controller, without waiting for a load balancer', () => {
    expect(made.json).toHaveResourceWithProperties(IngressV1, {
      metadata: expect.objectContaining({ name: 'services', namespace: 'eks-ingress' }),
      spec: expect.objectContaining({ ingress_class_name: 'nginx' }),
      wait_for_load_balancer: false,
    });
    expect(made.one('kubernetes_ingress_v1').spec).toMatchObject({
      rule: [
        { host: 'shop.example.com', http: { path: [{ path: '/', path_type: 'Prefix' }] } },
        { http: { path: [{ path: '/api/users' }, { path: '/u' }] } },
      ],
    });
    expect(made.one('kubernetes_ingress_v1').metadata).not.toHaveProperty('annotations');
  });

  it('says where services answer', () => {
    const { url, service_urls } = workloads(withIngress({ address: '192.168.49.2' })).outputs();
    expect(url?.value).toBe('http://192.168.49.2');
    expect(service_urls?.value).toEqual({
      users: 'http://192.168.49.2/api/users',
      shop: 'http://shop.example.com/',
    });
  });

  it('has no Ingress where no service has a path', () => {
    const inside = workloads({ workloads: { services: [{ name: 'jobs', image: 'x:1' }] } });
    expect(inside.types()).not.toContain('kubernetes_ingress_v1');
    expect(inside.outputs().url?.value).toBe('');
  });

  it('writes class and Services as each controller reads them', () => {
    const istio = workloads(withIngress({ controller: 'istio' }));
    expect(istio.json).toHaveResourceWithProperties(IngressV1, {
      spec: expect.objectContaining({ ingress_class_name: 'istio' }),
    });
    const named = workloads(withIngress({ controller: 'nginx', className: 'internal' }));
    expect(named.json).toHaveResourceWithProperties(IngressV1, {
      spec: expect.objectContaining({ ingress_class_name: 'internal' }),
    });
    const gce = workloads(withIngress({ controller: 'gce' }));
    expect(gce.json).toHaveResourceWithProperties(IngressV1, {
      metadata: expect.objectContaining({ annotations: { 'kubernetes.io/ingress.class': 'gce' } }),
    });
    for (const name of ['users', 'shop', 'jobs']) {
      expect(gce.one('kubernetes_service_v1', name).metadata).toMatchObject({
        annotations: { 'cloud.google.com/neg': '{"ingress": true}' },
      });
    }
  });

  it('asks for no readiness gates, which nobody would open', () => {
    expect(JSON.stringify(made.one('kubernetes_namespace_v1'))).not.toContain('readiness');
  });

  it('pins the provider', () => {
    const { kubernetes } = workloads({ providers: { kubernetes: '2.38.0' } }).terraform
      .required_providers as Record<string, { version: string }>;
    expect(kubernetes?.version).toBe('2.38.0');
  });
});
