import { type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { boundedName, type PolicyStatement } from '../iam';
import { PodRole, type PodIdentityBinding } from '../identity';
import { ManagedAddon } from './managed-addon';

export interface AddonWithRoleProps {
  readonly clusterName: string;
  /** AWS's name of the add-on, such as `aws-ebs-csi-driver`. */
  readonly addonName: string;
  /** Version of the add-on. @default - EKS's default for the cluster's Kubernetes version */
  readonly version?: string;
  /** What the add-on's schema takes. @default - its defaults */
  readonly configuration?: Readonly<Record<string, unknown>>;
  /** How the add-on's pods get their role. */
  readonly binding: PodIdentityBinding;
  /** Name of the role, no token; one longer than 64 characters is cut and hashed. */
  readonly roleName: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Managed policies of the role by a stable id of their own. @default - none */
  readonly managedPolicyArns?: Readonly<Record<string, string>>;
  /** Inline policy of the role. @default - none */
  readonly statements?: readonly PolicyStatement[];
  /** @default - none */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * An add-on with a role of its own.
 *
 * It belongs after what binds the role: with IRSA the IAM OIDC provider, with Pod Identity the agent add-on.
 *
 * @example
 * new AddonWithRole(this, 'aws-efs-csi-driver', {
 *   addonName: 'aws-efs-csi-driver',
 *   namespace: 'kube-system',
 *   serviceAccount: 'efs-csi-controller-sa',
 *   …
 * });
 * @see https://docs.aws.amazon.com/eks/latest/userguide/add-ons-iam.html
 */
export class AddonWithRole extends Construct {
  readonly dependable: ITerraformDependable;

  constructor(scope: Construct, id: string, props: AddonWithRoleProps) {
    super(scope, id);
    const { binding, clusterName, addonName, version, configuration, dependsOn = [] } = props;
    const role = new PodRole(this, 'role', {
      binding,
      roleName: boundedName(props.roleName),
      description: `${TITLES[addonName] ?? `Add-on ${addonName}`} of ${clusterName}`,
      namespace: props.namespace,
      serviceAccount: props.serviceAccount,
      managedPolicyArns: props.managedPolicyArns,
      statements: props.statements,
    });
    const addon = new ManagedAddon(this, 'driver', {
      clusterName,
      addonName,
      version,
      configurationValues: configuration,
      serviceAccountRoleArn: binding.type === 'irsa' ? role.arn : undefined,
      dependsOn: [...dependsOn, ...role.dependencies],
    });
    this.dependable = addon.dependable;
  }
}

/** Words for people, in the description of the role. */
const TITLES: Readonly<Record<string, string>> = { 'aws-ebs-csi-driver': 'EBS CSI driver' };
