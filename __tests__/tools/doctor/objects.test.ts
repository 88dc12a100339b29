import { describe, expect, it } from '@jest/globals';
import { type AwsEnvironment } from '../../../config';
import { type Look } from '../../../tools/doctor/look';
import { servedLoadBalancers, servedObjects } from '../../../tools/doctor/objects';
import { environment, EXISTING_NETWORK } from '../../support/environments';

const ingress = (namespace: string, name: string, group?: string, ingressClassName = 'alb') => ({
  metadata: {
    namespace,
    name,
    ...(group !== undefined && { annotations: { 'alb.ingress.kubernetes.io/group.name': group } }),
  },
  spec: { ingressClassName },
  status: { loadBalancer: { ingress: [{ hostname: `${namespace}-${name}.Example.com` }] } },
});
const OBJECTS: Readonly<Record<string, readonly object[]>> = {
  '/apis/networking.k8s.io/v1/ingressclasses': [
    { metadata: { name: 'alb' }, spec: { controller: 'ingress.k8s.aws/alb' } },
    { metadata: { name: 'nginx' }, spec: { controller: 'k8s.io/ingress-nginx' } },
  ],
  '/apis/networking.k8s.io/v1/ingresses': [
    ingress('shop', 'services'),
    ingress('shop', 'of-nginx', undefined, 'nginx'),
    ingress('game', 'sample'),
    ingress('theirs', 'alone'),
    ingress('theirs', 'member', 'all'),
  ],
  '/api/v1/services': [],
  '/apis/elbv2.k8s.aws/v1beta1/targetgroupbindings': [{ metadata: { namespace: 'theirs', name: 'binding' } }],
};

/** A cluster in which an environment has three Ingresses: two of their own, and one in a group. */
function lookAt(of: AwsEnvironment): Look {
  const LoadBalancers = [
    { Id: 'shop/services', Members: ['Ingress shop/services'] },
    { Id: 'game/sample', Members: ['Ingress game/sample'] },
    { Id: 'all', Members: ['Ingress shop/more'] },
  ];
  const own = ['shop-services', 'theirs-alone', 'theirs-member'].map((name) => ({
    DNSName: `${name}.example.com`,
  }));
  return {
    environment: of,
    list: (path: string) => Promise.resolve(OBJECTS[path]),
    wanted: () => Promise.resolve({ preview: { LoadBalancers } }),
    loadBalancers: () => Promise.resolve({ own, all: own.length }),
  } as unknown as Look;
}

const workloads = { namespace: 'shop', services: [] };
const own = lookAt(environment({ workloads }));
const existing = lookAt(
  environment({ cluster: { kind: 'existing', name: 'theirs' }, network: EXISTING_NETWORK, workloads }),
);
const keys = async (look: Look) => (await servedObjects(look)).map(({ kind, key }) => `${kind} ${key}`);

describe('what the doctor looks at', () => {
  it('is all that the controller serves in a cluster of the environment', async () => {
    expect(await keys(own)).toEqual([
      'Ingress shop/services',
      'Ingress game/sample',
      'Ingress theirs/alone',
      'Ingress theirs/member',
      'TargetGroupBinding theirs/binding',
    ]);
    expect(await servedLoadBalancers(own)).toHaveLength(3);
  });

  it('is what concerns the environment in a cluster of others: its namespaces, and who shares a group with it', async () => {
    expect(await keys(existing)).toEqual([
      'Ingress shop/services',
      'Ingress game/sample',
      'Ingress theirs/member',
    ]);
    expect((await servedLoadBalancers(existing)).map(({ DNSName }) => DNSName)).toEqual([
      'shop-services.example.com',
      'theirs-member.example.com',
    ]);
  });
});
