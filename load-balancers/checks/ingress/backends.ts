import { type Cluster, type Ingress, type Service } from '../../model';
import { named, read } from '../read';

/** The port of a backend that stands for an annotation. */
export const USE_ANNOTATION = 'use-annotation';

/** A backend of an Ingress, as it is written. */
export interface WrittenBackend {
  /** Such as `spec.rules[0].http.paths[1].backend`. */
  readonly field: string;
  readonly name: string;
  readonly port?: number | string;
}

/** All that name a Service or an action: those of paths, then the default one. */
export function writtenBackends({ spec }: Ingress): readonly WrittenBackend[] {
  const paths = (spec.rules ?? []).flatMap(({ http }, rule) =>
    (http?.paths ?? []).map(({ backend }, index) => ({
      field: `spec.rules[${rule}].http.paths[${index}].backend`,
      backend,
    })),
  );
  return [...paths, { field: 'spec.defaultBackend', backend: spec.defaultBackend }].flatMap(
    ({ field, backend }) => {
      const { name, port } = backend?.service ?? {};
      return name === undefined ? [] : [{ field, name, port: port?.name ?? port?.number }];
    },
  );
}

/** Services and ports to which an Ingress forwards, with the action that names them. */
export function forwardsOf(ingress: Ingress): readonly (WrittenBackend & { readonly action?: string })[] {
  return writtenBackends(ingress).flatMap((backend) => {
    if (backend.port !== USE_ANNOTATION) return [backend];
    const suffix = `actions.${backend.name}`;
    const action = read.json(ingress, suffix) as WrittenAction | null | undefined;
    const targets = action?.forwardConfig?.targetGroups;
    return (Array.isArray(targets) ? (targets as readonly WrittenTarget[]) : []).flatMap(
      ({ serviceName, servicePort }) =>
        serviceName === undefined
          ? []
          : [{ field: backend.field, name: serviceName, port: servicePort, action: named(suffix) }],
    );
  });
}

interface WrittenTarget {
  readonly serviceName?: string;
  readonly servicePort?: number | string;
}

interface WrittenAction {
  readonly forwardConfig?: { readonly targetGroups?: unknown };
}

/** Services of the cluster behind an Ingress, each once. */
export function servicesBehind(ingress: Ingress, { services }: Cluster): readonly Service[] {
  const { namespace = '' } = ingress.metadata;
  const found = forwardsOf(ingress).flatMap(({ name }) => services.get(`${namespace}/${name}`) ?? []);
  return [...new Set(found)];
}
