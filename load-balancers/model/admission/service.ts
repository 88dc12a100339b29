import { isCidr } from '../cidr';
import { type Service, type ServicePort } from '../objects';
import { isUnknown } from '../unknown';
import { duplicate, forbidden, invalid, requiredProblem, unsupported } from './field-problem';
import { dnsLabel, dnsSubdomain, qualifiedName, portName } from './names';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const SOURCE_RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';
const BALANCED_ONLY = "may only be used when `type` is 'LoadBalancer'";

/**
 * Why the API server would not take a Service; nothing if it would.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/apis/core/validation/validation.go
 */
export function serviceProblems(service: Service): readonly string[] {
  const { type = 'ClusterIP', ports = [], clusterIP, loadBalancerClass } = service.spec;
  const headless = clusterIP === 'None';
  const balanced = type === 'LoadBalancer' || isUnknown(type);
  const {
    allocateLoadBalancerNodePorts: allocates,
    externalTrafficPolicy,
    healthCheckNodePort = 0,
  } = service.spec;
  const reachable = balanced || type === 'NodePort';
  return [
    ...(ports.length === 0 && !headless && type !== 'ExternalName' ? [requiredProblem('spec.ports')] : []),
    ...familyProblems(service.spec.ipFamilies ?? []),
    ...(headless && (type === 'LoadBalancer' || type === 'NodePort')
      ? [invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${type} services`)]
      : []),
    ...(type === 'ExternalName' ? externalNameProblems(service.spec.externalName ?? '') : []),
    ...ports.flatMap((port, index) => portProblems(port, index, ports)),
    ...(TYPES.includes(type) || isUnknown(type) ? [] : [unsupported('spec.type', type, TYPES)]),
    ...(type === 'ClusterIP'
      ? ports.flatMap(({ nodePort = 0 }, index) =>
          nodePort === 0
            ? []
            : [forbidden(`spec.ports[${index}].nodePort`, "may not be used when `type` is 'ClusterIP'")],
        )
      : []),
    ...repeatedNodePorts(ports),
    ...repeatedPorts(ports),
    ...sourceRangeProblems(service, balanced),
    ...(allocates === undefined || balanced
      ? []
      : [forbidden('spec.allocateLoadBalancerNodePorts', BALANCED_ONLY)]),
    ...(loadBalancerClass === undefined ? [] : classProblems(loadBalancerClass, balanced)),
    ...(externalTrafficPolicy === undefined ? [] : trafficProblems(externalTrafficPolicy, reachable)),
    ...(healthCheckNodePort === 0 || (balanced && (externalTrafficPolicy ?? 'Cluster') !== 'Cluster')
      ? []
      : [
          invalid(
            'spec.healthCheckNodePort',
            healthCheckNodePort,
            "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
          ),
        ]),
  ];
}

function familyProblems(families: readonly string[]): readonly string[] {
  return families.flatMap((family, index) => [
    ...(['IPv4', 'IPv6'].includes(family) || isUnknown(family)
      ? []
      : [unsupported(`spec.ipFamilies[${index}]`, family, ['IPv4', 'IPv6'])]),
    ...(families.indexOf(family) < index && !isUnknown(family)
      ? [duplicate(`spec.ipFamilies[${index}]`, family)]
      : []),
  ]);
}

function externalNameProblems(externalName: string): readonly string[] {
  const name = externalName.replace(/\.$/, '');
  if (name === '') return [requiredProblem('spec.externalName')];
  return dnsSubdomain(name).map((why) => invalid('spec.externalName', name, why));
}

function portProblems(
  { name = '', port, protocol = 'TCP', targetPort = port }: ServicePort,
  index: number,
  all: readonly ServicePort[],
): readonly string[] {
  const field = `spec.ports[${index}]`;
  const repeated = !isUnknown(name) && all.slice(0, index).some((other) => other.name === name);
  return [
    ...(name === '' && all.length > 1 ? [requiredProblem(`${field}.name`)] : []),
    ...(name === '' ? [] : dnsLabel(name).map((why) => invalid(`${field}.name`, name, why))),
    ...(name !== '' && repeated ? [duplicate(`${field}.name`, name)] : []),
    ...numberProblems(port, `${field}.port`),
    ...(['SCTP', 'TCP', 'UDP'].includes(protocol) || isUnknown(protocol)
      ? []
      : [unsupported(`${field}.protocol`, protocol, ['SCTP', 'TCP', 'UDP'])]),
    ...(typeof targetPort === 'string'
      ? portName(targetPort).map((why) => invalid(`${field}.targetPort`, targetPort, why))
      : numberProblems(targetPort === 0 ? port : targetPort, `${field}.targetPort`)),
  ];
}

function numberProblems(port: unknown, field: string): readonly string[] {
  if (isUnknown(port)) return [];
  const number = Number(port ?? 0);
  return number >= 1 && number <= 65535
    ? []
    : [invalid(field, number, 'must be between 1 and 65535, inclusive')];
}

function repeatedNodePorts(ports: readonly ServicePort[]): readonly string[] {
  const keys = ports.map(({ protocol = 'TCP', nodePort = 0 }) => `${nodePort}/${protocol}`);
  return ports.flatMap(({ nodePort = 0 }, index) =>
    nodePort === 0 || isUnknown(nodePort) || keys.indexOf(keys[index] ?? '') === index
      ? []
      : [duplicate(`spec.ports[${index}].nodePort`, nodePort)],
  );
}

function repeatedPorts(ports: readonly ServicePort[]): readonly string[] {
  const keys = ports.map(({ protocol: Protocol = 'TCP', port: Port }) => ({
    Name: '',
    Protocol,
    AppProtocol: null,
    Port,
    TargetPort: 0,
    NodePort: 0,
  }));
  const texts = keys.map((key) => JSON.stringify(key));
  return keys.flatMap((key, index) =>
    texts.indexOf(texts[index] ?? '') < index && !isUnknown(texts[index])
      ? [duplicate(`spec.ports[${index}]`, key)]
      : [],
  );
}

/** The annotation counts where the field is empty. */
function sourceRangeProblems({ metadata, spec }: Service, balanced: boolean): readonly string[] {
  const ofField = spec.loadBalancerSourceRanges ?? [];
  const annotated = metadata.annotations?.[SOURCE_RANGES];
  const ranges =
    ofField.length > 0
      ? ofField
      : annotated
          ?.trim()
          .split(',')
          .filter((all) => all !== '' || annotated.includes(','));
  if (ranges === undefined) return [];
  const field =
    ofField.length > 0 ? 'spec.LoadBalancerSourceRanges' : `metadata.annotations[${SOURCE_RANGES}]`;
  return [
    ...(balanced ? [] : [forbidden(field, BALANCED_ONLY)]),
    ...ranges.flatMap((range, index) =>
      isCidr(range.trim())
        ? []
        : [
            invalid(
              ofField.length > 0 ? `${field}[${index}]` : field,
              range.trim(),
              'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
            ),
          ],
    ),
  ];
}

function classProblems(loadBalancerClass: string, balanced: boolean): readonly string[] {
  if (!balanced) return [forbidden('spec.loadBalancerClass', BALANCED_ONLY)];
  return qualifiedName(loadBalancerClass).map((why) =>
    invalid('spec.loadBalancerClass', loadBalancerClass, why),
  );
}

function trafficProblems(policy: string, reachable: boolean): readonly string[] {
  const field = 'spec.externalTrafficPolicy';
  if (!reachable) return [invalid(field, policy, 'may only be set for externally-accessible services')];
  return ['Cluster', 'Local'].includes(policy) || isUnknown(policy)
    ? []
    : [unsupported(field, policy, ['Cluster', 'Local'])];
}
