import { type IngressController } from '../../modules/ingress-class/flavor';
import {
  type Entrance,
  entrancesOf,
  mainEntrance,
  renderIngress,
  serviceAnnotations,
  type AlbIngressSettings,
  type AlbRoute,
} from '../../load-balancers/language';
import { type Ingress } from '../../load-balancers/model';
import { SERVICE_PORT } from '../../modules/workloads/ports';
import { SHUTDOWN } from '../../modules/workloads/shutdown';
import { type IngressSettings, type ServiceSettings } from '../schema/workloads';
import { type Decided } from '.';

/** Path of the settings of the Ingress that services share. */
export const SHARED_INGRESS = 'workloads.ingress';

/** An Ingress of the environment, and where what it says is written. */
export interface PlannedIngress {
  readonly name: string;
  readonly settings: AlbIngressSettings & { readonly routes: readonly AlbRoute[] };
  /** Path of its settings, such as `workloads.ingress`. */
  readonly path: string;
  /** Path of each of its routes. */
  readonly routePaths: readonly string[];
  /** Names of the services that have paths in it. */
  readonly services: readonly string[];
  /** Whether it is the one of all services. */
  readonly shared: boolean;
  /** The Kubernetes object. */
  readonly manifest: Ingress;
  /** Where people come in. */
  readonly entrance: Entrance;
  /** What leads to services, in the order written. */
  readonly routes: readonly { readonly service: string; readonly host?: string; readonly path: string }[];
}

/** The Ingresses of an environment: the one of all services, and those that services have for themselves. */
export function planIngresses(environment: Decided): PlannedIngress[] {
  const { services, ingress } = environment.workloads;
  const routed = services
    .map((service, index) => ({ service, path: `workloads.services.${index}` }))
    .filter(({ service }) => service.paths.length > 0);
  const written = [
    {
      name: 'services',
      settings: ingress,
      path: SHARED_INGRESS,
      members: routed.filter(({ service }) => service.ingress === undefined),
    },
    ...routed.flatMap((member) =>
      member.service.ingress
        ? [
            {
              name: member.service.name,
              settings: member.service.ingress,
              path: `${member.path}.ingress`,
              members: [member],
            },
          ]
        : [],
    ),
  ].filter(({ members, settings }) => members.length > 0 || settings.routes || settings.defaultBackend);
  const all = written.map(({ settings }) => settings);
  return written.map(({ name, settings: own, path, members }) => {
    const further = own.routes ?? [];
    const settings = {
      ...withDefaults(own, all, environment),
      routes: [...members.flatMap(({ service }) => routesOf(service)), ...further],
    };
    return {
      path,
      services: members.map(({ service }) => service.name),
      routePaths: [
        ...members.flatMap((member) => member.service.paths.map((_, at) => `${member.path}.paths.${at}`)),
        ...further.map((_, at) => `${path}.routes.${at}`),
      ],
      name,
      settings,
      shared: path === SHARED_INGRESS,
      manifest: manifestOf(name, settings, environment),
      entrance: mainEntrance(settings, environment.loadBalancing.ingressClass.params),
      routes: settings.routes.flatMap(({ service, host, path = '/' }) =>
        service === undefined ? [] : [{ service, host, path }],
      ),
    };
  });
}

function manifestOf(
  name: string,
  settings: PlannedIngress['settings'],
  { workloads, loadBalancing }: Decided,
): Ingress {
  const { name: ingressClassName, params } = loadBalancing.ingressClass;
  return renderIngress({ ...settings, name, namespace: workloads.namespace, ingressClassName }, params);
}

/** Where requests for a service reach its pods: at their own addresses, or at a port of their nodes. */
export function targetTypeOf(environment: Decided, service: ServiceSettings): 'ip' | 'instance' {
  const { workloads, loadBalancing } = environment;
  const ingress = service.ingress ?? workloads.ingress;
  return (
    loadBalancing.ingressClass.params.targetType ??
    service.alb.targetGroup?.targetType ??
    ingress.targetGroup?.targetType ??
    'ip'
  );
}

/** What the load balancer reads from a service's own Service. */
export function albAnnotationsOf({ alb, healthPath }: ServiceSettings): Record<string, string> {
  const { targetGroup = {} } = alb;
  return serviceAnnotations({
    ...alb,
    targetGroup: { ...targetGroup, healthCheck: { path: healthPath, ...targetGroup.healthCheck } },
  });
}

/** Who makes the load balancers of an environment. */
export function controllerOf({ loadBalancing }: Decided): IngressController {
  return loadBalancing.type === 'auto-mode' ? 'auto-mode' : 'load-balancer-controller';
}

function routesOf({ name, host, paths }: ServiceSettings): AlbRoute[] {
  return paths.map((path) => ({
    ...path,
    ...(host !== undefined && { host }),
    service: name,
    port: SERVICE_PORT.port,
  }));
}

/** What the platform has decided, or another Ingress of the same load balancer says, needs no default. */
function withDefaults(
  settings: IngressSettings,
  all: readonly IngressSettings[],
  { network, loadBalancing }: Decided,
): IngressSettings {
  const { params } = loadBalancing.ingressClass;
  const group = settings.group?.name;
  const shared = group === undefined ? [settings] : all.filter((each) => each.group?.name === group);
  const said = (field: 'scheme' | 'ipAddressType', annotation: string) =>
    params[field] !== undefined ||
    shared.some((each) => each[field] !== undefined || each.annotations?.[annotation] !== undefined);
  const sslPolicy = shared.find(
    (each) => each !== settings && each.sslPolicy && sharesHttps(settings, each),
  )?.sslPolicy;
  const byHand = (annotation: string) => settings.annotations?.[annotation] !== undefined;
  const { targetGroup = {} } = settings;
  const dualStack = network.kind === 'new' && network.ipFamily === 'dual-stack';
  return {
    ...(!said('scheme', 'alb.ingress.kubernetes.io/scheme') && { scheme: 'internet-facing' }),
    ...(dualStack &&
      !said('ipAddressType', 'alb.ingress.kubernetes.io/ip-address-type') && { ipAddressType: 'dualstack' }),
    // The default would contradict what another one says of the same listener.
    ...(sslPolicy && !byHand('alb.ingress.kubernetes.io/ssl-policy') && { sslPolicy }),
    ...settings,
    targetGroup: {
      ...(params.targetType === undefined &&
        !byHand('alb.ingress.kubernetes.io/target-type') && { targetType: 'ip' }),
      ...targetGroup,
      ...(!byHand('alb.ingress.kubernetes.io/target-group-attributes') && {
        // Pods serve on until the load balancer has let go of them.
        attributes: {
          deregistrationDelaySeconds: SHUTDOWN.deregistrationDelaySeconds,
          ...targetGroup.attributes,
        },
      }),
    },
  };
}

function sharesHttps(one: IngressSettings, other: IngressSettings): boolean {
  const ports = (settings: IngressSettings) =>
    entrancesOf(settings).flatMap(({ protocol, port }) => (protocol === 'HTTPS' ? [port] : []));
  return ports(one).some((port) => ports(other).includes(port));
}
