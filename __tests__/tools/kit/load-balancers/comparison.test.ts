import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY, type LoadBalancer } from '../../../../load-balancers/model';
import { compareLoadBalancers } from '../../../../tools/kit/load-balancers/comparison';
import { type MadeLoadBalancer } from '../../../../tools/sandbox/load-balancers';

const target = (weight?: number) => ({
  TargetGroupArn: KNOWN_AFTER_APPLY,
  TargetGroup: 'shop/web:80',
  ...(weight !== undefined && { Weight: weight }),
});

const previewed: LoadBalancer = {
  Id: 'shop/web',
  Members: ['Ingress shop/web'],
  LoadBalancerName: KNOWN_AFTER_APPLY,
  Type: 'application',
  Scheme: 'internet-facing',
  IpAddressType: 'ipv4',
  SubnetMappings: [{ SubnetId: KNOWN_AFTER_APPLY }],
  SecurityGroups: [KNOWN_AFTER_APPLY, KNOWN_AFTER_APPLY],
  Attributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '30' }],
  Tags: [],
  Listeners: [
    {
      Port: 80,
      Protocol: 'HTTP',
      Certificates: [],
      Attributes: [],
      Tags: [],
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
      Rules: [
        {
          Priority: 1,
          Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/a', '/a/*'] } }],
          Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups: [target()] } }],
          Transforms: [],
          Tags: [],
          Origin: {},
        },
      ],
      Origin: {},
    },
  ],
  TargetGroups: [
    {
      Id: 'shop/web:80',
      TargetGroupName: KNOWN_AFTER_APPLY,
      TargetType: 'ip',
      Protocol: 'HTTP',
      Port: 80,
      IpAddressType: 'ipv4',
      Attributes: [],
      Tags: [],
      TargetPermissions: [],
      Origin: {},
    },
  ],
  Origin: {},
};

/** What AWS makes of it: names and ids are known, and what nobody set has its default. */
function made(change: (text: string) => string = (text) => text): MadeLoadBalancer {
  const [listener] = previewed.Listeners;
  const balancer = {
    ...previewed,
    LoadBalancerName: 'k8s-shop-web',
    DNSName: 'k8s-shop-web.elb.amazonaws.com',
    SubnetMappings: [{ SubnetId: 'subnet-1' }, { SubnetId: 'subnet-2' }],
    SecurityGroups: ['sg-1', 'sg-2'],
    Attributes: [...previewed.Attributes, { Key: 'routing.http2.enabled', Value: 'true' }],
    Listeners: [{ ...listener, LocalPort: 1234 }],
    TargetGroups: previewed.TargetGroups.map((group) => ({
      ...group,
      TargetGroupName: 'k8s-web',
      Targets: [],
    })),
  };
  const weighed = JSON.stringify(balancer).replace(
    '"TargetGroup":"shop/web:80"',
    '"TargetGroup":"shop/web:80","Weight":1',
  );
  return JSON.parse(change(weighed)) as MadeLoadBalancer;
}

const paths = (change: (text: string) => string) =>
  compareLoadBalancers([previewed], [made(change)]).deviations.map(({ path }) => path);

describe('load balancers beside their preview', () => {
  it('are the same when all that was known comes true', () => {
    const { deviations, compared, unknown } = compareLoadBalancers([previewed], [made()]);
    expect(deviations).toEqual([]);
    expect(compared).toBeGreaterThan(20);
    expect(unknown).toBe(6);
  });

  it.each([
    [
      'a listener on another port',
      '"Port":80,"Protocol":"HTTP","Cert',
      '"Port":81,"Protocol":"HTTP","Cert',
      'shop/web Listeners[0].Port',
    ],
    [
      'a path that is missing',
      ',"/a/*"',
      '',
      'shop/web Listeners[0].Rules[0].Conditions[0].PathPatternConfig.Values',
    ],
    [
      'a weight that nobody asked for',
      '"Weight":1',
      '"Weight":2',
      'shop/web Listeners[0].Rules[0].Actions[0].ForwardConfig.TargetGroups[0].Weight',
    ],
    [
      'another target group',
      '"TargetGroup":"shop/web:80"',
      '"TargetGroup":"shop/api:80"',
      'shop/web Listeners[0].Rules[0].Actions[0].ForwardConfig.TargetGroups[0].TargetGroup',
    ],
    [
      'an attribute of another value',
      '"Value":"30"',
      '"Value":"60"',
      'shop/web Attributes[idle_timeout.timeout_seconds]',
    ],
    [
      'another target type',
      '"TargetType":"ip"',
      '"TargetType":"instance"',
      'shop/web TargetGroups[shop/web:80].TargetType',
    ],
    [
      'a target group that is not there',
      '"Id":"shop/web:80"',
      '"Id":"shop/other:80"',
      'shop/web TargetGroups[shop/web:80]',
    ],
    ['no subnets', /"SubnetMappings":\[[^\]]*\]/, '"SubnetMappings":[]', 'shop/web SubnetMappings'],
    ['fewer security groups', '["sg-1","sg-2"]', '["sg-1"]', 'shop/web SecurityGroups'],
  ])('differ in %s', (_, from, to, path) => {
    expect(paths((text) => text.replace(from, to))).toEqual([path]);
  });

  it('compares rules of a security group in any order', () => {
    const rule = (port: number) => ({
      IpProtocol: 'tcp',
      FromPort: port,
      ToPort: port,
      IpRanges: [{ CidrIp: '0.0.0.0/0' }],
    });
    const withRules = <T>(balancer: T, ...ports: readonly number[]) => ({
      ...balancer,
      ManagedSecurityGroup: { Description: '', Tags: [], Origin: {}, IpPermissions: ports.map(rule) },
    });
    const before = [withRules(previewed, 80, 443)];
    expect(compareLoadBalancers(before, [withRules(made(), 443, 80)]).deviations).toEqual([]);
    expect(compareLoadBalancers(before, [withRules(made(), 443, 81)]).deviations).toHaveLength(1);
  });

  it('differ where one was not previewed, or not made', () => {
    const other = { ...made(), Id: 'shop/other' };
    expect(compareLoadBalancers([previewed], [other]).deviations).toEqual([
      { path: 'shop/web', previewed: 'a load balancer', made: undefined },
      { path: 'shop/other', previewed: undefined, made: 'a load balancer' },
    ]);
  });
});
