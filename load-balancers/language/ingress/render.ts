import { type Ingress, type IngressClassParamsSpec } from '../../model';
import { frontendNlbAnnotations } from './render/frontend-nlb';
import { listenerAnnotations, loadBalancerAnnotations } from './render/load-balancer';
import { renderRules } from './render/rules';
import { authenticationAnnotations, targetGroupAnnotations } from './render/target-group';
import { map, type Annotations } from './render/text';
import { type AlbIngressSettings, type AlbServiceSettings } from '../schema/ingress';
import { INGRESS_PREFIX } from '../table';

export interface RenderProps extends AlbIngressSettings {
  readonly name: string;
  readonly namespace: string;
  readonly ingressClassName: string;
}

/**
 * The Ingress that says what its settings say.
 *
 * @param params IngressClassParams of its class, as far as known: what they set needs no default
 */
export function renderIngress(props: RenderProps, params: IngressClassParamsSpec = {}): Ingress {
  const { name, namespace, ingressClassName, tlsHosts, ...settings } = props;
  const { rules, defaultBackend, annotations } = renderRules(settings.routes, settings.defaultBackend);
  return {
    kind: 'Ingress',
    metadata: {
      name,
      namespace,
      annotations: { ...settings.annotations, ...ingressAnnotations(settings, annotations, params) },
    },
    spec: {
      ingressClassName,
      ...(defaultBackend && { defaultBackend }),
      ...(rules.length > 0 && { rules }),
      ...(tlsHosts?.length && { tls: [{ hosts: tlsHosts }] }),
    },
  };
}

/** Annotations of a Service for its target groups, in the place of those of its Ingress. */
export function serviceAnnotations(settings: AlbServiceSettings): Record<string, string> {
  return named({
    ...targetGroupAnnotations(settings.targetGroup),
    ...authenticationAnnotations(settings.authentication),
    tags: map(settings.tags),
  });
}

function ingressAnnotations(
  settings: AlbIngressSettings,
  rules: Annotations,
  params: IngressClassParamsSpec,
): Record<string, string> {
  return named({
    ...loadBalancerAnnotations(settings),
    ...listenerAnnotations(settings, params),
    ...targetGroupAnnotations(settings.targetGroup),
    ...authenticationAnnotations(settings.authentication),
    ...frontendNlbAnnotations(settings.frontendNlb),
    'use-regex-path-match':
      settings.regexPathMatch === undefined ? undefined : String(settings.regexPathMatch),
    ...rules,
  });
}

/** With their names in full, without those that aren't set. */
function named(annotations: Annotations): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations).flatMap(([suffix, value]) =>
      value === undefined ? [] : [[`${INGRESS_PREFIX}${suffix}`, value] as const],
    ),
  );
}
