import { DataAwsVpc } from '@cdktf/provider-aws/lib/data-aws-vpc';
import { type App, type ITerraformDependable } from 'cdktf';
import { type AwsEnvironment } from '../config';
import { AddonWithRole } from '../modules/cluster';
import { boundedName } from '../modules/iam';
import { OidcProvider, PodRole, type PodIdentityBinding } from '../modules/identity';
import { AlbIngressClass } from '../modules/ingress-class';
import { LoadBalancerController } from '../modules/load-balancer-controller';
import { LoadBalancerLogBucket } from '../modules/load-balancer-logs';
import { EcrRepository } from '../modules/registry';
import { Game2048 } from '../modules/sample';
import { AwsStack } from './aws-stack';
import { addEksProviders } from './cluster-providers';
import { type ClusterStack } from './cluster-stack';
import { type ContractValues } from './contract';
import { addonsContract, type clusterContract, type networkContract } from './contracts';
import { type NetworkStack } from './network-stack';
import { bindingOf } from './pod-identity-binding';

export interface AddonsStackProps {
  readonly environment: AwsEnvironment;
  readonly network: NetworkStack;
  readonly cluster: ClusterStack;
}

type Cluster = ContractValues<typeof clusterContract>;
type Network = ContractValues<typeof networkContract>;

/**
 * What turns an Ingress into a load balancer, and the sample that shows it.
 *
 * Applied in the order role, controller, class, sample; destroyed in reverse.
 */
export class AddonsStack extends AwsStack<typeof addonsContract> {
  constructor(app: App, props: AddonsStackProps) {
    super(app, 'addons', props.environment, addonsContract);
    const network = this.from(props.network);
    const cluster = this.from(props.cluster);
    addEksProviders(this, {
      clusterName: cluster.cluster_name,
      endpoint: cluster.cluster_endpoint,
      certificateAuthority: cluster.cluster_certificate_authority,
      region: this.environment.region,
      credentials: this.environment.clusterCredentials.type,
    });
    const oidcProvider = new OidcProvider(this, 'oidc-provider', {
      issuer: cluster.oidc_issuer,
      existing:
        this.environment.cluster.kind === 'existing' && this.environment.cluster.oidcProvider === 'existing',
    });
    const binding = bindingOf(this.environment, cluster, oidcProvider.arn);
    this.addonsWithRoles(cluster, binding);
    const ingressClass = this.ingressClass(this.controller(network, cluster, binding));
    this.logBucket();
    this.publish({
      oidc_provider_arn: oidcProvider.arn,
      ingress_class_name: ingressClass.name,
      repository_urls: this.repositories(),
      pod_role_arns: this.podRoles(binding),
      sample_url: this.sample(ingressClass),
    });
  }

  /** With IRSA they come after the OIDC provider, so here; with Pod Identity the cluster stack has them. */
  private addonsWithRoles(cluster: Cluster, binding: PodIdentityBinding): void {
    const settings = this.environment.cluster;
    if (settings.kind !== 'new' || binding.type !== 'irsa') return;
    for (const [addonName, { version, configuration, role }] of Object.entries(settings.addons)) {
      if (!role) continue;
      new AddonWithRole(this, addonName, {
        clusterName: cluster.cluster_name,
        addonName,
        version,
        configuration,
        binding,
        roleName: `${this.namePrefix}-${addonName.replace(/^aws-/, '')}`,
        ...role,
      });
    }
  }

  /** Of load balancers, which are made after this stack. */
  private logBucket(): void {
    const { plan, account, region, partition, dnsSuffix } = this.environment;
    if (plan.logBucket === undefined) return;
    new LoadBalancerLogBucket(this, 'load-balancer-logs', {
      bucketName: plan.logBucket,
      account,
      region,
      partition,
      dnsSuffix,
    });
  }

  /** Roles of ServiceAccounts that others make. */
  private podRoles(binding: PodIdentityBinding): Record<string, string> {
    const { podRoles } = this.environment.plan;
    return Object.fromEntries(
      podRoles.map(({ name, ...role }) => {
        const { arn } = new PodRole(this, `pod-role-${name}`, {
          binding,
          roleName: boundedName(`${this.namePrefix}-${name}`),
          description: `Pods of ${role.namespace}/${role.serviceAccount}`,
          ...role,
        });
        return [name, arn];
      }),
    );
  }

  /** The controller, and what must wait for it; nothing with Auto Mode, which has its own. */
  private controller(
    network: Network,
    cluster: Cluster,
    binding: PodIdentityBinding,
  ): readonly ITerraformDependable[] {
    const { loadBalancing: settings, region, partition } = this.environment;
    if (settings.type === 'auto-mode') return [];
    const controller = new LoadBalancerController(this, 'load-balancer-controller', {
      namePrefix: this.namePrefix,
      clusterName: cluster.cluster_name,
      region,
      vpcId: network.vpc_id,
      binding,
      partition,
      restrictToVpcArn: settings.restrictSecurityGroupsToVpc ? this.vpcArn(network) : undefined,
      release: settings.release,
      replicas: settings.replicas,
      features: settings.features,
      featureGates: settings.featureGates,
      ingressClassName: settings.ingressClass.name,
      resources: settings.resources,
      extraValues: settings.extraValues,
      chartRepository: settings.chartRepository,
      imageRepository: settings.imageRepository,
    });
    return controller.dependencies;
  }

  /** A VPC that is already there may be shared by another account, whose number its ARN then has. */
  private vpcArn(network: Network): string {
    const { partition, region, account } = this.environment;
    return this.environment.network.kind === 'existing'
      ? new DataAwsVpc(this, 'vpc', { id: network.vpc_id }).arn
      : `arn:${partition}:ec2:${region}:${account}:vpc/${network.vpc_id}`;
  }

  private ingressClass(dependencies: readonly ITerraformDependable[]): AlbIngressClass {
    const { ingressClass } = this.environment.loadBalancing;
    return new AlbIngressClass(this, 'ingress-class', {
      ...ingressClass,
      controller: this.environment.plan.controller,
      dependencies,
    });
  }

  private repositories(): Record<string, string> {
    const { workloads, project, name, production } = this.environment;
    return Object.fromEntries(
      workloads.services.flatMap((service) => {
        if (!service.repository) return [];
        const repository = new EcrRepository(this, `repository-${service.name}`, {
          name: `${project}/${name}/${service.name}`,
          ...service.repository,
          forceDelete: !production,
        });
        return [[service.name, repository.url]];
      }),
    );
  }

  private sample({ name, dependencies }: AlbIngressClass): string {
    if (!this.environment.sample) return '';
    const { controller } = this.environment.plan;
    return new Game2048(this, 'sample', { ingressClassName: name, controller, dependencies }).url;
  }

  private get namePrefix(): string {
    return `${this.environment.project}-${this.environment.name}`;
  }
}
