import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Construct } from 'constructs';
import { boundedName, policyDocument, type PolicyStatement } from '../iam';
import {
  keepBoundary,
  keepRoles,
  NO_SESSIONS,
  ownIamStatements,
  readStatements,
  type PipelineScope,
} from './permissions';
import { keepState, stateAccess, type StateAccessProps } from './state-access';

export interface PipelineRolesProps extends PipelineScope {
  /** Beginning of the roles' names, at most 58 characters. */
  readonly name: string;
  /** ARNs of the IAM OIDC providers by which the roles are had; the roles are kept from changing them. */
  readonly oidcProviderArns: readonly string[];
  /** Who may plan. */
  readonly planTrust: readonly PolicyStatement[];
  /** Who may apply. */
  readonly applyTrust: readonly PolicyStatement[];
  /** State in S3. @default - state is elsewhere, and needs no permission of AWS */
  readonly state?: StateAccessProps;
  /** Managed policies of the role that applies. @default - PowerUserAccess, and IAM by `namePrefixes` */
  readonly applyPolicyArns?: readonly string[];
}

/**
 * The two roles of a pipeline: `plan` reads AWS and state, `apply` changes them. Neither can change itself.
 *
 * Whoever may make roles can make one that may do more: only a permissions boundary, which bounds `apply` and every role that
 * it makes, holds it for good.
 */
export class PipelineRoles extends Construct {
  readonly planArn: string;
  readonly applyArn: string;

  constructor(scope: Construct, id: string, props: PipelineRolesProps) {
    super(scope, id);
    const plan = this.makeRole('plan', props, props.planTrust);
    new IamRolePolicy(this, 'plan-policy', {
      name: 'plan',
      role: plan.name,
      policy: policyDocument([
        ...readStatements(props),
        ...(props.state ? stateAccess(props.state, { write: false }) : []),
      ]),
    });
    const apply = this.makeRole('apply', props, props.applyTrust);
    const { permissionsBoundaryArn: boundary } = props;
    const ownRoles = [roleArn('plan', props), roleArn('apply', props)];
    new IamRolePolicy(this, 'apply-policy', {
      name: 'apply',
      role: apply.name,
      policy: policyDocument([
        ...(props.applyPolicyArns ? [] : ownIamStatements(props)),
        ...(props.state ? stateAccess(props.state, { write: true }) : []),
        ...(props.state ? keepState(props.state) : []),
        ...(boundary === undefined ? [] : keepBoundary(boundary, props)),
        keepRoles(ownRoles, props.oidcProviderArns),
        NO_SESSIONS,
      ]),
    });
    const policies = props.applyPolicyArns ?? [`arn:${props.partition}:iam::aws:policy/PowerUserAccess`];
    for (const policyArn of policies) {
      const policy = policyArn.replace(/^.*::/, '').replaceAll(/[:/]/g, '-');
      new IamRolePolicyAttachment(this, `apply-${policy}`, { role: apply.name, policyArn });
    }
    this.planArn = plan.arn;
    this.applyArn = apply.arn;
  }

  private makeRole(
    kind: 'plan' | 'apply',
    props: PipelineRolesProps,
    trust: readonly PolicyStatement[],
  ): IamRole {
    return new IamRole(this, kind, {
      name: roleName(kind, props),
      description: `Pipelines that ${kind} ${props.name}`,
      assumeRolePolicy: policyDocument(trust),
      permissionsBoundary: props.permissionsBoundaryArn,
    });
  }
}

const roleName = (kind: string, { name }: Pick<PipelineRolesProps, 'name'>) => boundedName(`${name}-${kind}`);

/** Known at synth, unlike the resource's own, so that the policy of a role can name it. */
const roleArn = (kind: string, props: Pick<PipelineRolesProps, 'name' | 'partition' | 'account'>) =>
  `arn:${props.partition}:iam::${props.account}:role/${roleName(kind, props)}`;
