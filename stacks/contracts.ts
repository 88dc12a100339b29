import { type Contract } from './contract';

/** What the bootstrap stack publishes: for people and pipelines, no other stack reads it. */
export const bootstrapContract = {
  state_bucket: { type: 'string', description: 'Bucket of the state; empty when it is not made here' },
  state_kms_key_arn: {
    type: 'string',
    description: 'Key that encrypts the state; empty when the bucket is not made here',
  },
  plan_role_arn: { type: 'string', description: 'Role of pipelines that plan; empty without one' },
  apply_role_arn: { type: 'string', description: 'Role of pipelines that apply; empty without one' },
} as const satisfies Contract;

/** What the network stack publishes. */
export const networkContract = {
  vpc_id: { type: 'string', description: 'Id of the VPC' },
  vpc_cidr: { type: 'string', description: 'IPv4 network of the VPC' },
  private_subnet_ids: { type: 'list', description: 'Subnets of nodes, pods and internal load balancers' },
  public_subnet_ids: { type: 'list', description: 'Subnets of internet-facing load balancers; may be empty' },
} as const satisfies Contract;

/** What the cluster stack publishes, whether it made the cluster or only read it. */
export const clusterContract = {
  cluster_name: { type: 'string', description: 'Name of the EKS cluster' },
  cluster_endpoint: { type: 'string', description: 'URL of the Kubernetes API server' },
  cluster_certificate_authority: { type: 'string', description: 'CA certificate of the API server, base64' },
  cluster_version: { type: 'string', description: 'Kubernetes version of the control plane' },
  oidc_issuer: {
    type: 'string',
    description: 'URL of the OIDC issuer of the cluster',
    absent: 'https://oidc.invalid',
  },
  cluster_security_group_id: { type: 'string', description: 'Security group that EKS made for the cluster' },
  node_security_group_id: {
    type: 'string',
    description: 'Security group of the nodes: of their own, else that of the cluster',
  },
  update_kubeconfig_command: { type: 'string', description: 'Command that lets kubectl reach the cluster' },
} as const satisfies Contract;

/** What the addons stack publishes. */
export const addonsContract = {
  oidc_provider_arn: { type: 'string', description: 'ARN of the IAM OIDC provider of the cluster' },
  ingress_class_name: { type: 'string', description: 'IngressClass whose Ingresses get a load balancer' },
  repository_urls: {
    type: 'map',
    description: 'URL of the ECR repository of each service that asks for one',
  },
  pod_role_arns: {
    type: 'map',
    description: 'ARN of the role of each entry of podRoles; with IRSA its ServiceAccount carries it',
  },
  sample_url: { type: 'string', description: 'URL of the 2048 sample; empty without it' },
} as const satisfies Contract;

/** What the workloads stack publishes on any cluster. */
export const localWorkloadsContract = {
  url: {
    type: 'string',
    description: 'URL of the Ingress that services share; empty when none has a path in it',
  },
  service_urls: { type: 'map', description: 'URL of each service that an Ingress routes to' },
} as const satisfies Contract;

/** What the workloads stack publishes on AWS. */
export const workloadsContract = {
  ...localWorkloadsContract,
  network_load_balancer_hostnames: {
    type: 'map',
    description: 'DNS name of the Network Load Balancer of each service that has one',
  },
  target_group_binding_urls: {
    type: 'map',
    description:
      'URL of the load balancer that Terraform owns for a target group binding, by <service>-<binding>',
  },
} as const satisfies Contract;
