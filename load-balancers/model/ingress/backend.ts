import { INGRESS_ANNOTATIONS } from '../annotations';
import { type GroupContext, type Member } from '../context';
import { type Action, type TargetGroupTuple, type Transform } from '../model';
import { keyOf, type Ingress, type IngressBackend, type Service } from '../objects';
import { type Sourced } from '../origin';
import { Refused, refusedAt, type Source } from '../refusal';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { readRouting, unavailable, type RoutingAction, type Target } from './actions';
import { readAuthentication, readJwtValidation, type Authenticate } from './authentication';
import { BackendAnnotations } from './backend-annotations';
import { readConditions, type ConditionConfig } from './conditions';
import { defined } from './defined';
import { targetGroupOf } from './target-groups';
import { readTransforms } from './transforms';

/** A backend of an Ingress with all that annotations say about it. */
export interface AnnotatedBackend {
  readonly conditions: Sourced<OrUnknown<readonly ConditionConfig[]>>;
  readonly transforms: Sourced<readonly Transform[]>;
  readonly routing: Sourced<OrUnknown<RoutingAction>>;
  readonly authenticate: Authenticate;
  readonly jwtValidation?: Sourced<Action>;
}

/** Port name that stands for the annotation `actions.<service>`. */
const USE_ANNOTATION = 'use-annotation';

/**
 * @param source the path, or default backend, that it belongs to
 * @throws {Refused}
 */
export function readBackend(
  context: GroupContext,
  member: Member,
  { service: reference }: IngressBackend,
  source: Source,
): AnnotatedBackend {
  const { ingress } = member;
  if (reference === undefined) throw new Refused('missing required "service" field', source);
  const annotated = <T>(suffix: string, value: T): Sourced<T> => ({
    value,
    sources: annotationSources(ingress, suffix),
  });
  const { name, port } = reference;
  const conditions = annotated(`conditions.${name}`, readConditions(ingress, name));
  const transforms = annotated(`transforms.${name}`, readTransforms(ingress, name));
  const written: Sourced<OrUnknown<RoutingAction>> =
    port?.name === USE_ANNOTATION
      ? annotated(
          `actions.${name}`,
          readRouting(ingress, name, context.settings.tolerateNonExistentBackendAction),
        )
      : {
          value: {
            type: 'forward',
            targets: [{ service: { name, port: port?.name || (port?.number ?? 0) } }],
          },
          sources: [],
        };
  const routing = {
    ...written,
    value: withServices(context, ingress, written.value, written.sources[0] ?? source),
  };
  return {
    conditions,
    transforms,
    routing,
    authenticate: readAuthentication(
      new BackendAnnotations(ingress, onlyService(context, ingress, routing.value)),
      (name) => context.cluster.secrets.get(keyOf({ metadata: { ...ingress.metadata, name } })),
    ),
    jwtValidation: readJwtValidation(ingress),
  };
}

/**
 * What a rule, or a listener by default, does; only HTTPS listeners can ask who someone is first.
 * @throws {Refused}
 */
export function buildActions(
  context: GroupContext,
  protocol: 'HTTP' | 'HTTPS',
  member: Member,
  backend: AnnotatedBackend,
  source: Source,
): Sourced<readonly Action[]> {
  const before =
    protocol === 'HTTPS'
      ? [backend.authenticate(), backend.jwtValidation].filter((step) => step !== undefined)
      : [];
  if (before.length > 1) {
    throw new Refused("authentication and jwt validation can't both be configured", before[1]?.sources[0]);
  }
  // A port that isn't there is where it is named.
  const at = backend.routing.sources[0] ?? portField(source);
  const last = refusedAt(at, () => buildRouting(context, member, backend.routing.value, source));
  return {
    value: [...before.map((step) => step.value), last],
    sources: [source, ...backend.routing.sources, ...before.flatMap((step) => step.sources)],
  };
}

function portField({ Field = 'spec', ...source }: Source): Source {
  const backend = Field === 'spec.defaultBackend' ? Field : `${Field}.backend`;
  return { ...source, Field: `${backend}.service.port` };
}

function buildRouting(
  context: GroupContext,
  member: Member,
  routing: OrUnknown<RoutingAction>,
  source: Source,
): Action {
  if (routing === KNOWN_AFTER_APPLY) return { Type: KNOWN_AFTER_APPLY };
  switch (routing.type) {
    case 'fixed-response':
      return { Type: routing.type, FixedResponseConfig: routing.config };
    case 'redirect':
      return { Type: routing.type, RedirectConfig: routing.config };
    case 'forward': {
      const ForwardConfig = defined({
        TargetGroups: routing.targets.map((target) => tupleOf(context, member, target, source)),
        TargetGroupStickinessConfig: routing.stickiness,
      });
      return { Type: routing.type, ForwardConfig };
    }
  }
}

function tupleOf(
  context: GroupContext,
  member: Member,
  { arn, name, service: reference, weight }: Target,
  source: Source,
): TargetGroupTuple {
  const known = reference === undefined || isUnknown(reference.port) ? undefined : reference;
  const service = known && serviceOf(context, member.ingress, known.name);
  return defined({
    TargetGroupArn: arn ?? KNOWN_AFTER_APPLY,
    TargetGroup: service && targetGroupOf(context, member, service, known.port, source).Id,
    TargetGroupName: arn === undefined ? name : undefined,
    Weight: weight,
  });
}

/**
 * As it is if all its Services are there; a single one that isn't may be tolerated.
 * @throws {Refused}
 */
function withServices(
  context: GroupContext,
  ingress: Ingress,
  routing: OrUnknown<RoutingAction>,
  source: Source,
): OrUnknown<RoutingAction> {
  if (routing === KNOWN_AFTER_APPLY || routing.type !== 'forward') return routing;
  const missing = routing.targets
    .flatMap(({ service }) => (service === undefined ? [] : [service.name]))
    .find((name) => !isUnknown(name) && !isThere(context, ingress, name));
  if (missing === undefined) return routing;
  if (routing.targets.length === 1 && context.settings.tolerateNonExistentBackendService) {
    return unavailable('Backend service does not exist');
  }
  throw new Refused(`Service ${JSON.stringify(missing)} not found`, source);
}

/** The Service that alone gets the requests: its annotations say how they authenticate, too. */
function onlyService(
  context: GroupContext,
  ingress: Ingress,
  routing: OrUnknown<RoutingAction>,
): Service | undefined {
  if (routing === KNOWN_AFTER_APPLY || routing.type !== 'forward' || routing.targets.length !== 1) {
    return undefined;
  }
  const name = routing.targets[0]?.service?.name;
  return name === undefined ? undefined : serviceOf(context, ingress, name);
}

function isThere({ cluster }: GroupContext, ingress: Ingress, name: string): boolean {
  const key = serviceKey(ingress, name);
  return cluster.services.has(key) || cluster.mayBeThere('Service', key);
}

function serviceOf({ cluster }: GroupContext, ingress: Ingress, name: string): Service | undefined {
  return cluster.services.get(serviceKey(ingress, name));
}

function serviceKey({ metadata: { namespace } }: Ingress, name: string): string {
  return keyOf({ metadata: { namespace, name } });
}

function annotationSources(ingress: Ingress, suffix: string): readonly Source[] {
  return INGRESS_ANNOTATIONS.nameOf(ingress, suffix) === undefined
    ? []
    : [INGRESS_ANNOTATIONS.source(ingress, suffix)];
}
