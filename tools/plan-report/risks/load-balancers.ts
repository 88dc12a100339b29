import { type Action, type Listener, type LoadBalancer, type Rule } from '../../../load-balancers/model';
import { conditionWords, permissionWords, renamedGroupsWords } from '../../preview/words';
import { isWorld } from '../changes/networks';
import { type LoadBalancerChange, type LoadBalancers } from '../load-balancers/load-balancers';
import { type Risk } from './risk';

/** What the controller does, which no resource of the plan says: load balancers that go, are others, stay behind, let the world in. */
export function loadBalancerRisks({ changes, refused }: LoadBalancers, known: readonly Risk[]): Risk[] {
  const isTold = ({ addresses }: LoadBalancerChange, ...codes: readonly Risk['code'][]) =>
    known.some(({ code, address }) => codes.includes(code) && addresses.includes(address));
  const before = changes.flatMap((change) => (change.before ? [change.before] : []));
  return [
    ...changes.flatMap((change): Risk[] => {
      const fate = FATES[change.Change]?.(change);
      return fate && !(fate.code === 'delete:protected' && isTold(change, 'delete:protected'))
        ? [{ kind: 'load balancers', ...about(change), ...fate }]
        : [];
    }),
    ...changes.flatMap((change): Risk[] => {
      const opened = openedDoors(change, before);
      if (opened.length === 0 || isTold(change, 'open-to-world')) return [];
      const words = 'admits the whole internet';
      return [
        { code: 'open-to-world', kind: 'exposure', ...about(change), words, values: [change.id, ...opened] },
      ];
    }),
    ...changes.flatMap((change) => losses(change).map((loss): Risk => ({ ...about(change), ...loss }))),
    ...refused.map(({ stack, address, message }): Risk => ({
      code: 'refused',
      kind: 'load balancers',
      stack,
      address,
      noun: 'object',
      words: 'is refused:',
      values: [message],
    })),
  ];
}

type Fate = Pick<Risk, 'code' | 'words' | 'values'>;

const FATES: Readonly<Partial<Record<LoadBalancerChange['Change'], (change: LoadBalancerChange) => Fate>>> = {
  deleted: ({ id }) => ({
    code: 'delete:protected',
    words: 'is deleted by its controller, with its DNS name:',
    values: [id],
  }),
  replaced: ({ id, ReplacedFor, before, after }) => ({
    code: 'replace:protected',
    words: 'is deleted and made anew by its controller, with another DNS name, for',
    values: [
      id,
      ...ReplacedFor.map((field) => `${field}: ${String(before?.[field])} -> ${String(after?.[field])}`),
    ],
  }),
  frozen: ({ id, Refused }) => ({
    code: 'refused',
    words: 'stays as it is, and no later change reaches it, as long as this is refused:',
    values: [id, ...Refused],
  }),
  abandoned: ({ id }) => ({
    code: 'any-destroy',
    words: 'stays behind, and costs: its controller goes before it could take it away:',
    values: [id],
  }),
};

/** What a load balancer that goes on serves no longer does. */
function losses(change: LoadBalancerChange): Pick<Risk, 'code' | 'kind' | 'words' | 'values'>[] {
  const { id, before, after, Change, Rules, LostCertificates, ReplacedTargetGroups } = change;
  if (!before || !after || (Change !== 'changed' && Change !== 'replaced')) return [];
  const told = (code: Risk['code'], kind: Risk['kind'], words: string, values: readonly string[]) =>
    values.length > 0 ? [{ code, kind, words, values: [id, ...values] }] : [];
  const gone = (words: string, values: readonly string[]) =>
    told('any-destroy', 'load balancers', words, values);
  const open = (words: string, values: readonly string[]) => told('unprotected', 'exposure', words, values);
  const pairs = before.Listeners.map((was) => ({
    was,
    will: after.Listeners.find(({ Port }) => Port === was.Port),
  }));
  const name = ({ Port, Protocol }: Listener) => `${Protocol} ${Port}`;
  const rule = ({ Conditions }: Rule) => Conditions.map(conditionWords).join(', ');
  return [
    ...open('no longer asks who calls:', [
      ...Rules.flatMap(({ Before, After }) =>
        Before && After && asks(Before.Actions) && !asks(After.Actions) ? [rule(Before)] : [],
      ),
      ...pairs.flatMap(({ was, will }) =>
        will && asks(was.DefaultActions) && !asks(will.DefaultActions) ? [`all else on ${name(was)}`] : [],
      ),
    ]),
    ...open(
      'no longer asks who calls for a certificate:',
      pairs.flatMap(({ was, will }) =>
        will && was.MutualAuthentication && !will.MutualAuthentication ? [name(was)] : [],
      ),
    ),
    ...gone(
      'no longer listens on',
      pairs.flatMap(({ was, will }) => (will?.Protocol === was.Protocol ? [] : [name(was)])),
    ),
    ...gone(
      'no longer has the certificate',
      LostCertificates.map(({ Port, CertificateArn }) => `${Port}: ${CertificateArn}`),
    ),
    ...gone(
      'no longer serves',
      Rules.flatMap(({ Change: fate, Before }) => (fate === 'removed' && Before ? [rule(Before)] : [])),
    ),
    ...gone(renamedGroupsWords(ReplacedTargetGroups), ReplacedTargetGroups),
  ];
}

function asks(actions: readonly Action[]): boolean {
  return actions.some(({ Type }) => /^authenticate-|^jwt-/.test(Type));
}

function about({ id, stack, addresses }: LoadBalancerChange): Pick<Risk, 'stack' | 'address' | 'noun'> {
  return { stack, address: addresses[0] ?? id, noun: 'load balancer' };
}

/** Doors through which the world reaches somebody whom it did not reach: who was open before and joins another one isn't opened. */
function openedDoors({ after }: LoadBalancerChange, before: readonly LoadBalancer[]): string[] {
  const isOpen = (member: string, door: string) =>
    before.some((each) => each.Members.includes(member) && doorsOf(each).includes(door));
  return doorsOf(after).filter((door) => !after?.Members.every((member) => isOpen(member, door)));
}

function doorsOf(loadBalancer: LoadBalancer | undefined): string[] {
  if (loadBalancer?.Scheme !== 'internet-facing') return [];
  const { ManagedSecurityGroup: group } = loadBalancer;
  // Security groups of a person's own may be anything.
  if (!group) return ['internet-facing'];
  return group.IpPermissions.filter(({ IpRanges = [], Ipv6Ranges = [] }) =>
    [...IpRanges.map(({ CidrIp }) => CidrIp), ...Ipv6Ranges.map(({ CidrIpv6 }) => CidrIpv6)].some(isWorld),
  ).map(permissionWords);
}
