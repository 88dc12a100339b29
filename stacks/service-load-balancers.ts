import { Construct } from 'constructs';
import { type AwsEnvironment, type PlannedService } from '../config';
import { NlbService } from '../modules/nlb-service';
import { TargetGroupBinding, TerraformAlb } from '../modules/target-group-binding';
import { type WorkloadNamespace, type WorkloadService } from '../modules/workloads';
import { type ContractValues } from './contract';
import { type clusterContract, type networkContract } from './contracts';

type Binding = PlannedService['bindings'][number];

export interface ServiceLoadBalancersProps {
  readonly environment: AwsEnvironment;
  readonly planned: PlannedService;
  readonly service: WorkloadService;
  readonly namespace: WorkloadNamespace | undefined;
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
    const { service, namespace, planned } = props;
    const { settings, networkLoadBalancer, context, bindings } = planned;
    if (networkLoadBalancer) {
      const made = new NlbService(this, 'nlb', {
        ...networkLoadBalancer,
        context,
        ...(namespace && { dependsOn: [namespace] }),
      });
      this.hostnames.push([settings.name, made.hostname]);
      service.startAfter(made);
    }
    for (const binding of bindings) this.addBinding(binding);
  }

  private addBinding(binding: Binding): void {
    const { environment, planned, service } = this.props;
    const { id, object } = binding;
    const alb = this.addLoadBalancer(binding);
    const made = new TargetGroupBinding(this, `binding-${id}`, {
      ...object,
      ...alb?.binding,
      namespace: environment.workloads.namespace,
      controller: environment.plan.controller,
      context: planned.context,
      dependencies: [service.service, ...(alb?.binding.dependencies ?? [])],
    });
    for (const dependency of made.dependencies) service.startAfter(dependency);
    if (alb) this.bindingUrls.push([object.name, alb.url]);
  }

  private addLoadBalancer({ id, object: { name, targetType }, loadBalancer }: Binding) {
    const { environment, planned, cluster, network } = this.props;
    if (!loadBalancer) return undefined;
    const { settings, context } = planned;
    const { vpc_id, public_subnet_ids, private_subnet_ids } = network();
    return new TerraformAlb(this, `alb-${id}`, {
      ...loadBalancer,
      name: `${environment.project}-${environment.name}-${name}`,
      vpcId: vpc_id,
      subnetIds: loadBalancer.scheme === 'internet-facing' ? public_subnet_ids : private_subnet_ids,
      targetType,
      targetPort: settings.port,
      targetSecurityGroupId: environment.plan.onFargate
        ? cluster.cluster_security_group_id
        : cluster.node_security_group_id,
      ...(environment.loadBalancing.type === 'auto-mode' && {
        targetGroupTags: { 'eks:eks-cluster-name': cluster.cluster_name },
      }),
      healthCheck: { path: settings.healthPath, ...loadBalancer.healthCheck },
      context,
    });
  }
}
