import { type IpPermission } from '@aws-sdk/client-ec2';
import { type DoctorCheck, type DoctorFinding, listed, NotJudged } from '../check';
import { type ClusterObject } from '../../kit/cluster-api';
import { controllerPods } from '../controller';
import { type Look } from '../look';

interface Node extends ClusterObject {
  readonly spec?: { readonly providerID?: string };
}

/** The port of the controller's webhooks, as its chart has it. */
const WEBHOOK_PORT = 9443;

/** Security groups of each node that is an instance. */
async function groupsOfNodes(look: Look): Promise<ReadonlyMap<string, readonly string[]>> {
  const nodes = await look.list<Node>('/api/v1/nodes');
  const ids = new Map(
    nodes.flatMap(({ metadata, spec }) => {
      const id = /\/(i-[0-9a-f]+)$/.exec(spec?.providerID ?? '')?.[1];
      return id === undefined ? [] : [[id, metadata.name] as const];
    }),
  );
  if (ids.size === 0)
    throw new NotJudged('no node is an instance of EC2: Fargate has the cluster security group');
  const instances = await look.instances([...ids.keys()]);
  return new Map(
    instances.map(({ InstanceId = '', SecurityGroups = [], NetworkInterfaces: [first] = [] }) => [
      ids.get(InstanceId) ?? InstanceId,
      (SecurityGroups.length > 0 ? SecurityGroups : (first?.Groups ?? [])).map(({ GroupId = '' }) => GroupId),
    ]),
  );
}

export const oneTaggedSecurityGroup: DoctorCheck = {
  id: 'one-tagged-security-group',
  title: 'Exactly one security group of each node is tagged for the cluster',
  needs: ['ec2:DescribeInstances', 'ec2:DescribeSecurityGroups', 'Kubernetes'],
  explain:
    'EKS tags its cluster security group. A second tagged group on the same nodes (other modules tag theirs too) stops the registration of every target.',
  run: async (look) => {
    const tag = `kubernetes.io/cluster/${look.environment.cluster.name}`;
    const tagged = (await look.securityGroups())
      .filter(({ Tags = [] }) => Tags.some(({ Key }) => Key === tag))
      .map(({ GroupId = '' }) => GroupId);
    return [...(await groupsOfNodes(look))].flatMap(([node, groups]): DoctorFinding[] => {
      const found = groups.filter((group) => tagged.includes(group));
      // With a single group the controller doesn't ask for the tag.
      if (found.length === 1 || groups.length === 1) return [];
      return [
        {
          what: `Node ${node} has ${found.length} security groups tagged ${tag}: no target is registered`,
          seen: `its groups are ${listed(groups)}; tagged are ${listed(found)}`,
          remedy:
            found.length === 0
              ? `aws ec2 create-tags --resources (the cluster security group) --tags Key=${tag},Value=owned`
              : `aws ec2 delete-tags --resources (all but the cluster security group) --tags Key=${tag}`,
          issue: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1897',
        },
      ];
    });
  },
};

export const webhookPort: DoctorCheck = {
  id: 'webhook-port',
  title: `Nodes admit the API server to port ${WEBHOOK_PORT} of the controller`,
  needs: ['eks:DescribeCluster', 'ec2:DescribeInstances', 'ec2:DescribeSecurityGroups', 'Kubernetes'],
  explain:
    'The rule was taken away, or the nodes are from a module that opens other ports only: the API server waits for the webhook until `context deadline exceeded`.',
  run: async (look) => {
    const { resourcesVpcConfig } = await look.cluster();
    const source = resourcesVpcConfig?.clusterSecurityGroupId ?? '';
    const all = new Map(
      (await look.securityGroups()).map((group) => [group.GroupId ?? '', group.IpPermissions ?? []]),
    );
    const hosts = new Set((await controllerPods(look)).map(({ spec }) => spec.nodeName));
    return [...(await groupsOfNodes(look))].flatMap(([node, groups]): DoctorFinding[] => {
      if (
        !hosts.has(node) ||
        groups.flatMap((group) => all.get(group) ?? []).some((rule) => admits(rule, source))
      )
        return [];
      return [
        {
          what: `Node ${node}, where the controller runs, does not admit the API server to port ${WEBHOOK_PORT}`,
          seen: `no rule of ${listed(groups)} lets ${source} in`,
          remedy: `npm run deploy -- ${look.environment.name}-cluster; on an existing cluster open it in the nodes' security group`,
          issue: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2039',
        },
      ];
    });
  },
};

/** Whether a rule lets a security group in. Of a network it isn't known whether the API server is in it: it counts. */
function admits(
  { IpProtocol, FromPort, ToPort, UserIdGroupPairs = [], IpRanges = [] }: IpPermission,
  source: string,
) {
  const isPort =
    IpProtocol === '-1' || ((FromPort ?? 0) <= WEBHOOK_PORT && (ToPort ?? 65_535) >= WEBHOOK_PORT);
  const isFrom = UserIdGroupPairs.some(({ GroupId }) => GroupId === source) || IpRanges.length > 0;
  return isPort && ['tcp', '-1'].includes(IpProtocol ?? '') && isFrom;
}
