import { type App, Fn } from 'cdktf';
import { Construct } from 'constructs';
import { type AwsEnvironment } from '../config';
import { boundedName } from '../modules/iam';
import { type PodIdentityBinding } from '../modules/identity';
import {
  routeUrl,
  serviceAnnotations,
  SERVICE_PORT,
  WorkloadIngress,
  WorkloadNamespace,
  WorkloadService,
  type HttpRoute,
} from '../modules/workloads';
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
import { ingressControllerOf } from './ingress-controller';
import { type NetworkStack } from './network-stack';
import { bindingOf } from './pod-identity-binding';
import { ServiceLoadBalancers } from './service-load-balancers';

type Network = ContractValues<typeof networkContract>;
type ServiceSettings = AwsEnvironment['workloads']['services'][number];

export interface WorkloadsStackProps {
  readonly environment: AwsEnvironment;
  readonly network: NetworkStack;
  readonly cluster: ClusterStack;
  readonly addons: AddonsStack;
}

/** The services of the environment behind one Ingress. */
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
    });
    this.publish(this.addServices(lazily(() => this.from(network))));
  }

  private addServices(network: () => Network): ContractValues<typeof workloadsContract> {
    const { namespace: name, services: settings } = this.environment.workloads;
    const namespace = new WorkloadNamespace(this, 'namespace', {
      name,
      controller: ingressControllerOf(this.environment),
    });
    const scope = new Construct(this, 'services');
    const services = settings.map((each) => this.addService(scope, namespace, each));
    const routed = services.filter((_, index) => settings[index]?.paths.length);
    const routes = settings.flatMap(toRoutes);
    const others = this.addLoadBalancers(namespace, services, network);
    if (routes.length === 0) return { url: '', service_urls: {}, ...others };

    const ingress = this.addIngress(routes, routed);
    for (const service of routed) service.startAfter(ingress);
    return {
      url: `http://${ingress.hostname}`,
      // The first path of a service is the one by which it is known.
      service_urls: Object.fromEntries(
        routes.map((route) => [route.service, routeUrl(route, ingress.hostname)] as const).reverse(),
      ),
      ...others,
    };
  }

  /** Those of single services. The network is asked only where one is made in it. */
  private addLoadBalancers(
    namespace: WorkloadNamespace,
    services: readonly WorkloadService[],
    network: () => Network,
  ) {
    const { environment, cluster } = this;
    const scope = new Construct(this, 'load-balancers');
    const made = environment.workloads.services.flatMap((settings, index) => {
      const service = services[index];
      if (!service) return [];
      const props = { environment, settings, service, namespace, cluster, network };
      return [new ServiceLoadBalancers(scope, settings.name, props)];
    });
    return {
      network_load_balancer_hostnames: Object.fromEntries(made.flatMap(({ hostnames }) => hostnames)),
      target_group_binding_urls: Object.fromEntries(made.flatMap(({ bindingUrls }) => bindingUrls)),
    };
  }

  private addService(
    scope: Construct,
    namespace: WorkloadNamespace,
    settings: ServiceSettings,
  ): WorkloadService {
    const { project, name: environment, workloads } = this.environment;
    const { name, permissions } = settings;
    return new WorkloadService(scope, name, {
      ...settings,
      namespace: workloads.namespace,
      image: this.imageOf(settings),
      serviceAnnotations: serviceAnnotations(settings),
      type: workloads.ingress.targetType === 'instance' ? 'NodePort' : 'ClusterIP',
      ...(permissions.length && {
        role: {
          binding: this.binding,
          roleName: boundedName(`${project}-${environment}-${name}`),
          statements: permissions,
        },
      }),
      dependsOn: [namespace],
    });
  }

  private addIngress(routes: HttpRoute[], services: WorkloadService[]): WorkloadIngress {
    const { network, workloads } = this.environment;
    return new WorkloadIngress(this, 'ingress', {
      ...workloads.ingress,
      name: 'services',
      namespace: workloads.namespace,
      ingressClassName: this.addons.ingress_class_name,
      ...(network.kind === 'new' && network.ipFamily === 'dual-stack' && { ipAddressType: 'dualstack' }),
      routes,
      dependsOn: services.map(({ service }) => service),
    });
  }

  /** The image that the service names, else the digest in its own repository. */
  private imageOf({ name, image, digest }: ServiceSettings): string {
    if (image !== undefined) return image;
    if (digest === undefined) {
      throw new Error(
        `service ${name} has neither image nor digest, so there is nothing to run: write an image, or the digest of one in its repository`,
      );
    }
    return `${String(Fn.lookup(this.addons.repository_urls, name))}@${digest}`;
  }
}

function toRoutes({ name, host, paths }: ServiceSettings): HttpRoute[] {
  return paths.map(({ path, pathType }) => ({ host, path, pathType, service: name, port: SERVICE_PORT }));
}

/** The same value whenever it is asked for, made when it is first. */
function lazily<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
