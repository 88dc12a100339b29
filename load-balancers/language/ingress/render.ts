import { type Ingress, type IngressClassParamsSpec } from '../../model';
import { onOff } from '../fields/attributes';
import {
  albIngress,
  albService,
  type AlbIngressSettings,
  type AlbListener,
  type AlbServiceSettings,
} from '../fields/ingress';
import { listener } from '../fields/listeners';
import { CURRENT_SSL_POLICY } from '../ssl-policies';
import { INGRESS_PREFIX } from '../table';
import { entriesOf, written, type Entry, type Origins, type Written } from '../written';
import { entrancesOf } from './entrance';
import { renderRules } from './rules';

export interface RenderProps extends AlbIngressSettings {
  readonly name: string;
  readonly namespace: string;
  readonly ingressClassName: string;
}

export interface RenderedIngress {
  readonly ingress: Ingress;
  /** Where each part of it came from. */
  readonly origins: Origins;
}

/**
 * The Ingress that says what its settings say, and which prop says what.
 *
 * @param params IngressClassParams of its class, as far as known: what they set needs no default
 */
export function renderIngress(props: RenderProps, params: IngressClassParamsSpec = {}): RenderedIngress {
  const { name, namespace, ingressClassName, tlsHosts, annotations: byHand = {}, ...settings } = props;
  const { rules, defaultBackend, ...rendered } = renderRules(settings.routes, settings.defaultBackend);
  const entries = [
    ...entriesOf(albIngress, { ...settings, ...tlsDefaults(props, params) }, ''),
    ...(settings.listeners ?? []).flatMap(listenerEntries),
    ...mutualAuthentication(settings.listeners),
    ...(settings.targetGroup?.targetControlPorts ?? []).map(({ service, servicePort, port }, index) => ({
      annotation: `target-control-port.${service}.${servicePort}`,
      text: String(port),
      path: `targetGroup.targetControlPorts.${index}.port`,
    })),
    ...rendered.entries,
  ];
  const { annotations, origins } = written(entries, INGRESS_PREFIX);
  const hand: Origins = Object.fromEntries(
    Object.keys(byHand).map((each) => [each, `annotations.${each}`] as const),
  );
  return {
    ingress: {
      kind: 'Ingress',
      metadata: { name, namespace, annotations: { ...byHand, ...annotations } },
      spec: {
        ingressClassName,
        ...(defaultBackend && { defaultBackend }),
        ...(rules.length > 0 && { rules }),
        ...(tlsHosts?.length && { tls: [{ hosts: tlsHosts }] }),
      },
    },
    origins: { ...hand, ...origins, ...rendered.origins, 'spec.tls': 'tlsHosts' },
  };
}

/** Annotations of a Service for its target groups, in the place of those of its Ingress. */
export function serviceAnnotations(settings: AlbServiceSettings): Written {
  return written(entriesOf(albService, settings, ''), INGRESS_PREFIX);
}

/** A redirect to the first HTTPS listener by its port, and a policy: the controller's own default is of 2016. */
function tlsDefaults(
  settings: AlbIngressSettings,
  params: IngressClassParamsSpec,
): Pick<AlbIngressSettings, 'sslPolicy' | 'sslRedirect'> {
  const { sslRedirect, annotations = {} } = settings;
  const https = entrancesOf(settings, params).filter(({ protocol }) => protocol === 'HTTPS');
  const said = params.sslPolicy || annotations[`${INGRESS_PREFIX}ssl-policy`];
  return {
    sslRedirect: sslRedirect === true ? (https[0]?.port ?? 443) : sslRedirect,
    sslPolicy: settings.sslPolicy ?? (https.length > 0 && !said ? CURRENT_SSL_POLICY : undefined),
  };
}

function listenerEntries(settings: AlbListener, index: number): Entry[] {
  const { port, protocol, attributes } = settings;
  return entriesOf(listener, { attributes }, `listeners.${index}`, (name) =>
    name.endsWith('*') ? name.replace('*', `${protocol}-${port}`) : undefined,
  );
}

/** What all listeners say of it is one annotation. */
function mutualAuthentication(listeners: readonly AlbListener[] = []): Entry[] {
  const entries = listeners.flatMap(({ port, mutualAuthentication: clients }, index) => {
    if (clients === undefined) return [];
    const { advertiseTrustStoreCaNames: advertise, ...rest } = {
      advertiseTrustStoreCaNames: undefined,
      ...clients,
    };
    const json = {
      port,
      ...rest,
      ...(advertise !== undefined && { advertiseTrustStoreCaNames: onOff(advertise) }),
    };
    return [{ json, path: `listeners.${index}.mutualAuthentication` }];
  });
  const [first] = entries;
  if (first === undefined) return [];
  const text = JSON.stringify(entries.map(({ json }) => json));
  return [{ annotation: 'mutual-authentication', text, path: first.path }];
}
