import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { AccessEntry, administrator } from '../cluster';
import { boundedName, policyDocument, ServiceRole, serviceTrust } from '../iam';
import { SessionLog } from './session-log';
import { adminHostUserData } from './user-data';

export interface AdminHostProps {
  /** Name of host, role and security group; no token. */
  readonly hostName: string;
  readonly clusterName: string;
  readonly clusterArn: string;
  /** Security group that EKS made for the cluster; it admits the host at 443. */
  readonly clusterSecurityGroupId: string;
  /** Minor version of kubectl, such as `1.35`. */
  readonly kubernetesVersion: string;
  readonly vpcId: string;
  /** A private subnet with a way to Systems Manager, dl.k8s.io and get.helm.sh. */
  readonly subnetId: string;
  /** An arm64 type. */
  readonly instanceType: string;
  readonly region: string;
  readonly partition: string;
  readonly dnsSuffix: string;
}

/** Public parameter with the newest Amazon Linux 2023 image. */
const AMI_PARAMETER = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';

/**
 * An instance from which a person reaches a private API server: `aws ssm start-session --target <id> --document-name
 * <hostName>-session`, which keeps what is typed and shown. No key, no way in but Session Manager; kubectl and helm are there, and
 * it may do everything in the cluster.
 */
export class AdminHost extends Construct {
  readonly instanceId: string;

  constructor(scope: Construct, id: string, props: AdminHostProps) {
    super(scope, id);
    const { clusterName, partition, hostName } = props;
    const role = this.makeRole(props);
    const describe = new IamRolePolicy(this, 'describe-cluster', {
      name: 'describe-cluster',
      role: role.name,
      policy: policyDocument([{ actions: ['eks:DescribeCluster'], resources: [props.clusterArn] }]),
    });
    const sessions = new SessionLog(this, 'sessions', { hostName });
    const log = new IamRolePolicy(this, 'log-sessions', {
      name: 'log-sessions',
      role: role.name,
      policy: policyDocument(sessions.statements),
    });
    const profile = new IamInstanceProfile(this, 'profile', { name: boundedName(hostName), role: role.name });
    new AccessEntry(this, 'access', { clusterName, partition, ...administrator(role.arn) });
    const { group, egress } = this.makeSecurityGroup(props);

    const host = new Instance(this, 'host', {
      ami: new DataAwsSsmParameter(this, 'ami', { name: AMI_PARAMETER }).insecureValue,
      instanceType: props.instanceType,
      subnetId: props.subnetId,
      associatePublicIpAddress: false,
      vpcSecurityGroupIds: [group.id],
      iamInstanceProfile: profile.name,
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      rootBlockDevice: { encrypted: true, volumeType: 'gp3' },
      monitoring: true,
      ebsOptimized: true,
      userData: adminHostUserData(props),
      userDataReplaceOnChange: true,
      tags: { Name: hostName },
      // A newer image is no reason to replace a host that someone is working on.
      lifecycle: { ignoreChanges: ['ami'] },
      dependsOn: [describe, log, egress, ...role.dependencies],
    });
    this.instanceId = host.id;
  }

  private makeRole({ hostName, partition, dnsSuffix }: AdminHostProps): ServiceRole {
    return new ServiceRole(this, 'role', {
      roleName: hostName,
      description: `Admin host ${hostName}`,
      assumeRolePolicy: serviceTrust(`ec2.${dnsSuffix}`),
      partition,
      managedPolicies: ['AmazonSSMManagedInstanceCore'],
    });
  }

  private makeSecurityGroup(props: AdminHostProps): { group: SecurityGroup; egress: ITerraformDependable } {
    const { hostName, vpcId, clusterSecurityGroupId } = props;
    const group = new SecurityGroup(this, 'group', {
      namePrefix: `${hostName}-`,
      description: `Admin host ${hostName}: nothing reaches it`,
      vpcId,
      tags: { Name: hostName },
      lifecycle: { createBeforeDestroy: true },
    });
    const https = {
      description: 'Admin host to the API server',
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
    };
    new VpcSecurityGroupIngressRule(this, 'to-cluster', {
      ...https,
      securityGroupId: clusterSecurityGroupId,
      referencedSecurityGroupId: group.id,
    });
    const egress = new VpcSecurityGroupEgressRule(this, 'https-out', {
      ...https,
      description: 'Admin host to the API server, Systems Manager and the downloads of kubectl and helm',
      securityGroupId: group.id,
      cidrIpv4: '0.0.0.0/0',
    });
    return { group, egress };
  }
}
