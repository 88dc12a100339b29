import { SERVICE_ANNOTATIONS } from '../annotations';
import { type Service } from '../objects';
import { gateOpen, type ControllerSettings } from '../settings';
import { isUnknown } from '../unknown';

/**
 * Whether a Service is this controller's: by its class, which the webhook gives to one of type LoadBalancer that has
 * none, or by the annotations of the time before classes.
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/pkg/service/service_utils.go
 */
export function isSupported(service: Service, settings: ControllerSettings): boolean {
  if (!gateOpen(settings, 'EnableServiceController')) return false;
  const type = service.spec.type ?? 'ClusterIP';
  if (gateOpen(settings, 'ServiceTypeLoadBalancerOnly') && type !== 'LoadBalancer') return false;
  const loadBalancerClass = classOf(service, settings);
  return loadBalancerClass === undefined
    ? isSupportedByAnnotations(service)
    : loadBalancerClass === settings.loadBalancerClass;
}

function classOf({ spec }: Service, settings: ControllerSettings): string | undefined {
  const byWebhook = settings.enableServiceMutatorWebhook && spec.type === 'LoadBalancer';
  return byWebhook && (spec.loadBalancerClass ?? '') === ''
    ? settings.loadBalancerClass
    : spec.loadBalancerClass;
}

function isSupportedByAnnotations(service: Service): boolean {
  const type = SERVICE_ANNOTATIONS.string(service, 'aws-load-balancer-type');
  const targetType = SERVICE_ANNOTATIONS.string(service, 'aws-load-balancer-nlb-target-type');
  if (type === 'nlb-ip') return true;
  return type === 'external' && (targetType === 'ip' || targetType === 'instance' || isUnknown(targetType));
}
