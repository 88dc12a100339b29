import { MODEL_RELEASE } from './releases';

/**
 * Flags of the controller that change what it builds, with the defaults of release 3.5.0.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/configurations/
 */
export interface ControllerSettings {
  /** Release of the controller without its `v`; one that is newer than the model counts as the model's. @default '3.5.0' */
  readonly release: string;
  /** `--cluster-name` */
  readonly clusterName?: string;
  /** `--ingress-class`: value of the annotation `kubernetes.io/ingress.class`. @default 'alb' */
  readonly ingressClass: string;
  /** `--disable-ingress-class-annotation`: that annotation is refused. @default false */
  readonly disableIngressClassAnnotation: boolean;
  /** `--disable-ingress-group-name-annotation`: `group.name` is for IngressClassParams only. @default false */
  readonly disableIngressGroupNameAnnotation: boolean;
  /** `--load-balancer-class` of Services. @default 'service.k8s.aws/nlb' */
  readonly loadBalancerClass: string;
  /**
   * Whether a Service of type LoadBalancer without a class gets the controller's, by its webhook, when it is made: the
   * chart's `enableServiceMutatorWebhook`. @default true
   */
  readonly enableServiceMutatorWebhook: boolean;
  /** `--default-tags` @default {} */
  readonly defaultTags: Readonly<Record<string, string>>;
  /** `--external-managed-tags` @default [] */
  readonly externalManagedTags: readonly string[];
  /** `--default-ssl-policy` @default 'ELBSecurityPolicy-2016-08' */
  readonly defaultSslPolicy: string;
  /** `--default-target-type` @default 'instance' */
  readonly defaultTargetType: 'instance' | 'ip';
  /** `--default-load-balancer-scheme` @default 'internal' */
  readonly defaultLoadBalancerScheme: 'internal' | 'internet-facing';
  /** `--enable-backend-security-group` @default true */
  readonly enableBackendSecurityGroup: boolean;
  /** `--enable-manage-backend-security-group-rules` @default false */
  readonly enableManageBackendSecurityGroupRules: boolean;
  /** `--backend-security-group` @default - one that the controller makes for the cluster */
  readonly backendSecurityGroup?: string;
  /** `--disable-restricted-sg-rules` @default false */
  readonly disableRestrictedSecurityGroupRules: boolean;
  /** `--tolerate-non-existent-backend-service` @default true */
  readonly tolerateNonExistentBackendService: boolean;
  /** `--tolerate-non-existent-backend-action` @default true */
  readonly tolerateNonExistentBackendAction: boolean;
  /** `--allowed-certificate-authority-arns` @default [] - all */
  readonly allowedCertificateAuthorityArns: readonly string[];
  /** `--feature-gates`: those that differ from their default. @default {} */
  readonly featureGates: Readonly<Record<string, boolean>>;
}

export const DEFAULT_SETTINGS: ControllerSettings = {
  release: MODEL_RELEASE,
  ingressClass: 'alb',
  disableIngressClassAnnotation: false,
  disableIngressGroupNameAnnotation: false,
  loadBalancerClass: 'service.k8s.aws/nlb',
  enableServiceMutatorWebhook: true,
  defaultTags: {},
  externalManagedTags: [],
  defaultSslPolicy: 'ELBSecurityPolicy-2016-08',
  defaultTargetType: 'instance',
  defaultLoadBalancerScheme: 'internal',
  enableBackendSecurityGroup: true,
  enableManageBackendSecurityGroupRules: false,
  disableRestrictedSecurityGroupRules: false,
  tolerateNonExistentBackendService: true,
  tolerateNonExistentBackendAction: true,
  allowedCertificateAuthorityArns: [],
  featureGates: {},
};

/** Feature gates, as release 3.5.0 has them without a flag. */
export const FEATURE_GATES = {
  ListenerRulesTagging: true,
  WeightedTargetGroups: true,
  ServiceTypeLoadBalancerOnly: false,
  EndpointsFailOpen: true,
  EnableServiceController: true,
  EnableIPTargetType: true,
  EnableRGTAPI: false,
  EnableTCPUDPListener: false,
  SubnetsClusterTagCheck: true,
  NLBHealthCheckAdvancedConfig: true,
  NLBSecurityGroup: true,
  ALBSingleSubnet: false,
  SubnetDiscoveryByReachability: true,
  LBCapacityReservation: true,
  NLBGatewayAPI: true,
  ALBGatewayAPI: true,
  GlobalAcceleratorController: false,
  EnhancedDefaultBehavior: false,
  EnableDefaultTagsLowPriority: false,
  ALBTargetControlAgent: false,
  GatewayListenerSet: true,
  EnableCertificateManagement: false,
  IngressPlanAnnotation: false,
};

/** Whether a feature gate is open. */
export function gateOpen({ featureGates }: ControllerSettings, gate: keyof typeof FEATURE_GATES): boolean {
  return featureGates[gate] ?? FEATURE_GATES[gate];
}
