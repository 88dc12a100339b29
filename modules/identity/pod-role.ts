import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { policyDocument, type PolicyStatement } from '../iam';
import { podIdentityAnnotation, podTrust, type PodIdentityBinding, type PodSubject } from './trust';

export interface PodRoleProps extends PodSubject {
  readonly binding: PodIdentityBinding;
  /** Name of the role, at most 64 characters. */
  readonly roleName: string;
  readonly description: string;
  /** Inline policy of the role. @default - none */
  readonly statements?: readonly PolicyStatement[];
  /** Managed policies by a stable id of their own. @default - none */
  readonly managedPolicyArns?: Readonly<Record<string, string>>;
}

/**
 * An IAM role that the pods of one ServiceAccount assume, bound by IRSA or by EKS Pod Identity.
 *
 * @example
 * const role = new PodRole(this, 'role', { binding, roleName: 'dev-users', namespace: 'shop', serviceAccount: 'users', … });
 * // metadata of the ServiceAccount: { annotations: role.serviceAccountAnnotations }
 * // pods: dependsOn: role.dependencies, annotations of their template: role.podAnnotations
 */
export class PodRole extends Construct {
  readonly arn: string;
  /** Annotations that the ServiceAccount must carry; none with Pod Identity. */
  readonly serviceAccountAnnotations: Readonly<Record<string, string>>;
  /** Annotations that the template of the pods must carry, so that they are rolled when the binding is another. */
  readonly podAnnotations: Readonly<Record<string, string>>;
  /** What must exist before the pods start, or they start without permissions. */
  readonly dependencies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PodRoleProps) {
    super(scope, id);
    const { binding, namespace, serviceAccount } = props;
    const role = new IamRole(this, 'role', {
      name: props.roleName,
      description: props.description,
      assumeRolePolicy: policyDocument(podTrust(binding, props)),
    });
    this.arn = role.arn;
    const grants: ITerraformDependable[] = Object.entries(props.managedPolicyArns ?? {}).map(
      ([key, policyArn]) =>
        new IamRolePolicyAttachment(this, `attachment-${key}`, { role: role.name, policyArn }),
    );
    if (props.statements?.length) {
      grants.push(
        new IamRolePolicy(this, 'policy', {
          name: 'permissions',
          role: role.name,
          policy: policyDocument(props.statements),
        }),
      );
    }
    if (binding.type === 'irsa') {
      this.serviceAccountAnnotations = { 'eks.amazonaws.com/role-arn': role.arn };
    } else {
      this.serviceAccountAnnotations = {};
      grants.push(
        new EksPodIdentityAssociation(this, 'association', {
          clusterName: binding.clusterName,
          namespace,
          serviceAccount,
          roleArn: role.arn,
        }),
      );
    }
    this.podAnnotations = podIdentityAnnotation(binding);
    this.dependencies = grants;
  }
}
