import { z } from 'zod';
import { KNOWN_AFTER_APPLY, type KubernetesObject } from '../../modules/load-balancer-model';

const labels = z.record(z.string(), z.string());

const metadata = z.object({
  name: z.string().min(1),
  namespace: z.string().optional(),
  annotations: labels.optional(),
  labels: labels.optional(),
});
const unread = z.unknown().optional();

const backend = z.object({
  service: z
    .object({
      name: z.string(),
      port: z.object({ number: z.number().int().optional(), name: z.string().optional() }).optional(),
    })
    .optional(),
  resource: z.object({ apiGroup: z.string().optional(), kind: z.string(), name: z.string() }).optional(),
});
const path = z.object({ path: z.string().optional(), pathType: z.string().optional(), backend });
const ingressSpec = z.object({
  ingressClassName: z.string().optional(),
  defaultBackend: backend.optional(),
  rules: z
    .array(z.object({ host: z.string().optional(), http: z.object({ paths: z.array(path) }).optional() }))
    .optional(),
  tls: z
    .array(z.object({ hosts: z.array(z.string()).optional(), secretName: z.string().optional() }))
    .optional(),
});

const servicePort = z.object({
  name: z.string().optional(),
  port: z.number().int(),
  targetPort: z.union([z.number().int(), z.string()]).optional(),
  nodePort: z.union([z.number().int(), z.literal(KNOWN_AFTER_APPLY)]).optional(),
  protocol: z.string().optional(),
  appProtocol: z.string().optional(),
});
const serviceSpec = z.object({
  type: z.string().optional(),
  ports: z.array(servicePort).optional(),
  selector: labels.optional(),
  clusterIP: z.string().optional(),
  externalName: z.string().optional(),
  ipFamilies: z.array(z.string()).optional(),
  ipFamilyPolicy: z.string().optional(),
  externalTrafficPolicy: z.string().optional(),
  healthCheckNodePort: z.number().int().optional(),
  loadBalancerClass: z.string().optional(),
  loadBalancerSourceRanges: z.array(z.string()).optional(),
  allocateLoadBalancerNodePorts: z.boolean().optional(),
  // Fields that no load balancer depends on.
  clusterIPs: unread,
  externalIPs: unread,
  internalTrafficPolicy: unread,
  loadBalancerIP: unread,
  publishNotReadyAddresses: unread,
  sessionAffinity: unread,
  sessionAffinityConfig: unread,
  trafficDistribution: unread,
});

const ingressClassSpec = z.object({
  controller: z.string().optional(),
  parameters: z
    .object({
      apiGroup: z.string().optional(),
      kind: z.string(),
      name: z.string(),
      namespace: unread,
      scope: unread,
    })
    .optional(),
});

const keyValues = z.array(z.object({ key: z.string(), value: z.string() }));
const selector = z.object({
  matchLabels: labels.optional(),
  matchExpressions: z
    .array(z.object({ key: z.string(), operator: z.string(), values: z.array(z.string()).optional() }))
    .optional(),
});
const paramsSpec = z.looseObject({
  loadBalancerName: z.string().optional(),
  certificateArn: z.array(z.string()).optional(),
  namespaceSelector: selector.optional(),
  group: z.object({ name: z.string() }).optional(),
  scheme: z.string().optional(),
  inboundCIDRs: z.array(z.string()).optional(),
  sslPolicy: z.string().optional(),
  sslRedirectPort: z.string().optional(),
  subnets: z
    .object({
      ids: z.array(z.string()).optional(),
      tags: z.record(z.string(), z.array(z.string())).optional(),
    })
    .optional(),
  ipAddressType: z.string().optional(),
  tags: keyValues.optional(),
  targetType: z.string().optional(),
  loadBalancerAttributes: keyValues.optional(),
  listeners: z
    .array(
      z.object({
        protocol: z.string().optional(),
        port: z.number().int().optional(),
        listenerAttributes: keyValues.optional(),
      }),
    )
    .optional(),
  minimumLoadBalancerCapacity: z.object({ capacityUnits: z.number().int() }).optional(),
  ipamConfiguration: z.object({ ipv4IPAMPoolId: z.string().optional() }).optional(),
  wafv2AclArn: z.string().optional(),
  wafv2AclName: z.string().optional(),
});

/** What is read of each kind; the types are those of the API server, and how values must look is not checked here. */
export const KINDS: Readonly<Record<KubernetesObject['kind'], z.ZodType<KubernetesObject>>> = {
  Ingress: z.object({ kind: z.literal('Ingress'), metadata, spec: ingressSpec.default({}) }),
  Service: z.object({ kind: z.literal('Service'), metadata, spec: serviceSpec.default({}) }),
  IngressClass: z.object({ kind: z.literal('IngressClass'), metadata, spec: ingressClassSpec.default({}) }),
  IngressClassParams: z.object({
    kind: z.literal('IngressClassParams'),
    metadata,
    spec: paramsSpec.default({}),
  }),
  Namespace: z.object({ kind: z.literal('Namespace'), metadata }),
};
