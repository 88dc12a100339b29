import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model';
import { albOf, annotationSource, grouped, messageOf, paramsSource, refusalOf } from '../built';

const tcp = (port: number) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port });
const managedOf = (...args: Parameters<typeof albOf>) => albOf(...args).ManagedSecurityGroup;
const permissionsOf = (...args: Parameters<typeof albOf>) => managedOf(...args)?.IpPermissions;
const targetPermissionsOf = (...args: Parameters<typeof albOf>) =>
  albOf(...args).TargetGroups[0]?.TargetPermissions;
const GIVEN = { 'security-groups': 'sg-1, web' };
const MANAGE = { ...GIVEN, 'manage-backend-security-group-rules': 'true' };

describe('the security group that the controller makes', () => {
  it('admits everybody to each port', () => {
    expect(managedOf({ 'listen-ports': '[{"HTTPS":443},{"HTTP":80}]' })).toEqual({
      Description: '[k8s] Managed SecurityGroup for LoadBalancer',
      IpPermissions: [
        { ...tcp(80), IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
        { ...tcp(443), IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      ],
      Tags: [],
      Origin: {},
    });
  });

  it.each(['dualstack', 'dualstack-without-public-ipv4'])('admits IPv6 to one that is %s', (type) => {
    expect(permissionsOf({ 'ip-address-type': type })).toEqual([
      { ...tcp(80), IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      { ...tcp(80), Ipv6Ranges: [{ CidrIpv6: '::/0' }] },
    ]);
  });

  it('admits the networks and prefix lists that are given', () => {
    const annotations = {
      'ip-address-type': 'dualstack',
      'inbound-cidrs': '2001:db8::/32,10.1.0.0/16,10.0.0.0/16,10.0.0.0/16',
      'security-group-prefix-lists': 'pl-2,pl-1',
    };
    const group = managedOf(annotations);
    expect(group?.IpPermissions).toEqual([
      { ...tcp(80), IpRanges: [{ CidrIp: '10.0.0.0/16' }] },
      { ...tcp(80), IpRanges: [{ CidrIp: '10.1.0.0/16' }] },
      { ...tcp(80), Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }] },
      { ...tcp(80), PrefixListIds: [{ PrefixListId: 'pl-1' }] },
      { ...tcp(80), PrefixListIds: [{ PrefixListId: 'pl-2' }] },
    ]);
    expect(group?.Origin['IpPermissions']).toEqual([
      annotationSource('inbound-cidrs'),
      annotationSource('security-group-prefix-lists'),
    ]);
  });

  it('admits prefix lists only, if only those are given', () => {
    expect(permissionsOf({ 'security-group-prefix-lists': 'pl-1' })).toEqual([
      { ...tcp(80), PrefixListIds: [{ PrefixListId: 'pl-1' }] },
    ]);
  });

  it('admits networks only, if only those are given', () => {
    expect(permissionsOf({ 'inbound-cidrs': '10.0.0.0/8' })).toEqual([
      { ...tcp(80), IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
    ]);
  });

  it('admits what the class says first', () => {
    const annotations = { 'inbound-cidrs': '10.0.0.0/8', 'security-group-prefix-lists': 'pl-1' };
    const group = managedOf(annotations, {
      params: { inboundCIDRs: ['192.168.0.0/16'], prefixListsIDs: ['pl-9'] },
    });
    expect(group?.IpPermissions).toEqual([
      { ...tcp(80), IpRanges: [{ CidrIp: '192.168.0.0/16' }] },
      { ...tcp(80), PrefixListIds: [{ PrefixListId: 'pl-9' }] },
    ]);
    expect(group?.Origin['IpPermissions']).toEqual([
      paramsSource('inboundCIDRs'),
      paramsSource('prefixListsIDs'),
    ]);
  });

  it('admits prefix lists by the older name of the field', () => {
    expect(permissionsOf({}, { params: { PrefixListsIDs: ['pl-9'] } })).toEqual([
      { ...tcp(80), PrefixListIds: [{ PrefixListId: 'pl-9' }] },
    ]);
  });

  it('admits a network that isn’t known yet', () => {
    expect(permissionsOf({ 'inbound-cidrs': KNOWN_AFTER_APPLY })).toEqual([
      { ...tcp(80), IpRanges: [{ CidrIp: KNOWN_AFTER_APPLY }] },
    ]);
  });
});

describe('security groups', () => {
  it('are the controller’s two, by the second of which targets admit it', () => {
    const settings = { backendSecurityGroup: 'sg-backend' };
    expect(albOf({}, { settings }).SecurityGroups).toEqual([KNOWN_AFTER_APPLY, 'sg-backend']);
    expect(targetPermissionsOf({}, { settings })).toMatchObject([
      { UserIdGroupPairs: [{ GroupId: 'sg-backend' }] },
    ]);
  });

  it('are one if there is none for backends', () => {
    const settings = { enableBackendSecurityGroup: false, backendSecurityGroup: 'sg-backend' };
    expect(albOf({}, { settings }).SecurityGroups).toEqual([KNOWN_AFTER_APPLY]);
    expect(targetPermissionsOf({}, { settings })).toMatchObject([
      { UserIdGroupPairs: [{ GroupId: KNOWN_AFTER_APPLY }] },
    ]);
  });

  it('are those of the annotation, whose targets the controller leaves alone', () => {
    const alb = albOf(grouped(GIVEN, GIVEN, {}));
    expect(alb.SecurityGroups).toEqual(['sg-1', 'web']);
    expect(alb).not.toHaveProperty('ManagedSecurityGroup');
    expect(alb.Origin['SecurityGroups']).toEqual([
      annotationSource('security-groups', 'a'),
      annotationSource('security-groups', 'b'),
    ]);
    expect(targetPermissionsOf(GIVEN)).toEqual([]);
  });

  it('are the controller’s if the annotation is empty', () => {
    expect(albOf({ 'security-groups': '' })).toHaveProperty('ManagedSecurityGroup');
  });

  it('are one more if the controller is to manage the rules of targets', () => {
    const alb = albOf(MANAGE, { settings: { backendSecurityGroup: 'sg-backend' } });
    expect(alb.SecurityGroups).toEqual(['sg-1', 'web', 'sg-backend']);
    expect(alb.Origin['SecurityGroups']).toEqual([
      annotationSource('security-groups'),
      annotationSource('manage-backend-security-group-rules'),
    ]);
    const settings = { enableManageBackendSecurityGroupRules: true };
    expect(albOf(GIVEN, { settings }).SecurityGroups).toEqual(['sg-1', 'web', KNOWN_AFTER_APPLY]);
    const not = { ...GIVEN, 'manage-backend-security-group-rules': 'false' };
    expect(albOf(not, { settings }).SecurityGroups).toEqual(['sg-1', 'web']);
  });

  it('can’t be managed and not', () => {
    const not = { ...GIVEN, 'manage-backend-security-group-rules': 'false' };
    expect(refusalOf(grouped(MANAGE, not))).toMatchObject({
      Message: 'conflicting manage backend security group rules settings',
      Source: annotationSource('manage-backend-security-group-rules', 'b'),
    });
    expect(messageOf({ ...GIVEN, 'manage-backend-security-group-rules': 'yes' })).toBe(
      'failed to parse bool annotation, alb.ingress.kubernetes.io/manage-backend-security-group-rules: yes: strconv.ParseBool: parsing "yes": invalid syntax',
    );
  });

  it('can’t be managed without one for backends', () => {
    const message =
      'backendSG feature is required to manage worker node SG rules when frontendSG manually specified';
    const settings = { enableBackendSecurityGroup: false };
    expect(refusalOf(MANAGE, { settings })).toMatchObject({
      Message: message,
      Source: annotationSource('manage-backend-security-group-rules'),
    });
    const managing = { ...settings, enableManageBackendSecurityGroupRules: true };
    expect(refusalOf(GIVEN, { settings: managing })).toMatchObject({
      Message: message,
      Source: annotationSource('security-groups'),
    });
  });
});
