import { IngressV1 } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import { Annotations, TerraformStack, type ITerraformDependable } from 'cdktf';
import { type Construct } from 'constructs';
import { formatProblem } from '../../load-balancers/problem';
import {
  type Finding,
  findings,
  isShared,
  judged,
  settingsProblems,
  toProblem,
  type AlbIngressContext,
  type Judged,
} from '../../load-balancers/checks';
import { keyOf, type Ingress, type IngressBackend } from '../../load-balancers/model';
import { renderIngress, type AlbIngressSettings } from '../../load-balancers/language';
import { IngressError } from './ingress-error';

export interface AlbIngressProps extends AlbIngressSettings {
  readonly name: string;
  readonly namespace: string;
  /** A class of the AWS Load Balancer Controller, or of EKS Auto Mode. */
  readonly ingressClassName: string;
  /** What it is judged by beside itself: Services, subnets, Region, parameters of its class. @default {} */
  readonly context?: AlbIngressContext;
  /** Until then it has no hostname; and at destroy, the controller must have taken the load balancer away. @default true */
  readonly waitForLoadBalancer?: boolean;
  /** @default 10m each */
  readonly timeouts?: { readonly create?: string; readonly delete?: string };
  /** The Services that it routes to, without which the controller makes no load balancer. @default [] */
  readonly dependsOn?: ITerraformDependable[];
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
export class AlbIngress extends IngressV1 {
  /** DNS name of the load balancer. */
  readonly hostname: string;

  /**
   * Ingresses of a group are judged together, when the stack is synthesized.
   * @throws {IngressError} naming all that AWS, Kubernetes or the controller would refuse
   */
  constructor(scope: Construct, id: string, props: AlbIngressProps) {
    const { context = {}, waitForLoadBalancer = true, timeouts = {}, dependsOn, ...own } = props;
    const { warnings, judged: known } = refuse(own, context);
    const { metadata, spec } = renderIngress(own, context.params);
    super(scope, id, {
      metadata: { name: metadata.name, namespace: metadata.namespace, annotations: metadata.annotations },
      spec: toSpec(spec),
      waitForLoadBalancer,
      timeouts: { create: timeouts.create ?? '10m', delete: timeouts.delete ?? '10m' },
      dependsOn,
    });
    this.hostname = this.status.get(0).loadBalancer.get(0).ingress.get(0).hostname;
    for (const warning of warnings) Annotations.of(this).addWarning(warning);
    judgeTogether(this, known);
  }
}

type Own = Parameters<typeof renderIngress>[0];

/** What is wrong with it is thrown; what isn't, but worth knowing, is given back. */
function refuse(
  { name, namespace, ingressClassName, ...settings }: Own,
  context: AlbIngressContext,
): { readonly warnings: readonly string[]; readonly judged: Judged } {
  const wrong = settingsProblems(settings);
  if (wrong.length > 0) throw new IngressError(`${namespace}/${name}`, wrong);
  const known = judged({ name, namespace, ingressClassName, ...settings }, context);
  if (isShared(known)) return { warnings: [], judged: known };
  const own = keyOf(known.ingress);
  const found = findings([known]);
  const errors = found.filter(({ warning }) => !warning);
  if (errors.length > 0) {
    throw new IngressError(
      own,
      errors.map((each) => toProblem(each, [known])),
    );
  }
  return { warnings: found.map((each) => sentence(each, [known])), judged: known };
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

function sentence(finding: Finding, all: readonly Judged[]): string {
  const { ingress, kind = 'Ingress' } = finding;
  const problem = formatProblem(toProblem(finding, all));
  return kind === 'Ingress' ? `Ingress ${ingress}: ${problem}` : problem;
}

function toSpec({ ingressClassName, rules = [], defaultBackend, tls = [] }: Ingress['spec']) {
  return {
    ingressClassName,
    ...(defaultBackend && { defaultBackend: toBackend(defaultBackend) }),
    ...(rules.length > 0 && {
      rule: rules.map(({ host, http }) => ({
        host,
        http: {
          path: (http?.paths ?? []).map(({ path, pathType, backend }) => ({
            path,
            pathType,
            backend: toBackend(backend),
          })),
        },
      })),
    }),
    ...(tls.length > 0 && { tls: tls.map(({ hosts = [] }) => ({ hosts: [...hosts] })) }),
  };
}

function toBackend({ service }: IngressBackend) {
  return { service: { name: service?.name ?? '', port: { ...service?.port } } };
}
