import { targetGroupBindingProblems } from '../../load-balancers/checks';
import { repeated, type EnvironmentRule } from './rule';

/** Services that others make are where their Ingress is, and have names of their own. */
export const externalServicesRule: EnvironmentRule = function* (environment) {
  const { workloads, loadBalancing, plan } = environment;
  const { namespace, services, ingress } = workloads;
  const named = [
    ...services.map(({ name }, index) => ({
      path: `workloads.services.${index}.name`,
      key: `${namespace}/${name}`,
      name,
    })),
    ...workloads.externalServices.map(({ name, namespace: own = namespace }, index) => ({
      path: `workloads.externalServices.${index}.name`,
      key: `${own}/${name}`,
      name,
    })),
  ];
  const grouped = ingress.group !== undefined || loadBalancing.ingressClass.params.group !== undefined;
  for (const { entry, first } of repeated(named, ({ key }) => key).filter(({ entry }) =>
    entry.path.includes('externalServices'),
  )) {
    yield {
      path: entry.path,
      value: entry.name,
      reason: `${first.entry.path} is the same Service`,
      remedy: 'write each Service once',
    };
  }
  for (const [index, service] of workloads.externalServices.entries()) {
    const path = `workloads.externalServices.${index}`;
    const elsewhere = service.namespace !== undefined && service.namespace !== namespace;
    if (elsewhere && service.paths.length > 0 && !service.ingress && !grouped)
      yield {
        path: `${path}.namespace`,
        value: service.namespace,
        reason: `an Ingress routes to Services of its own namespace only, and the one of all services is in ${namespace}`,
        remedy:
          'write workloads.ingress.group, by which Ingresses of several namespaces share a load balancer, or ingress: {} for one of its own',
      };
    if (service.paths.length + service.targetGroupBindings.length === 0)
      yield {
        path,
        value: service.name,
        reason: 'it has neither paths nor targetGroupBindings, so nothing is made for it',
        remedy: 'write paths, targetGroupBindings, or remove it',
      };
    if (service.host !== undefined && service.paths.length === 0)
      yield {
        path: `${path}.host`,
        value: service.host,
        reason: 'the service has no paths, so the Ingress sends it nothing',
        remedy: "write paths: ['/'] for all of the host, or remove it",
      };
  }
  for (const { object, path } of plan.externalBindings) {
    for (const problem of targetGroupBindingProblems(object, {
      region: environment.region,
      account: environment.account,
      partition: environment.partition,
    })) {
      yield { ...problem, path: `${path}.${problem.path}` };
    }
  }
};
