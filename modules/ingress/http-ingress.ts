import { IngressV1 } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import { type ITerraformDependable } from 'cdktf';
import { type Construct } from 'constructs';
import { renderRoutes, type IngressKind, type HttpRoutes } from '../../load-balancers/language';

export interface HttpIngressProps {
  readonly name: string;
  readonly namespace: string;
  /** Who serves it: an Application Load Balancer, minikube's or ingress-nginx, Istio, or Google's load balancer. */
  readonly kind: IngressKind;
  /** @default - the kind itself */
  readonly ingressClassName?: string;
  /** At least one. */
  readonly routes: HttpRoutes;
  /** Apply waits until the Ingress has an address. @default false */
  readonly waitForLoadBalancer?: boolean;
  /** The Services that it routes to. @default [] */
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * Routes that run behind any Ingress controller: the same on a developer's minikube as on AWS.
 *
 * @example
 * new HttpIngress(this, 'ingress', {
 *   name: 'shop',
 *   namespace: 'shop',
 *   kind: 'nginx',
 *   routes: [{ path: '/api', pathType: 'Prefix', service: 'api', port: 80 }],
 * });
 */
export class HttpIngress extends IngressV1 {
  /** @throws for routes that can't be, or don't mean the same to the controller */
  constructor(scope: Construct, id: string, props: HttpIngressProps) {
    const { name, namespace, kind, waitForLoadBalancer = false, dependsOn } = props;
    const { annotations, ingressClassName, rules } = renderRoutes(kind, props.routes, props.ingressClassName);
    super(scope, id, {
      metadata: { name, namespace, ...(Object.keys(annotations).length > 0 && { annotations }) },
      spec: {
        ingressClassName,
        rule: rules.map(({ host, routes }) => ({
          host,
          http: {
            path: routes.map(({ path, pathType, service, port }) => ({
              path,
              pathType,
              backend: { service: { name: service, port: { number: port } } },
            })),
          },
        })),
      },
      waitForLoadBalancer,
      timeouts: { create: '10m', delete: '10m' },
      dependsOn,
    });
  }
}
