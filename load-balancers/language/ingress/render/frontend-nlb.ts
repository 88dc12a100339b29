import { type AlbIngressSettings } from '../../schema/ingress';
import { networkLoadBalancerAttributes } from './attributes';
import { healthCheckAnnotations } from './target-group';
import { list, map, type Annotations } from './text';

type FrontendNlb = NonNullable<AlbIngressSettings['frontendNlb']>;

/** The Network Load Balancer before the Application Load Balancer. */
export function frontendNlbAnnotations(settings?: FrontendNlb): Annotations {
  if (!settings) return {};
  return {
    'enable-frontend-nlb': 'true',
    'frontend-nlb-scheme': settings.scheme,
    'frontend-nlb-subnets': list(settings.subnets),
    'frontend-nlb-security-groups': list(settings.securityGroups),
    'frontend-nlb-listener-port-mapping': map(settings.portMapping),
    'frontend-nlb-tags': map(settings.tags),
    'frontend-nlb-eip-allocations': list(settings.eipAllocations),
    'frontend-nlb-attributes': map(settings.attributes && networkLoadBalancerAttributes(settings.attributes)),
    ...healthCheck(settings.healthCheck),
  };
}

/** Every suffix has `healthcheck` in it here. */
function healthCheck(check: FrontendNlb['healthCheck']): Annotations {
  return Object.fromEntries(
    Object.entries(healthCheckAnnotations(check)).map(([suffix, value]) => [
      `frontend-nlb-healthcheck-${suffix.replace(/^healthcheck-/, '')}`,
      value,
    ]),
  );
}
