import { describe, expect, it } from '@jest/globals';
import {
  annotationOf,
  DNS,
  HTTP,
  loadBalancerOf,
  refusalOf,
  targetGroupOf,
  UNKNOWN,
  type Given,
} from './given';

const DUALSTACK = { 'ip-address-type': 'dualstack' };
const permissionsOf = (annotations = {}, given: Given = {}) =>
  loadBalancerOf(annotations, given).ManagedSecurityGroup?.IpPermissions;

const tcp = (port: number) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port });
const v4 = (CidrIp: string) => ({ IpRanges: [{ CidrIp }] });
const v6 = (CidrIpv6: string) => ({ Ipv6Ranges: [{ CidrIpv6 }] });

describe('managed security group', () => {
  it('admits everyone to each port', () => {
    const loadBalancer = loadBalancerOf({}, { spec: { ports: [HTTP, DNS] } });
    expect(loadBalancer.ManagedSecurityGroup).toEqual({
      Description: '[k8s] Managed SecurityGroup for LoadBalancer',
      IpPermissions: [
        { ...tcp(80), ...v4('0.0.0.0/0') },
        { IpProtocol: 'udp', FromPort: 53, ToPort: 53, ...v4('0.0.0.0/0') },
      ],
      Tags: [],
      Origin: {},
    });
    expect(permissionsOf(DUALSTACK)).toEqual([
      { ...tcp(80), ...v4('0.0.0.0/0') },
      { ...tcp(80), ...v6('::/0') },
    ]);
    expect(permissionsOf({ 'ip-address-type': UNKNOWN })).toEqual([
      { ...tcp(80), ...v4('0.0.0.0/0') },
      { ...tcp(80), ...v4(UNKNOWN) },
    ]);
  });

  it('admits the source ranges of the spec before those of the annotation', () => {
    const annotations = { '/load-balancer-source-ranges': '10.0.0.0/8, 192.168.0.0/16' };
    expect(permissionsOf(annotations)).toEqual([
      { ...tcp(80), ...v4('10.0.0.0/8') },
      { ...tcp(80), ...v4('192.168.0.0/16') },
    ]);
    const spec = { loadBalancerSourceRanges: ['172.16.0.0/12'] };
    const { ManagedSecurityGroup } = loadBalancerOf(annotations, { spec });
    expect(ManagedSecurityGroup?.IpPermissions).toEqual([{ ...tcp(80), ...v4('172.16.0.0/12') }]);
    expect(ManagedSecurityGroup?.Origin).toEqual({
      IpPermissions: [{ Kind: 'Service', Name: 'shop/web', Field: 'spec.loadBalancerSourceRanges' }],
    });
  });

  it('refuses IPv6 networks without IPv6 addresses', () => {
    const spec = { loadBalancerSourceRanges: ['10.0.0.0/8', '2001:db8::/32'] };
    expect(refusalOf({}, { spec })).toBe('unsupported v6 cidr 2001:db8::/32 when lb is not dualstack');
    expect(permissionsOf(DUALSTACK, { spec })).toEqual([
      { ...tcp(80), ...v4('10.0.0.0/8') },
      { ...tcp(80), ...v6('2001:db8::/32') },
    ]);
  });

  it('admits prefix lists, and then not everyone', () => {
    const lists = { 'security-group-prefix-lists': 'pl-1, pl-2' };
    const ofLists = [
      { ...tcp(80), PrefixListIds: [{ PrefixListId: 'pl-1' }] },
      { ...tcp(80), PrefixListIds: [{ PrefixListId: 'pl-2' }] },
    ];
    expect(permissionsOf(lists)).toEqual(ofLists);
    expect(permissionsOf({ ...lists, '/load-balancer-source-ranges': '10.0.0.0/8' })).toEqual([
      { ...tcp(80), ...v4('10.0.0.0/8') },
      ...ofLists,
    ]);
  });

  it('admits what finds the MTU of the path', () => {
    const icmp = { 'enable-icmp-for-path-mtu-discovery': 'on' };
    expect(permissionsOf({ ...DUALSTACK, ...icmp })).toEqual([
      { ...tcp(80), ...v4('0.0.0.0/0') },
      { IpProtocol: 'icmp', FromPort: 3, ToPort: 4, ...v4('0.0.0.0/0') },
      { ...tcp(80), ...v6('::/0') },
      { IpProtocol: 'icmpv6', FromPort: 2, ToPort: 0, ...v6('::/0') },
    ]);
    expect(permissionsOf({ 'enable-icmp-for-path-mtu-discovery': 'true' })).toHaveLength(1);
  });
});

describe('security groups', () => {
  const GIVEN = { 'security-groups': 'web, sg-1' };
  const MANAGE = 'manage-backend-security-group-rules';

  it("are the controller's two, by the second of which targets admit it", () => {
    const settings = { backendSecurityGroup: 'sg-backend' };
    const loadBalancer = loadBalancerOf({}, { settings });
    expect(loadBalancer.SecurityGroups).toEqual([UNKNOWN, 'sg-backend']);
    expect(loadBalancer.TargetGroups[0]?.TargetPermissions).toEqual([
      { ...tcp(30080), UserIdGroupPairs: [{ GroupId: 'sg-backend' }] },
    ]);
  });

  it('are one where the feature of a second one is off', () => {
    const settings = { enableBackendSecurityGroup: false, backendSecurityGroup: 'sg-backend' };
    const loadBalancer = loadBalancerOf({}, { settings });
    expect(loadBalancer.SecurityGroups).toEqual([UNKNOWN]);
    expect(loadBalancer.TargetGroups[0]?.TargetPermissions).toEqual([
      { ...tcp(30080), UserIdGroupPairs: [{ GroupId: UNKNOWN }] },
    ]);
  });

  it('are those given, ids before names, and targets then look after themselves', () => {
    const loadBalancer = loadBalancerOf(GIVEN);
    expect(loadBalancer.SecurityGroups).toEqual(['sg-1', 'web']);
    expect(loadBalancer.ManagedSecurityGroup).toBeUndefined();
    expect(loadBalancer.TargetGroups[0]?.TargetPermissions).toEqual([]);
    expect(loadBalancerOf({ 'security-groups': '' }).ManagedSecurityGroup).toBeDefined();
  });

  it('have the backend group besides where rules of targets are managed', () => {
    const managed = loadBalancerOf({ ...GIVEN, [MANAGE]: 'true' });
    expect(managed.SecurityGroups).toEqual(['sg-1', 'web', UNKNOWN]);
    expect(managed.Origin.SecurityGroups?.map(({ Annotation }) => Annotation)).toEqual([
      annotationOf('security-groups'),
      annotationOf(MANAGE),
    ]);
    const settings = { enableManageBackendSecurityGroupRules: true, backendSecurityGroup: 'sg-backend' };
    expect(loadBalancerOf(GIVEN, { settings }).SecurityGroups).toEqual(['sg-1', 'web', 'sg-backend']);
    expect(loadBalancerOf({ ...GIVEN, [MANAGE]: 'false' }, { settings }).SecurityGroups).toEqual([
      'sg-1',
      'web',
    ]);
    expect(loadBalancerOf({ ...GIVEN, [MANAGE]: UNKNOWN }).SecurityGroups).toEqual(['sg-1', 'web']);
  });

  it('refuse to manage rules of targets without a backend group', () => {
    const settings = { enableBackendSecurityGroup: false };
    expect(refusalOf({ ...GIVEN, [MANAGE]: 'true' }, { settings })).toBe(
      'backendSG feature is required to manage worker node SG rules when frontendSG is manually specified',
    );
  });

  it('are none by annotation, or where the feature is off', () => {
    for (const loadBalancer of [
      loadBalancerOf({ 'disable-nlb-sg': 'true', ...GIVEN }),
      loadBalancerOf({}, { settings: { featureGates: { NLBSecurityGroup: false } } }),
    ]) {
      expect(loadBalancer.SecurityGroups).toEqual([]);
      expect(loadBalancer.ManagedSecurityGroup).toBeUndefined();
    }
    expect(loadBalancerOf({ 'disable-nlb-sg': 'false' }).SecurityGroups).toHaveLength(2);
  });

  it('may be unknown', () => {
    const loadBalancer = loadBalancerOf({ 'disable-nlb-sg': UNKNOWN });
    expect(loadBalancer.SecurityGroups).toEqual([UNKNOWN]);
    expect(targetGroupOf({ 'disable-nlb-sg': UNKNOWN }).TargetPermissions).toEqual([]);
  });
});
