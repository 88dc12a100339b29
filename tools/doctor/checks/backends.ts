import { type DoctorCheck, type DoctorFinding } from '../check';
import { type ClusterObject } from '../../kit/cluster-api';
import { objectKey, servedObjects, type LiveIngress, type LiveService } from '../objects';

interface EndpointSlice extends ClusterObject {
  readonly endpoints?: readonly { readonly conditions?: { readonly ready?: boolean } }[] | null;
}

export const backends: DoctorCheck = {
  id: 'backends',
  title: 'Behind each path of an Ingress is a Service with that port, and a pod that is ready',
  needs: ['Kubernetes'],
  explain:
    'The Service or its port was renamed, its selector finds no pod, or the pods are not ready: their probe fails, their image is not there, no node has room.',
  run: async (look) => {
    const [served, services, slices] = await Promise.all([
      servedObjects(look),
      look.list<LiveService>('/api/v1/services'),
      look.list<EndpointSlice>('/apis/discovery.k8s.io/v1/endpointslices'),
    ]);
    const byKey = new Map(services.map((service) => [objectKey(service), service]));
    const ready = new Set(
      slices
        .filter(({ endpoints }) => endpoints?.some(({ conditions }) => conditions?.ready !== false))
        .map(
          ({ metadata }) =>
            `${metadata.namespace ?? ''}/${metadata.labels?.['kubernetes.io/service-name'] ?? ''}`,
        ),
    );
    const findings = new Map<string, DoctorFinding>();
    for (const { kind, key, object } of served) {
      if (kind !== 'Ingress') continue;
      const { namespace = '', annotations = {} } = object.metadata;
      const { rules = [], defaultBackend } = (object as LiveIngress).spec;
      const all = rules
        .flatMap(({ http }) => http?.paths ?? [])
        .flatMap(({ backend }) => backend.service ?? []);
      for (const { name, port } of [...all, ...(defaultBackend?.service ? [defaultBackend.service] : [])]) {
        const { name: portName, number } = port ?? {};
        // Not a Service but an action, which an annotation describes.
        if (portName === 'use-annotation' || `alb.ingress.kubernetes.io/actions.${name}` in annotations)
          continue;
        const service = byKey.get(`${namespace}/${name}`);
        const ports = service?.spec.ports ?? [];
        const known = ports.some(
          (each) => each.port === number || (portName !== undefined && each.name === portName),
        );
        const where = `Ingress ${key}`;
        if (!service)
          findings.set(`${namespace}/${name}`, {
            what: `${where} names Service ${name}, which is not there`,
            seen: `no such Service in namespace ${namespace}`,
            remedy: 'workloads.services[].name, or the Service of whoever made the Ingress',
            issue: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2807',
          });
        else if (!known)
          findings.set(`${namespace}/${name}`, {
            what: `${where} names port ${portName ?? number ?? ''} of Service ${name}, which has none such`,
            seen: `its ports are ${ports.map((each) => `${each.name ?? ''}:${each.port}`).join(', ')}`,
            remedy: `npm run deploy -- ${look.environment.name}-workloads (workloads.services[].port)`,
          });
        else if (!ready.has(`${namespace}/${name}`))
          findings.set(`${namespace}/${name}`, {
            what: `No pod of Service ${namespace}/${name} is ready`,
            seen: 'its EndpointSlices have no ready endpoint',
            remedy: `kubectl -n ${namespace} get pods; workloads.services[].image, probes and resources`,
          });
      }
    }
    return [...findings.values()];
  },
};
