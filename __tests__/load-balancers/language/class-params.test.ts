import { describe, expect, it } from '@jest/globals';
import { ingressClassParamsSettings } from '../../../load-balancers/schema';
import { problemsOf } from '../../../load-balancers/problem';
import { reference } from '../../support/reference';

const problems = (params: object) => problemsOf(ingressClassParamsSettings, params, 'params');

describe('IngressClassParams', () => {
  it('has the fields of the custom resource', () => {
    const crds = JSON.parse(reference('controller/crd-fields.json')) as Record<string, readonly string[]>;
    const fields = (crds['ingressclassparams.elbv2.k8s.aws/v1beta1'] ?? []).flatMap(
      (path) => /^spec\.(\w+)$/.exec(path)?.[1] ?? [],
    );
    // Of the two spellings of one field, the one that its documents recommend.
    expect(Object.keys(ingressClassParamsSettings.shape).sort()).toEqual(
      fields.filter((field) => field !== 'PrefixListsIDs').sort(),
    );
  });

  it('takes all of them', () => {
    expect(
      problems({
        scheme: 'internal',
        namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'In', values: ['a'] }] },
        subnets: { tags: { Tier: ['lb'] } },
        inboundCIDRs: ['10.0.0.0/8'],
        prefixListsIDs: ['pl-0'],
        sslRedirectPort: '443',
        listeners: [{ protocol: 'HTTP', port: 80, listenerAttributes: [{ key: 'a', value: 'b' }] }],
        minimumLoadBalancerCapacity: { capacityUnits: 100 },
        ipamConfiguration: { ipv4IPAMPoolId: 'ipam-pool-0' },
      }),
    ).toEqual([]);
  });

  it.each<[object, string, RegExp]>([
    [{ scheme: 'public' }, 'scheme', /'internal'/],
    [{ group: { name: 'A' } }, 'group.name', /lower-case/],
    [{ subnets: { ids: ['a'] } }, 'subnets.ids.0', /subnet-/],
    [{ subnets: { ids: [] } }, 'subnets.ids', /at least two/],
    [{ subnets: { tags: {} } }, 'subnets.tags', /at least one tag/],
    [{ subnets: 'a' }, 'subnets', /\{ ids \} or \{ tags \}/],
    [{ sslRedirectPort: '65536' }, 'sslRedirectPort', /'443'/],
    [{ sslRedirectPort: 443 }, 'sslRedirectPort', /in quotes/],
    [
      { namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'Is' }] } },
      'namespaceSelector.matchExpressions.0.operator',
      /'NotIn'/,
    ],
    [{ loadBalancerName: 'internal-x' }, 'loadBalancerName', /does not begin/],
    [{ listeners: [{ protocol: 'TCP', port: 80 }] }, 'listeners.0.protocol', /'HTTPS'/],
    [{ certificateARNs: [] }, 'certificateARNs', /'certificateArn'/],
  ])('refuses %j', (params, path, remedy) => {
    expect(problems(params)).toEqual([
      expect.objectContaining({ path, remedy: expect.stringMatching(remedy) }),
    ]);
  });
});
