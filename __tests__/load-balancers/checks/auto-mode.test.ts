import { describe, expect, it } from '@jest/globals';
import { autoModeParamsProblems } from '../../../load-balancers/checks';

describe('IngressClassParams of EKS Auto Mode', () => {
  it.each([
    [{ certificateArn: ['x'] }, 'spec.certificateArn', 'write certificateARNs'],
    [{ subnets: { tags: { a: ['b'] } } }, 'spec.subnets.tags', 'write subnets.matchTags'],
    [{ listeners: [] }, 'spec.listeners', 'leave it out: Auto Mode sets no attributes of listeners'],
    [
      { sslRedirectPort: '443' },
      'spec.sslRedirectPort',
      'write alb.ingress.kubernetes.io/ssl-redirect on Ingresses',
    ],
  ])('have not %j', (spec, path, remedy) => {
    expect(autoModeParamsProblems(spec)).toMatchObject([{ path, remedy }]);
  });

  it('have what is documented', () => {
    const subnets = { matchTags: [{ key: 'a', values: ['b'] }] };
    expect(autoModeParamsProblems({ scheme: 'internal', certificateARNs: ['x'], subnets })).toEqual([]);
  });
});
