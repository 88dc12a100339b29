import {
  annotationOf,
  INGRESS_PREFIX,
  isControllers,
  nearestAnnotation,
  FIELDS,
  PREFIX,
} from '../../language';
import { type Service, isUnknown } from '../../model';
import { type Finding } from '../../problem';
import { atAnnotation, type ObjectFinding } from '../finding';
import { type Check, readNlb } from './read';

/** Every annotation is one that the controller reads of a Service, with a value of its type. */
export const annotationNames: Check = (service) =>
  Object.entries(service.metadata.annotations ?? {}).flatMap(([name, value]): ObjectFinding[] => {
    const wrong = name.startsWith(INGRESS_PREFIX)
      ? ofIngress(name)
      : isControllers(name)
        ? ofService(service, name)
        : misspelt(name);
    return wrong ? [atAnnotation(service, name, { ...wrong, value, accepted: true })] : [];
  });

type Wrong = Pick<Finding, 'reason' | 'remedy'> | undefined;

function ofIngress(name: string): Wrong {
  const like = nearestAnnotation(name, 'service');
  return {
    reason:
      'annotations of this prefix are of an Application Load Balancer, and a Service makes a Network one',
    remedy: like?.startsWith(PREFIX) ? instead(like) : 'remove it, or write it on the Ingress',
  };
}

function ofService(service: Service, name: string): Wrong {
  const known = annotationOf(name);
  if (!known?.on.includes('service')) {
    const like = nearestAnnotation(name, 'service');
    return {
      reason: 'the AWS Load Balancer Controller reads no annotation of this name',
      remedy: like?.startsWith(PREFIX) ? instead(like) : 'remove it, or write a name of its documents',
    };
  }
  const value = service.metadata.annotations?.[name];
  if (value === undefined || isUnknown(value)) return undefined;
  return ofType(service, name.slice(name.indexOf('/') + 1), known.type);
}

/** A value that the controller can't read stops it from making the load balancer. */
function ofType(service: Service, suffix: string, type: string): Wrong {
  switch (suffix.startsWith('actions.') ? 'json' : type) {
    case 'boolean':
      if (readNlb.flag(service, suffix) !== undefined) return undefined;
      return { reason: 'neither true nor false', remedy: "write 'true' or 'false'" };
    case 'integer':
      if (readNlb.whole(service, suffix) !== undefined) return undefined;
      return { reason: 'no whole number', remedy: "write a whole number such as '10'" };
    case 'stringMap':
      if (readNlb.map(service, suffix) !== undefined) return undefined;
      return { reason: 'not of the form key=value', remedy: "write 'key=value,key2=value2'" };
    case 'json':
      if (readNlb.json(service, suffix) !== undefined) return undefined;
      return { reason: 'no JSON', remedy: 'write a JSON object, or action of the port' };
    default:
      return undefined;
  }
}

/** A prefix with a letter too few or too many is nobody's. */
function misspelt(name: string): Wrong {
  const suffix = name.slice(name.indexOf('/') + 1);
  if (!annotationOf(`${PREFIX}${suffix}`) || suffix.startsWith('actions.')) return undefined;
  return {
    reason: 'the AWS Load Balancer Controller reads no annotation of this prefix',
    remedy: instead(`${PREFIX}${suffix}`),
  };
}

function instead(name: string): string {
  const field = FIELDS[name];
  return field === undefined ? `write '${name}'` : `write ${field}, which is '${name}'`;
}
