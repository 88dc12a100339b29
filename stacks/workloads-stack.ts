import { DataAwsRoute53Zone } from '@cdktf/provider-aws/lib/data-aws-route53-zone';
import { type App, Fn } from 'cdktf';
import { Construct } from 'constructs';
import { type AwsEnvironment, type PlannedService } from '../config';
import { AliasRecords, DnsCertificate } from '../modules/dns';
import { boundedName } from '../modules/iam';
import { type PodIdentityBinding } from '../modules/identity';
import { ManifestIngress } from '../modules/ingress';
import { origin } from '../load-balancers/language';
import { TargetGroupBinding } from '../modules/target-group-binding';
import { NamespaceGuard, WorkloadNamespace, WorkloadService } from '../modules/workloads';
import { type AddonsStack } from './addons-stack';
import { AwsStack } from './aws-stack';
import { addEksProviders } from './cluster-providers';
import { type ClusterStack } from './cluster-stack';
import { type ContractValues } from './contract';
import {
  workloadsContract,
  type addonsContract,
  type clusterContract,
  type networkContract,
} from './contracts';
import { type NetworkStack } from './network-stack';
import { bindingOf } from './pod-identity-binding';
import { ServiceLoadBalancers } from './service-load-balancers';

type Network = ContractValues<typeof networkContract>;

export interface WorkloadsStackProps {
  readonly environment: AwsEnvironment;
  readonly network: NetworkStack;
  readonly cluster: ClusterStack;
  readonly addons: AddonsStack;
}

/** The services of the environment behind their load balancers. */
export class WorkloadsStack extends AwsStack<typeof workloadsContract> {
  private readonly cluster: ContractValues<typeof clusterContract>;
  private readonly addons: ContractValues<typeof addonsContract>;
  private readonly binding: PodIdentityBinding;

  constructor(
    app: App,
    { environment, network, cluster: clusterStack, addons: addonsStack }: WorkloadsStackProps,
  ) {
    super(app, 'workloads', environment, workloadsContract);
    const cluster = this.from(clusterStack);
    this.cluster = cluster;
    this.addons = this.from(addonsStack);
    this.binding = bindingOf(environment, cluster, this.addons.oidc_provider_arn);
    addEksProviders(this, {
      clusterName: cluster.cluster_name,
      endpoint: cluster.cluster_endpoint,
      certificateAuthority: cluster.cluster_certificate_authority,
      region: environment.region,
      credentials: environment.clusterCredentials.type,
    });
    this.publish(this.addServices(lazily(() => this.from(network))));
  }

  private addServices(network: () => Network): ContractValues<typeof workloadsContract> {
    const { workloads, plan } = this.environment;
    const namespace = workloads.createNamespace
      ? new WorkloadNamespace(this, 'namespace', {
          name: workloads.namespace,
          labels: workloads.namespaceLabels,
          controller: plan.controller,
          podSecurity: workloads.podSecurity,
        })
      : undefined;
    this.guardNamespace(namespace, network);
    const scope = new Construct(this, 'services');
    const services = plan.services.map((planned) => ({
      planned,
      service: this.addService(scope, namespace, planned),
    }));
    return {
      ...this.addLoadBalancers(namespace, services, network),
      ...this.addIngresses(new Map(services.map(({ planned, service }) => [planned.settings.name, service]))),
    };
  }

  /** The Ingress of all services, and those that services have for themselves. Pods start after them. */
  private addIngresses(services: ReadonlyMap<string, WorkloadService>) {
    const scope = new Construct(this, 'ingresses');
    const dns = this.addDns();
    const urls: Record<string, string> = {};
    let url = '';
    for (const { name, shared, manifest, routes, entrance, services: members } of this.environment.plan
      .ingresses) {
      const behind = members.flatMap((name) => services.get(name) ?? []);
      const ingress = new ManifestIngress(shared ? this : scope, shared ? 'ingress' : name, {
        manifest,
        // From the stack that makes the class, which is there before its Ingresses.
        ingressClassName: this.addons.ingress_class_name,
        dependsOn: [...behind.map(({ service }) => service), ...(dns?.ready ?? [])],
      });
      dns?.point(name, ingress.hostname);
      for (const service of behind) service.startAfter(ingress);
      if (shared) url = origin(ingress.hostname, entrance);
      for (const { service, host, path } of routes) {
        // The first path of a service is the one by which it is known.
        urls[service] ??= `${origin(host ?? ingress.hostname, entrance)}${path}`;
      }
    }
    return { url, service_urls: urls };
  }

  /** The certificate, which load balancers find by their hosts, and the names of the hosts. */
  private addDns() {
    const { dns } = this.environment.plan;
    if (!dns || dns.certificateHosts.length + dns.aliases.length === 0) return undefined;
    const zoneId =
      dns.zoneId ?? new DataAwsRoute53Zone(this, 'zone', { name: dns.zone, privateZone: false }).id;
    const certificate =
      dns.certificateHosts.length > 0
        ? new DnsCertificate(this, 'certificate', { hosts: dns.certificateHosts, zoneId })
        : undefined;
    const scope = new Construct(this, 'dns');
    return {
      ready: certificate ? [certificate.validation] : [],
      point: (ingress: string, loadBalancer: string) => {
        for (const { hosts, type, dualStack } of dns.aliases.filter((each) => each.ingress === ingress))
          new AliasRecords(scope, ingress, { hosts, zoneId, loadBalancer, type, dualStack });
      },
    };
  }

  /** Traffic that nobody named is denied, and no one takes all of the nodes. */
  private guardNamespace(namespace: WorkloadNamespace | undefined, network: () => Network): void {
    const { workloads, plan } = this.environment;
    if (!plan.quota || !namespace) return;
    new NamespaceGuard(this, 'guard', {
      namespace: workloads.namespace,
      ingressCidrs: [network().vpc_cidr],
      egressCidrs: workloads.egressCidrs,
      quota: plan.quota,
      dependsOn: [namespace],
    });
  }

  /** Those of single services. The network is asked only where one is made in it. */
  private addLoadBalancers(
    namespace: WorkloadNamespace | undefined,
    services: readonly { readonly planned: PlannedService; readonly service: WorkloadService }[],
    network: () => Network,
  ) {
    const { environment, cluster } = this;
    const scope = new Construct(this, 'load-balancers');
    const made = services.map(
      ({ planned, service }) =>
        new ServiceLoadBalancers(scope, planned.settings.name, {
          environment,
          planned,
          service,
          namespace,
          cluster,
          network,
        }),
    );
    for (const { namespace: own, object } of environment.plan.externalBindings) {
      new TargetGroupBinding(scope, `external-${object.name}`, {
        ...object,
        namespace: own,
        controller: environment.plan.controller,
      });
    }
    return {
      network_load_balancer_hostnames: Object.fromEntries(made.flatMap(({ hostnames }) => hostnames)),
      target_group_binding_urls: Object.fromEntries(made.flatMap(({ bindingUrls }) => bindingUrls)),
    };
  }

  private addService(
    scope: Construct,
    namespace: WorkloadNamespace | undefined,
    { settings, type, annotations }: PlannedService,
  ): WorkloadService {
    const { project, name: environment, workloads } = this.environment;
    const { name, permissions } = settings;
    return new WorkloadService(scope, name, {
      ...settings,
      namespace: workloads.namespace,
      image: this.imageOf(settings),
      serviceAnnotations: annotations,
      type,
      ...(permissions.length && {
        role: {
          binding: this.binding,
          roleName: boundedName(`${project}-${environment}-${name}`),
          statements: permissions,
        },
      }),
      ...(namespace && { dependsOn: [namespace] }),
    });
  }

  /** The image that the service names, else the digest in its own repository. */
  private imageOf({ name, image, digest }: PlannedService['settings']): string {
    if (image !== undefined) return image;
    if (digest === undefined) {
      throw new Error(
        `service ${name} has neither image nor digest, so there is nothing to run: write an image, or the digest of one in its repository`,
      );
    }
    return `${String(Fn.lookup(this.addons.repository_urls, name, ''))}@${digest}`;
  }
}

/** The same value whenever it is asked for, made when it is first. */
function lazily<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
