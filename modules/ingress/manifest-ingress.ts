import { IngressV1 } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import { type ITerraformDependable } from 'cdktf';
import { type Construct } from 'constructs';
import { type Ingress, type IngressBackend } from '../../load-balancers/model';

export interface ManifestIngressProps {
  /** The Kubernetes object, which somebody has judged already. */
  readonly manifest: Ingress;
  /** @default - the manifest's */
  readonly ingressClassName?: string;
  /** Until then it has no hostname; and at destroy, the controller must have taken the load balancer away. @default true */
  readonly waitForLoadBalancer?: boolean;
  /** @default 10m each */
  readonly timeouts?: { readonly create?: string; readonly delete?: string };
  /** The Services that it routes to, without which the controller makes no load balancer. @default [] */
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * An Ingress as its manifest says. Nothing is checked here: `AlbIngress` is for those who have settings, and checks them.
 *
 * @example
 * new ManifestIngress(this, 'ingress', { manifest: renderIngress({ name: 'shop', namespace: 'shop', … }).ingress });
 */
export class ManifestIngress extends IngressV1 {
  /** DNS name of the load balancer. */
  readonly hostname: string;

  constructor(scope: Construct, id: string, props: ManifestIngressProps) {
    const { manifest, waitForLoadBalancer = true, timeouts = {}, dependsOn } = props;
    const { metadata, spec } = manifest;
    const ingressClassName = props.ingressClassName ?? spec.ingressClassName;
    super(scope, id, {
      metadata: { name: metadata.name, namespace: metadata.namespace, annotations: metadata.annotations },
      spec: toSpec({ ...spec, ingressClassName }),
      waitForLoadBalancer,
      timeouts: { create: timeouts.create ?? '10m', delete: timeouts.delete ?? '10m' },
      dependsOn,
    });
    this.hostname = this.status.get(0).loadBalancer.get(0).ingress.get(0).hostname;
  }
}

function toSpec({ ingressClassName, rules = [], defaultBackend, tls = [] }: Ingress['spec']) {
  return {
    ingressClassName,
    ...(defaultBackend && { defaultBackend: toBackend(defaultBackend) }),
    ...(rules.length > 0 && {
      rule: rules.map(({ host, http }) => ({
        host,
        http: {
          path: (http?.paths ?? []).map(({ path, pathType, backend }) => ({
            path,
            pathType,
            backend: toBackend(backend),
          })),
        },
      })),
    }),
    ...(tls.length > 0 && { tls: tls.map(({ hosts = [] }) => ({ hosts: [...hosts] })) }),
  };
}

function toBackend({ service }: IngressBackend) {
  return { service: { name: service?.name ?? '', port: { ...service?.port } } };
}
