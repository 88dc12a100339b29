import { HorizontalPodAutoscalerV2 } from '@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2';
import { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { type ITerraformDependable, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { type PolicyStatement } from '../iam';
import { PodRole, type PodIdentityBinding } from '../identity';
import { Deployment } from './deployment';
import { type PodProps } from './pod-settings';
import { podSpec } from './pod-template';
import { SERVICE_PORT } from './ports';

/** Average load that leaves room until further pods serve. */
const DEFAULT_CPU_PERCENT = 70;
/** From this many replicas on, a share of them may be disrupted instead of one. */
const MANY_REPLICAS = 8;

export interface WorkloadServiceProps extends PodProps {
  /** Name of the Deployment, Service, ServiceAccount and PodDisruptionBudget. */
  readonly name: string;
  readonly namespace: string;
  readonly replicas: number;
  /** `NodePort` for load balancer targets of type `instance`. @default 'ClusterIP' */
  readonly type?: 'ClusterIP' | 'NodePort';
  /** Of the Service: what the Ingress controller reads there. @default {} */
  readonly serviceAnnotations?: Readonly<Record<string, string>>;
  /** Labels of all objects besides `app.kubernetes.io/name`, which selects the pods. @default {} */
  readonly labels?: Readonly<Record<string, string>>;
  /** AWS permissions of the pods. @default - no role */
  readonly role?: WorkloadRoleProps;
  /** Pods by load, in the place of `replicas`; needs the metrics server. @default - always `replicas` */
  readonly autoscaling?: AutoscalingProps;
  /** What must exist before anything of the service, such as the namespace. @default [] */
  readonly dependsOn?: ITerraformDependable[];
}

export interface AutoscalingProps {
  /** @default - `replicas` */
  readonly minReplicas?: number;
  readonly maxReplicas: number;
  /** Average of the requested CPU, in percent. @default 70 unless memoryPercent is there */
  readonly cpuPercent?: number;
  /** Average of the requested memory, in percent. @default - not looked at */
  readonly memoryPercent?: number;
}

export interface WorkloadRoleProps {
  readonly binding: PodIdentityBinding;
  /** At most 64 characters. */
  readonly roleName: string;
  readonly statements: readonly PolicyStatement[];
}

/**
 * A service of the environment: Deployment, Service, PodDisruptionBudget and ServiceAccount, with an IAM role of its
 * own where it has AWS permissions.
 *
 * @example
 * const users = new WorkloadService(this, 'users', { name: 'users', namespace: 'shop', image, port: 8080, replicas: 3, … });
 * users.startAfter(ingress); // pods made before the Ingress have no readiness gate
 */
export class WorkloadService extends Construct {
  readonly service: ServiceV1;
  private readonly deployment: Deployment;
  private readonly podDependencies: ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: WorkloadServiceProps,
  ) {
    super(scope, id);
    const role = this.makeRole();
    const serviceAccount = new ServiceAccountV1(this, 'service-account', {
      metadata: this.metadata(role?.serviceAccountAnnotations),
      automountServiceAccountToken: false,
      dependsOn: props.dependsOn,
    });
    this.service = this.makeService();
    const budget = this.makeDisruptionBudget();
    this.podDependencies = [serviceAccount, this.service, budget, ...(role?.dependencies ?? [])];
    this.deployment = this.makeDeployment(role?.podAnnotations);
    if (props.autoscaling) this.makeAutoscaler(props.autoscaling);
  }

  /** Starts the pods only once `resource` is there. */
  startAfter(resource: TerraformResource): void {
    (this.deployment.dependsOn ??= []).push(`${resource.terraformResourceType}.${resource.friendlyUniqueId}`);
  }

  private makeRole(): PodRole | undefined {
    const { role, name, namespace } = this.props;
    return (
      role &&
      new PodRole(this, 'role', {
        ...role,
        description: `Pods of ${namespace}/${name}`,
        namespace,
        serviceAccount: name,
      })
    );
  }

  private makeService(): ServiceV1 {
    return new ServiceV1(this, 'service', {
      metadata: this.metadata(this.props.serviceAnnotations),
      spec: {
        type: this.props.type ?? 'ClusterIP',
        selector: this.selector,
        port: [{ ...SERVICE_PORT, targetPort: SERVICE_PORT.name, protocol: 'TCP' }],
      },
      dependsOn: this.props.dependsOn,
    });
  }

  /** Lets nodes be drained, even from under the only replica. */
  private makeDisruptionBudget(): PodDisruptionBudgetV1 {
    return new PodDisruptionBudgetV1(this, 'disruption-budget', {
      metadata: this.metadata(),
      spec: {
        maxUnavailable: this.fewest < MANY_REPLICAS ? '1' : '25%',
        selector: { matchLabels: this.selector },
      },
      dependsOn: this.props.dependsOn,
    });
  }

  private makeDeployment(annotations?: Readonly<Record<string, string>>): Deployment {
    const { name, autoscaling } = this.props;
    return new Deployment(this, 'deployment', {
      metadata: this.metadata(),
      spec: {
        replicas: `${this.fewest}`,
        selector: { matchLabels: this.selector },
        // New pods serve before old ones go.
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '0' } },
        template: {
          metadata: { labels: this.labels, ...(annotations && { annotations: { ...annotations } }) },
          spec: podSpec(name, this.selector, this.props),
        },
      },
      waitForRollout: true,
      // Once it is there, an autoscaler decides how many.
      ...(autoscaling && { lifecycle: { ignoreChanges: ['spec[0].replicas'] } }),
      timeouts: { create: '15m', update: '15m', delete: '5m' },
      dependsOn: this.podDependencies,
    });
  }

  private makeAutoscaler({ maxReplicas, cpuPercent, memoryPercent }: AutoscalingProps): void {
    const { name } = this.props;
    const cpu = cpuPercent ?? (memoryPercent === undefined ? DEFAULT_CPU_PERCENT : undefined);
    const utilization = (resource: string, percent: number | undefined) =>
      percent === undefined
        ? []
        : [
            {
              type: 'Resource',
              resource: { name: resource, target: { type: 'Utilization', averageUtilization: percent } },
            },
          ];
    new HorizontalPodAutoscalerV2(this, 'autoscaler', {
      metadata: this.metadata(),
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        minReplicas: this.fewest,
        maxReplicas,
        metric: [...utilization('cpu', cpu), ...utilization('memory', memoryPercent)],
      },
      dependsOn: [this.deployment],
    });
  }

  /** Pods that are there at any time. */
  private get fewest(): number {
    return this.props.autoscaling?.minReplicas ?? this.props.replicas;
  }

  private metadata(annotations: Readonly<Record<string, string>> = {}) {
    const { name, namespace } = this.props;
    return {
      name,
      namespace,
      labels: this.labels,
      ...(Object.keys(annotations).length && { annotations: { ...annotations } }),
    };
  }

  private get labels(): Record<string, string> {
    return { ...this.props.labels, ...this.selector };
  }

  private get selector(): Record<string, string> {
    return { 'app.kubernetes.io/name': this.props.name };
  }
}
