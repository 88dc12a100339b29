import { isUnknown, type Service } from '../model';

/**
 * Why no target answers at the port of a health check, and what to write: it is a port of the Service, which neither
 * pods nor nodes have. Nothing where that can't be told.
 */
export function misleadingHealthPort(
  { spec: { ports = [], selector } }: Service,
  targetType: string | undefined,
  written: string | undefined,
): { readonly reason: string; readonly remedy: string } | undefined {
  if (written === undefined || !/^\d+$/.test(written) || selector === undefined) return undefined;
  const number = Number(written);
  if (!ports.some(({ port }) => port === number)) return undefined;
  if (targetType === 'instance') {
    if (ports.some(({ nodePort }) => nodePort === number)) return undefined;
    return {
      reason: `it is a port of the Service, and nodes have its node ports: no node answers at ${written}`,
      remedy: 'write traffic-port, or leave it out',
    };
  }
  const ofPods = ports.map(({ port, targetPort = port }) => targetPort);
  if (targetType !== 'ip' || ofPods.some((port) => typeof port === 'string' || isUnknown(port)))
    return undefined;
  if (ofPods.includes(number)) return undefined;
  return {
    reason: `it is a port of the Service, and pods are asked themselves, who listen on ${ofPods.join(' and ')}`,
    remedy: `write traffic-port, or ${[...new Set(ofPods)].join(' or ')}`,
  };
}
