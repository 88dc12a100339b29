import { backendsOf, servicePortOf, backendTargetTypeOf, type Backend } from './backends';
import { isOnFargate } from '../context';
import { atAnnotation, atParams, type ObjectFinding } from '../finding';
import { defaultOn, rulesOn } from './listener-rules';
import { named, ownerOf, read } from './read';
import { isUnknown, keyOf } from '../../model';
import { type GroupView, type View } from './view';

/** What kind of targets a Service can give, and over which listeners they can be reached. */
export function checkTargets(view: View): ObjectFinding[] {
  return view.groups.flatMap((group) => {
    const backends = group.members.flatMap((member) => backendsOf(member, view.cluster));
    return [
      ...backends.flatMap((backend) => [
        ...checkInstances(view, backend),
        ...checkFargate(view, backend),
        ...checkControlPort(view, backend),
      ]),
      ...checkVersion(group, backends),
    ];
  });
}

function checkInstances(view: View, backend: Backend): ObjectFinding[] {
  const { service } = backend;
  if (service === undefined || backendTargetTypeOf(backend, view) !== 'instance') return [];
  const { type = 'ClusterIP', allocateLoadBalancerNodePorts } = service.spec;
  const hasNodePorts =
    type === 'NodePort' ||
    isUnknown(type) ||
    (type === 'LoadBalancer' && (allocateLoadBalancerNodePorts !== false || nodePortOf(backend)));
  if (hasNodePorts) return [];
  return [
    onTargetType(view, backend, {
      reason: `Service ${keyOf(service)} is of type ${type}, which has no node port that a load balancer could reach`,
      remedy: "write target type 'ip', or make the Service one of type NodePort",
    }),
  ];
}

function nodePortOf(backend: Backend): boolean {
  return (servicePortOf(backend)?.nodePort ?? 0) !== 0;
}

function checkFargate(view: View, backend: Backend): ObjectFinding[] {
  const { namespace = '' } = backend.member.ingress.metadata;
  if (backendTargetTypeOf(backend, view) !== 'instance') return [];
  if (!isOnFargate(view.context, namespace, backend.service?.spec.selector)) return [];
  return [
    onTargetType(view, backend, {
      reason: `pods of namespace ${namespace} run on Fargate, where there is no node to send requests to`,
      remedy: "write target type 'ip'",
    }),
  ];
}

/** On the annotation or parameter that says so; on the default of the controller else. */
function onTargetType(
  { settings }: View,
  { member: { ingress, params }, service }: Backend,
  words: { readonly reason: string; readonly remedy: string },
): ObjectFinding {
  if (params?.spec.targetType) {
    return atParams(params, 'targetType', { value: params.spec.targetType, ...words });
  }
  const owner = ownerOf(ingress, service, 'target-type');
  const value = read.text(owner, 'target-type') ?? settings.defaultTargetType;
  return atAnnotation(owner, named('target-type'), { value, ...words });
}

function checkControlPort(view: View, backend: Backend): ObjectFinding[] {
  const { member, service, target, annotations } = backend;
  const suffix = `target-control-port.${target.service}.${target.port ?? ''}`;
  const port = read.integer(annotations, suffix);
  if (port === undefined) return [];
  const at = (reason: string, remedy: string) => [
    atAnnotation(ownerOf(member.ingress, service, suffix), named(suffix), { reason, remedy }),
  ];
  if (port < 1 || port > 65535) return at(`there is no port ${port}`, 'write a port from 1 to 65535');
  return backendTargetTypeOf(backend, view) === 'instance'
    ? at(
        'targets of type instance have no target control port',
        "write target type 'ip', or leave the annotation out",
      )
    : [];
}

/** ALB speaks HTTP/2 and gRPC with targets only for what comes over HTTPS. */
function checkVersion(group: GroupView, backends: readonly Backend[]): ObjectFinding[] {
  if (group.sslRedirect === 'unknown') return [];
  const plain = group.listeners.filter(({ protocol }) => protocol === 'HTTP');
  return backends.flatMap((backend) => {
    const { member, service, target, annotations } = backend;
    const version = read.text(annotations, 'backend-protocol-version');
    if (version !== 'GRPC' && version !== 'HTTP2') return [];
    const listener = plain.find((each) =>
      [...rulesOn(group, each), defaultOn(group, each)].some(
        (route) =>
          route?.member === member &&
          route.action.targets.some((each) => each.service === target.service && each.port === target.port),
      ),
    );
    if (listener === undefined) return [];
    const owner = ownerOf(member.ingress, service, 'backend-protocol-version');
    return [
      atAnnotation(owner, named('backend-protocol-version'), {
        reason: `the listener on port ${listener.port} is plain HTTP, and a load balancer takes requests for ${version} targets over HTTPS only`,
        remedy: `listen on HTTPS only, or redirect to it (${named('ssl-redirect')})`,
      }),
    ];
  });
}
