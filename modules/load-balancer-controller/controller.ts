import { join } from 'node:path';
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { Release } from '@cdktf/provider-helm/lib/release';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import { AssetType, TerraformAsset, TerraformResource, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { boundedName, policyDocument } from '../iam';
import { PodRole, type PodIdentityBinding } from '../identity';
import { ControllerCrds } from './crds';
import { controllerValues, type ControllerValuesProps } from './chart-values';
import { featurePolicies } from './feature-policies';
import { controllerStatements } from './policy';
import { chartVersion, type OwnControllerRelease } from '../../load-balancers/releases';

/** How long endpoints take to reach every node, generously. */
const WEBHOOK_SECONDS = 15;

export interface LoadBalancerControllerProps extends Omit<
  ControllerValuesProps,
  'serviceAccount' | 'podAnnotations'
> {
  /** Begins the names of the role and of the policies, which are unique in an account. */
  readonly namePrefix: string;
  readonly binding: PodIdentityBinding;
  /** Partition of the ARNs: aws, aws-cn, … */
  readonly partition: string;
  /**
   * Release that the table of releases has, such as `3.5.0`, or another with what belongs to it. Policy, CRDs and chart follow it, in
   * this order.
   */
  readonly release: string | OwnControllerRelease;
  /** Only security groups of this VPC may be changed or deleted. @default - those of any VPC */
  readonly restrictToVpcArn?: string;
  /**
   * URL of the chart's repository (https:// or oci://), or a folder (beginning with / or .) that has the chart's
   * folder. @default 'https://aws.github.io/eks-charts'
   */
  readonly chartRepository?: string;
}

/** Name of chart, release and ServiceAccount. */
const NAME = 'aws-load-balancer-controller';
const NAMESPACE = 'kube-system';

/**
 * The AWS Load Balancer Controller: policy, role, CRDs, ServiceAccount and Helm release.
 *
 * Everything that needs it takes `dependencies`: an Ingress, a class, and any Service, as the controller's webhook
 * refuses Services while it is not up. That also keeps it running until they are gone.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/
 */
export class LoadBalancerController extends Construct {
  /** What needs the controller comes after these. */
  readonly dependencies: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LoadBalancerControllerProps,
  ) {
    super(scope, id);
    const role = this.role();
    const serviceAccount = new ServiceAccountV1(this, 'service-account', {
      metadata: {
        name: NAME,
        namespace: NAMESPACE,
        labels: { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/component': 'controller' },
        annotations: role.serviceAccountAnnotations,
      },
    });
    const chart = { ...this.chart(), version: chartVersion(props.release) };
    const crds = new ControllerCrds(this, 'crds', {
      ...chart,
      file: typeof props.release === 'string' ? undefined : props.release.crds,
      namespace: NAMESPACE,
      dependencies: role.dependencies,
    });
    this.dependencies = [
      this.reachable(this.release(chart, role, [...role.dependencies, ...crds.dependencies, serviceAccount])),
    ];
  }

  private role(): PodRole {
    const { namePrefix, binding, partition, restrictToVpcArn, release, features = {} } = this.props;
    const policies = {
      controller: this.policy(
        'policy',
        '',
        typeof release === 'string'
          ? policyDocument(controllerStatements({ partition, restrictToVpcArn }))
          : plainText(JSON.stringify(JSON.parse(release.policy))),
      ),
      ...Object.fromEntries(
        Object.entries(featurePolicies(features, partition)).map(([key, { name, statements }]) => [
          key,
          this.policy(`policy-${key}`, `-${name}`, policyDocument(statements)),
        ]),
      ),
    };
    return new PodRole(this, 'role', {
      binding,
      roleName: boundedName(`${namePrefix}-${NAME}`),
      description: 'AWS Load Balancer Controller',
      namespace: NAMESPACE,
      serviceAccount: NAME,
      managedPolicyArns: policies,
    });
  }

  private policy(id: string, suffix: string, policy: string): string {
    return new IamPolicy(this, id, {
      name: `${this.props.namePrefix}-AWSLoadBalancerControllerIAMPolicy${suffix}`,
      policy,
    }).arn;
  }

  private release(
    chart: { chart: string; repository?: string; version: string },
    { podAnnotations }: PodRole,
    dependsOn: ITerraformDependable[],
  ): Release {
    return new Release(this, 'release', {
      name: NAME,
      namespace: NAMESPACE,
      ...chart,
      skipCrds: true,
      values: [JSON.stringify(controllerValues({ ...this.props, serviceAccount: NAME, podAnnotations }))],
      wait: true,
      atomic: true,
      cleanupOnFail: true,
      maxHistory: 5,
      // Seconds. Nodes may still be joining, and both replicas must answer.
      timeout: 900,
      dependsOn,
    });
  }

  /**
   * A pod is ready some seconds before the API server reaches the webhooks behind it, and they fail closed.
   *
   * Not cdktf's DataResource, which asks a terraform binary for its version at every synth.
   */
  private reachable(release: Release): TerraformResource {
    return new TerraformResource(this, 'reachable', {
      terraformResourceType: 'terraform_data',
      terraformGeneratorMetadata: { providerName: 'terraform' },
      provisioners: [{ type: 'local-exec', command: `sleep ${WEBHOOK_SECONDS}` }],
      dependsOn: [release],
    });
  }

  private chart(): { chart: string; repository?: string } {
    const { chartRepository: repository = 'https://aws.github.io/eks-charts' } = this.props;
    if (!/^[./]/.test(repository)) return { chart: NAME, repository };
    // Copied beside the stack, so that the plan is the same on every machine.
    const folder = new TerraformAsset(this, 'chart', {
      path: join(repository, NAME),
      type: AssetType.DIRECTORY,
    });
    return { chart: `./${folder.path}` };
  }
}

/** A text in which Terraform sees no template: variables of IAM are written alike. */
function plainText(text: string): string {
  return text.replaceAll(/([$%])\{/g, '$1$1{');
}
