import { type AwsEnvironment } from '../environment';
import { type NewNetworkSettings } from '../schema/network';
import { ownCluster, type Finding, type EnvironmentRule } from './rule';

/** What a node needs to join and to pull images, where no NAT gateway leads to it. */
const NEEDED_BY_NODES = ['ec2', 'ecr.api', 'ecr.dkr', 'eks', 'sts'] as const;

/** The network leads to what nodes, load balancers and pods need. */
export const reachabilityRule: EnvironmentRule = function* (environment) {
  const { network } = environment;
  if (network.kind === 'new') {
    yield* nat(network);
    yield* endpoints(environment, network);
    yield* withoutInternet(environment, network);
  }
  yield* fromChina(environment);
  yield* internetFacing(environment);
  yield* ownVpc(environment);
};

function* nat({ nat: value, publicSubnets }: NewNetworkSettings): Iterable<Finding> {
  if (publicSubnets || value === 'none') return;
  yield {
    path: 'network.nat',
    value,
    reason: 'a NAT gateway stands in a public subnet, and network.publicSubnets is false',
    remedy: "write nat: 'none' and the interface endpoints that nodes need, or publicSubnets: true",
  };
}

function* endpoints(environment: AwsEnvironment, network: NewNetworkSettings): Iterable<Finding> {
  if (network.nat !== 'none') return;
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
  yield* findings;
}

/** Registries of AWS's own images in its Regions in China, by Region. */
const CHINA: Readonly<Record<string, string>> = {
  'cn-north-1': '918309763551.dkr.ecr.cn-north-1.amazonaws.com.cn',
  'cn-northwest-1': '961992271922.dkr.ecr.cn-northwest-1.amazonaws.com.cn',
};

/** Images that pods pull, each with the field that says so; undefined is one of the service's own repository. */
function imagesOf({ loadBalancing, sample, workloads }: AwsEnvironment): [string, string | undefined][] {
  return [
    ...(loadBalancing.type === 'controller'
      ? ([['loadBalancing.imageRepository', loadBalancing.imageRepository ?? 'public.ecr.aws']] as [
          string,
          string,
        ][])
      : []),
    ...(sample ? ([['sample', 'public.ecr.aws']] as [string, string][]) : []),
    ...workloads.services.map(
      ({ image }, index) => [`workloads.services.${index}.image`, image] as [string, string | undefined],
    ),
  ];
}

/** Registries outside of China answer slowly there, or not at all. */
function* fromChina(environment: AwsEnvironment): Iterable<Finding> {
  const { partition, region, network } = environment;
  // Without NAT it is said already.
  if (partition !== 'aws-cn' || (network.kind === 'new' && network.nat === 'none')) return;
  for (const [path, image] of imagesOf(environment)) {
    if (image === undefined || /\.amazonaws\.com\.cn(\/|$)/.test(image)) continue;
    const remedies: Readonly<Record<string, string>> = {
      sample: 'write false',
      'loadBalancing.imageRepository': `write '${CHINA[region] ?? '….amazonaws.com.cn'}/amazon/aws-load-balancer-controller'`,
    };
    yield {
      path,
      value: path === 'sample' ? true : image,
      reason: 'public registries answer slowly in China or not at all, and pods would wait for their image',
      remedy:
        remedies[path] ??
        'write an image in a private repository of Amazon ECR in China, such as repository: {} with its digest',
      warning: true,
    };
  }
}

/** What comes from the Internet itself has no endpoint. */
function* withoutInternet(environment: AwsEnvironment, network: NewNetworkSettings): Iterable<Finding> {
  if (network.nat !== 'none') return;
  const cluster = ownCluster(environment);
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
  for (const [path, image] of imagesOf(environment)) {
    if (image === undefined || /\.dkr[.-]ecr[.-]/.test(image)) continue;
    findings.push({
      path,
      value: path === 'sample' ? true : image,
      reason: 'without NAT nodes pull images from private repositories of Amazon ECR only',
      remedy: path === 'sample' ? 'write false' : 'write an image in a private repository of Amazon ECR',
      warning: true,
    });
  }
  yield* findings;
}

function* internetFacing(environment: AwsEnvironment): Iterable<Finding> {
  const { network, loadBalancing, sample } = environment;
  const reason = missingPublicSubnets(network);
  if (reason === undefined) return;
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
  yield* findings;
}

function missingPublicSubnets(network: AwsEnvironment['network']): string | undefined {
  if (network.kind === 'new') return network.publicSubnets ? undefined : 'network.publicSubnets is false';
  return network.publicSubnetIds.length >= 2
    ? undefined
    : 'network.publicSubnetIds has fewer than two, and an Application Load Balancer needs two zones';
}

function* ownVpc(environment: AwsEnvironment): Iterable<Finding> {
  if (ownCluster(environment) || environment.network.kind === 'existing') return;
  yield {
    path: 'network.kind',
    value: environment.network.kind,
    reason:
      'an existing cluster has its VPC already; load balancers made in a new one could not reach its pods',
    remedy: "write kind: 'existing' with the VPC and the subnets of the cluster",
  };
}
