import { type PortableServiceSettings, type ServiceSettings } from '../schema/workloads';
import { secretsInClear } from './secrets';
import { repeated, type Finding, type EnvironmentRule } from './rule';

/** Namespaces of the cluster's own, and of what the addons stack makes. */
const TAKEN = ['default', 'kube-system', 'kube-public', 'kube-node-lease', 'game-2048'];

/** What services are on any cluster. */
type Portable = Omit<PortableServiceSettings, 'image'>;

/** Services have an image, and paths that an Ingress can have. */
export const servicesRule: EnvironmentRule = function* ({ workloads }) {
  yield* portableServices(workloads);
  for (const [index, service] of workloads.services.entries()) {
    yield* image(service, `workloads.services.${index}`);
  }
};

/** What holds for services on any cluster. */
export function* portableServices(workloads: {
  readonly namespace: string;
  readonly services: readonly Portable[];
}): Iterable<Finding> {
  yield* namespace(workloads.namespace);
  for (const [index, service] of workloads.services.entries()) {
    const path = `workloads.services.${index}`;
    yield* port(service, path);
    yield* wildcards(service, path);
    yield* host(service, path);
    yield* labels(service, path);
    yield* secretsInClear(service, path);
  }
  for (const { index, entry, first } of repeated(workloads.services, ({ name }) => name)) {
    yield {
      path: `workloads.services.${index}.name`,
      value: entry.name,
      reason: `workloads.services.${first.index}.name has it already`,
      remedy: 'write each one once',
    };
  }
}

function* namespace(value: string): Iterable<Finding> {
  if (!TAKEN.includes(value) && !value.startsWith('kube-')) return;
  yield {
    path: 'workloads.namespace',
    value,
    reason:
      'it belongs to the cluster or to the sample, and this one gets labels that its pods may not satisfy',
    remedy: 'write a name of its own, or leave it out for the name of the project',
  };
}

function* image(service: ServiceSettings, path: string): Iterable<Finding> {
  if (service.image !== undefined) {
    if (service.digest === undefined) {
      yield* tag(service.image, path);
      return;
    }
    yield {
      path: `${path}.digest`,
      value: service.digest,
      reason: 'image says already which image is meant',
      remedy: "write the digest alone to use the service's own repository, or remove it",
    };
    return;
  }
  if (service.digest === undefined) {
    yield {
      path: `${path}.image`,
      value: undefined,
      reason: 'nothing says which image the pods run',
      remedy: 'write an image with its tag or digest, or repository: {} and the digest that was pushed there',
    };
    return;
  }
  if (service.repository) return;
  yield {
    path: `${path}.repository`,
    value: service.repository,
    reason: "a digest alone means an image in the service's own repository, and it has none",
    remedy: 'write repository: {}, or image with the digest',
  };
}

/** What runs may change with every start of a pod. */
export function* tag(value: string, path: string): Iterable<Finding> {
  if (value.includes('@') || (/:[^/]+$/.test(value) && !value.endsWith(':latest'))) return;
  yield {
    path: `${path}.image`,
    value,
    reason: 'the tag latest means another image tomorrow, so that pods of one service may differ',
    remedy: 'write a tag of one release, or a digest',
    warning: true,
  };
}

/** The load balancer controller refuses the whole Ingress for one such path. */
function* wildcards({ paths }: Portable, where: string): Iterable<Finding> {
  for (const [index, { path, pathType }] of paths.entries()) {
    if (pathType === 'ImplementationSpecific' || !/[*?]/.test(path)) continue;
    yield {
      path: `${where}.paths.${index}.path`,
      value: path,
      reason: `a path of type ${pathType} has no wildcards`,
      remedy: `write '${path.replace(/[*?].*$/, '').replace(/(.)\/$/, '$1')}', which as Prefix has all below it, or pathType: 'ImplementationSpecific'`,
    };
  }
}

function* host({ host: value, paths }: Portable, path: string): Iterable<Finding> {
  if (value === undefined || paths.length > 0) return;
  yield {
    path: `${path}.host`,
    value,
    reason: 'the service has no paths, so the Ingress sends it nothing',
    remedy: 'write paths: [{}] for all of the host, or remove it',
  };
}

function* labels({ labels: values }: Portable, path: string): Iterable<Finding> {
  const own = 'app.kubernetes.io/name';
  if (values[own] === undefined) return;
  yield {
    path: `${path}.labels.${own}`,
    value: values[own],
    reason: 'it selects the pods, and is the name of the service',
    remedy: 'remove it, or write another label',
  };
}

function* port(service: Portable, path: string): Iterable<Finding> {
  if (service.port >= 1024) return;
  yield {
    path: `${path}.port`,
    value: service.port,
    reason: "containers don't run as root, and ports below 1024 may need it",
    remedy: 'write a port from 1024 on, such as 8080; the Service listens on 80 all the same',
    warning: true,
  };
}

/** Of services behind one Ingress, which looks at nothing but host and path. */
export function* sameRoutes(all: readonly Portable[]): Iterable<Finding> {
  const paths = all.flatMap((service, index) =>
    service.paths.map((route, at) => ({
      ...route,
      host: service.host,
      service: service.name,
      where: `workloads.services.${index}.paths.${at}.path`,
    })),
  );
  for (const { entry, first } of repeated(
    paths,
    ({ host = '*', path, pathType }) => `${host} ${pathType === 'Prefix' ? trimmed(path) : path} ${pathType}`,
  )) {
    yield {
      path: entry.where,
      value: entry.path,
      reason: `${first.entry.service} has it already for ${entry.host ?? 'any host'}`,
      remedy: 'write another path or another host',
    };
  }
}

/** A slash at the end makes no difference to a prefix. */
function trimmed(path: string): string {
  return path === '/' ? path : path.replace(/\/$/, '');
}
