import { KNOWN_AFTER_APPLY, type ControllerSettings } from '../../load-balancers/model';
import { parse } from 'yaml';
import { InputError } from './input-error';
import { ALB_CONTROLLER } from './input';
import { isMap, isScalar, type Values } from './values';

/**
 * The controller's flags, as its chart makes them of its values: a flag is passed for a boolean that is one, and for
 * what is not empty.
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/helm/aws-load-balancer-controller/templates/deployment.yaml
 */
export function settingsOf(values: Values): Partial<ControllerSettings> {
  const text = (name: string) => (isScalar(values[name]) && values[name] ? String(values[name]) : undefined);
  const flag = (name: string) => (typeof values[name] === 'boolean' ? values[name] : undefined);
  const all: { readonly [Name in keyof ControllerSettings]: ControllerSettings[Name] | undefined } = {
    clusterName: text('clusterName'),
    ingressClass: text('ingressClass'),
    disableIngressClassAnnotation: flag('disableIngressClassAnnotation'),
    disableIngressGroupNameAnnotation: flag('disableIngressGroupNameAnnotation'),
    loadBalancerClass: text('loadBalancerClass'),
    enableServiceMutatorWebhook: flag('enableServiceMutatorWebhook'),
    defaultTags: isMap(values.defaultTags) ? texts(values.defaultTags) : undefined,
    externalManagedTags: Array.isArray(values.externalManagedTags)
      ? values.externalManagedTags.map(String)
      : undefined,
    defaultSslPolicy: text('defaultSSLPolicy'),
    defaultTargetType: oneOf(values.defaultTargetType, ['instance', 'ip']),
    defaultLoadBalancerScheme: oneOf(values.defaultLoadBalancerScheme, ['internal', 'internet-facing']),
    enableBackendSecurityGroup: flag('enableBackendSecurityGroup'),
    enableManageBackendSecurityGroupRules: flag('enableManageBackendSecurityGroupRules'),
    backendSecurityGroup: text('backendSecurityGroup'),
    disableRestrictedSecurityGroupRules: flag('disableRestrictedSecurityGroupRules'),
    tolerateNonExistentBackendService: flag('tolerateNonExistentBackendService'),
    tolerateNonExistentBackendAction: flag('tolerateNonExistentBackendAction'),
    allowedCertificateAuthorityArns: authorities(values.certDiscovery),
    featureGates: gates(values.controllerConfig),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/**
 * The controller's flags by a file of values, YAML or JSON.
 *
 * @throws {InputError} if it is none
 */
export function readControllerValues(name: string, text: string): Partial<ControllerSettings> {
  const values = ((): unknown => {
    try {
      return parse(text);
    } catch (error) {
      throw new InputError(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  })();
  if (isMap(values)) return settingsOf(values);
  throw new InputError(`${name} has no values of the chart: write a map, such as defaultTargetType: ip`);
}

/** The manifests of the class that the chart makes. */
export function chartManifests(values: Values): readonly unknown[] {
  if (values.createIngressClassResource === false) return [];
  const { ingressClass = 'alb' } = values;
  const params = isMap(values.ingressClassParams) ? values.ingressClassParams : {};
  const spec = isMap(params.spec) && Object.keys(params.spec).length > 0 ? params.spec : undefined;
  const name = params.name ?? ingressClass;
  const made = params.create !== false;
  const isDefault = isMap(values.ingressClassConfig) && values.ingressClassConfig.default === true;
  return [
    ...(made
      ? [{ apiVersion: 'elbv2.k8s.aws/v1beta1', kind: 'IngressClassParams', metadata: { name }, spec }]
      : []),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: {
        name: ingressClass,
        ...(isDefault && { annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } }),
      },
      spec: {
        controller: ALB_CONTROLLER,
        ...((params.name || (made && spec)) && {
          parameters: { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name },
        }),
      },
    },
  ];
}

function oneOf<T extends string>(value: unknown, words: readonly T[]): T | undefined {
  return words.find((word) => word === value);
}

function texts(values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}

/** Gates as the flag has them: a text, which strconv.ParseBool reads. */
function gates(config: unknown): Readonly<Record<string, boolean>> | undefined {
  if (!isMap(config) || !isMap(config.featureGates)) return undefined;
  return Object.fromEntries(
    Object.entries(config.featureGates).flatMap(([gate, value]) =>
      value === KNOWN_AFTER_APPLY ? [] : [[gate, /^(1|t|true)$/i.test(String(value))] as const],
    ),
  );
}

function authorities(discovery: unknown): readonly string[] | undefined {
  const arns = isMap(discovery) ? discovery.allowedCertificateAuthorityARNs : undefined;
  return typeof arns === 'string' && arns !== '' ? arns.split(',').map((arn) => arn.trim()) : undefined;
}
