import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { AlbIngress } from '../ingress';
import { readinessGateLabels, type IngressController } from '../ingress-class';

export interface Game2048Props {
  /** Class of the Ingress. */
  readonly ingressClassName: string;
  /** Who serves the class. @default 'load-balancer-controller' */
  readonly controller?: IngressController;
  /** @default 'internet-facing' */
  readonly scheme?: 'internal' | 'internet-facing';
  /** @default 5 */
  readonly replicas?: number;
  /** @default 'public.ecr.aws/l6m2t8p7/docker-2048:latest' */
  readonly image?: string;
  /** What must be there before and stay until the sample is gone: controller and class. @default [] */
  readonly dependencies?: readonly ITerraformDependable[];
}

const NAME = 'game-2048';
const LABELS = { 'app.kubernetes.io/name': 'app-2048' };
const PORT = 80;

/**
 * The 2048 game behind an Ingress of its own: the controller's own example.
 *
 * The order is namespace, Service, Ingress, Deployment, so that the pods get their readiness gate, and all of it comes
 * after `dependencies`: a Service is refused while the controller's webhook is not up, and an Ingress outlives its
 * deletion when the controller goes first.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/examples/echo_server/
 */
export class Game2048 extends Construct {
  readonly url: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: Game2048Props,
  ) {
    super(scope, id);
    const namespace = this.namespace();
    const service = this.service(namespace);
    const ingress = this.ingress(namespace, service);
    this.deployment(namespace, ingress);
    this.url = `http://${ingress.hostname}`;
  }

  private namespace(): NamespaceV1 {
    return new NamespaceV1(this, 'namespace', {
      metadata: {
        name: NAME,
        labels: {
          ...readinessGateLabels(this.props.controller ?? 'load-balancer-controller'),
          // The image runs as root on port 80, which `restricted` refuses.
          'pod-security.kubernetes.io/enforce': 'baseline',
          'pod-security.kubernetes.io/enforce-version': 'latest',
        },
      },
      timeouts: { delete: '10m' },
      dependsOn: [...(this.props.dependencies ?? [])],
    });
  }

  private service(namespace: NamespaceV1): ServiceV1 {
    return new ServiceV1(this, 'service', {
      metadata: { name: 'service-2048', namespace: namespace.metadata.name },
      spec: {
        // Targets are pod addresses: no node port is needed.
        type: 'ClusterIP',
        selector: LABELS,
        port: [{ port: PORT, targetPort: String(PORT), protocol: 'TCP' }],
      },
    });
  }

  private ingress(namespace: NamespaceV1, service: ServiceV1): AlbIngress {
    return new AlbIngress(this, 'ingress', {
      name: 'ingress-2048',
      namespace: namespace.metadata.name,
      ingressClassName: this.props.ingressClassName,
      scheme: this.props.scheme ?? 'internet-facing',
      targetGroup: { targetType: 'ip' },
      routes: [{ service: service.metadata.name, port: PORT }],
      timeouts: { create: '15m', delete: '15m' },
    });
  }

  private deployment(namespace: NamespaceV1, ingress: AlbIngress): void {
    new DeploymentV1(this, 'deployment', {
      metadata: { name: 'deployment-2048', namespace: namespace.metadata.name },
      spec: {
        replicas: String(this.props.replicas ?? 5),
        selector: { matchLabels: LABELS },
        template: {
          metadata: { labels: LABELS },
          spec: {
            automountServiceAccountToken: false,
            securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
            topologySpreadConstraint: [
              {
                maxSkew: 1,
                topologyKey: 'topology.kubernetes.io/zone',
                whenUnsatisfiable: 'ScheduleAnyway',
                labelSelector: [{ matchLabels: LABELS }],
              },
            ],
            container: [
              {
                name: 'app-2048',
                image: this.props.image ?? 'public.ecr.aws/l6m2t8p7/docker-2048:latest',
                imagePullPolicy: 'Always',
                port: [{ containerPort: PORT }],
                readinessProbe: { httpGet: { path: '/', port: String(PORT) } },
                livenessProbe: { httpGet: { path: '/', port: String(PORT) } },
                securityContext: { allowPrivilegeEscalation: false },
                resources: {
                  requests: { cpu: '50m', memory: '64Mi' },
                  limits: { memory: '128Mi' },
                },
              },
            ],
          },
        },
      },
      timeouts: { create: '10m', update: '10m', delete: '10m' },
      dependsOn: [ingress],
    });
  }
}
