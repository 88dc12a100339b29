import {
  annotationOf,
  INGRESS_PREFIX,
  isControllers,
  nearestAnnotation,
  SERVICE_PREFIX,
} from '../../language';
import { type Finding } from '../../problem';
import { atAnnotation, type ObjectFinding } from '../finding';
import { type Check } from './read';

/** Every annotation is one that the controller reads of a Service. */
export const annotationNames: Check = (service) =>
  Object.entries(service.metadata.annotations ?? {}).flatMap(([name, value]): ObjectFinding[] => {
    const wrong = name.startsWith(INGRESS_PREFIX)
      ? ofIngress(name)
      : isControllers(name)
        ? ofService(name)
        : misspelt(name);
    return wrong ? [atAnnotation(service, name, { ...wrong, value, accepted: true })] : [];
  });

type Wrong = Pick<Finding, 'reason' | 'remedy'> | undefined;

function ofIngress(name: string): Wrong {
  const like = nearestAnnotation(name, 'service');
  return {
    reason:
      'annotations of this prefix are of an Application Load Balancer, and a Service makes a Network one',
    remedy: like?.startsWith(SERVICE_PREFIX) ? instead(like) : 'remove it, or write it on the Ingress',
  };
}

function ofService(name: string): Wrong {
  const known = annotationOf(name);
  if (!known?.on.includes('service')) {
    const like = nearestAnnotation(name, 'service');
    return {
      reason: 'the AWS Load Balancer Controller reads no annotation of this name',
      remedy: like?.startsWith(SERVICE_PREFIX)
        ? instead(like)
        : 'remove it, or write a name of its documents',
    };
  }
  return undefined;
}

/** A prefix with a letter too few or too many is nobody's. */
function misspelt(name: string): Wrong {
  const suffix = name.slice(name.indexOf('/') + 1);
  if (!annotationOf(`${SERVICE_PREFIX}${suffix}`) || suffix.startsWith('actions.')) return undefined;
  return {
    reason: 'the AWS Load Balancer Controller reads no annotation of this prefix',
    remedy: instead(`${SERVICE_PREFIX}${suffix}`),
  };
}

function instead(name: string): string {
  return `write ${name}`;
}
