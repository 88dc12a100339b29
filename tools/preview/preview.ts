import { isDeepStrictEqual } from 'node:util';
import { checkIngresses, type Finding as CheckFinding, checkNlbService } from '../../load-balancers/checks';
import {
  buildModel,
  isUnknown,
  keyOf,
  type Ingress,
  type KubernetesObject,
  type Model,
  type Service,
  type Source,
} from '../../load-balancers/model';
import { ALB_CONTROLLER, admit, type Input } from './input';

/** What `npm run preview` shows, and prints as JSON. */
export interface Preview extends Omit<Model, 'NotJudged'> {
  /** What AWS would refuse, and what is worth knowing. */
  readonly Findings: readonly Finding[];
  /** What is not in the input and was taken for granted, and what is not shown; a sentence each. */
  readonly Notes: readonly string[];
}

export interface Finding {
  /** An error is refused, by AWS if not before; with a warning all is built, though maybe not as it is meant. */
  readonly Severity: 'error' | 'warning';
  readonly Source: Source;
  /** Where the value is in the typed props of an Ingress. @default - it is of a Service with a load balancer of its own */
  readonly Prop?: string;
  readonly Value: string;
  readonly Reason: string;
  readonly Remedy: string;
}

/** What the controller would make of an input, as far as it can be known. */
export function preview(input: Input): Preview {
  const { objects, settings, assumptions } = admit(input);
  const { NotJudged, ...model } = buildModel(objects, settings);
  const refused = new Set(model.Refusals.flatMap(({ Objects }) => Objects));
  const ofIngresses = checkIngresses(
    objects,
    // A Service that is not in the input may be elsewhere; what the controller makes without it is shown.
    { settings, elsewhere: { services: 'any' } },
    { ...model, NotJudged, Refusals: [] },
  ).map((finding) => findingOf(finding, refused));
  return {
    ...model,
    Findings: [
      ...ofIngresses,
      // One that both checks find is told once.
      ...findingsOfServices(objects, model).filter(
        ({ Source }) => !ofIngresses.some((other) => isDeepStrictEqual(other.Source, Source)),
      ),
    ],
    Notes: [
      ...assumptions,
      ...NotJudged.map((what) => `not judged: ${what}`),
      ...missingServices(objects, model),
      ...unserved(objects, { ...model, NotJudged }),
    ],
  };
}

/** Whether the controller, Kubernetes or AWS would refuse any of it. */
export function isRefused({ Refusals, Findings }: Preview): boolean {
  return Refusals.length > 0 || Findings.some(({ Severity }) => Severity === 'error');
}

function findingOf(finding: CheckFinding, refused: ReadonlySet<string>): Finding {
  const { ingress, kind = 'Ingress', annotation, field, prop, value, reason, remedy } = finding;
  const isBuilt = finding.warning || (finding.accepted && !refused.has(`${kind} ${ingress}`));
  return {
    Severity: isBuilt ? 'warning' : 'error',
    Source: sourceOf(kind, ingress, field, annotation),
    Prop: prop,
    Value: value,
    Reason: reason,
    Remedy: remedy,
  };
}

/** Of Services that have a load balancer of their own: built all the same, whatever AWS says of it. */
function findingsOfServices(
  objects: readonly KubernetesObject[],
  { LoadBalancers }: Pick<Model, 'LoadBalancers'>,
): Finding[] {
  const built = new Set(LoadBalancers.flatMap(({ Members }) => Members));
  return objects.flatMap((object) =>
    object.kind === 'Service' && built.has(`Service ${keyOf(object)}`)
      ? checkNlbService(asWritten(object)).map(({ annotation, field, value, reason, remedy }): Finding => ({
          Severity: 'warning',
          Source: sourceOf('Service', keyOf(object), field, annotation),
          Value: typeof value === 'string' ? value : JSON.stringify(value ?? ''),
          Reason: reason,
          Remedy: remedy,
        }))
      : [],
  );
}

/** Without what the API server fills in of node ports. */
function asWritten(service: Service): Service {
  const { allocateLoadBalancerNodePorts: allocates, ports = [], ...spec } = service.spec;
  return {
    ...service,
    spec: {
      ...spec,
      ...(allocates === false && { allocateLoadBalancerNodePorts: allocates }),
      ports: ports.map(({ nodePort, ...port }) => (isUnknown(nodePort) ? port : { ...port, nodePort })),
    },
  };
}

function sourceOf(kind: Source['Kind'], name: string, field?: string, annotation?: string): Source {
  return {
    Kind: kind,
    Name: name,
    ...(field !== undefined && { Field: field }),
    ...(annotation !== undefined && { Annotation: annotation }),
  };
}

/** Services that Ingresses of a load balancer name, and that are not there. */
function missingServices(
  objects: readonly KubernetesObject[],
  { LoadBalancers }: Pick<Model, 'LoadBalancers'>,
): string[] {
  const served = new Set(LoadBalancers.flatMap(({ Members }) => Members));
  const there = new Set(objects.flatMap((object) => (object.kind === 'Service' ? [keyOf(object)] : [])));
  const named = objects.flatMap((object) =>
    object.kind === 'Ingress' && served.has(`Ingress ${keyOf(object)}`) ? servicesOf(object) : [],
  );
  const missing = [...new Set(named)].filter((name) => !there.has(name));
  return missing.length === 0
    ? []
    : [`not in the input: ${missing.map((name) => `Service ${name}`).join(', ')}`];
}

/** Services behind an Ingress; a port `use-annotation` makes the name that of an annotation. */
function servicesOf({ metadata: { namespace }, spec: { defaultBackend, rules = [] } }: Ingress): string[] {
  const backends = rules.flatMap(({ http }) => http?.paths.map(({ backend }) => backend) ?? []);
  return [...backends, ...(defaultBackend ? [defaultBackend] : [])].flatMap(({ service }) =>
    service && service.port?.name !== 'use-annotation'
      ? [keyOf({ metadata: { namespace, name: service.name } })]
      : [],
  );
}

/** Ingresses without load balancer that are not refused either. */
function unserved(
  objects: readonly KubernetesObject[],
  { LoadBalancers, Refusals, NotJudged }: Model,
): string[] {
  const seen = new Set([
    ...LoadBalancers.flatMap(({ Members }) => Members),
    ...Refusals.flatMap(({ Objects }) => Objects),
    ...NotJudged.map((what) => what.slice(0, what.indexOf(':'))),
  ]);
  return objects.flatMap((object) =>
    object.kind === 'Ingress' && !seen.has(`Ingress ${keyOf(object)}`)
      ? [`Ingress ${keyOf(object)} gets no load balancer: ${whyUnserved(object, objects)}`]
      : [],
  );
}

function whyUnserved({ spec: { ingressClassName } }: Ingress, objects: readonly KubernetesObject[]): string {
  const controllers = objects.flatMap((object) =>
    object.kind === 'IngressClass' && object.metadata.name === ingressClassName
      ? [object.spec.controller]
      : [],
  );
  const [controller = ALB_CONTROLLER] = controllers;
  if (controller === ALB_CONTROLLER) return 'the controller does not serve its class';
  const whose = isUnknown(controller) ? 'a controller that is there already' : controller;
  return `its class ${ingressClassName ?? ''} is served by ${whose}`;
}
