import {
  buildModel,
  type ControllerSettings,
  type Ingress,
  type IngressClass,
  type IngressClassParamsSpec,
  type IngressRule,
  type KubernetesObject,
  type LoadBalancer,
  type Namespace,
  type Refusal,
  type Service,
} from '../../../load-balancers/model';

export type Annotations = Readonly<Record<string, string>>;

/** Of the Ingress class `alb`, to which all Ingresses made here belong. */
export interface Given {
  readonly params?: IngressClassParamsSpec;
  readonly settings?: Partial<ControllerSettings>;
  readonly objects?: readonly KubernetesObject[];
}

export const service: Service = {
  kind: 'Service',
  metadata: { namespace: 'shop', name: 'web' },
  spec: { type: 'NodePort', ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
};

export const namespace: Namespace = {
  kind: 'Namespace',
  metadata: { name: 'shop', labels: { team: 'a' } },
};

export function ingressClass(
  spec: Partial<IngressClass['spec']> = {},
  metadata: Partial<IngressClass['metadata']> = {},
): IngressClass {
  return {
    kind: 'IngressClass',
    metadata: { name: 'alb', ...metadata },
    spec: { controller: 'ingress.k8s.aws/alb', ...spec },
  };
}

/** The rule of one host, or of all. */
export function ruleOf(host?: string): IngressRule {
  return {
    ...(host !== undefined && { host }),
    http: {
      paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }],
    },
  };
}

/** @param annotations by suffix, or whole */
export function ingress(
  annotations: Annotations = {},
  { name = 'app', ...spec }: Partial<Ingress['spec']> & { readonly name?: string } = {},
): Ingress {
  return {
    kind: 'Ingress',
    metadata: {
      namespace: 'shop',
      name,
      annotations: Object.fromEntries(
        Object.entries(annotations).map(([key, value]) => [
          key.includes('/') ? key : `alb.ingress.kubernetes.io/${key}`,
          value,
        ]),
      ),
    },
    spec: { ingressClassName: 'alb', rules: [ruleOf()], ...spec },
  };
}

/** Ingresses `a`, `b` and so on of group `g`. */
export function grouped(...all: readonly Annotations[]): readonly Ingress[] {
  return all.map((annotations, index) =>
    ingress(
      { 'group.name': 'g', ...annotations },
      { name: String.fromCharCode('a'.charCodeAt(0) + index), rules: [ruleOf(`host${index}.example.com`)] },
    ),
  );
}

export function modelOf(ingresses: readonly Ingress[], { params, settings = {}, objects = [] }: Given = {}) {
  const parameters = { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name: 'params' };
  return buildModel(
    [
      ingressClass(params && { parameters }),
      ...(params === undefined
        ? []
        : [{ kind: 'IngressClassParams' as const, metadata: { name: 'params' }, spec: params }]),
      service,
      ...objects,
      ...ingresses,
    ],
    settings,
  );
}

/** The only load balancer, without a refusal. */
export function albOf(ingresses: readonly Ingress[] | Annotations, given: Given = {}): LoadBalancer {
  const { LoadBalancers, Refusals } = modelOf(listOf(ingresses), given);
  const [alb, another] = LoadBalancers;
  if (alb === undefined || another !== undefined || Refusals.length > 0) {
    throw new Error(`not one load balancer: ${JSON.stringify({ LoadBalancers, Refusals })}`);
  }
  return alb;
}

/** The only refusal, without a load balancer. */
export function refusalOf(ingresses: readonly Ingress[] | Annotations, given: Given = {}): Refusal {
  const { LoadBalancers, Refusals } = modelOf(listOf(ingresses), given);
  const [refusal, another] = Refusals;
  if (refusal === undefined || another !== undefined || LoadBalancers.length > 0) {
    throw new Error(`not one refusal: ${JSON.stringify({ LoadBalancers, Refusals })}`);
  }
  return refusal;
}

export function messageOf(ingresses: readonly Ingress[] | Annotations, given: Given = {}): string {
  return refusalOf(ingresses, given).Message;
}

function listOf(ingresses: readonly Ingress[] | Annotations): readonly Ingress[] {
  return isList(ingresses) ? ingresses : [ingress(ingresses)];
}

function isList(value: readonly Ingress[] | Annotations): value is readonly Ingress[] {
  return Array.isArray(value);
}

/** As written in origins and refusals. */
export function annotationSource(suffix: string, name = 'app') {
  return { Kind: 'Ingress', Name: `shop/${name}`, Annotation: `alb.ingress.kubernetes.io/${suffix}` };
}

export function paramsSource(field: string) {
  return { Kind: 'IngressClassParams', Name: 'params', Field: `spec.${field}` };
}
