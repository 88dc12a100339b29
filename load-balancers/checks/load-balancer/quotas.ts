import { KNOWN_AFTER_APPLY, type LoadBalancer, type Model, type Source } from '../../model';
import { type CheckContext, DEFAULT_QUOTAS, type Quotas } from '../context';
import { atSource, type ObjectFinding } from '../finding';
import { named, namedService } from '../read';
import { type View } from '../view';

/** One quota, what counts against it, and where that is written. */
interface Count {
  readonly name: keyof Quotas;
  readonly count: number;
  readonly what: string;
  readonly at: Pick<Source, 'Annotation' | 'Field'>;
  readonly remedy: string;
}

/** What a load balancer is given against what it may have. */
export function checkQuotas({ context }: View, { LoadBalancers }: Model): ObjectFinding[] {
  const quotas = { ...DEFAULT_QUOTAS, ...context.quotas };
  return LoadBalancers.flatMap((loadBalancer) =>
    countsOf(context, loadBalancer)
      .filter(({ count, name }) => count > quotas[name])
      .map(({ name, count, what, at, remedy }) =>
        atSource(
          { ...memberOf(loadBalancer), ...at },
          {
            value: String(count),
            reason: `load balancer ${loadBalancer.Id} would have ${count} ${what}, the quota is ${quotas[name]}`,
            remedy: `${remedy}, or have the quota raised${context.quotas ? ` and say so (${name})` : ''}`,
            accepted: true,
          },
        ),
      ),
  );
}

function countsOf(context: CheckContext, { Type, Listeners, TargetGroups }: LoadBalancer): readonly Count[] {
  const isNetwork = Type === 'network';
  const rules = { Field: isNetwork ? 'spec.ports' : 'spec.rules' };
  // A discovered set counts as none: nobody knows it.
  const certificates = Listeners.flatMap(({ Certificates }) =>
    Certificates.filter(
      ({ IsDefault, CertificateArn }) => !IsDefault && CertificateArn !== KNOWN_AFTER_APPLY,
    ),
  );
  return [
    {
      name: 'rulesPerLoadBalancer',
      count: Listeners.reduce((sum, { Rules }) => sum + Rules.length, 0),
      what: 'rules beside the default ones',
      at: rules,
      remedy: 'put some Ingresses into another group',
    },
    {
      name: 'certificatesPerLoadBalancer',
      count: certificates.length,
      what: 'certificates beside the default ones',
      at: { Annotation: isNetwork ? namedService('ssl-cert') : named('certificate-arn') },
      remedy: 'use certificates with more names each',
    },
    {
      name: 'listenersPerLoadBalancer',
      count: Listeners.length,
      what: 'listeners',
      at: isNetwork ? rules : { Annotation: named('listen-ports') },
      remedy: 'listen on fewer ports',
    },
    {
      name: 'targetGroupsPerLoadBalancer',
      count: TargetGroups.length,
      what: 'target groups',
      at: rules,
      remedy: 'put some Ingresses into another group',
    },
    {
      name: 'targetsPerLoadBalancer',
      count: targets(context, TargetGroups),
      what: 'targets',
      at: rules,
      remedy: 'run fewer pods, or put some Ingresses into another group',
    },
  ];
}

/** Pods of targets of type ip, nodes of type instance; what isn't known counts as none. */
function targets(context: CheckContext, groups: LoadBalancer['TargetGroups']): number {
  return groups.reduce((sum, { TargetType, Service }) => {
    if (TargetType === 'instance') return sum + (context.nodes ?? 0);
    return sum + (context.replicas?.[Service?.Name ?? ''] ?? 0);
  }, 0);
}

/** The last one: it is what others are put before. */
function memberOf({ Members, Id }: LoadBalancer): Pick<Source, 'Kind' | 'Name'> {
  const [kind = 'Ingress', name = Id] = (Members.at(-1) ?? '').split(' ');
  return { Kind: kind as Source['Kind'], Name: name };
}
