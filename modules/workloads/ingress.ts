import { IngressV1 } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import { type ITerraformDependable } from 'cdktf';
import { type Construct } from 'constructs';
import { ingressAnnotations, type IngressAnnotationsProps } from './annotations';
import { httpRules, type HttpRoute } from '../ingress/routes';

export interface WorkloadIngressProps extends IngressAnnotationsProps {
  readonly name: string;
  readonly namespace: string;
  readonly ingressClassName: string;
  /** At least one; Kubernetes refuses an Ingress without a rule. */
  readonly routes: readonly HttpRoute[];
  /** The Services that it routes to, without which the controller makes no load balancer. @default [] */
  readonly dependsOn?: ITerraformDependable[];
}

/** One Ingress for the routes of many services, and so one load balancer. */
export class WorkloadIngress extends IngressV1 {
  /** DNS name of the load balancer. */
  readonly hostname: string;

  /** @throws if `routes` is empty, or two of them match the same requests */
  constructor(scope: Construct, id: string, props: WorkloadIngressProps) {
    const { name, namespace, ingressClassName, routes, dependsOn } = props;
    if (routes.length === 0) {
      throw new Error(
        `routes of Ingress ${name} is empty, which Kubernetes refuses: write a route, or no Ingress`,
      );
    }
    super(scope, id, {
      metadata: { name, namespace, annotations: ingressAnnotations(props) },
      spec: {
        ingressClassName,
        rule: httpRules(routes).map((rule) => ({
          host: rule.host,
          http: { path: rule.routes.map(toPath) },
        })),
      },
      // Until then it has no hostname; and at destroy, the controller must have taken the load balancer away.
      waitForLoadBalancer: true,
      timeouts: { create: '10m', delete: '10m' },
      dependsOn,
    });
    this.hostname = this.status.get(0).loadBalancer.get(0).ingress.get(0).hostname;
  }
}

function toPath({ path, pathType, service, port }: HttpRoute) {
  return { path, pathType, backend: { service: { name: service, port: { number: port } } } };
}
