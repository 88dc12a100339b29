import { Construct } from 'constructs';
import { type AwsEnvironment, type ServiceSettings } from '../config';
import {
  bindingLoadBalancerOf,
  bindingOf,
  networkLoadBalancerOf,
  surroundingsOf,
} from '../config/service-load-balancers';
import { isOnFargate } from '../config/fargate';
import { controllerOf } from '../config/ingresses';
import { NlbService } from '../modules/nlb-service';
import { TargetGroupBinding, TerraformAlb } from '../modules/target-group-binding';
import { type WorkloadNamespace, type WorkloadService } from '../modules/workloads';
import { type ContractValues } from './contract';
import { type clusterContract, type networkContract } from './contracts';

type Binding = ServiceSettings['targetGroupBindings'][number];

export interface ServiceLoadBalancersProps {
  readonly environment: AwsEnvironment;
  readonly settings: ServiceSettings;
  readonly service: WorkloadService;
  readonly namespace: WorkloadNamespace;
  readonly cluster: ContractValues<typeof clusterContract>;
  /** Asked for only where a load balancer is made here. */
  readonly network: () => ContractValues<typeof networkContract>;
}

/** Load balancers of one service besides the Ingress. Its pods start after them, to have their readiness gates. */
export class ServiceLoadBalancers extends Construct {
  /** Name of the service and DNS name of its Network Load Balancer, if it has one. */
  readonly hostnames: [name: string, hostname: string][] = [];
  /** Names of bindings and URLs of the load balancers that Terraform makes for them. */
  readonly bindingUrls: [name: string, url: string][] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ServiceLoadBalancersProps,
  ) {
    super(scope, id);
    const { environment, settings, service, namespace } = props;
    const nlb = networkLoadBalancerOf(environment, settings);
    if (nlb) {
      const made = new NlbService(this, 'nlb', {
        ...nlb,
        surroundings: surroundingsOf(environment, settings),
        dependsOn: [namespace],
      });
      this.hostnames.push([settings.name, made.hostname]);
      service.startAfter(made);
    }
    for (const binding of settings.targetGroupBindings) this.addBinding(binding);
  }

  private addBinding(binding: Binding): void {
    const { environment, settings, service } = this.props;
    const object = bindingOf(settings, binding);
    const alb = this.addLoadBalancer(binding, object);
    const made = new TargetGroupBinding(this, `binding-${binding.name}`, {
      ...object,
      ...alb?.binding,
      namespace: environment.workloads.namespace,
      controller: controllerOf(environment),
      surroundings: surroundingsOf(environment, settings),
      dependencies: [service.service, ...(alb?.binding.dependencies ?? [])],
    });
    for (const dependency of made.dependencies) service.startAfter(dependency);
    if (alb) this.bindingUrls.push([object.name, alb.url]);
  }

  private addLoadBalancer(binding: Binding, { name, targetType }: ReturnType<typeof bindingOf>) {
    const { environment, settings, cluster, network } = this.props;
    const loadBalancer = bindingLoadBalancerOf(binding);
    if (!loadBalancer) return undefined;
    const { vpc_id, public_subnet_ids, private_subnet_ids } = network();
    return new TerraformAlb(this, `alb-${binding.name}`, {
      ...loadBalancer,
      name: `${environment.project}-${environment.name}-${name}`,
      vpcId: vpc_id,
      subnetIds: loadBalancer.scheme === 'internet-facing' ? public_subnet_ids : private_subnet_ids,
      targetType,
      targetPort: settings.port,
      targetSecurityGroupId: isOnFargate(environment)
        ? cluster.cluster_security_group_id
        : cluster.node_security_group_id,
      ...(environment.loadBalancing.type === 'auto-mode' && {
        targetGroupTags: { 'eks:eks-cluster-name': cluster.cluster_name },
      }),
      healthCheck: { path: settings.healthPath, ...loadBalancer.healthCheck },
      surroundings: surroundingsOf(environment, settings),
    });
  }
}
