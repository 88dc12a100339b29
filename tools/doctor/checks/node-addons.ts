import { type DoctorCheck, type DoctorFinding, NotJudged } from '../check';
import { type ClusterObject } from '../../kit/cluster-api';
import { type ControllerDeployment } from '../controller';
import { type Look } from '../look';

interface DaemonSet extends ClusterObject {
  readonly status?: { readonly desiredNumberScheduled?: number; readonly numberReady?: number };
}

const SYSTEM = '/apis/apps/v1/namespaces/kube-system';

export const nodeNetwork: DoctorCheck = {
  id: 'node-network',
  title: 'VPC CNI and kube-proxy run on every node',
  needs: ['Kubernetes'],
  explain:
    'An add-on is of another version than the cluster, lacks permissions, or no longer fits on a node.',
  run: (look) => daemonSets(look, ['aws-node', 'kube-proxy']),
};

export const dnsRunning: DoctorCheck = {
  id: 'coredns',
  title: 'CoreDNS answers',
  needs: ['Kubernetes'],
  explain:
    'Without CoreDNS the controller finds no AWS: `lookup sts.… on …:53` in its log is this. Its pods wait for nodes, or for a Fargate profile of kube-system.',
  run: async (look) => {
    const coredns = (await look.list<ControllerDeployment>(`${SYSTEM}/deployments`)).find(
      ({ metadata }) => metadata.name === 'coredns',
    );
    if (!coredns)
      throw new NotJudged(
        'there is no Deployment coredns, so who answers names in this cluster is not known',
      );
    const ready = coredns.status?.readyReplicas ?? 0;
    if (ready > 0) return [];
    return [
      {
        what: 'CoreDNS does not answer: no pod finds AWS or another Service by name',
        seen: `0 of ${coredns.spec.replicas ?? 1} pods of Deployment kube-system/coredns are ready`,
        remedy:
          'kubectl -n kube-system describe pods -l k8s-app=kube-dns; cluster.addons.coredns and cluster.compute',
      },
    ];
  },
};

/** Findings of DaemonSets that don't run on every node. */
export async function daemonSets(look: Look, names: readonly string[]): Promise<readonly DoctorFinding[]> {
  const all = await look.list<DaemonSet>(`${SYSTEM}/daemonsets`);
  const missing = names.filter((name) => !all.some(({ metadata }) => metadata.name === name));
  if (missing.length > 0)
    throw new NotJudged(
      `there is no DaemonSet ${missing.join(', ')} in kube-system: something else does its work`,
    );
  return all.flatMap(({ metadata: { name }, status }) => {
    const { desiredNumberScheduled: wanted = 0, numberReady: ready = 0 } = status ?? {};
    if (!names.includes(name) || ready >= wanted) return [];
    return [
      {
        what: `${name} runs on ${ready} of ${wanted} nodes`,
        seen: `status of DaemonSet kube-system/${name}`,
        remedy: `kubectl -n kube-system logs -l k8s-app=${name}; cluster.addons says which version`,
      },
    ];
  });
}
