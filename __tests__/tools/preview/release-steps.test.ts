import { describe, expect, it } from '@jest/globals';
import { betweenReleases } from '../../../tools/preview/print';
import { readManifests } from '../../../tools/preview/manifests';
import { releaseRange } from '../../../tools/preview/release-steps';
import { previewTable } from '../../../tools/preview/table';
import { ingress, manifests, previewOf, service } from './support';

const NLB = service(
  { type: 'LoadBalancer', loadBalancerClass: 'service.k8s.aws/nlb', ports: [{ port: 53, protocol: 'UDP' }] },
  'dns',
  {
    'service.beta.kubernetes.io/aws-load-balancer-listener-attributes.UDP-53': 'a.b=1',
    'service.beta.kubernetes.io/aws-load-balancer-name': 'Names',
  },
);
const SHOP = manifests(ingress({ annotations: { 'target-type': 'ip', scheme: 'internal' } }), service(), NLB);

const between = (range: string, text = SHOP) =>
  betweenReleases({ ...readManifests([{ name: 'shop.yaml', text }]), settings: {} }, releaseRange(range));

describe('--release', () => {
  const told = between('2.17.1..3.5.0');

  it('says what changes in each load balancer, and nothing of those that stay', () => {
    expect(told.Differences).toMatchObject([
      {
        Id: 'shop/dns',
        Change: 'changed',
        Fields: [{ Field: 'Listeners.53.Attributes.a.b', After: '1' }],
      },
    ]);
  });

  it('says what AWS’s fields don’t, of the load balancers that it is about', () => {
    const about = told.Release?.Changes.filter(({ LoadBalancers }) => LoadBalancers);
    expect(about?.map(({ Since, LoadBalancers }) => [Since, LoadBalancers])).toEqual([
      ['3.2.0', ['shop/dns']],
      ['3.2.2', ['shop/dns']],
    ]);
  });

  it('says what becomes of policy, definitions and gates', () => {
    expect(told.Release).toMatchObject({
      Policy: 'same',
      Crds: { Added: [], Definitions: 'change' },
      FeatureGates: {
        Added: ['EnableCertificateManagement', 'GatewayListenerSet', 'IngressPlanAnnotation'],
        Removed: [],
      },
    });
    expect(between('2.16.0..2.17.1').Release?.FeatureGates).toEqual({
      Added: ['GlobalAcceleratorController'],
      Removed: ['AGAController'],
    });
    expect(between('3.4.2..3.4.3').Release?.Crds.Definitions).toBe('same');
  });

  it('prints it', () => {
    expect(previewTable(told, 200)).toMatch(
      /^shop\/dns changes\n {2}- Listeners\.53\.Attributes\.a\.b: nothing → 1\n {2}- 3\.2\.0: Host name .*\n {2}- 3\.2\.2: .*\n\nController 2\.17\.1 → 3\.5\.0\n {2}- policy: the same\n {2}- CRDs: change\n/,
    );
    expect(previewTable(between('3.4.2..3.4.3'), 200)).toMatch(/^No load balancer differs\.\n/);
  });

  it('says that older releases are known in part', () => {
    expect(between('2.16.0..3.5.0').NotJudged).toContainEqual(
      expect.stringMatching(/^what release 2\.16\.0 of the controller builds otherwise than 2\.17\.1/),
    );
    expect(told.NotJudged).not.toContainEqual(expect.stringContaining('builds otherwise'));
  });

  it.each([
    ['3.5.0', 'write two releases, the older first'],
    ['2.17.1..3.2.2..3.5.0', 'write two releases, the older first'],
    ['3.5.0..2.17.1', 'goes back: write the older release first, 2.17.1..3.5.0'],
    ['3.5.0..3.5.0', 'names one release twice'],
    ['3.5.0..3.6.0', 'nothing is known of release 3.6.0: write one of 2.13.0, '],
  ])('refuses %s', (range, message) => {
    expect(() => releaseRange(range)).toThrow(message);
  });
});

describe('a preview of an older release', () => {
  const text = manifests(
    ingress({
      annotations: {
        'target-type': 'ip',
        scheme: 'internal',
        'frontend-nlb-attributes': 'a=b',
        'create-acm-cert': 'true',
      },
    }),
    service(),
  );
  const told = (release?: string) =>
    previewOf(text, release === undefined ? {} : { release })
      .Findings.filter(({ Reason }) => Reason.includes('passes it over'))
      .map(({ Severity, Source, Remedy }) => [Severity, Source.Annotation, Remedy]);

  it('warns of what it passes over', () => {
    expect(told('3.1.0')).toEqual([
      [
        'warning',
        'alb.ingress.kubernetes.io/frontend-nlb-attributes',
        expect.stringContaining('3.2.0 or later'),
      ],
      ['warning', 'alb.ingress.kubernetes.io/create-acm-cert', expect.stringContaining('3.3.0 or later')],
    ]);
    expect(told('3.3.0')).toEqual([]);
    expect(told()).toEqual([]);
  });
});
