import { type LocalEnvironment } from '../environment';
import { portablePods } from './pods';
import { type Finding } from './rule';
import { portableServices, sameRoutes, tag } from './services';

/** What an environment on a cluster that is already there is held to. */
export function* localRule({ workloads }: LocalEnvironment): Iterable<Finding> {
  yield* portableServices(workloads);
  yield* portablePods(workloads);
  yield* sameRoutes(workloads.services);
  for (const [index, { image, paths }] of workloads.services.entries()) {
    const path = `workloads.services.${index}`;
    yield* tag(image, path);
    for (const [at, { path: value, pathType }] of paths.entries()) {
      if (pathType === 'ImplementationSpecific')
        yield {
          path: `${path}.paths.${at}.pathType`,
          value: pathType,
          reason: `every Ingress controller reads ${value} in its own way`,
          remedy: "write 'Prefix' or 'Exact', which mean the same everywhere",
        };
    }
  }
}
