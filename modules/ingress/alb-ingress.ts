import { Annotations, TerraformStack } from 'cdktf';
import { type Construct } from 'constructs';
import { formatProblem, refuse } from '../../load-balancers/problem';
import {
  type ObjectFinding,
  findings,
  isShared,
  judged,
  toProblem,
  type CheckContext,
  type Judged,
} from '../../load-balancers/checks';
import { renderIngress, type AlbIngressSettings } from '../../load-balancers/language';
import { albIngressProblems } from '../../load-balancers/schema';
import { Tokens, withoutNumbers, withoutTokens } from '../tokens';
import { ManifestIngress, type ManifestIngressProps } from './manifest-ingress';

export interface AlbIngressProps
  extends AlbIngressSettings, Omit<ManifestIngressProps, 'manifest' | 'ingressClassName'> {
  readonly name: string;
  readonly namespace: string;
  /** A class of the AWS Load Balancer Controller, or of EKS Auto Mode. */
  readonly ingressClassName: string;
  /** What it is judged by beside itself: Services, subnets, Region, parameters of its class. @default {} */
  readonly context?: CheckContext;
}

/**
 * An Ingress that the AWS Load Balancer Controller makes an Application Load Balancer of: all that it can say, typed
 * and checked.
 *
 * @example
 * new AlbIngress(this, 'ingress', {
 *   name: 'shop',
 *   namespace: 'shop',
 *   ingressClassName: 'alb',
 *   scheme: 'internet-facing',
 *   listeners: [{ port: 80, protocol: 'HTTP' }, { port: 443, protocol: 'HTTPS' }],
 *   sslRedirect: true,
 *   targetGroup: { targetType: 'ip' },
 *   routes: [{ host: 'shop.example.com', service: 'shop', port: 80 }],
 * });
 */
export class AlbIngress extends ManifestIngress {
  /**
   * Ingresses of a group are judged together, when the stack is synthesized.
   * @throws {ProblemError} naming all that AWS, Kubernetes or the controller would refuse
   */
  constructor(scope: Construct, id: string, props: AlbIngressProps) {
    const { context = {}, waitForLoadBalancer, timeouts, dependsOn, ...own } = props;
    const tokens = new Tokens();
    const settings = tokens.hide(own);
    const { warnings, judged: known } = judgeAlone(settings, contextWithoutTokens(context));
    const manifest = tokens.restore(renderIngress(settings, context.params).ingress);
    super(scope, id, { manifest, waitForLoadBalancer, timeouts, dependsOn });
    for (const warning of warnings) Annotations.of(this).addWarning(warning);
    judgeTogether(this, known);
  }
}

type Own = Parameters<typeof renderIngress>[0];

/** What is wrong with it is thrown; what isn't, but worth knowing, is given back. */
function judgeAlone(
  { name, namespace, ingressClassName, ...settings }: Own,
  context: CheckContext,
): { readonly warnings: readonly string[]; readonly judged: Judged } {
  const wrong = albIngressProblems(settings);
  const subject = `Ingress ${namespace}/${name}`;
  refuse(subject, wrong);
  const known = judged(withoutNumbers({ name, namespace, ingressClassName, ...settings }), context);
  if (isShared(known)) return { warnings: [], judged: known };
  const found = findings([known]);
  const errors = found.filter(({ warning }) => !warning);
  refuse(
    subject,
    errors.map((each) => toProblem(each, [known])),
  );
  return { warnings: found.map((each) => sentence(each, [known])), judged: known };
}

/** By what was given: Ingresses of one cluster are given one context, with all of its Services. */
const CONTEXTS = new WeakMap<CheckContext, CheckContext>();

function contextWithoutTokens(context: CheckContext): CheckContext {
  const known = CONTEXTS.get(context) ?? withoutTokens(context);
  CONTEXTS.set(context, known);
  return known;
}

/** Those of each stack, which are of one cluster. */
const SHARED = new WeakMap<TerraformStack, Judged[]>();

function judgeTogether(scope: Construct, known: Judged): void {
  if (!isShared(known)) return;
  const stack = TerraformStack.of(scope);
  const before = SHARED.get(stack);
  if (before) {
    before.push(known);
    return;
  }
  const all = [known];
  SHARED.set(stack, all);
  stack.node.addValidation({
    validate: () => {
      const found = findings(all);
      for (const each of found.filter(({ warning }) => warning))
        Annotations.of(stack).addWarning(sentence(each, all));
      return found.filter(({ warning }) => !warning).map((each) => sentence(each, all));
    },
  });
}

function sentence(finding: ObjectFinding, all: readonly Judged[]): string {
  const { Kind, Name } = finding.source;
  const problem = formatProblem(toProblem(finding, all));
  return Kind === 'Ingress' ? `Ingress ${Name}: ${problem}` : problem;
}
