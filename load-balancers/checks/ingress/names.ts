import { isUnknown } from '../../model';
import { atAnnotation, atParams, type Finding } from './finding';
import { named, read } from './read';
import { type MemberView, type View } from './view';

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
export function checkNames({ members }: View): Finding[] {
  return members.flatMap(checkLoadBalancerName);
}

function checkLoadBalancerName({ ingress, params }: MemberView): Finding[] {
  const ofParams = params?.spec.loadBalancerName;
  const value = ofParams || read.text(ingress, 'load-balancer-name');
  if (value === undefined || isUnknown(value)) return [];
  const found = reasonOf(value);
  if (found === undefined) return [];
  const [reason, remedy] = found;
  return [
    ofParams
      ? atParams(params, 'loadBalancerName', { value, reason, remedy })
      : atAnnotation(ingress, named('load-balancer-name'), { reason, remedy }),
  ];
}

function reasonOf(value: string): readonly [reason: string, remedy: string] | undefined {
  if (value.length > 32) {
    return [
      `it has ${value.length} characters, a load balancer's name at most 32`,
      `write a shorter name, such as '${value.slice(0, 32).replace(/-$/, '')}'`,
    ];
  }
  if (value.startsWith('internal-')) {
    return ["AWS keeps names that start with 'internal-' for itself", `write '${value.slice(9)}'`];
  }
  return /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/.test(value)
    ? undefined
    : [
        'a name has letters, digits and hyphens only, without a hyphen at either end',
        `write '${value.replaceAll(/[^a-zA-Z0-9-]/g, '-').replaceAll(/^-+|-+$/g, '') || 'web'}'`,
      ];
}
