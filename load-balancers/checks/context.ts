import { type IngressClassParamsSettings } from '../language';
import { type ControllerSettings, type Facts, type KubernetesObject } from '../model';

/** What the checks know beside the objects. What isn't given isn't judged. */
export interface CheckContext {
  /** Of the cluster: `eu-west-1`. */
  readonly region?: string;
  /** Of the cluster: twelve digits. */
  readonly account?: string;
  /** `aws`, `aws-cn`, `aws-us-gov` … */
  readonly partition?: string;
  /** What only AWS knows. @default - nothing of that is judged */
  readonly facts?: Facts;
  /** Whether pods run on Fargate: all of them, those of some namespaces, or by namespace and labels of the pods. */
  readonly fargate?:
    boolean | readonly string[] | ((namespace: string, labels: Readonly<Record<string, string>>) => boolean);
  /** Quotas of the account that differ from AWS's defaults. */
  readonly quotas?: Partial<Quotas>;
  /** Pods of each Service, by `namespace/name`: targets of type ip. */
  readonly replicas?: Readonly<Record<string, number>>;
  /** Nodes of the cluster: targets of type instance. */
  readonly nodes?: number;
  /** What is in the cluster though not among the objects. */
  readonly elsewhere?: {
    /** By `namespace/name`; `any` if none may be called missing. */
    readonly services?: readonly string[] | 'any';
    /** By name. Where no IngressClass is among the objects, none is called missing. */
    readonly ingressClasses?: readonly string[];
  };
  /** Flags of the controller that differ from their default. */
  readonly settings?: Partial<ControllerSettings>;
  /** Services that what is judged may name. @default - any Service may be there */
  readonly services?: readonly Extract<KubernetesObject, { kind: 'Service' }>[];
  /** Namespace of what is judged, by whose labels a class may select it. @default - its class is taken to select it */
  readonly namespace?: Extract<KubernetesObject, { kind: 'Namespace' }>;
  /** Parameters of the class of what is judged. @default {} */
  readonly params?: IngressClassParamsSettings;
  /** How many subnets the controller discovers, where none is named. */
  readonly discoveredSubnets?: { readonly internal?: number; readonly 'internet-facing'?: number };
  /** Whether the subnets have IPv6 addresses. */
  readonly dualStack?: boolean;
}

/** Whether pods run on Fargate, as far as it is known. */
export function isOnFargate(
  { fargate = false }: CheckContext,
  namespace = '',
  labels: Readonly<Record<string, string>> = {},
): boolean {
  if (typeof fargate === 'boolean') return fargate;
  return typeof fargate === 'function' ? fargate(namespace, labels) : fargate.includes(namespace);
}

/**
 * Per load balancer.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
export interface Quotas {
  /** Without default rules. @default 100 */
  readonly rulesPerLoadBalancer: number;
  /** Without default certificates. @default 25 */
  readonly certificatesPerLoadBalancer: number;
  /** @default 1000 */
  readonly targetsPerLoadBalancer: number;
  /** @default 50 */
  readonly listenersPerLoadBalancer: number;
  /** @default 100 */
  readonly targetGroupsPerLoadBalancer: number;
  /** Inbound rules, of IPv4 and of IPv6 each. @default 60 */
  readonly rulesPerSecurityGroup: number;
}

export const DEFAULT_QUOTAS: Quotas = {
  rulesPerLoadBalancer: 100,
  certificatesPerLoadBalancer: 25,
  targetsPerLoadBalancer: 1000,
  listenersPerLoadBalancer: 50,
  targetGroupsPerLoadBalancer: 100,
  rulesPerSecurityGroup: 60,
};
