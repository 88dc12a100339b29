import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY, type IngressClassParamsSpec } from '../../../../load-balancers/model';
import { ANNOTATIONS, annotationOf } from '../../../../load-balancers/language/table';
import { classOf, errors, ingress, only, service, warnings } from './objects';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/4f1a';
const ACL = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/1';

const BOTH: Readonly<Record<string, readonly [IngressClassParamsSpec, same: string, other: string]>> = {
  'load-balancer-name': [{ loadBalancerName: 'shop' }, 'shop', 'zoo'],
  'group.name': [{ group: { name: 'shop' } }, 'shop', 'zoo'],
  tags: [{ tags: [{ key: 'team', value: 'a' }] }, 'team=a', 'team=b'],
  'ip-address-type': [{ ipAddressType: 'dualstack' }, 'dualstack', 'ipv4'],
  scheme: [{ scheme: 'internal' }, 'internal', 'internet-facing'],
  subnets: [
    { subnets: { ids: ['subnet-00000001', 'subnet-00000002'] } },
    'subnet-00000002,subnet-00000001',
    'subnet-00000001,subnet-00000003',
  ],
  'load-balancer-attributes': [
    { loadBalancerAttributes: [{ key: 'routing.http2.enabled', value: 'true' }] },
    'routing.http2.enabled=true',
    'routing.http2.enabled=false',
  ],
  'wafv2-acl-arn': [{ wafv2AclArn: ACL }, ACL, 'none'],
  'wafv2-acl-name': [{ wafv2AclName: 'a' }, 'a', 'b'],
  'inbound-cidrs': [{ inboundCIDRs: ['10.0.0.0/8'] }, '10.0.0.0/8', '192.0.2.0/24'],
  'security-group-prefix-lists': [{ prefixListsIDs: ['pl-1'] }, 'pl-1', 'pl-2'],
  'certificate-arn': [{ certificateArn: [CERTIFICATE] }, CERTIFICATE, `${CERTIFICATE}b`],
  'ssl-policy': [
    { sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' },
    'ELBSecurityPolicy-TLS13-1-2-2021-06',
    'ELBSecurityPolicy-TLS13-1-3-2021-06',
  ],
  'ssl-redirect': [{ certificateArn: [CERTIFICATE], sslRedirectPort: '443' }, '443', '8443'],
  'target-type': [{ targetType: 'instance' }, 'instance', 'ip'],
  'listener-attributes.HTTP-80': [
    {
      listeners: [
        {
          protocol: 'HTTP',
          port: 80,
          listenerAttributes: [{ key: 'routing.http.response.server.enabled', value: 'true' }],
        },
      ],
    },
    'routing.http.response.server.enabled=true',
    'routing.http.response.server.enabled=false',
  ],
  'minimum-load-balancer-capacity': [
    { minimumLoadBalancerCapacity: { capacityUnits: 100 } },
    'CapacityUnits=100',
    'CapacityUnits=200',
  ],
  'ipam-ipv4-pool-id': [
    { ipamConfiguration: { ipv4IPAMPoolId: 'ipam-pool-1' } },
    'ipam-pool-1',
    'ipam-pool-2',
  ],
};

describe('what annotation and class say both', () => {
  it('is all that the table has', () => {
    const tested = Object.keys(BOTH).map((name) => annotationOf(`alb.ingress.kubernetes.io/${name}`)?.name);
    const shared = ANNOTATIONS.filter(({ params }) => params !== undefined).map(({ name }) => name);
    expect(shared.filter((name) => !tested.includes(name))).toEqual([]);
  });

  it.each(Object.entries(BOTH))('%s', (name, [spec, same, other]) => {
    const [found] = errors([ingress({ [name]: other }), ...classOf(spec)]);
    expect(found?.split('=', 1)).toEqual([name]);
    expect(errors([ingress({ [name]: same }), ...classOf(spec)])).toEqual([]);
    expect(warnings([ingress({ [name]: same }), ...classOf(spec)])).toHaveLength(1);
    expect(errors([ingress({ [name]: KNOWN_AFTER_APPLY }), ...classOf(spec)])).toEqual([]);
    expect(warnings([ingress(), ...classOf(spec)])).toEqual([]);
  });

  it('names both, and who wins', () => {
    expect(only([ingress({ scheme: 'internet-facing' }), ...classOf({ scheme: 'internal' })])).toMatchObject({
      prop: 'scheme',
      value: 'internet-facing',
      reason: "IngressClassParams platform says 'internal' (scheme), which wins",
      remedy: 'leave it out here, or there',
    });
  });

  it('is not what they say of different keys', () => {
    const tags = classOf({ tags: [{ key: 'team', value: 'a' }] });
    expect(errors([ingress({ tags: 'cost=b' }), ...tags])).toEqual([]);
    expect(warnings([ingress({ tags: 'cost=b' }), ...tags])).toEqual([]);
  });

  it('may be on a Service too', () => {
    const own = service('web', { annotations: { 'target-type': 'ip' } });
    expect(errors([ingress(), own, ...classOf({ targetType: 'instance' })])).toEqual([
      'Service target-type=ip',
    ]);
  });

  it('may be of the older spelling', () => {
    const spec = { PrefixListsIDs: ['pl-1'] };
    expect(errors([ingress({ 'security-group-prefix-lists': 'pl-2' }), ...classOf(spec)])).toEqual([
      'security-group-prefix-lists=pl-2',
    ]);
  });
});
