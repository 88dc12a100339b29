/** Something in AWS that carries tags, or a name that only this environment gives. */
export interface TaggedResource {
  /** `ec2:vpc`, `elasticloadbalancing:loadbalancer`: service and type, as ARNs write them. */
  readonly kind: string;
  /** What the API of its service takes: an id, a name, or the ARN where that is all there is. */
  readonly id: string;
  readonly arn?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Tags whose value is the name of the cluster: the controller's, and EKS Auto Mode's. */
export const CLUSTER_TAGS = ['elbv2.k8s.aws/cluster', 'eks:eks-cluster-name'] as const;

/** Types of EC2 by the beginning of their ids: how DescribeTags calls them differs from their ARNs. */
const EC2_TYPES: Readonly<Record<string, string>> = {
  vpc: 'vpc',
  subnet: 'subnet',
  nat: 'natgateway',
  eipalloc: 'elastic-ip',
  igw: 'internet-gateway',
  eigw: 'egress-only-internet-gateway',
  rtb: 'route-table',
  sg: 'security-group',
  sgr: 'security-group-rule',
  vpce: 'vpc-endpoint',
  fl: 'vpc-flow-log',
  lt: 'launch-template',
  i: 'instance',
  vol: 'volume',
  eni: 'network-interface',
};

/** @param id of EC2's, `nat-0123456789abcdef0` */
export function ec2Kind(id: string): string {
  const prefix = id.slice(0, id.indexOf('-'));
  return `ec2:${EC2_TYPES[prefix] ?? prefix}`;
}

/** The kind and the id in an ARN; a load balancer is named by all of it. */
export function ofArn(arn: string): Pick<TaggedResource, 'kind' | 'id' | 'arn'> {
  const [, , service = '', , , ...rest] = arn.split(':');
  const resource = rest.join(':');
  const [type = '', ...path] = resource.split(/[/:]/);
  if (service === 's3') return { kind: 's3:bucket', id: resource, arn };
  if (service === 'elasticloadbalancing') return { kind: `${service}:${type}`, id: arn, arn };
  if (service === 'iam' && (type === 'policy' || type === 'oidc-provider'))
    return { kind: `iam:${type}`, id: arn, arn };
  if (service === 'logs') return { kind: 'logs:log-group', id: rest[1] ?? '', arn };
  return { kind: `${service}:${type}`, id: resource.slice(type.length + 1) || path.join('/'), arn };
}

/** What holds of all that nodes, Auto Scaling and EKS make by themselves of what a stack made: it goes with its maker. */
export function hasOtherMaker({ tags }: TaggedResource): boolean {
  return Object.keys(tags).some(
    (key) =>
      /^aws:(?:autoscaling|ec2launchtemplate|eks|cloudformation):/.test(key) ||
      /^(?:eks:|karpenter\.sh\/|node\.k8s\.amazonaws\.com\/|kubernetes\.io\/created-for\/|ebs\.csi\.aws\.com\/)/.test(
        key,
      ) ||
      /^(?:elbv2|service|ingress|gateway)\.k8s\.aws\//.test(key),
  );
}
