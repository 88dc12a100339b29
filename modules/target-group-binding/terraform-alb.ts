import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { LbListenerCertificate } from '@cdktf/provider-aws/lib/lb-listener-certificate';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { boundedName } from '../iam';
import { CURRENT_SSL_POLICY, type TerraformAlbSettings } from '../../load-balancers/language';
import { terraformAlbSettings } from '../../load-balancers/schema';
import { problemsOf, refuse } from '../../load-balancers/problem';
import { terraformAlbProblems, type CheckContext } from '../../load-balancers/checks';
import { withoutTokens } from '../tokens';

export interface TerraformAlbProps extends TerraformAlbSettings {
  /** Of the load balancer and its security group; of more than 32 characters the beginning and a hash. */
  readonly name: string;
  readonly vpcId: string;
  /** In two zones at least. */
  readonly subnetIds: string[];
  /** What the target group has for targets. @default 'ip' */
  readonly targetType?: 'ip' | 'instance';
  /** Port of the pods; nodes have one of Kubernetes' own. */
  readonly targetPort: number;
  /** Security group of the targets: of the nodes, or of the cluster for pods on Fargate. */
  readonly targetSecurityGroupId: string;
  /** Of the target group; Auto Mode joins only those that have `eks:eks-cluster-name`. @default {} */
  readonly targetGroupTags?: Readonly<Record<string, string>>;
  /** What is known about the Region and the account, to judge the settings by. @default - nothing */
  readonly context?: CheckContext;
}

/** Of which Kubernetes allots one to each port of a Service. */
const NODE_PORTS = { fromPort: 30000, toPort: 32767 };

/** AWS takes six characters, and adds its own. */
const LONGEST_PREFIX = 6;

/**
 * An Application Load Balancer that Terraform owns from name to listener. A TargetGroupBinding gives its target group
 * pods, so that it outlives the cluster's controller, or is there before it.
 *
 * @example
 * const alb = new TerraformAlb(this, 'alb', { name: 'shop', vpcId, subnetIds, targetPort: 8080, targetSecurityGroupId });
 * new TargetGroupBinding(this, 'binding', {
 *   name: 'shop',
 *   namespace: 'shop',
 *   serviceRef: { name: 'shop', port: 80 },
 *   ...alb.binding,
 * });
 */
export class TerraformAlb extends Construct {
  readonly dnsName: string;
  readonly url: string;
  private readonly targetGroup: LbTargetGroup;
  private readonly targetType: 'ip' | 'instance';
  private readonly way: readonly ITerraformDependable[];

  /** @throws {ProblemError} with every problem of the settings: field, value, reason, remedy */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: TerraformAlbProps,
  ) {
    super(scope, id);
    const { name, context, ...settings } = props;
    const subject = `load balancer ${name}`;
    const known = withoutTokens(settings);
    refuse(subject, problemsOf(terraformAlbSettings.loose(), known, subject));
    refuse(subject, terraformAlbProblems(known, context));
    this.targetType = props.targetType ?? 'ip';
    const group = this.makeSecurityGroup();
    const loadBalancer = this.makeLoadBalancer(group);
    this.targetGroup = this.makeTargetGroup();
    this.way = [this.makeListener(loadBalancer), ...this.makeRules(group)];
    this.dnsName = loadBalancer.dnsName;
    this.url = `${this.isHttps ? 'https' : 'http'}://${loadBalancer.dnsName}${this.isUsual ? '' : `:${this.port}`}`;
  }

  /** What a TargetGroupBinding needs of it: a target group of no listener never finds a target healthy. */
  get binding() {
    const { arn, terraformResourceType, friendlyUniqueId } = this.targetGroup;
    return {
      targetGroupARN: arn,
      targetType: this.targetType,
      replaceTriggeredBy: [`${terraformResourceType}.${friendlyUniqueId}.arn`],
      dependencies: this.way,
    };
  }

  private get isHttps(): boolean {
    return Boolean(this.props.certificateArns?.length);
  }

  private get port(): number {
    return this.props.port ?? (this.isHttps ? 443 : 80);
  }

  private get isUsual(): boolean {
    return this.port === (this.isHttps ? 443 : 80);
  }

  private makeSecurityGroup(): SecurityGroup {
    const { name, vpcId } = this.props;
    return new SecurityGroup(this, 'security-group', {
      namePrefix: `${name}-`,
      description: `Load balancer ${name}`,
      vpcId,
      tags: { Name: name },
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private makeLoadBalancer(group: SecurityGroup): Lb {
    const { name, scheme, subnetIds, idleTimeoutSeconds, deletionProtection, accessLogs } = this.props;
    return new Lb(this, 'load-balancer', {
      name: boundedName(name, 32),
      loadBalancerType: 'application',
      internal: scheme !== 'internet-facing',
      subnets: subnetIds,
      securityGroups: [group.id],
      idleTimeout: idleTimeoutSeconds,
      enableDeletionProtection: deletionProtection,
      // Requests that servers may read in two ways are used for smuggling.
      dropInvalidHeaderFields: true,
      ...(accessLogs && { accessLogs: { ...accessLogs, enabled: true } }),
    });
  }

  /**
   * Each target has a port of its own, which the binding says: that of the group is for show, and can't be changed. Of
   * another target type another group takes its place in the listener first.
   */
  private makeTargetGroup(): LbTargetGroup {
    const { name, vpcId, deregistrationDelaySeconds, healthCheck = {}, targetGroupTags } = this.props;
    return new LbTargetGroup(this, 'target-group', {
      namePrefix: `${name.slice(0, LONGEST_PREFIX - 1).replace(/-+$/, '')}-`,
      vpcId,
      port: 80,
      protocol: 'HTTP',
      targetType: this.targetType,
      deregistrationDelay:
        deregistrationDelaySeconds === undefined ? undefined : `${deregistrationDelaySeconds}`,
      healthCheck: {
        path: healthCheck.path ?? '/',
        matcher: healthCheck.successCodes ?? '200',
        interval: healthCheck.intervalSeconds ?? 15,
        timeout: healthCheck.timeoutSeconds ?? 5,
        healthyThreshold: healthCheck.healthyThresholdCount ?? 2,
        unhealthyThreshold: healthCheck.unhealthyThresholdCount ?? 2,
      },
      tags: { ...targetGroupTags, Name: name },
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private makeListener(loadBalancer: Lb): LbListener {
    const [certificateArn, ...others] = this.props.certificateArns ?? [];
    const listener = new LbListener(this, 'listener', {
      loadBalancerArn: loadBalancer.arn,
      port: this.port,
      protocol: this.isHttps ? 'HTTPS' : 'HTTP',
      ...(this.isHttps && { certificateArn, sslPolicy: this.props.sslPolicy ?? CURRENT_SSL_POLICY }),
      defaultAction: [{ type: 'forward', targetGroupArn: this.targetGroup.arn }],
    });
    others.forEach((arn, index) => {
      new LbListenerCertificate(this, `certificate-${index + 1}`, {
        listenerArn: listener.arn,
        certificateArn: arn,
      });
    });
    if (this.isHttps) {
      new LbListener(this, 'redirect', {
        loadBalancerArn: loadBalancer.arn,
        port: 80,
        protocol: 'HTTP',
        defaultAction: [
          { type: 'redirect', redirect: { protocol: 'HTTPS', port: `${this.port}`, statusCode: 'HTTP_301' } },
        ],
      });
    }
    return listener;
  }

  private makeRules(group: SecurityGroup): ITerraformDependable[] {
    const { name, targetPort, targetSecurityGroupId, inboundCIDRs = ['0.0.0.0/0'] } = this.props;
    const ports = new Set(this.isHttps ? [this.port, 80] : [this.port]);
    inboundCIDRs.forEach((cidrIpv4, index) => {
      for (const port of ports) {
        new VpcSecurityGroupIngressRule(this, `from-client-${index}-${port}`, {
          securityGroupId: group.id,
          description: 'Clients',
          cidrIpv4,
          ipProtocol: 'tcp',
          fromPort: port,
          toPort: port,
        });
      }
    });
    const targets = this.targetType === 'ip' ? { fromPort: targetPort, toPort: targetPort } : NODE_PORTS;
    return [
      new VpcSecurityGroupEgressRule(this, 'to-targets', {
        securityGroupId: group.id,
        description: 'Targets',
        referencedSecurityGroupId: targetSecurityGroupId,
        ipProtocol: 'tcp',
        ...targets,
      }),
      new VpcSecurityGroupIngressRule(this, 'targets-from-load-balancer', {
        securityGroupId: targetSecurityGroupId,
        description: `Load balancer ${name}`,
        referencedSecurityGroupId: group.id,
        ipProtocol: 'tcp',
        ...targets,
      }),
    ];
  }
}
