import { type Service, type ServicePort } from '../../model';
import { nlbAnnotations } from './annotations';
import { type NlbListener, type NlbServiceSettings } from '../schema/service';

export interface NlbServiceManifestProps extends NlbServiceSettings {
  /** Of the Service. */
  readonly serviceName: string;
  readonly namespace: string;
  /** Labels of the pods that it sends to. */
  readonly selector: Readonly<Record<string, string>>;
  /** @default {} */
  readonly labels?: Readonly<Record<string, string>>;
  /** Number or name of the pods' port, for listeners that say none. @default - that of the listener */
  readonly targetPort?: number | string;
  /** @default 'service.k8s.aws/nlb' */
  readonly loadBalancerClass?: string;
}

/** The Service as kubectl would take it. */
export function nlbServiceManifest(props: NlbServiceManifestProps): Service {
  const instance = props.targetType === 'instance';
  return {
    kind: 'Service',
    metadata: {
      name: props.serviceName,
      namespace: props.namespace,
      ...(props.labels && { labels: props.labels }),
      annotations: { ...nlbAnnotations(props), ...props.annotations },
    },
    spec: {
      type: 'LoadBalancer',
      loadBalancerClass: props.loadBalancerClass ?? 'service.k8s.aws/nlb',
      selector: props.selector,
      ports: props.ports.flatMap((port) => servicePorts(port, props.targetPort)),
      allocateLoadBalancerNodePorts: props.allocateLoadBalancerNodePorts ?? instance,
      ...(props.externalTrafficPolicy && { externalTrafficPolicy: props.externalTrafficPolicy }),
      ...(props.ipFamilies && { ipFamilies: props.ipFamilies }),
      ...(props.ipFamilyPolicy && { ipFamilyPolicy: props.ipFamilyPolicy }),
    },
  };
}

/** A listener for two protocols is two ports of the Service, of one number. */
function servicePorts(listener: NlbListener, targetPort?: number | string): ServicePort[] {
  const { port, name, protocol = 'TCP', nodePort } = listener;
  const transports =
    protocol === 'TCP' || protocol === 'TLS'
      ? ['TCP']
      : protocol.startsWith('TCP_')
        ? ['TCP', 'UDP']
        : ['UDP'];
  return transports.map((transport) => ({
    name: nameOf(transport.toLowerCase(), transports.length > 1),
    port,
    targetPort: listener.targetPort ?? targetPort ?? port,
    protocol: transport,
    ...(nodePort !== undefined && { nodePort }),
  }));

  function nameOf(transport: string, several: boolean): string {
    if (name === undefined) return `${transport}-${port}`;
    return several ? `${name}-${transport}` : name;
  }
}
