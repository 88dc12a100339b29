import { type AwsEnvironment } from '../environment';
import { type NewNetworkSettings } from '../schema/network';
import { ownCluster, type Finding, type Rule } from './rule';

/** What a node needs to join and to pull images, where no NAT gateway leads to it. */
const NEEDED_BY_NODES = ['ec2', 'ecr.api', 'ecr.dkr', 'eks', 'sts'] as const;

/** The network leads to what nodes, load balancers and pods need. */
export const reachability: Rule = (environment) => {
  const { network } = environment;
  return [
    ...(network.kind === 'new'
      ? [...nat(network), ...endpoints(environment, network), ...withoutInternet(environment, network)]
      : []),
    ...internetFacing(environment),
    ...ownVpc(environment),
  ];
};

function nat({ nat: value, publicSubnets }: NewNetworkSettings): Finding[] {
  if (publicSubnets || value === 'none') return [];
  return [
    {
      path: 'network.nat',
      value,
      reason: 'a NAT gateway stands in a public subnet, and network.publicSubnets is false',
      remedy: "write nat: 'none' and the interface endpoints that nodes need, or publicSubnets: true",
    },
  ];
}

function endpoints(environment: AwsEnvironment, network: NewNetworkSettings): Finding[] {
  if (network.nat !== 'none') return [];
  const findings: Finding[] = [];
  const wanted = [
    ...NEEDED_BY_NODES,
    ...(environment.loadBalancing.type === 'controller' ? (['elasticloadbalancing'] as const) : []),
    ...(environment.podIdentity === 'pod-identity' ? (['eks-auth'] as const) : []),
  ];
  const missing = wanted.filter((service) => !network.interfaceEndpoints.includes(service));
  if (missing.length > 0) {
    findings.push({
      path: 'network.interfaceEndpoints',
      value: network.interfaceEndpoints,
      reason: `without NAT private subnets reach AWS through endpoints only, and ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} needed`,
      remedy: `write ${missing.map((each) => `'${each}'`).join(', ')} too, or nat: 'single'`,
    });
  }
  if (!network.gatewayEndpoints.includes('s3')) {
    findings.push({
      path: 'network.gatewayEndpoints',
      value: network.gatewayEndpoints,
      reason: 'ECR keeps image layers in S3, which private subnets reach through this endpoint only',
      remedy: "write 's3' too, or nat: 'single'",
    });
  }
  return findings;
}

/** What comes from the Internet itself has no endpoint. */
function withoutInternet(environment: AwsEnvironment, network: NewNetworkSettings): Finding[] {
  if (network.nat !== 'none') return [];
  const cluster = ownCluster(environment);
  const { loadBalancing, sample, workloads } = environment;
  const findings: Finding[] = [];
  if (cluster?.endpoint.privateAccess === false) {
    findings.push({
      path: 'cluster.endpoint.privateAccess',
      value: false,
      reason: 'without NAT nodes reach the API server inside the VPC only',
      remedy: "write true, or network.nat: 'single'",
    });
  }
  if (cluster?.adminHost) {
    findings.push({
      path: 'cluster.adminHost',
      value: cluster.adminHost,
      reason: 'it fetches kubectl and helm from the Internet at its first start, and there is no NAT',
      remedy: "write false, or network.nat: 'single'",
    });
  }
  const images: [string, string | undefined][] = [
    ...(loadBalancing.type === 'controller'
      ? [
          ['loadBalancing.imageRepository', loadBalancing.imageRepository ?? 'public.ecr.aws'] as [
            string,
            string,
          ],
        ]
      : []),
    ...(sample ? [['sample', 'public.ecr.aws'] as [string, string]] : []),
    ...workloads.services.map(
      ({ image }, index) => [`workloads.services.${index}.image`, image] as [string, string | undefined],
    ),
  ];
  for (const [path, image] of images) {
    if (image === undefined || /\.dkr[.-]ecr[.-]/.test(image)) continue;
    findings.push({
      path,
      value: path === 'sample' ? true : image,
      reason: 'without NAT nodes pull images from private repositories of Amazon ECR only',
      remedy: path === 'sample' ? 'write false' : 'write an image in a private repository of Amazon ECR',
      warning: true,
    });
  }
  return findings;
}

function internetFacing(environment: AwsEnvironment): Finding[] {
  const { network, loadBalancing, sample } = environment;
  const reason = missingPublicSubnets(network);
  if (reason === undefined) return [];
  const { scheme } = loadBalancing.ingressClass.params;
  const remedy = "write 'internal', or give the network public subnets";
  const findings: Finding[] = [];
  if (scheme === 'internet-facing') {
    findings.push({ path: 'loadBalancing.ingressClass.params.scheme', value: scheme, reason, remedy });
  }
  // The params of the class win over what an Ingress asks for.
  for (const { path, settings } of scheme === undefined ? environment.plan.ingresses : []) {
    if (settings.scheme !== 'internet-facing' || settings.subnets) continue;
    findings.push({ path: `${path}.scheme`, value: settings.scheme, reason, remedy });
  }
  if (scheme === undefined && sample) {
    findings.push({
      path: 'sample',
      value: sample,
      reason: `the sample is internet-facing, and ${reason}`,
      remedy: 'write sample: false, or give the network public subnets',
    });
  }
  return findings;
}

function missingPublicSubnets(network: AwsEnvironment['network']): string | undefined {
  if (network.kind === 'new') return network.publicSubnets ? undefined : 'network.publicSubnets is false';
  return network.publicSubnetIds.length >= 2
    ? undefined
    : 'network.publicSubnetIds has fewer than two, and an Application Load Balancer needs two zones';
}

function ownVpc(environment: AwsEnvironment): Finding[] {
  if (ownCluster(environment) || environment.network.kind === 'existing') return [];
  return [
    {
      path: 'network.kind',
      value: environment.network.kind,
      reason:
        'an existing cluster has its VPC already; load balancers made in a new one could not reach its pods',
      remedy: "write kind: 'existing' with the VPC and the subnets of the cluster",
    },
  ];
}
