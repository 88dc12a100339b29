import { type Schema } from '../admission/schema';
import { PARAMS_SPEC } from '../admission/ingress-class-params';
import { BINDING_SPEC } from '../admission/target-group-binding';
import {
  anything,
  bool,
  int32,
  intOrString,
  slice,
  struct,
  goString,
  textByKey,
  goStrings,
  UnknownPart,
  type Form,
} from './json-form';
import { UNKNOWN_PART, type Json } from './json';
import { type KubernetesObject } from '../objects';
import { isUnknown } from '../unknown';

const METADATA = struct(
  'ObjectMeta',
  { name: goString(), namespace: goString(), labels: textByKey, annotations: textByKey },
  'v1',
  ['name'],
);
const BACKEND = struct(
  'IngressBackend',
  {
    service: struct(
      'IngressServiceBackend',
      { name: goString(), port: struct('ServiceBackendPort', { name: goString(), number: int32 }, 'v1') },
      'v1',
      ['name'],
    ),
    resource: struct(
      'TypedLocalObjectReference',
      { apiGroup: goString(), kind: goString(), name: goString() },
      'v1',
      ['kind', 'name'],
    ),
  },
  'v1',
);
const PATH = struct(
  'HTTPIngressPath',
  { path: goString(), pathType: goString('v1.PathType'), backend: BACKEND },
  'v1',
  ['backend'],
);
const RULE = struct(
  'IngressRule',
  {
    host: goString(),
    http: struct('HTTPIngressRuleValue', { paths: slice('v1.HTTPIngressPath', PATH) }, 'v1', ['paths']),
  },
  'v1',
);
const INGRESS = struct(
  'Ingress',
  {
    metadata: METADATA,
    spec: struct(
      'IngressSpec',
      {
        ingressClassName: goString(),
        defaultBackend: BACKEND,
        rules: slice('v1.IngressRule', RULE),
        tls: slice('v1.IngressTLS', struct('IngressTLS', { hosts: goStrings, secretName: goString() }, 'v1')),
      },
      'v1',
    ),
  },
  'v1',
);
const SERVICE_PORT = struct(
  'ServicePort',
  {
    name: goString(),
    port: int32,
    targetPort: intOrString,
    nodePort: int32,
    protocol: goString('v1.Protocol'),
    appProtocol: goString(),
  },
  'v1',
  ['port'],
);
const SERVICE = struct(
  'Service',
  {
    metadata: METADATA,
    spec: struct(
      'ServiceSpec',
      {
        type: goString('v1.ServiceType'),
        ports: slice('v1.ServicePort', SERVICE_PORT),
        selector: textByKey,
        clusterIP: goString(),
        externalName: goString(),
        ipFamilies: slice('v1.IPFamily', goString('v1.IPFamily')),
        ipFamilyPolicy: goString('v1.IPFamilyPolicy'),
        externalTrafficPolicy: goString('v1.ServiceExternalTrafficPolicy'),
        healthCheckNodePort: int32,
        loadBalancerClass: goString(),
        loadBalancerSourceRanges: goStrings,
        allocateLoadBalancerNodePorts: bool,
        clusterIPs: anything,
        externalIPs: anything,
        internalTrafficPolicy: anything,
        loadBalancerIP: anything,
        publishNotReadyAddresses: anything,
        sessionAffinity: anything,
        sessionAffinityConfig: anything,
        trafficDistribution: anything,
      },
      'v1',
    ),
  },
  'v1',
);
const INGRESS_CLASS = struct(
  'IngressClass',
  {
    metadata: METADATA,
    spec: struct(
      'IngressClassSpec',
      {
        controller: goString(),
        parameters: struct(
          'IngressClassParametersReference',
          { apiGroup: goString(), kind: goString(), name: goString(), namespace: anything, scope: anything },
          'v1',
          ['kind', 'name'],
        ),
      },
      'v1',
    ),
  },
  'v1',
);
const OBJECT = struct('Object', { metadata: METADATA }, 'v1');

const FORMS: Readonly<Record<KubernetesObject['kind'], Form<unknown>>> = {
  Ingress: INGRESS,
  Service: SERVICE,
  IngressClass: INGRESS_CLASS,
  // Their own definitions tell what they hold.
  IngressClassParams: OBJECT,
  TargetGroupBinding: OBJECT,
  Namespace: OBJECT,
  Secret: OBJECT,
};

/** Custom resources, by what their definitions say. */
const DEFINED: Partial<Record<KubernetesObject['kind'], Schema>> = {
  IngressClassParams: PARAMS_SPEC,
  TargetGroupBinding: BINDING_SPEC,
};

/** What the fields of a kind may hold, by which an object is read. */
export function kubernetesSchemaOf(kind: KubernetesObject['kind']): Schema {
  const { schema } = FORMS[kind];
  const spec = DEFINED[kind];
  return {
    ...schema,
    ...(spec && { properties: { ...schema.properties, spec } }),
    required: ['metadata'],
  };
}

/** Why an object can't be read: a value of another type than its field, or a part of which nothing is known yet. */
export type Unreadable = { readonly refused: string } | { readonly unknown: string };

/** Why the API server could not read an object at all, or nobody could yet. */
export function unreadable(object: KubernetesObject): Unreadable | undefined {
  try {
    const json = jsonOf(object);
    FORMS[object.kind].read(json === null || json === UNKNOWN_PART ? '' : json, { path: [] });
    return undefined;
  } catch (error) {
    const { kind } = object;
    if (error instanceof UnknownPart) return { unknown: error.message };
    const reason = error instanceof Error ? error.message : String(error);
    const version = DEFINED[kind] ? 'v1beta1' : 'v1';
    return { refused: `${kind} in version "${version}" cannot be handled as a ${kind}: ${reason}` };
  }
}

function jsonOf(value: unknown): Json {
  if (isUnknown(value)) return UNKNOWN_PART;
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return { number: String(value) };
  if (typeof value === 'boolean') return value;
  if (Array.isArray(value)) return { items: value.map(jsonOf) };
  if (typeof value === 'object') {
    return { entries: Object.entries(value).map(([key, entry]) => [key, jsonOf(entry)]) };
  }
  return typeof value === 'string' ? value : '';
}
