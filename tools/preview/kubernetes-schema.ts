import {
  type Ingress,
  type IngressBackend,
  type IngressClass,
  type IngressClassParamsSpec,
  type IngressPath,
  type IngressRule,
  type KubernetesObject,
  type LabelSelector,
  type Metadata,
  type Service,
  type ServiceBackendPort,
  type ServicePort,
} from '../../load-balancers/model';
import {
  anything,
  boolean,
  either,
  integer,
  knownAfterApply,
  list,
  name,
  record,
  struct,
  text,
  type Form,
} from './forms';

/**
 * The kinds of which load balancers are made, as the API server reads them: every field of the types in its own type.
 * How values must look is judged elsewhere.
 */

const metadata = struct<Metadata>(
  { name, namespace: text, annotations: record(text), labels: record(text) },
  ['name'],
);

const backend = struct<IngressBackend>({
  service: struct<NonNullable<IngressBackend['service']>>(
    { name: text, port: struct<ServiceBackendPort>({ number: integer, name: text }) },
    ['name'],
  ),
  resource: struct<NonNullable<IngressBackend['resource']>>({ apiGroup: text, kind: text, name: text }, [
    'kind',
    'name',
  ]),
});
const path = struct<IngressPath>({ path: text, pathType: text, backend }, ['backend']);
const ingressSpec = struct<Ingress['spec']>({
  ingressClassName: text,
  defaultBackend: backend,
  rules: list(
    struct<IngressRule>({
      host: text,
      http: struct<NonNullable<IngressRule['http']>>({ paths: list(path) }, ['paths']),
    }),
  ),
  tls: list(struct<NonNullable<Ingress['spec']['tls']>[number]>({ hosts: list(text), secretName: text })),
});

const servicePort = struct<ServicePort>(
  {
    name: text,
    port: integer,
    targetPort: either(integer, text),
    nodePort: either(knownAfterApply, integer),
    protocol: text,
    appProtocol: text,
  },
  ['port'],
);

/** Fields of a Service that no load balancer depends on. */
interface OtherServiceFields {
  readonly clusterIPs?: unknown;
  readonly externalIPs?: unknown;
  readonly internalTrafficPolicy?: unknown;
  readonly loadBalancerIP?: unknown;
  readonly publishNotReadyAddresses?: unknown;
  readonly sessionAffinity?: unknown;
  readonly sessionAffinityConfig?: unknown;
  readonly trafficDistribution?: unknown;
}
const serviceSpec = struct<Service['spec'] & OtherServiceFields>({
  type: text,
  ports: list(servicePort),
  selector: record(text),
  clusterIP: text,
  externalName: text,
  ipFamilies: list(text),
  ipFamilyPolicy: text,
  externalTrafficPolicy: text,
  healthCheckNodePort: integer,
  loadBalancerClass: text,
  loadBalancerSourceRanges: list(text),
  allocateLoadBalancerNodePorts: boolean,
  clusterIPs: anything,
  externalIPs: anything,
  internalTrafficPolicy: anything,
  loadBalancerIP: anything,
  publishNotReadyAddresses: anything,
  sessionAffinity: anything,
  sessionAffinityConfig: anything,
  trafficDistribution: anything,
});

type Parameters = NonNullable<IngressClass['spec']['parameters']>;
const ingressClassSpec = struct<IngressClass['spec']>({
  controller: text,
  parameters: struct<Parameters & { readonly namespace?: unknown; readonly scope?: unknown }>(
    { apiGroup: text, kind: text, name: text, namespace: anything, scope: anything },
    ['kind', 'name'],
  ),
});

const keyValues = list(
  struct<{ readonly key: string; readonly value: string }>({ key: text, value: text }, ['key', 'value']),
);
const selector = struct<LabelSelector>({
  matchLabels: record(text),
  matchExpressions: list(
    struct<NonNullable<LabelSelector['matchExpressions']>[number]>(
      { key: text, operator: text, values: list(text) },
      ['key', 'operator'],
    ),
  ),
});
/** Fields by name, without those of any name. */
type Named<T> = {
  [Field in keyof T as string extends Field ? never : number extends Field ? never : Field]: T[Field];
};
type Params = Named<IngressClassParamsSpec>;
const params = struct<Params>({
  loadBalancerName: text,
  certificateArn: list(text),
  namespaceSelector: selector,
  group: struct<NonNullable<Params['group']>>({ name: text }, ['name']),
  scheme: text,
  inboundCIDRs: list(text),
  sslPolicy: text,
  sslRedirectPort: text,
  subnets: struct<NonNullable<Params['subnets']>>({ ids: list(text), tags: record(list(text)) }),
  ipAddressType: text,
  tags: keyValues,
  targetType: text,
  loadBalancerAttributes: keyValues,
  listeners: list(
    struct<NonNullable<Params['listeners']>[number]>({
      protocol: text,
      port: integer,
      listenerAttributes: keyValues,
    }),
  ),
  minimumLoadBalancerCapacity: struct<NonNullable<Params['minimumLoadBalancerCapacity']>>(
    { capacityUnits: integer },
    ['capacityUnits'],
  ),
  ipamConfiguration: struct<NonNullable<Params['ipamConfiguration']>>({ ipv4IPAMPoolId: text }),
  wafv2AclArn: text,
  wafv2AclName: text,
});
/** With the fields that are read by nobody but the definition of the resource. */
const paramsSpec: Form<IngressClassParamsSpec> = (value, at) => ({
  ...record(anything)(value, at),
  ...params(value, at),
});

const whole = struct<{ readonly metadata: Metadata; readonly spec?: unknown }>({ metadata, spec: anything }, [
  'metadata',
]);

export const KINDS: { readonly [Kind in KubernetesObject['kind']]: Form<KubernetesObject> } = {
  Ingress: (value, at) => ({ kind: 'Ingress', ...object(ingressSpec)(value, at) }),
  Service: (value, at) => ({ kind: 'Service', ...object(serviceSpec)(value, at) }),
  IngressClass: (value, at) => ({ kind: 'IngressClass', ...object(ingressClassSpec)(value, at) }),
  IngressClassParams: (value, at) => ({ kind: 'IngressClassParams', ...object(paramsSpec)(value, at) }),
  Namespace: (value, at) => ({ kind: 'Namespace', metadata: object(anything)(value, at).metadata }),
};

/** An object whose spec may be missing: it is empty then. */
function object<S>(spec: Form<S>): Form<{ readonly metadata: Metadata; readonly spec: S }> {
  return (value, at) => {
    const given = whole(value, at);
    return { metadata: given.metadata, spec: spec(given.spec ?? {}, [...at, 'spec']) };
  };
}
