import { type DoctorCheck } from '../check';
import { ClusterError } from '../../kit/cluster-api';

export const clusterReachable: DoctorCheck = {
  id: 'cluster-reachable',
  title: 'The cluster is active, and its API server answers',
  needs: ['eks:DescribeCluster', 'Kubernetes'],
  explain:
    'The stacks are not applied, the endpoint is private or this address is not among those that it admits, or the identity has no access entry.',
  run: async (look) => {
    const { name } = look.environment.cluster;
    const cluster = await look.findCluster();
    if (!cluster) {
      return [
        {
          what: `There is no cluster ${name} in ${look.environment.region}`,
          seen: 'eks:DescribeCluster does not find it',
          remedy: `npm run deploy -- ${look.environment.name}, after npm run doctor -- ${look.environment.name} --before`,
        },
      ];
    }
    const issues = cluster.health?.issues ?? [];
    if (cluster.status !== 'ACTIVE' || issues.length > 0) {
      return [
        {
          what: `Cluster ${name} is ${cluster.status ?? 'in no state'}`,
          seen:
            issues.map(({ code, message }) => `${code ?? ''}: ${message ?? ''}`).join('; ') ||
            'eks:DescribeCluster',
          remedy: `wait until it is ACTIVE, or mend what its health says, then npm run deploy -- ${look.environment.name}-cluster`,
        },
      ];
    }
    try {
      await (await look.kubernetes()).get('/version');
      return [];
    } catch (error) {
      const refused = error instanceof ClusterError;
      return [
        {
          what: refused
            ? 'The API server does not know this identity'
            : `Nobody answers at ${cluster.endpoint ?? ''}`,
          seen: error instanceof Error ? error.message : String(error),
          remedy: refused
            ? 'cluster.administrators or cluster.accessEntries: write the role of whoever runs this'
            : 'cluster.endpoint.publicAccess and publicAccessCidrs, or run it inside the VPC (cluster.adminHost)',
        },
      ];
    }
  },
};
