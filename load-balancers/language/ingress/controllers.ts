import { httpRules, type HttpRoutes, type HttpRule } from './routes';

/** Who serves an Ingress: the word by which its class is usually called. */
export type IngressKind = 'alb' | 'nginx' | 'istio' | 'gce';

interface Controller {
  /** Name, for messages. */
  readonly name: string;
  /**
   * How an Ingress names its class. GKE's controller reads the annotation only, and takes an Ingress with any
   * `ingressClassName` for another's.
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/custom-ingress-controller
   */
  readonly classIn: 'spec' | 'annotation';
  /** Whether paths of type ImplementationSpecific mean what they mean to a load balancer of AWS: wildcards. */
  readonly wildcards: boolean;
  /** Annotations of the Services behind it. */
  readonly service: Readonly<Record<string, string>>;
}

/** The class `istio` is an IngressClass of the controller `istio.io/ingress-controller`, which Istio doesn't bring along. */
const CONTROLLERS: Readonly<Record<IngressKind, Controller>> = {
  alb: { name: 'the AWS Load Balancer Controller', classIn: 'spec', wildcards: true, service: {} },
  nginx: { name: 'ingress-nginx', classIn: 'spec', wildcards: false, service: {} },
  istio: { name: 'Istio', classIn: 'spec', wildcards: false, service: {} },
  gce: {
    name: "GKE's controller",
    classIn: 'annotation',
    wildcards: false,
    // Sends to pods, so that a Service needs no node port.
    service: { 'cloud.google.com/neg': '{"ingress": true}' },
  },
};

/** Routes as one kind of controller takes them. */
export interface RenderedRoutes {
  readonly annotations: Readonly<Record<string, string>>;
  readonly ingressClassName?: string;
  readonly rules: readonly HttpRule[];
}

/**
 * Routes for a class of Ingresses. A route of type `Exact` or `Prefix` means the same to all of them.
 *
 * @param ingressClassName @default - the kind itself
 * @throws if there is no route, if two match the same requests, or if one means something else to the controller
 */
export function renderRoutes(
  kind: IngressKind,
  routes: HttpRoutes,
  ingressClassName: string = kind,
): RenderedRoutes {
  const controller = CONTROLLERS[kind];
  if (routes.length === 0) {
    throw new Error('routes is empty, which Kubernetes refuses: write a route, or no Ingress');
  }
  const [special] = controller.wildcards
    ? []
    : routes.filter(({ pathType }) => pathType === 'ImplementationSpecific');
  if (special) {
    throw new Error(
      `path ${special.path} is of pathType ImplementationSpecific, which to ${controller.name} is something else than to a load balancer of AWS: write 'Exact' or 'Prefix'`,
    );
  }
  const rules = httpRules(routes);
  return controller.classIn === 'spec'
    ? { annotations: {}, ingressClassName, rules }
    : { annotations: { 'kubernetes.io/ingress.class': ingressClassName }, rules };
}

/** Annotations that a Service needs to be behind an Ingress of a kind. */
export function portableServiceAnnotations(kind: IngressKind): Record<string, string> {
  return { ...CONTROLLERS[kind].service };
}
