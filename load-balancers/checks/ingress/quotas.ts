import { KNOWN_AFTER_APPLY, type LoadBalancer, type Model } from '../../model';
import { DEFAULT_QUOTAS, type Quotas } from './context';
import { type Finding } from './finding';
import { type View } from './view';

interface Count {
  readonly quota: number;
  readonly name: keyof Quotas;
  readonly count: number;
  readonly what: string;
  readonly prop: string;
  readonly field?: string;
  readonly remedy: string;
}

/** What a load balancer is given against what it may have. */
export function checkQuotas(view: View, { LoadBalancers }: Model): Finding[] {
  return LoadBalancers.filter(({ Type }) => Type === 'application').flatMap((loadBalancer) =>
    countsOf(view, loadBalancer)
      .filter(({ count, quota }) => count > quota)
      .map(({ quota, name, count, what, prop, field, remedy }) => ({
        ingress: memberOf(loadBalancer),
        ...(field === undefined ? {} : { field }),
        prop,
        value: String(count),
        reason: `load balancer ${loadBalancer.Id} would have ${count} ${what}, the quota is ${quota}`,
        remedy: `${remedy}, or have the quota raised${view.context.quotas ? ` and say so (${name})` : ''}`,
        accepted: true,
      })),
  );
}

function countsOf(view: View, { Listeners, TargetGroups }: LoadBalancer): readonly Count[] {
  const quotas = { ...DEFAULT_QUOTAS, ...view.context.quotas };
  // A discovered set counts as none: nobody knows it.
  const certificates = Listeners.flatMap(({ Certificates }) =>
    Certificates.filter(
      ({ IsDefault, CertificateArn }) => !IsDefault && CertificateArn !== KNOWN_AFTER_APPLY,
    ),
  );
  const counted = (name: keyof Quotas, count: number, what: string, prop: string, remedy: string): Count => ({
    ...{ quota: quotas[name], name, count, what, prop, remedy },
  });
  return [
    {
      ...counted(
        'rulesPerLoadBalancer',
        Listeners.reduce((sum, { Rules }) => sum + Rules.length, 0),
        'rules beside the default ones',
        'routes',
        'put some Ingresses into another group',
      ),
      field: 'spec.rules',
    },
    counted(
      'certificatesPerLoadBalancer',
      certificates.length,
      'certificates beside the default ones',
      'certificateArns',
      'use certificates with more names each',
    ),
    counted('listenersPerLoadBalancer', Listeners.length, 'listeners', 'listeners', 'listen on fewer ports'),
    {
      ...counted(
        'targetGroupsPerLoadBalancer',
        TargetGroups.length,
        'target groups',
        'routes[].service',
        'put some Ingresses into another group',
      ),
      field: 'spec.rules',
    },
    counted(
      'targetsPerLoadBalancer',
      targets(view, TargetGroups),
      'targets',
      'routes[].service',
      'run fewer pods, or put some Ingresses into another group',
    ),
  ];
}

/** Pods of targets of type ip, nodes of type instance; what isn't known counts as none. */
function targets({ context }: View, groups: LoadBalancer['TargetGroups']): number {
  return groups.reduce((sum, { Id, TargetType, Service }) => {
    if (TargetType === 'instance') return sum + (context.nodes ?? 0);
    const [namespace = ''] = Id.split('/', 1);
    return sum + (context.replicas?.[`${namespace}/${Service?.Name ?? ''}`] ?? 0);
  }, 0);
}

/** The last one: it is what others are put before. */
function memberOf({ Members, Id }: LoadBalancer): string {
  return (Members.at(-1) ?? Id).replace(/^Ingress /, '');
}
