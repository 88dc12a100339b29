import { type LocalEnvironment } from '../environment';
import { portablePods } from './pods';
import { type Finding } from './rule';
import { portableServices, sameRoutes, tag } from './services';

/** What an environment on a cluster that is already there is held to. */
export function localRule({ workloads }: LocalEnvironment): Finding[] {
  return [
    ...portableServices(workloads),
    ...portablePods(workloads),
    ...sameRoutes(workloads.services),
    ...workloads.services.flatMap(({ image, paths }, index): Finding[] => {
      const path = `workloads.services.${index}`;
      return [
        ...tag(image, path),
        ...paths.flatMap(({ path: value, pathType }, at): Finding[] =>
          pathType === 'ImplementationSpecific'
            ? [
                {
                  path: `${path}.paths.${at}.pathType`,
                  value: pathType,
                  reason: `every Ingress controller reads ${value} in its own way`,
                  remedy: "write 'Prefix' or 'Exact', which mean the same everywhere",
                },
              ]
            : [],
        ),
      ];
    }),
  ];
}
