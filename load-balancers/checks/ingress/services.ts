import { isUnknown, keyOf } from '../../model';
import { nearest } from '../../problem';
import { backendsOf, servicePortOf, type Backend } from './backends';
import { atAnnotation, atField, type ObjectFinding, type FindingWords } from '../finding';
import { named, ownerOf, read } from './read';
import { type View } from './view';

/** Services behind an Ingress, and their ports. */
export function checkServices(view: View): ObjectFinding[] {
  return view.members.flatMap((member) =>
    backendsOf(member, view.cluster).flatMap((backend) => [
      ...checkService(view, backend),
      ...checkPort(backend),
      ...checkHealthCheckPort(backend),
    ]),
  );
}

/** The load balancer would answer 503. */
function checkService({ cluster, context }: View, backend: Backend): ObjectFinding[] {
  const { service, target, member } = backend;
  const { namespace } = member.ingress.metadata;
  const key = keyOf({ metadata: { name: target.service, namespace } });
  const others = context.elsewhere?.services ?? [];
  if (service !== undefined) {
    return service.spec.type === 'ExternalName'
      ? [
          onBackend(backend, 'name', {
            value: target.service,
            reason: `Service ${key} is of type ExternalName, which has no pods to send requests to`,
            remedy: 'write a Service that selects pods',
            warning: true,
          }),
        ]
      : [];
  }
  if (others === 'any' || others.includes(key)) return [];
  const names = [...cluster.services.values()]
    .filter(({ metadata }) => metadata.namespace === namespace)
    .map(({ metadata }) => metadata.name);
  const like = nearest(target.service, names);
  return [
    onBackend(backend, 'name', {
      value: target.service,
      reason: `there is no Service ${key}`,
      remedy: like === undefined ? 'add the Service' : `write '${like}', or add the Service`,
    }),
  ];
}

function checkPort(backend: Backend): ObjectFinding[] {
  const { service, target } = backend;
  if (service === undefined || target.port === undefined || isUnknown(target.port)) return [];
  const ports = service.spec.ports ?? [];
  if (servicePortOf(backend) !== undefined || ports.some(({ name }) => isUnknown(name))) return [];
  const written = ports.map(({ name, port }) => (name === undefined ? `${port}` : `${port} (${name})`));
  return [
    onBackend(backend, 'port', {
      value: String(target.port),
      reason: `Service ${keyOf(service)} has no port ${target.port}`,
      remedy: `write one of its ports: ${written.join(', ')}`,
    }),
  ];
}

/** By name, it is a port of the Service. */
function checkHealthCheckPort({ service, annotations, member }: Backend): ObjectFinding[] {
  const port = read.text(annotations, 'healthcheck-port');
  if (service === undefined || port === undefined || port === 'traffic-port' || /^[+-]?\d+$/.test(port))
    return [];
  const names = (service.spec.ports ?? []).flatMap(({ name }) => name ?? []);
  if (names.includes(port) || names.some(isUnknown)) return [];
  return [
    atAnnotation(ownerOf(member.ingress, service, 'healthcheck-port'), named('healthcheck-port'), {
      reason: `Service ${keyOf(service)} has no port of this name`,
      remedy: `write ${['traffic-port', 'a number', ...names].join(' or ')}`,
    }),
  ];
}

/** On the field that names the Service, or the annotation of its action. */
function onBackend(
  { member: { ingress }, route }: Backend,
  part: 'name' | 'port',
  words: FindingWords & { readonly value: string },
): ObjectFinding {
  if (route.action.annotation !== undefined) return atAnnotation(ingress, route.action.annotation, words);
  const base = route.field === 'spec.defaultBackend' ? route.field : `${route.field}.backend`;
  return atField(ingress, `${base}.service.${part}`, words);
}
