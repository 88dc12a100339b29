import { INGRESS_ANNOTATIONS } from '../annotations';
import { type GroupContext, type Member } from '../context';
import { type IpPermission, type TargetGroup } from '../model';
import { keyOf, type Service } from '../objects';
import { keyValues, originOf, pairsOf, type Sourced } from '../origin';
import { Refused, type Source } from '../refusal';
import { lookupPort, portOfPods, type Port } from '../service/ports';
import { gateOpen, type ControllerSettings } from '../settings';
import { backendTags } from '../tags';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { BackendAnnotations } from './backend-annotations';
import { defined } from './defined';
import { readHealthCheck, TRAFFIC_PORT } from './health-check';

/**
 * The target group of a port of a Service behind an Ingress, made where it is named first.
 * @param source the path, or default backend, that names it
 * @throws {Refused}
 */
export function targetGroupOf(
  context: GroupContext,
  member: Member,
  service: Service,
  port: number | string,
  source: Source,
): TargetGroup {
  const id = `${keyOf(member.ingress)}-${service.metadata.name}:${port}`;
  const made = context.targetGroups.get(id);
  if (made !== undefined) return made;
  const targetGroup = { Id: id, ...buildTargetGroup(context, member, service, port, source) };
  context.targetGroups.set(id, targetGroup);
  return targetGroup;
}

function buildTargetGroup(
  context: GroupContext,
  member: Member,
  service: Service,
  port: number | string,
  source: Source,
): Omit<TargetGroup, 'Id'> {
  const { settings } = context;
  const annotations = new BackendAnnotations(member.ingress, service);
  const servicePort = lookupPort(service, port);
  const targetType = readTargetType(annotations, member, settings);
  const protocol = readProtocol(annotations);
  const version = readProtocolVersion(annotations);
  const kind = { TargetType: targetType.value, Protocol: protocol.value, ProtocolVersion: version.value };
  const health = readHealthCheck(annotations, service, kind);
  const attributes = annotations.map('target-group-attributes');
  const tags = backendTags(member, service, settings);
  const family = ipAddressTypeOf(service, context);
  const controlPort = annotations.integer(`target-control-port.${service.metadata.name}.${port}`);
  if (targetType.value === 'instance' && controlPort !== undefined) {
    throw new Refused(
      'target control port is not supported for instance target target group',
      controlPort.sources[0],
    );
  }
  const groupPort = portOfGroup(targetType, servicePort);
  const nodeSelector = targetType.value === 'ip' ? undefined : readNodeSelector(annotations);
  const multiCluster = readMultiCluster(member, service);
  return defined({
    TargetGroupName: KNOWN_AFTER_APPLY,
    ...kind,
    Port: groupPort,
    IpAddressType: family.value,
    ...health.fields,
    Attributes: keyValues(pairsOf(attributes?.value)),
    Tags: tags.value,
    TargetControlPort: controlPort?.value,
    Service: { Name: keyOf(service), Port: port },
    NodeSelector: nodeSelector?.value,
    MultiCluster: multiCluster?.value,
    TargetPermissions: targetPermissions(context, [
      targetType.value === 'ip' ? servicePort.targetPort : groupPort,
      health.fields.HealthCheckPort,
      controlPort?.value,
    ]),
    Origin: {
      ...originOf({
        Service: { value: port, sources: [source] },
        TargetType: targetType,
        Protocol: protocol,
        ProtocolVersion: version,
        Port: { value: groupPort, sources: [servicePort.source] },
        IpAddressType: family,
        Attributes: attributes,
        Tags: tags,
        TargetControlPort: controlPort,
        NodeSelector: nodeSelector,
        MultiCluster: multiCluster,
      }),
      ...health.origin,
    },
  });
}

function readTargetType(
  annotations: BackendAnnotations,
  { params }: Member,
  settings: ControllerSettings,
): Sourced<TargetGroup['TargetType']> {
  const { value, sources } = params?.spec.targetType
    ? {
        value: params.spec.targetType,
        sources: [{ Kind: params.kind, Name: keyOf(params), Field: 'spec.targetType' } as const],
      }
    : annotations.stringOr('target-type', settings.defaultTargetType);
  if (isUnknown(value)) return { value: KNOWN_AFTER_APPLY, sources };
  if (value !== 'instance' && value !== 'ip') {
    throw new Refused(`unknown targetType: ${value}`, sources[0]);
  }
  if (value === 'ip' && !gateOpen(settings, 'EnableIPTargetType')) {
    throw new Refused('unsupported targetType: ip when EnableIPTargetType is false', sources[0]);
  }
  return { value, sources };
}

function readProtocol(annotations: BackendAnnotations): Sourced<string> {
  const protocol = annotations.stringOr('backend-protocol', 'HTTP');
  return within(protocol, ['HTTP', 'HTTPS'], 'backend protocol');
}

function readProtocolVersion(annotations: BackendAnnotations): Sourced<string> {
  const version = annotations.stringOr('backend-protocol-version', 'HTTP1');
  return within(version, ['HTTP1', 'HTTP2', 'GRPC'], 'backend protocol version');
}

function within(part: Sourced<string>, known: readonly string[], name: string): Sourced<string> {
  if (isUnknown(part.value)) return { ...part, value: KNOWN_AFTER_APPLY };
  if (known.includes(part.value)) return part;
  throw new Refused(`${name} must be within [${known.join(', ')}]: ${part.value}`, part.sources[0]);
}

function ipAddressTypeOf(service: Service, { ipAddressType }: GroupContext): Sourced<'ipv4' | 'ipv6'> {
  if (!service.spec.ipFamilies?.includes('IPv6')) return { value: 'ipv4', sources: [] };
  const source = { Kind: service.kind, Name: keyOf(service), Field: 'spec.ipFamilies' };
  if (ipAddressType === undefined || ipAddressType === 'ipv4') {
    throw new Refused('unsupported IPv6 configuration, lb not dual-stack', source);
  }
  return { value: 'ipv6', sources: [source] };
}

/** Targets are registered with ports of their own; the group's is for those who look at it. */
function portOfGroup(targetType: Sourced<TargetGroup['TargetType']>, port: Port): OrUnknown<number> {
  if (targetType.value === KNOWN_AFTER_APPLY) return KNOWN_AFTER_APPLY;
  if (targetType.value === 'ip') return portOfPods(port);
  if (port.nodePort !== 0) return port.nodePort;
  throw new Refused(
    'TargetGroup port is empty. ' +
      "When using Instance targets, your service be must of type 'NodePort' or 'LoadBalancer'",
    targetType.sources[0] ?? port.source,
  );
}

function readNodeSelector(annotations: BackendAnnotations): Sourced<string> | undefined {
  const labels = annotations.map('target-node-labels');
  if (labels === undefined || labels.value === KNOWN_AFTER_APPLY)
    return labels as Sourced<string> | undefined;
  const pairs = keyValues(labels.value).map(({ Key, Value }) => `${Key}=${Value}`);
  return pairs.length === 0 ? undefined : { ...labels, value: pairs.join(',') };
}

/** Either of the two may say so. */
function readMultiCluster({ ingress }: Member, service: Service): Sourced<OrUnknown<boolean>> | undefined {
  const suffix = 'multi-cluster-target-group';
  for (const object of [ingress, service]) {
    const value = INGRESS_ANNOTATIONS.boolean(object, suffix) ?? false;
    if (value !== false) return { value, sources: [INGRESS_ANNOTATIONS.source(object, suffix)] };
  }
  return undefined;
}

/** What nodes or pods admit from the load balancer's security group, port by port, or on all ports. */
function targetPermissions(
  { backendSecurityGroup, settings }: GroupContext,
  ports: readonly (number | string | undefined)[],
): readonly IpPermission[] {
  if (backendSecurityGroup === undefined) return [];
  const permission = (FromPort: OrUnknown<number>, ToPort: OrUnknown<number>): IpPermission => ({
    IpProtocol: 'tcp',
    FromPort,
    ToPort,
    UserIdGroupPairs: [{ GroupId: backendSecurityGroup }],
  });
  if (settings.disableRestrictedSecurityGroupRules) return [permission(0, 65535)];
  return ports
    .filter((port) => port !== undefined && port !== TRAFFIC_PORT)
    .map((port) => (isPortNumber(port) ? Number(port) : KNOWN_AFTER_APPLY))
    .map((port) => permission(port, port));
}

/** Pods say the number of a port that they name. */
function isPortNumber(port: number | string | undefined): boolean {
  return /^-?\d+$/.test(String(port));
}
