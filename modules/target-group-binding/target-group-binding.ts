import { type ITerraformDependable, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { CustomResources } from '../custom-resources';
import { boundedName } from '../iam';
import { type IngressController } from '../ingress-class';
import { withoutTokens } from '../tokens';
import { targetGroupBindingProblems, type CheckContext, type BoundPort } from '../../load-balancers/checks';
import { targetGroupBinding, type TargetGroupBindingSettings } from '../../load-balancers/language';
import { targetGroupBindingSettings } from '../../load-balancers/schema';
import { problemsOf, refuse } from '../../load-balancers/problem';

/** Of a Helm release. */
const LONGEST_RELEASE = 53;

/** Who serves the binding, by the API that it has. */
const API: Readonly<Record<IngressController, string>> = {
  'load-balancer-controller': 'elbv2.k8s.aws/v1beta1',
  'auto-mode': 'eks.amazonaws.com/v1',
};

export interface TargetGroupBindingProps extends TargetGroupBindingSettings, BoundPort {
  /** Of the binding, and so of its Helm release. */
  readonly name: string;
  readonly namespace: string;
  /** @default 'load-balancer-controller' */
  readonly controller?: IngressController;
  /** What is known about the Region, the account and the Service, to judge the settings by. @default - nothing */
  readonly context?: CheckContext;
  /** Addresses of attributes at whose change it is made anew, for it takes no other target group. @default [] */
  readonly replaceTriggeredBy?: readonly string[];
  /** What must be there before: the Service, the listener of the target group. @default [] */
  readonly dependencies?: readonly ITerraformDependable[];
}

/**
 * Joins a target group that somebody else owns to the pods of a Service: the controller keeps its targets, and nothing
 * but them. It plans without an API server.
 *
 * Destroying it waits until the targets are deregistered; the target group goes after it.
 *
 * @example
 * new TargetGroupBinding(this, 'users', {
 *   name: 'users',
 *   namespace: 'shop',
 *   targetGroupARN: targetGroup.arn,
 *   serviceRef: { name: 'users', port: 80 },
 *   dependencies: [listener],
 * });
 */
export class TargetGroupBinding extends Construct {
  /** What pods come after, to have a readiness gate of this target group. */
  readonly dependencies: readonly TerraformResource[];

  /** @throws {ProblemError} with every problem of the settings: field, value, reason, remedy */
  constructor(scope: Construct, id: string, props: TargetGroupBindingProps) {
    super(scope, id);
    const { name, namespace, controller = 'load-balancer-controller', context } = props;
    const spec = specOf(props);
    const subject = `TargetGroupBinding ${namespace}/${name}`;
    const known = withoutTokens(spec);
    refuse(subject, problemsOf(targetGroupBindingSettings.loose(), known, subject));
    refuse(subject, targetGroupBindingProblems(known, context));
    const resources = new CustomResources(this, 'resources', {
      releaseName: boundedName(name, LONGEST_RELEASE),
      namespace,
      manifests: [{ apiVersion: API[controller], kind: 'TargetGroupBinding', metadata: { name }, spec }],
      replaceTriggeredBy: props.replaceTriggeredBy,
      dependencies: props.dependencies,
    });
    this.dependencies = resources.dependencies;
  }
}

/** The fields of the custom resource among the props. */
function specOf(props: TargetGroupBindingProps): TargetGroupBindingSettings & BoundPort {
  const { serviceRef, ...others } = props;
  const fields = Object.entries(others).filter(([name]) => name in targetGroupBinding.form.fields);
  return { serviceRef, ...(Object.fromEntries(fields) as TargetGroupBindingSettings) };
}
