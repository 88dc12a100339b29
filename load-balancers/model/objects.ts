import { type OrUnknown } from './unknown';

/** The Kubernetes objects from which the controller makes load balancers, as the API server hands them out. */

export interface Metadata {
  readonly name: string;
  /** Absent for objects of the whole cluster. */
  readonly namespace?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Port of a Service: by number or by name. */
export interface ServiceBackendPort {
  readonly number?: number;
  readonly name?: string;
}

export interface IngressBackend {
  readonly service?: { readonly name: string; readonly port?: ServiceBackendPort };
  readonly resource?: { readonly apiGroup?: string; readonly kind: string; readonly name: string };
}

export interface IngressPath {
  readonly path?: string;
  readonly pathType?: string;
  readonly backend: IngressBackend;
}

export interface IngressRule {
  readonly host?: string;
  readonly http?: { readonly paths: readonly IngressPath[] };
}

/** @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/ */
export interface Ingress {
  readonly kind: 'Ingress';
  readonly metadata: Metadata;
  readonly spec: {
    readonly ingressClassName?: string;
    readonly defaultBackend?: IngressBackend;
    readonly rules?: readonly IngressRule[];
    readonly tls?: readonly { readonly hosts?: readonly string[]; readonly secretName?: string }[];
  };
}

export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  /** Number of the port of the pods, or its name. @default - `port` */
  readonly targetPort?: number | string;
  /** @default - the API server allots one where the type has node ports */
  readonly nodePort?: OrUnknown<number>;
  /** @default 'TCP' */
  readonly protocol?: string;
  readonly appProtocol?: string;
}

/** @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/ */
export interface Service {
  readonly kind: 'Service';
  readonly metadata: Metadata;
  readonly spec: {
    /** @default 'ClusterIP' */
    readonly type?: string;
    readonly ports?: readonly ServicePort[];
    readonly selector?: Readonly<Record<string, string>>;
    readonly clusterIP?: string;
    readonly externalName?: string;
    readonly ipFamilies?: readonly string[];
    readonly ipFamilyPolicy?: string;
    readonly externalTrafficPolicy?: string;
    readonly healthCheckNodePort?: number;
    readonly loadBalancerClass?: string;
    readonly loadBalancerSourceRanges?: readonly string[];
    readonly allocateLoadBalancerNodePorts?: boolean;
  };
}

/** @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-class-v1/ */
export interface IngressClass {
  readonly kind: 'IngressClass';
  readonly metadata: Metadata;
  readonly spec: {
    readonly controller?: string;
    readonly parameters?: { readonly apiGroup?: string; readonly kind: string; readonly name: string };
  };
}

interface KeyValue {
  readonly key: string;
  readonly value: string;
}

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/** @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/ */
export interface IngressClassParams {
  readonly kind: 'IngressClassParams';
  readonly metadata: Metadata;
  readonly spec: IngressClassParamsSpec;
}

/** Fields in the words of the custom resource, at release 3.5.0. */
export interface IngressClassParamsSpec {
  readonly loadBalancerName?: string;
  readonly certificateArn?: readonly string[];
  readonly namespaceSelector?: LabelSelector;
  readonly group?: { readonly name: string };
  readonly scheme?: string;
  readonly inboundCIDRs?: readonly string[];
  readonly sslPolicy?: string;
  readonly sslRedirectPort?: string;
  readonly subnets?: {
    readonly ids?: readonly string[];
    readonly tags?: Readonly<Record<string, readonly string[]>>;
  };
  readonly ipAddressType?: string;
  readonly tags?: readonly KeyValue[];
  readonly targetType?: string;
  readonly loadBalancerAttributes?: readonly KeyValue[];
  readonly listeners?: readonly {
    readonly protocol?: string;
    readonly port?: number;
    readonly listenerAttributes?: readonly KeyValue[];
  }[];
  readonly minimumLoadBalancerCapacity?: { readonly capacityUnits: number };
  readonly ipamConfiguration?: { readonly ipv4IPAMPoolId?: string };
  readonly wafv2AclArn?: string;
  readonly wafv2AclName?: string;
  readonly [field: string]: unknown;
}

/** @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/spec/ */
export interface BindingManifest {
  readonly kind: 'TargetGroupBinding';
  readonly metadata: Metadata;
  readonly spec: {
    readonly serviceRef: { readonly name: string; readonly port: number | string };
    readonly targetGroupARN?: string;
    readonly targetGroupName?: string;
    readonly targetType?: string;
    readonly ipAddressType?: string;
    readonly targetGroupProtocol?: string;
    readonly vpcID?: string;
    readonly multiClusterTargetGroup?: boolean;
    readonly networking?: { readonly ingress?: readonly NetworkingRule[] };
    readonly nodeSelector?: LabelSelector;
    readonly iamRoleArnToAssume?: string;
    readonly assumeRoleExternalId?: string;
  };
}

/** Who may reach the targets of a TargetGroupBinding. */
export interface NetworkingRule {
  readonly from: readonly {
    readonly ipBlock?: { readonly cidr: string };
    readonly securityGroup?: { readonly groupID: string };
  }[];
  readonly ports: readonly { readonly protocol?: string; readonly port?: number | string }[];
}

export interface Namespace {
  readonly kind: 'Namespace';
  readonly metadata: Metadata;
}

/** A Secret without its values, which nobody needs to see. */
export interface Secret {
  readonly kind: 'Secret';
  readonly metadata: Metadata;
  readonly keys: readonly string[];
}

export type KubernetesObject =
  Ingress | Service | IngressClass | IngressClassParams | BindingManifest | Namespace | Secret;

/** `namespace/name`, as the controller writes it; the name alone for objects of the whole cluster. */
export function keyOf({ metadata: { namespace, name } }: { readonly metadata: Metadata }): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
