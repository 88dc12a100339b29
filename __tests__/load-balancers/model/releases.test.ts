import { describe, expect, it } from '@jest/globals';
import {
  buildModel,
  changesBetween,
  compareReleases,
  MODEL_RELEASE,
  RELEASE_CHANGES,
  type KubernetesObject,
  type LoadBalancer,
} from '../../../load-balancers/model';
import { CONTROLLER_RELEASES } from '../../../modules/load-balancer-controller';

const SERVICE = 'service.beta.kubernetes.io/aws-load-balancer-';
const INGRESS = 'alb.ingress.kubernetes.io/';

/** A Service of type LoadBalancer. */
function nlb(annotations: Readonly<Record<string, string>>, protocol = 'TCP'): KubernetesObject {
  return {
    kind: 'Service',
    metadata: { name: 'games', namespace: 'shop', annotations },
    spec: {
      type: 'LoadBalancer',
      loadBalancerClass: 'service.k8s.aws/nlb',
      ports: [{ port: 5000, protocol, name: 'game' }],
    },
  };
}

function alb(annotations: Readonly<Record<string, string>>): KubernetesObject[] {
  return [
    {
      kind: 'IngressClass',
      metadata: { name: 'alb' },
      spec: {
        controller: 'ingress.k8s.aws/alb',
        parameters: { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name: 'alb' },
      },
    },
    {
      kind: 'IngressClassParams',
      metadata: { name: 'alb' },
      spec: { loadBalancerName: 'of-class', scheme: 'internal' },
    },
    {
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { ports: [{ port: 80, protocol: 'TCP', name: 'http' }], selector: { app: 'web' } },
    },
    {
      kind: 'Ingress',
      metadata: {
        name: 'web',
        namespace: 'shop',
        annotations: {
          [`${INGRESS}target-type`]: 'ip',
          [`${INGRESS}listen-ports`]: '[{"HTTP": 80}, {"HTTP": 8080}]',
          ...annotations,
        },
      },
      spec: {
        ingressClassName: 'alb',
        rules: [
          {
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name: 'web', port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    },
  ] as KubernetesObject[];
}

function built(objects: readonly KubernetesObject[], release: string): readonly LoadBalancer[] {
  const { LoadBalancers, Refusals } = buildModel(objects, { release });
  expect(Refusals).toEqual([]);
  return LoadBalancers;
}

describe('a release of the controller', () => {
  it.each(['2.17.1', '3.2.2', '3.4.0'])('%s lets in other types of ICMP for the path MTU', (release) => {
    const objects = [nlb({ [`${SERVICE}enable-icmp-for-path-mtu-discovery`]: 'on' })];
    const icmp = (of: string) =>
      built(objects, of)[0]?.ManagedSecurityGroup?.IpPermissions.find(
        ({ IpProtocol }) => IpProtocol === 'icmp',
      );
    expect(icmp(release)).toMatchObject({ FromPort: 2, ToPort: 3 });
    for (const fixed of ['3.4.2', '3.5.0']) expect(icmp(fixed)).toMatchObject({ FromPort: 3, ToPort: 4 });
  });

  it('sets attributes of listeners for UDP from 3.2.2 on, those of others always', () => {
    const attributes = (protocol: string, release: string) =>
      built([nlb({ [`${SERVICE}listener-attributes.${protocol}-5000`]: 'a.b=1' }, protocol)], release)[0]
        ?.Listeners[0]?.Attributes;
    const set = [{ Key: 'a.b', Value: '1' }];
    expect(attributes('UDP', '3.2.1')).toEqual([]);
    expect(attributes('UDP', '3.2.2')).toEqual(set);
    expect(attributes('TCP', '2.17.1')).toEqual(set);
  });

  it('passes over annotations that it doesn’t know yet, and tags less of the frontend NLB', () => {
    const objects = alb({
      [`${INGRESS}enable-frontend-nlb`]: 'true',
      [`${INGRESS}frontend-nlb-attributes`]: 'deletion_protection.enabled=true',
      [`${INGRESS}tags`]: 'team=shop',
    });
    const frontend = (release: string) => built(objects, release).find(({ Type }) => Type === 'network');
    const tags = [{ Key: 'team', Value: 'shop' }];
    expect(frontend('3.1.0')).toMatchObject({ Attributes: [], Tags: tags });
    expect(frontend('3.2.0')).toMatchObject({
      Attributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }],
      Listeners: [{ Tags: [] }, { Tags: [] }],
      TargetGroups: [{ Tags: [] }, { Tags: [] }],
    });
    expect(frontend('3.3.0')).toMatchObject({
      Listeners: [{ Tags: tags }, { Tags: tags }],
      TargetGroups: [{ Tags: tags }, { Tags: tags }],
    });
  });

  it('has no fields of a class that its definition drops', () => {
    const name = (release: string) => built(alb({}), release)[0]?.LoadBalancerName;
    expect([name('2.13.4'), name('2.14.0')]).toEqual([expect.not.stringMatching('of-class'), 'of-class']);
  });

  it('builds what the newest does, where nothing is known to differ', () => {
    const objects = alb({ [`${INGRESS}load-balancer-attributes`]: 'idle_timeout.timeout_seconds=30' });
    for (const { release } of CONTROLLER_RELEASES.slice(9))
      expect(built(objects, release)).toEqual(built(objects, MODEL_RELEASE));
  });
});

describe('the table of changes', () => {
  it('goes from release to release, up to the one of the model', () => {
    const since = RELEASE_CHANGES.map((change) => change.since);
    expect([...since].sort(compareReleases)).toEqual(since);
    expect(CONTROLLER_RELEASES.at(-1)?.release).toBe(MODEL_RELEASE);
    expect(since.every((release) => compareReleases(release, MODEL_RELEASE) <= 0)).toBe(true);
  });

  it('is read from after one release up to and with another', () => {
    expect(changesBetween('3.3.0', '3.4.0').map(({ since }) => since)).toEqual(['3.4.0', '3.4.0', '3.4.0']);
    expect(changesBetween('3.5.0', '3.5.0')).toEqual([]);
  });

  it('orders releases by number', () => {
    expect(compareReleases('2.9.0', '2.17.1')).toBeLessThan(0);
    expect(compareReleases('3.4.10', '3.4.9')).toBeGreaterThan(0);
    expect(compareReleases('3.0.0', '3.0.0')).toBe(0);
  });
});
