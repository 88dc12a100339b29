import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { policyDocument, type PolicyStatement } from '../iam';

export interface EndpointsProps {
  /** Prefix of the Name tags and name of the security group. */
  readonly name: string;
  readonly region: string;
  readonly vpcId: string;
  readonly vpcCidr: string;
  readonly routeTableIds: readonly string[];
  /** Subnets in which interface endpoints get an address. */
  readonly subnetIds: readonly string[];
  /** Services reached through routes: `s3`, `dynamodb`. */
  readonly gatewayEndpoints: readonly string[];
  /** Services reached through a network interface in each subnet: `ecr.api`, `sts`, … */
  readonly interfaceEndpoints: readonly string[];
  /** Only this account's own principals get through, with what nodes and pods need before they are anybody. @default - AWS's policy: everyone */
  readonly onlyPrincipalsOf?: { readonly account: string; readonly partition: string };
}

/**
 * Services whose names begin otherwise, by the beginning of the Region's.
 *
 * @see aws-cdk-lib, aws-ec2/lib/vpc-endpoint.ts
 */
const OTHER_PREFIXES: readonly { region: string; prefix: string; services: readonly string[] }[] = [
  {
    region: 'cn-',
    prefix: 'cn.com.amazonaws',
    services: ['autoscaling', 'ec2', 'ecr.api', 'ecr.dkr', 'eks', 'monitoring', 'sts', 'xray'],
  },
  { region: 'eusc-', prefix: 'eu.amazonaws', services: ['ecr.api', 'ecr.dkr'] },
];

/** Name of a VPC endpoint service of AWS: `com.amazonaws.eu-west-1.sts`. */
export function endpointServiceName(service: string, region: string): string {
  const other = OTHER_PREFIXES.find(
    (each) => region.startsWith(each.region) && each.services.includes(service),
  );
  return `${other?.prefix ?? 'com.amazonaws'}.${region}.${service}`;
}

/**
 * Ways to AWS services that don't leave the VPC.
 */
export class Endpoints extends Construct {
  /** What must exist before the services can be reached. */
  readonly dependencies: readonly TerraformResource[];
  private readonly made: TerraformResource[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: EndpointsProps,
  ) {
    super(scope, id);
    this.dependencies = this.made;
    for (const service of props.gatewayEndpoints) {
      this.endpoint(service, { vpcEndpointType: 'Gateway', routeTableIds: [...props.routeTableIds] });
    }
    if (props.interfaceEndpoints.length === 0) return;
    const securityGroupIds = [this.securityGroup()];
    for (const service of props.interfaceEndpoints) {
      this.endpoint(service, {
        vpcEndpointType: 'Interface',
        subnetIds: [...props.subnetIds],
        securityGroupIds,
        privateDnsEnabled: true,
      });
    }
  }

  private endpoint(
    service: string,
    config: Omit<ConstructorParameters<typeof VpcEndpoint>[2], 'vpcId'>,
  ): void {
    const { name, region, vpcId } = this.props;
    this.made.push(
      new VpcEndpoint(this, service.replaceAll('.', '-'), {
        ...config,
        vpcId,
        serviceName: endpointServiceName(service, region),
        policy: this.policy(service),
        tags: { Name: `${name}-${service}` },
      }),
    );
  }

  /** Image layers come from buckets of AWS's own, by signed links; and pods ask STS before they are anybody. */
  private policy(service: string): string | undefined {
    const { onlyPrincipalsOf, region } = this.props;
    if (onlyPrincipalsOf === undefined) return undefined;
    const { account, partition } = onlyPrincipalsOf;
    const anyone = { AWS: ['*'] };
    const unsigned: Readonly<Record<string, PolicyStatement>> = {
      s3: {
        sid: 'ImageLayersAndPackages',
        principals: anyone,
        actions: ['s3:GetObject'],
        resources: [`prod-${region}-starport-layer-bucket`, `al2023-repos-${region}-de612dc2`].map(
          (bucket) => `arn:${partition}:s3:::${bucket}/*`,
        ),
      },
      sts: {
        sid: 'PodsWithoutAnIdentityYet',
        principals: anyone,
        actions: ['sts:AssumeRoleWithWebIdentity'],
        resources: ['*'],
      },
    };
    const own = unsigned[service];
    return policyDocument([
      {
        sid: 'OwnAccount',
        principals: anyone,
        actions: ['*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:PrincipalAccount': account } },
      },
      ...(own ? [own] : []),
    ]);
  }

  /** Answers follow connections by themselves, so no egress rule is needed and none is made. */
  private securityGroup(): string {
    const { name, vpcId, vpcCidr } = this.props;
    const group = new SecurityGroup(this, 'security-group', {
      name: `${name}-endpoints`,
      description: `Interface endpoints of ${name}`,
      vpcId,
      tags: { Name: `${name}-endpoints` },
    });
    this.made.push(
      new VpcSecurityGroupIngressRule(this, 'https-from-vpc', {
        securityGroupId: group.id,
        description: 'HTTPS from the VPC',
        cidrIpv4: vpcCidr,
        ipProtocol: 'tcp',
        fromPort: 443,
        toPort: 443,
      }),
    );
    return group.id;
  }
}
