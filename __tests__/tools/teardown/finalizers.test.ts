import { describe, expect, it } from '@jest/globals';
import { ClusterError, type ClusterApi } from '../../../tools/kit/cluster-api';
import { readFinalizers, removeFinalizers } from '../../../tools/teardown/finalizers';
import { environment, EXISTING_NETWORK } from '../../support/environments';

const DEPLOYMENT = '/apis/apps/v1/namespaces/kube-system/deployments/aws-load-balancer-controller';
const WEBHOOKS = '/apis/admissionregistration.k8s.io/v1';

const object = (namespace: string, name: string, ...finalizers: string[]) => ({
  metadata: { namespace, name, finalizers },
});
const OBJECTS: Readonly<Record<string, readonly object[]>> = {
  '/apis/networking.k8s.io/v1/ingresses': [
    object('shop', 'own', 'ingress.k8s.aws/resources'),
    object('elsewhere', 'grouped', 'example.com/other', 'group.ingress.k8s.aws/all'),
    object('shop', 'of-nginx', 'example.com/other'),
  ],
  '/api/v1/services': [object('shop', 'tcp', 'service.k8s.aws/resources'), object('shop', 'plain')],
  '/apis/elbv2.k8s.aws/v1beta1/targetgroupbindings': [object('shop', 'own', 'elbv2.k8s.aws/resources')],
};

/** A cluster with these objects, and so many ready pods of the controller; none: no Deployment. */
function cluster(ready?: number) {
  const asked: unknown[][] = [];
  const api = {
    list: (path: string) => Promise.resolve(OBJECTS[path] ?? []),
    get: (path: string) =>
      ready === undefined || path !== DEPLOYMENT
        ? Promise.reject(new ClusterError(404, path))
        : Promise.resolve(JSON.stringify({ status: { readyReplicas: ready } })),
    patch: (path: string, change: unknown) => Promise.resolve(asked.push(['patch', path, change])),
    delete: (path: string) => {
      asked.push(['delete', path]);
      return path.includes('mutating') ? Promise.reject(new ClusterError(404, path)) : Promise.resolve();
    },
  };
  return { api: api as unknown as ClusterApi, asked };
}

const own = environment({ workloads: { namespace: 'shop', services: [] } });
const existing = environment({
  cluster: { kind: 'existing', name: 'theirs' },
  network: EXISTING_NETWORK,
  workloads: { namespace: 'shop', services: [] },
});

describe('finalizers of the controller', () => {
  it('hold Ingresses, Services and bindings that carry them', async () => {
    const { held } = await readFinalizers(cluster(2).api, own);
    expect(held.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      'Ingress shop/own',
      'Ingress elsewhere/grouped',
      'Service shop/tcp',
      'TargetGroupBinding shop/own',
    ]);
  });

  it('are those of the own namespace alone on an existing cluster', async () => {
    const { held } = await readFinalizers(cluster(2).api, existing);
    expect(held.map(({ key }) => key)).toEqual(['shop/own', 'shop/tcp', 'shop/own']);
  });

  it.each([
    [2, true],
    [1, true],
    [0, false],
    [undefined, false],
  ])('are taken away if a pod is ready: %s', async (ready, isServed) => {
    expect((await readFinalizers(cluster(ready).api, own)).isServed).toBe(isServed);
  });

  it('are taken away by AWS with Auto Mode', async () => {
    const autoMode = environment({
      cluster: { kind: 'new', compute: { autoMode: {} } },
      loadBalancing: { type: 'auto-mode' },
    });
    expect((await readFinalizers(cluster().api, autoMode)).isServed).toBe(true);
  });

  it('go after the webhooks that would refuse it, and leave those of others', async () => {
    const { api, asked } = cluster(0);
    const { held } = await readFinalizers(api, own);
    await removeFinalizers(api, held.slice(0, 2));
    expect(asked).toEqual([
      ['delete', `${WEBHOOKS}/validatingwebhookconfigurations/aws-load-balancer-webhook`],
      ['delete', `${WEBHOOKS}/mutatingwebhookconfigurations/aws-load-balancer-webhook`],
      ['patch', '/apis/networking.k8s.io/v1/namespaces/shop/ingresses/own', { metadata: { finalizers: [] } }],
      [
        'patch',
        '/apis/networking.k8s.io/v1/namespaces/elsewhere/ingresses/grouped',
        { metadata: { finalizers: ['example.com/other'] } },
      ],
    ]);
  });
});
