import { describe, expect, it } from '@jest/globals';
import {
  checkObjects,
  findings,
  judged,
  nlbServiceProblems,
  toProblem,
} from '../../../../load-balancers/checks';
import {
  type AlbIngressSettings,
  type IngressClassParamsSettings,
} from '../../../../load-balancers/language';
import { type KubernetesObject } from '../../../../load-balancers/model';
import { albClass, classOf, ingress, path, rule, service } from './objects';

const GROUPS = ['sg-0123456789abcdef0'];
const INGRESS = { name: 'web', namespace: 'shop', ingressClassName: 'alb' };
const ROUTES = { routes: [{ service: 'web', port: 80 }] };

/** Paths of what is refused of an Ingress of these settings. */
function ofProps(settings: AlbIngressSettings, params: IngressClassParamsSettings = {}): string[] {
  const all = [judged({ ...INGRESS, ...ROUTES, ...settings }, { params, services: [service()] })];
  return findings(all)
    .filter(({ warning }) => !warning)
    .map((each) => toProblem(each, all).path);
}

function ofManifest(...objects: readonly KubernetesObject[]): string[] {
  const all = objects.some(({ kind }) => kind === 'IngressClass') ? objects : [...objects, albClass];
  return checkObjects([...all, service()])
    .filter(({ warning }) => !warning)
    .map(({ source, path }) => `${source.Name} ${path}`);
}

const annotations = (...names: readonly string[]) =>
  Object.fromEntries(
    names.map((name) => [
      name,
      {
        'security-groups': GROUPS.join(','),
        'inbound-cidrs': '10.0.0.0/8',
        'security-group-prefix-lists': 'pl-0123456789abcdef0',
        'manage-backend-security-group-rules': 'true',
      }[name] ?? '',
    ]),
  );
const whole = (suffix: string) => `alb.ingress.kubernetes.io/${suffix}`;

describe('who may connect, with security groups of your own', () => {
  it.each([
    ['inboundCidrs', { inboundCidrs: ['10.0.0.0/8'] }],
    ['prefixLists', { prefixLists: ['pl-0123456789abcdef0'] }],
  ])('is not said by %s too, by props', (field, more) => {
    expect(ofProps({ securityGroups: GROUPS })).toEqual([]);
    expect(ofProps(more)).toEqual([]);
    expect(ofProps({ securityGroups: GROUPS, ...more })).toEqual([field]);
  });

  it.each(['inbound-cidrs', 'security-group-prefix-lists'])('is not said by %s too', (name) => {
    expect(ofManifest(ingress(annotations('security-groups', name)))).toEqual([`shop/web ${whole(name)}`]);
    const byHand = Object.fromEntries(
      Object.entries(annotations('security-groups', name)).map(([each, text]) => [whole(each), text]),
    );
    expect(ofProps({ annotations: byHand })).toEqual([`annotations.${whole(name)}`]);
  });

  it.each([{ inboundCIDRs: ['10.0.0.0/8'] }, { prefixListsIDs: ['pl-0123456789abcdef0'] }])(
    'is not said by its class too: %j',
    (params) => {
      expect(ofManifest(ingress(annotations('security-groups')), ...classOf(params))).toEqual([
        `shop/web ${whole('security-groups')}`,
      ]);
      expect(ofProps({ securityGroups: GROUPS }, params)).toEqual(['securityGroups']);
      expect(ofManifest(ingress(), ...classOf(params))).toEqual([]);
    },
  );

  it('is said by those of one Ingress for all of its group', () => {
    const group = { 'group.name': 'shop' };
    expect(
      ofManifest(
        ingress(
          { ...group, ...annotations('security-groups') },
          { name: 'a', rules: [{ host: 'a.example.com', ...rule(path()) }] },
        ),
        ingress(
          { ...group, ...annotations('inbound-cidrs') },
          { name: 'b', rules: [{ host: 'b.example.com', ...rule(path()) }] },
        ),
      ),
    ).toEqual([`shop/b ${whole('inbound-cidrs')}`]);
  });
});

describe('rules for targets', () => {
  const MANAGE = 'manage-backend-security-group-rules';

  it.each([true, false])('are a matter of security groups of your own: %s', (value) => {
    expect(ofProps({ manageBackendSecurityGroupRules: value })).toEqual(['manageBackendSecurityGroupRules']);
    expect(ofProps({ securityGroups: GROUPS, manageBackendSecurityGroupRules: value })).toEqual([]);
    expect(ofManifest(ingress({ [MANAGE]: String(value) }))).toEqual([`shop/web ${whole(MANAGE)}`]);
  });

  it('may be asked for by another Ingress of the group', () => {
    const group = { 'group.name': 'shop' };
    const both = [
      ingress(
        { ...group, ...annotations('security-groups') },
        { name: 'a', rules: [{ host: 'a.example.com', ...rule(path()) }] },
      ),
      ingress(
        { ...group, ...annotations(MANAGE) },
        { name: 'b', rules: [{ host: 'b.example.com', ...rule(path()) }] },
      ),
    ];
    expect(ofManifest(...both)).toEqual([]);
  });

  it.each([true, false])('are a matter of security groups of your own for a Service too: %s', (value) => {
    const paths = (more: object) =>
      nlbServiceProblems({
        ...{ serviceName: 'web', namespace: 'shop', selector: {}, ports: [{ port: 80 }] },
        ...more,
      }).map(({ path }) => path);
    expect(paths({ manageBackendSecurityGroupRules: value })).toEqual(['manageBackendSecurityGroupRules']);
    expect(paths({ securityGroups: GROUPS, manageBackendSecurityGroupRules: value })).toEqual([]);
    expect(
      paths({
        annotations: { [`service.beta.kubernetes.io/aws-load-balancer-${MANAGE}`]: String(value) },
      }),
    ).toEqual([`annotations.service.beta.kubernetes.io/aws-load-balancer-${MANAGE}`]);
  });
});
