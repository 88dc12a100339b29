import { isCidr } from './cidr';
import { type Cluster } from './context';
import { type TargetGroupFact } from './facts';
import { selects } from './label-selector';
import { type BoundTargetGroup, type IpPermission, type Refusal } from './model';
import {
  keyOf,
  type LabelSelector,
  type NetworkingRule,
  type Service,
  type ServicePort,
  type BindingManifest,
} from './objects';
import { originOf } from './origin';
import { attempt, Refused, type Source } from './refusal';
import { ipRangesOf } from './service/security-groups';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from './unknown';

const VPC_ID = /^vpc-(?:[0-9a-f]{8}|[0-9a-f]{17}|[0-9a-f]{32})$/;

/** What the controller joins to target groups that it doesn't own, in the order of the objects. */
export function buildBindings(cluster: Cluster, refusals: Refusal[]): readonly BoundTargetGroup[] {
  const there: BindingManifest[] = [];
  for (const binding of cluster.targetGroupBindings.values()) {
    const judge = () => {
      checkBinding(binding, there, factOf(binding, cluster));
      there.push(binding);
    };
    attempt(refusals, { ...nameOf(binding), by: 'kubernetes' }, judge);
  }
  return there.flatMap(
    (binding) => attempt(refusals, nameOf(binding), () => buildBinding(cluster, binding)) ?? [],
  );
}

function nameOf(binding: BindingManifest) {
  const name = `TargetGroupBinding ${keyOf(binding)}`;
  return { blocks: name, objects: [name] };
}

function factOf({ spec }: BindingManifest, { facts }: Cluster): TargetGroupFact | undefined {
  const { targetGroupARN: arn = '', targetGroupName: name } = spec;
  return facts.targetGroups?.find((each) => (arn === '' ? each.name === name : each.arn === arn));
}

function at(binding: BindingManifest, field: string): Source {
  return { Kind: 'TargetGroupBinding', Name: keyOf(binding), Field: `spec.${field}` };
}

/**
 * In the order of the webhooks.
 * @throws {Refused}
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/webhooks/elbv2/targetgroupbinding_validator.go
 */
function checkBinding(
  binding: BindingManifest,
  earlier: readonly BindingManifest[],
  fact: TargetGroupFact | undefined,
): void {
  const { spec } = binding;
  const { targetGroupARN: arn = '', targetGroupName: name = '', targetGroupProtocol: protocol, vpcID } = spec;
  const refuseIf = (isWrong: boolean, field: string, message: string, other?: Source) => {
    if (isWrong) throw new Refused(message, at(binding, field), other);
  };
  refuseIf(
    arn === '' && name === '',
    'targetGroupARN',
    'must provide either TargetGroupARN or TargetGroupName',
  );
  const targetType = typeOf(binding, fact);
  refuseIf(
    targetType === 'ip' && spec.nodeSelector !== undefined,
    'nodeSelector',
    'TargetGroupBinding cannot set NodeSelector when TargetType is ip',
  );
  const whole = fact?.arn ?? arn;
  const others = earlier.filter(
    (each) => whole !== '' && !isUnknown(whole) && each.spec.targetGroupARN === whole,
  );
  const [first] = others;
  refuseIf(
    first !== undefined && ![binding, ...others].every(({ spec: each }) => isSharing(each)),
    'targetGroupARN',
    `TargetGroup ${whole} is already bound to following TargetGroupBindings [${others.map(keyOf).join(' ')}]. Please enable MultiCluster mode on all TargetGroupBindings referencing ${whole} or choose a different Target Group ARN.`,
    first && at(first, 'targetGroupARN'),
  );
  if (fact !== undefined) {
    refuseIf(
      spec.ipAddressType !== undefined && differs(spec.ipAddressType, fact.ipAddressType),
      'ipAddressType',
      `invalid IP address type ${fact.ipAddressType} for TargetGroup ${whole}`,
    );
  }
  if (vpcID !== undefined && vpcID !== '' && !isUnknown(vpcID)) {
    refuseIf(
      !VPC_ID.test(vpcID),
      'vpcID',
      `ValidationError: vpcID ${vpcID} failed to satisfy constraint: VPC Id must begin with 'vpc-' followed by 8, 17 or 32 lowercase letters (a-f) or numbers.`,
    );
    refuseIf(
      fact !== undefined && fact.vpcId !== vpcID,
      'vpcID',
      `invalid VpcID ${vpcID} doesnt match VpcID from TargetGroup ${whole}`,
    );
  }
  refuseIf(
    (spec.iamRoleArnToAssume ?? '') !== '' && targetType === 'instance',
    'targetType',
    'Unable to use instance target type while using assume role',
  );
  if (protocol === undefined || isUnknown(protocol)) return;
  refuseIf(
    fact !== undefined && fact.protocol !== protocol,
    'targetGroupProtocol',
    `TargetGroup ${whole} protocol differs (got ${protocol}, expected ${fact?.protocol ?? ''})`,
  );
  refuseIf(
    protocol.endsWith('QUIC') && targetType === 'instance',
    'targetType',
    'QUIC protocol is not supported for Instance target types.',
  );
}

/** Whether it shares its target group, or may do. */
function isSharing({ multiClusterTargetGroup }: BindingManifest['spec']): boolean {
  return multiClusterTargetGroup === true || isUnknown(multiClusterTargetGroup);
}

function differs(written: string, fact: string): boolean {
  return !isUnknown(written) && written !== fact;
}

/** What it says, or its target group; of a word that isn't known nothing follows. */
function typeOf({ spec }: BindingManifest, fact: TargetGroupFact | undefined) {
  const type = spec.targetType ?? fact?.targetType;
  return type === 'instance' || type === 'ip' ? type : KNOWN_AFTER_APPLY;
}

/** @throws {Refused} in the words of the controller, when it joins targets */
function buildBinding(cluster: Cluster, binding: BindingManifest): BoundTargetGroup {
  const { spec, metadata } = binding;
  const { serviceRef, nodeSelector, targetGroupARN, targetGroupName, multiClusterTargetGroup } = spec;
  const fact = factOf(binding, cluster);
  const TargetType = typeOf(binding, fact);
  const key = keyOf({ metadata: { ...metadata, name: serviceRef.name } });
  const service = cluster.services.get(key);
  const selector = nodeSelector && selectorOf(nodeSelector, at(binding, 'nodeSelector'));
  const { type = 'ClusterIP' } = service?.spec ?? {};
  const port = service && portOf(binding, service);
  if (TargetType === 'instance' && port && hasNoNodePorts(type)) {
    throw new Refused(
      `service type must be either 'NodePort' or 'LoadBalancer': ${key}`,
      at(binding, 'targetType'),
      { Kind: 'Service', Name: key, Field: 'spec.type' },
    );
  }
  const own = TargetType === 'instance' ? port?.nodePort : (port?.targetPort ?? port?.port);
  const origin = (field: keyof BindingManifest['spec']) =>
    spec[field] === undefined ? undefined : { value: spec[field], sources: [at(binding, field)] };
  return {
    Id: keyOf(binding),
    TargetGroupArn: targetGroupARN || (fact?.arn ?? KNOWN_AFTER_APPLY),
    ...((targetGroupName ?? fact?.name) !== undefined && { TargetGroupName: targetGroupName ?? fact?.name }),
    TargetType,
    IpAddressType: spec.ipAddressType ?? fact?.ipAddressType ?? KNOWN_AFTER_APPLY,
    Protocol: spec.targetGroupProtocol ?? fact?.protocol ?? KNOWN_AFTER_APPLY,
    VpcId: spec.vpcID ?? fact?.vpcId ?? KNOWN_AFTER_APPLY,
    Service: { Name: key, Port: serviceRef.port },
    TargetPort: TargetType !== KNOWN_AFTER_APPLY && typeof own === 'number' ? own : KNOWN_AFTER_APPLY,
    ...(selector !== undefined && { NodeSelector: selector }),
    ...(multiClusterTargetGroup && { MultiCluster: multiClusterTargetGroup }),
    TargetPermissions: (spec.networking?.ingress ?? []).flatMap((rule, index) =>
      permissionsOf(binding, rule, { index, isInstance: TargetType === 'instance' }),
    ),
    Origin: originOf({
      TargetGroupArn: origin('targetGroupARN'),
      TargetGroupName: origin('targetGroupName'),
      TargetType: origin('targetType'),
      IpAddressType: origin('ipAddressType'),
      Protocol: origin('targetGroupProtocol'),
      VpcId: origin('vpcID'),
      Service: origin('serviceRef'),
      NodeSelector: origin('nodeSelector'),
      MultiCluster: origin('multiClusterTargetGroup'),
      TargetPermissions: origin('networking'),
    }),
  };
}

function hasNoNodePorts(type: string): boolean {
  return !isUnknown(type) && type !== 'NodePort' && type !== 'LoadBalancer';
}

/** Undefined where it isn't known. @throws {Refused} if the Service has none of that number or name */
function portOf(binding: BindingManifest, service: Service): ServicePort | undefined {
  const { port } = binding.spec.serviceRef;
  const { ports = [] } = service.spec;
  if (isUnknown(ports) || isUnknown(port)) return undefined;
  const found = ports.find((each) => each.port === port || (each.name ?? '') === port);
  if (found !== undefined) return found;
  if (ports.some((each) => isUnknown(each) || isUnknown(each.port) || isUnknown(each.name))) return undefined;
  throw new Refused(
    `backend not found: unable to find port ${port} on service ${keyOf(service)}`,
    at(binding, 'serviceRef.port'),
  );
}

/** As kubectl writes it. @throws {Refused} for what is no selector */
function selectorOf(selector: LabelSelector, source: Source): string {
  selects(selector, {}, source);
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const words = { Exists: '', DoesNotExist: '!' };
  return [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values = [] }) =>
      values.length > 0
        ? `${key} ${operator.toLowerCase()} (${values.join(',')})`
        : `${words[operator as keyof typeof words]}${key}`,
    ),
  ].join(',');
}

/** A permission for each source and port; without ports the controller of this release makes none. */
function permissionsOf(
  binding: BindingManifest,
  { from, ports }: NetworkingRule,
  { index, isInstance }: { readonly index: number; readonly isInstance: boolean },
): readonly IpPermission[] {
  const refuse = (field: string, message: string): never => {
    throw new Refused(message, at(binding, `networking.ingress[${index}].${field}`));
  };
  return from.flatMap((peer, place) =>
    ports.map(({ protocol, port }, number) => {
      const range = port === undefined ? { FromPort: 0, ToPort: 65535 } : single(port);
      if (typeof port === 'string' && isInstance && !isUnknown(port)) {
        refuse(`ports[${number}].port`, 'named ports can only be used with pod endpoints');
      }
      const IpProtocol = isUnknown(protocol) ? KNOWN_AFTER_APPLY : (protocol ?? 'TCP').toLowerCase();
      const { securityGroup, ipBlock } = peer;
      if (securityGroup !== undefined) {
        return { IpProtocol, ...range, UserIdGroupPairs: [{ GroupId: securityGroup.groupID }] };
      }
      if (ipBlock === undefined) {
        return refuse(`from[${place}]`, 'either ipBlock or securityGroup should be specified');
      }
      if (!isCidr(ipBlock.cidr)) {
        return refuse(`from[${place}].ipBlock.cidr`, `invalid CIDR address: ${ipBlock.cidr}`);
      }
      return { IpProtocol, ...range, ...ipRangesOf(ipBlock.cidr) };
    }),
  );
}

/** A port that pods have by name may differ from pod to pod. */
function single(port: number | string): { FromPort: OrUnknown<number>; ToPort: OrUnknown<number> } {
  const number = typeof port === 'number' ? port : KNOWN_AFTER_APPLY;
  return { FromPort: number, ToPort: number };
}
