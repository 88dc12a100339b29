import { type ResourceChange } from '../changes/changes';
import { blockOf, type Values } from '../changes/values';

/** Resources that others stand on, or that hold what nobody can bring back; and what is lost with them. */
const NOUNS: Readonly<Record<string, readonly [noun: string, loss: string]>> = {
  aws_eks_cluster: ['EKS cluster', 'all that runs in it'],
  aws_eks_node_group: ['node group', 'its nodes, and the pods on them'],
  aws_eks_fargate_profile: ['Fargate profile', 'the pods that it runs'],
  aws_vpc: ['VPC', 'all that is in it'],
  aws_subnet: ['subnet', 'all that is in it'],
  aws_nat_gateway: ['NAT gateway', 'the way of its subnets to the internet'],
  aws_eip: ['Elastic IP', 'an address that others may let in'],
  aws_kms_key: ['KMS key', 'all that it encrypts'],
  aws_iam_openid_connect_provider: ['OIDC provider', 'the roles of all that signs in through it'],
  aws_iam_role: ['IAM role', 'the permissions of whoever has it'],
  aws_s3_bucket: ['S3 bucket', 'what is in it'],
  aws_dynamodb_table: ['DynamoDB table', 'what is in it'],
  aws_ecr_repository: ['ECR repository', 'its images'],
  aws_cloudwatch_log_group: ['log group', 'its logs'],
  aws_lb: ['load balancer', 'its DNS name'],
  aws_lb_target_group: ['target group', 'the bindings to it'],
  aws_security_group: ['security group', 'the rules elsewhere that name it'],
  helm_release: ['Helm release', 'what it installs'],
  kubernetes_namespace_v1: ['Namespace', 'all that is in it'],
  kubernetes_namespace: ['Namespace', 'all that is in it'],
  kubernetes_ingress_v1: ['Ingress', 'its load balancer'],
  kubernetes_service_v1: ['Service', 'its load balancer'],
  kubernetes_service: ['Service', 'its load balancer'],
  kubernetes_persistent_volume_claim_v1: ['PersistentVolumeClaim', 'its data'],
};

export interface LongLived {
  readonly noun: string;
  /** What goes with it, in this program's words. */
  readonly loss: string;
}

/** What a resource is called if it is a long-lived one; a Service only where it has a load balancer. */
export function longLived({ type, before }: ResourceChange): LongLived | undefined {
  if (!Object.hasOwn(NOUNS, type)) return undefined;
  const [noun, loss] = NOUNS[type] ?? ['', ''];
  if (noun === 'Service' && !hasLoadBalancer(before)) return undefined;
  return { noun, loss };
}

function hasLoadBalancer(service: Values | undefined): boolean {
  return blockOf(service?.spec).type === 'LoadBalancer';
}

/** Those first with which most is lost. */
export function byLoss(changes: readonly ResourceChange[]): ResourceChange[] {
  const order = Object.keys(NOUNS);
  return [...changes].sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
}
