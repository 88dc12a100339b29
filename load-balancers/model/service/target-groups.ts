import { parseBoolean, SERVICE_ANNOTATIONS } from '../annotations';
import { type KeyValue, type TargetGroup } from '../model';
import { keyOf, type Service } from '../objects';
import { keyValues, originOf, pairsOf, type Sourced } from '../origin';
import { Refused } from '../refusal';
import { gateOpen } from '../settings';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { fieldSource, sourced, sourcesOf } from './annotation';
import { type ServiceContext } from './context';
import { healthCheckOf, type TargetPort } from './health-check';
import { portOfPods, type Port } from './ports';
import { PRESERVE_CLIENT_IP, targetGroupAttributesOf } from './target-group-attributes';
import { targetPermissionsOf } from './target-permissions';

const LOAD_BALANCER_TYPE = 'aws-load-balancer-type';
const TARGET_TYPE = 'aws-load-balancer-nlb-target-type';
const NODE_LABELS = 'aws-load-balancer-target-node-labels';
const MULTI_CLUSTER = 'aws-load-balancer-multi-cluster-target-group';

/**
 * The target group of a Service's port: made once, with the protocol by which it is named first.
 * @param backend the Service behind it, whose annotations don't count
 * @returns its `Id`
 * @throws {Refused}
 */
export function buildTargetGroup(
  context: ServiceContext,
  backend: Service,
  port: Port,
  protocol: string,
): string {
  const id = `${keyOf(backend)}:${port.port}${isUnknown(port.port) ? ` ${port.source.Field ?? ''}` : ''}`;
  if (!context.targetGroups.has(id)) {
    context.targetGroups.set(id, targetGroupOf(context, backend, port, protocol, id));
  }
  return id;
}

function targetGroupOf(
  context: ServiceContext,
  backend: Service,
  port: Port,
  protocol: string,
  Id: string,
): TargetGroup {
  const { service, tags } = context;
  const targetType = targetTypeOf(context, backend, port);
  const health = healthCheckOf(context, backend, targetType.value);
  const attributes = targetGroupAttributesOf(service, port);
  const ipAddressType = ipAddressTypeOf(context, backend);
  const Port = { value: portOf(targetType.value, port), sources: [port.source] };
  const nodeSelector = nodeSelectorOf(service, targetType.value);
  const permissions = targetPermissionsOf(context, {
    backend,
    protocol,
    port: trafficPortOf(targetType.value, port),
    healthCheckPort: health.port.value,
    ipAddressType: ipAddressType.value,
    preservesClientIp: preservesClientIp(targetType.value, attributes.value),
  });
  const multiCluster = sourced(
    service,
    MULTI_CLUSTER,
    SERVICE_ANNOTATIONS.boolean(service, MULTI_CLUSTER),
    false,
  );
  const { path, successCodes } = health;
  return {
    Id,
    TargetGroupName: KNOWN_AFTER_APPLY,
    TargetType: targetType.value,
    Protocol: protocol,
    Port: Port.value,
    IpAddressType: ipAddressType.value,
    HealthCheckProtocol: health.protocol.value,
    HealthCheckPort: health.port.value === 'traffic-port' ? 'traffic-port' : String(health.port.value.value),
    ...(path.value !== undefined && { HealthCheckPath: path.value }),
    HealthCheckIntervalSeconds: health.intervalSeconds.value,
    HealthCheckTimeoutSeconds: health.timeoutSeconds.value,
    HealthyThresholdCount: health.healthyThresholdCount.value,
    UnhealthyThresholdCount: health.unhealthyThresholdCount.value,
    ...(successCodes.value !== undefined && { Matcher: { HttpCode: successCodes.value } }),
    Attributes: attributes.value,
    Tags: tags.value,
    Service: { Name: keyOf(backend), Port: port.port },
    ...(nodeSelector.value !== undefined && { NodeSelector: nodeSelector.value }),
    ...(multiCluster.value !== false && { MultiCluster: multiCluster.value }),
    TargetPermissions: permissions.value,
    Origin: originOf({
      TargetType: targetType,
      Protocol: { value: protocol, sources: [port.source] },
      Port,
      IpAddressType: ipAddressType,
      HealthCheckProtocol: health.protocol,
      HealthCheckPort: health.port,
      HealthCheckPath: path,
      HealthCheckIntervalSeconds: health.intervalSeconds,
      HealthCheckTimeoutSeconds: health.timeoutSeconds,
      HealthyThresholdCount: health.healthyThresholdCount,
      UnhealthyThresholdCount: health.unhealthyThresholdCount,
      Matcher: successCodes,
      Attributes: attributes,
      Tags: tags,
      NodeSelector: nodeSelector,
      MultiCluster: multiCluster,
      TargetPermissions: permissions,
    }),
  };
}

function targetTypeOf(
  { service, settings }: ServiceContext,
  backend: Service,
  port: Port,
): Sourced<TargetGroup['TargetType']> {
  const annotated = SERVICE_ANNOTATIONS.string(service, TARGET_TYPE);
  const targetType = annotated ?? settings.defaultTargetType;
  const sources = sourcesOf(service, LOAD_BALANCER_TYPE, TARGET_TYPE);
  const refuse = (message: string): never => {
    throw new Refused(message, sources.at(-1) ?? fieldSource(service, 'spec.type'));
  };
  if (targetType === 'ip' && !gateOpen(settings, 'EnableIPTargetType')) {
    refuse('unsupported targetType: ip when EnableIPTargetType is false');
  }
  if (SERVICE_ANNOTATIONS.string(service, LOAD_BALANCER_TYPE) === 'nlb-ip' || targetType === 'ip') {
    return { value: 'ip', sources };
  }
  if (isUnknown(targetType)) return { value: KNOWN_AFTER_APPLY, sources };
  const type = backend.spec.type ?? 'ClusterIP';
  if (type === 'ClusterIP') {
    refuse(`unsupported service type "${type}" for load balancer target type "${targetType}"`);
  }
  if (port.nodePort === 0 && backend.spec.allocateLoadBalancerNodePorts === false) {
    refuse('unable to support instance target type with an unallocated NodePort');
  }
  return { value: 'instance', sources };
}

/**
 * Of no consequence: targets are registered with ports of their own. A name counts as 1.
 * @throws {Refused} for a Service without node ports
 */
function portOf(targetType: TargetGroup['TargetType'], port: Port): OrUnknown<number> {
  const { nodePort, source } = port;
  if (targetType === 'instance' && nodePort === 0) {
    throw new Refused(
      "TargetGroup port is empty. When using Instance targets, your service be must of type 'NodePort' or 'LoadBalancer'",
      source,
    );
  }
  if (targetType === 'instance') return nodePort;
  return targetType === KNOWN_AFTER_APPLY ? KNOWN_AFTER_APPLY : portOfPods(port);
}

function trafficPortOf(targetType: TargetGroup['TargetType'], port: Port): TargetPort {
  if (targetType === KNOWN_AFTER_APPLY) return { value: KNOWN_AFTER_APPLY };
  return { value: targetType === 'instance' ? port.nodePort : port.targetPort, of: port };
}

function preservesClientIp(
  targetType: TargetGroup['TargetType'],
  attributes: readonly KeyValue[],
): OrUnknown<boolean> {
  const given = attributes.find(({ Key }) => Key === PRESERVE_CLIENT_IP);
  if (given !== undefined) return isUnknown(given.Value) ? KNOWN_AFTER_APPLY : parseBoolean(given.Value);
  const mayBeGiven = attributes.some(({ Key }) => isUnknown(Key));
  return mayBeGiven || targetType === KNOWN_AFTER_APPLY ? KNOWN_AFTER_APPLY : targetType === 'instance';
}

function ipAddressTypeOf(
  { ipAddressType }: ServiceContext,
  backend: Service,
): Sourced<TargetGroup['IpAddressType']> {
  const source = fieldSource(backend, 'spec.ipFamilies');
  if (backend.spec.ipFamilies?.includes('IPv6') !== true) return { value: 'ipv4', sources: [] };
  if (ipAddressType !== 'dualstack' && ipAddressType !== KNOWN_AFTER_APPLY) {
    throw new Refused('unsupported IPv6 configuration, lb not dual-stack', source);
  }
  return { value: 'ipv6', sources: [source] };
}

function nodeSelectorOf(
  service: Service,
  targetType: TargetGroup['TargetType'],
): Sourced<string | undefined> {
  if (targetType === 'ip') return { value: undefined, sources: [] };
  const labels = keyValues(pairsOf(SERVICE_ANNOTATIONS.map(service, NODE_LABELS)));
  const selector = labels.map(({ Key, Value }) => (isUnknown(Key) ? Key : `${Key}=${Value}`)).join(',');
  return { value: selector === '' ? undefined : selector, sources: sourcesOf(service, NODE_LABELS) };
}
