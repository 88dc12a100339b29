import { type DoctorCheck, type DoctorFinding } from '../check';
import { type ClusterObject } from '../../kit/cluster-api';

interface Node extends ClusterObject {
  readonly status?: {
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly message?: string;
    }[];
  };
}

export const nodesJoined: DoctorCheck = {
  id: 'nodes-joined',
  title: 'Nodes have joined and are ready',
  needs: ['eks:DescribeNodegroup', 'Kubernetes'],
  explain:
    'Nodes reach no API server or registry (no NAT, no endpoints), their role has no access entry, no capacity is left of the instance types, or a kubelet has stopped.',
  run: async (look) => {
    const { cluster, name: environment } = look.environment;
    const groups = cluster.kind === 'new' ? cluster.compute.nodeGroups : [];
    const findings: DoctorFinding[] = [];
    const nodes = await look.list<Node>('/api/v1/nodes');
    for (const { name } of groups) {
      // Its own name ends with letters of Terraform's, which its nodes have as a label.
      const named = nodes
        .map(({ metadata }) => metadata.labels?.['eks.amazonaws.com/nodegroup'] ?? '')
        .find((each) => each === name || each.startsWith(`${name}-`));
      const group = named === undefined ? undefined : await look.nodeGroup(named);
      const issues = group?.health?.issues ?? [];
      if (group?.status === 'ACTIVE' && issues.length === 0) continue;
      findings.push({
        what: group
          ? `Node group ${name} is ${group.status ?? 'in no state'}`
          : `There is no node group ${name}`,
        seen:
          issues.map(({ code, message }) => `${code ?? ''}: ${message ?? ''}`).join('; ') ||
          'eks:DescribeNodegroup',
        remedy: `cluster.compute.nodeGroups, then npm run deploy -- ${environment}-cluster`,
      });
    }
    if (nodes.length === 0) {
      findings.push({
        what: 'No node has joined',
        seen: 'the cluster lists none',
        remedy:
          'network.nat or network.interfaceEndpoints, so that nodes reach AWS; cluster.compute for how many there are',
      });
    }
    for (const { metadata, status } of nodes) {
      const ready = status?.conditions?.find(({ type }) => type === 'Ready');
      if (ready?.status === 'True') continue;
      findings.push({
        what: `Node ${metadata.name} is not ready`,
        seen: `condition Ready is ${ready?.status ?? 'not there'}: ${ready?.message ?? ''}`,
        remedy: `kubectl describe node ${metadata.name}; end the instance, so that its group makes another`,
      });
    }
    return findings;
  },
};
