import { type App } from 'cdktf';
import { Construct } from 'constructs';
import { type LocalEnvironment } from '../config';
import { HttpIngress } from '../modules/ingress';
import { origin, portableServiceAnnotations, routeUrl } from '../load-balancers/language';
import { SERVICE_PORT, WorkloadNamespace, WorkloadService } from '../modules/workloads';
import { addContextProvider } from './cluster-providers';
import { localWorkloadsContract } from './contracts';
import { EnvironmentStack } from './environment-stack';

/** The services of an environment behind one Ingress of the cluster's own controller. */
export class LocalWorkloadsStack extends EnvironmentStack<typeof localWorkloadsContract, LocalEnvironment> {
  constructor(app: App, { environment }: { readonly environment: LocalEnvironment }) {
    super(app, 'workloads', environment, localWorkloadsContract);
    const { cluster, workloads } = environment;
    const { namespace: name, services: settings, ingress } = workloads;
    addContextProvider(this, cluster);
    const namespace = new WorkloadNamespace(this, 'namespace', {
      name,
      podSecurity: workloads.podSecurity,
    });
    const scope = new Construct(this, 'services');
    const services = settings.map((each) => {
      const { service } = new WorkloadService(scope, each.name, {
        ...each,
        namespace: name,
        serviceAnnotations: portableServiceAnnotations(ingress.controller),
        dependsOn: [namespace],
      });
      return service;
    });
    const routes = settings.flatMap(({ name: service, host, paths }) =>
      paths.map((path) => ({ ...path, host, service, port: SERVICE_PORT.port })),
    );
    if (routes.length > 0) {
      new HttpIngress(this, 'ingress', {
        name: 'services',
        namespace: name,
        kind: ingress.controller,
        ingressClassName: ingress.className,
        routes,
        dependsOn: services,
      });
    }
    this.publish({
      url: routes.length > 0 ? origin(ingress.address) : '',
      service_urls: Object.fromEntries(
        routes.map((route) => [route.service, routeUrl(route, ingress.address)] as const).reverse(),
      ),
    });
  }
}
