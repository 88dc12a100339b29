import { type IngressController } from '../../modules/ingress-class/flavor';
import {
  type Entrance,
  entrancesOf,
  mainEntrance,
  renderIngress,
  serviceAnnotations,
  type AlbIngressSettings,
  type AlbRoute,
  type Origins,
  type RenderedIngress,
  type Written,
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
  /** Which of the settings each part of it came from. */
  readonly origins: Origins;
  /** Where people come in. */
  readonly entrance: Entrance;
  /** What leads to services, in the order written. */
  readonly routes: readonly { readonly service: string; readonly host?: string; readonly path: string }[];
}

/** What an Ingress routes to, be it made here or not. */
interface Member {
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
  readonly host: string | undefined;
  readonly paths: ServiceSettings['paths'];
  readonly ingress: IngressSettings | undefined;
  /** Where it is written. */
  readonly path: string;
}

/** The Ingresses of an environment: the one of all services, and those that services have for themselves. */
export function planIngresses(environment: Decided): PlannedIngress[] {
  const { ingress, namespace } = environment.workloads;
  const routed = membersOf(environment).filter(({ paths }) => paths.length > 0);
  const isShared = (member: Member) => member.ingress === undefined && member.namespace === namespace;
  // In another namespace an Ingress says what the one of all says, but for its routes.
  const elsewhere: IngressSettings = { ...ingress, routes: undefined, defaultBackend: undefined };
  const written: {
    readonly name: string;
    readonly namespace: string;
    readonly settings: IngressSettings;
    readonly path: string;
    readonly members: readonly Member[];
  }[] = [
    {
      name: 'services',
      namespace,
      settings: ingress,
      path: SHARED_INGRESS,
      members: routed.filter(isShared),
    },
    ...routed
      .filter((member) => !isShared(member))
      .map((member) => ({
        name: member.name,
        namespace: member.namespace,
        settings: member.ingress ?? elsewhere,
        path: member.ingress ? `${member.path}.ingress` : `${member.path}.namespace`,
        members: [member],
      })),
  ];
  const made = written.filter(
    ({ members, settings }) => members.length > 0 || settings.routes || settings.defaultBackend,
  );
  const all = made.map(({ settings }) => settings);
  return made.map(({ name, namespace, settings: own, path, members }) => {
    const further = own.routes ?? [];
    const settings = {
      ...withDefaults(own, all, environment),
      routes: [...members.flatMap(routesOf), ...further],
    };
    const { ingress: manifest, origins } = rendered({ ...settings, name, namespace }, environment);
    return {
      path,
      services: members.map((member) => member.name),
      routePaths: [
        ...members.flatMap((member) => member.paths.map((_, at) => `${member.path}.paths.${at}`)),
        ...further.map((_, at) => `${path}.routes.${at}`),
      ],
      name,
      shared: path === SHARED_INGRESS,
      settings,
      manifest,
      origins,
      entrance: mainEntrance(settings, environment.loadBalancing.ingressClass.params),
      routes: settings.routes.flatMap(({ service, host, path = '/' }) =>
        service === undefined ? [] : [{ service, host, path }],
      ),
    };
  });
}

function membersOf({ workloads }: Decided): Member[] {
  const { namespace, services, externalServices } = workloads;
  return [
    ...services.map(({ name, host, paths, ingress }, index) => ({
      name,
      namespace,
      port: SERVICE_PORT.port,
      host,
      paths,
      ingress,
      path: `workloads.services.${index}`,
    })),
    ...externalServices.map(({ name, namespace: own = namespace, ports, host, paths, ingress }, index) => ({
      name,
      namespace: own,
      port: ports[0]?.port ?? SERVICE_PORT.port,
      host,
      paths,
      ingress,
      path: `workloads.externalServices.${index}`,
    })),
  ];
}

function rendered(
  props: PlannedIngress['settings'] & { readonly name: string; readonly namespace: string },
  { loadBalancing }: Decided,
): RenderedIngress {
  const { name: ingressClassName, params } = loadBalancing.ingressClass;
  return renderIngress({ ...props, ingressClassName }, params);
}

/** Where requests for a service reach its pods: at their own addresses, or at a port of their nodes. */
export function plannedTargetTypeOf(environment: Decided, service: ServiceSettings): 'ip' | 'instance' {
  const { workloads, loadBalancing } = environment;
  const ingress = service.ingress ?? workloads.ingress;
  return (
    loadBalancing.ingressClass.params.targetType ??
    service.alb.targetGroup?.targetType ??
    ingress.targetGroup?.targetType ??
    'ip'
  );
}

/** What the load balancer reads from a service's own Service, and the field of `alb` that says it. */
export function albAnnotationsOf({ alb, healthPath }: ServiceSettings): Written {
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

function routesOf({ name, host, paths, port }: Member): AlbRoute[] {
  return paths.map((path) => ({ ...path, ...(host !== undefined && { host }), service: name, port }));
}

/** What the platform has decided, or another Ingress of the same load balancer says, needs no default. */
function withDefaults(
  settings: IngressSettings,
  all: readonly IngressSettings[],
  environment: Decided,
): IngressSettings {
  const { network, loadBalancing } = environment;
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
    ...httpsDefaults(settings, environment),
    ...settings,
    ...attributeDefaults(settings, shared, environment),
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

/** With a certificate for its hosts, an Ingress is HTTPS, and HTTP leads there. */
function httpsDefaults(
  { listeners, annotations = {}, certificateManagement }: IngressSettings,
  { dns, loadBalancing }: Decided,
): Pick<IngressSettings, 'listeners' | 'sslRedirect'> {
  const { params } = loadBalancing.ingressClass;
  const said =
    listeners ??
    certificateManagement ??
    params.listeners ??
    annotations['alb.ingress.kubernetes.io/listen-ports'];
  if (!dns?.certificate || said !== undefined) return {};
  return {
    listeners: [
      { port: 80, protocol: 'HTTP' },
      { port: 443, protocol: 'HTTPS' },
    ],
    ...(params.sslRedirectPort === undefined && { sslRedirect: true as const }),
  };
}

/** Name of the bucket of load balancer logs, where one is made. */
export function logBucketOf({ hardening, project, name, account }: Decided): string | undefined {
  return hardening ? `${project}-${name}-lb-logs-${account}` : undefined;
}

/** What security rules ask of a load balancer; what somebody says of it wins. */
function attributeDefaults(
  settings: IngressSettings,
  shared: readonly IngressSettings[],
  environment: Decided,
): Pick<IngressSettings, 'loadBalancerAttributes'> {
  const { hardening, preventDestroy, loadBalancing } = environment;
  const byHand = shared.some(
    ({ annotations }) => annotations?.['alb.ingress.kubernetes.io/load-balancer-attributes'] !== undefined,
  );
  if (!hardening || byHand) return {};
  const keys = (loadBalancing.ingressClass.params.loadBalancerAttributes ?? []).map(({ key }) => key);
  const open = (prop: 'accessLogs' | 'deletionProtection' | 'dropInvalidHeaderFields', key: string) =>
    !keys.some((each) => each.startsWith(key)) &&
    shared.every(({ loadBalancerAttributes }) => loadBalancerAttributes?.[prop] === undefined);
  const bucket = logBucketOf(environment);
  const defaults = {
    ...(bucket !== undefined && open('accessLogs', 'access_logs.') && { accessLogs: { bucket } }),
    ...(preventDestroy && open('deletionProtection', 'deletion_protection.') && { deletionProtection: true }),
    ...(open('dropInvalidHeaderFields', 'routing.http.drop_invalid_header_fields') && {
      dropInvalidHeaderFields: true,
    }),
  };
  if (Object.keys(defaults).length === 0) return {};
  return { loadBalancerAttributes: { ...defaults, ...settings.loadBalancerAttributes } };
}

function sharesHttps(one: IngressSettings, other: IngressSettings): boolean {
  const ports = (settings: IngressSettings) =>
    entrancesOf(settings).flatMap(({ protocol, port }) => (protocol === 'HTTPS' ? [port] : []));
  return ports(one).some((port) => ports(other).includes(port));
}
