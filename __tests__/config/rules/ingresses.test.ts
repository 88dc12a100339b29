import { describe, expect, it } from '@jest/globals';
import { problems } from '../../support/problems';

const service = (name: string, path: object) => ({
  name,
  image: `registry.example.com/shop/${name}:1.2.3`,
  host: 'www.shop.example',
  paths: [path],
  ingress: { group: { name: 'edge' } },
});

describe('routes of several Ingresses of a group', () => {
  it('are named by the services that they are of', () => {
    const [problem] = problems({
      workloads: {
        services: [
          service('site', { path: '/*', pathType: 'ImplementationSpecific' }),
          service('zz-reports', { path: '/reports' }),
        ],
      },
    });

    expect(problem).toMatchObject({
      path: 'workloads.services.1.paths.0.path',
      reason: expect.stringContaining('of Ingress eks-ingress/site, workloads.services.0.paths.0)'),
    });
  });
});
