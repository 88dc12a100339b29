import { type Action, type ForwardConfig, type Listener, type TargetGroupTuple } from '../model';
import { keyOf, type Service } from '../objects';
import { type Sourced } from '../origin';
import { Refused, refusedAt, wrapRefusal } from '../refusal';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { SERVICE_ANNOTATIONS } from '../annotations';
import {
  bool,
  fromJson,
  int32,
  intOrString,
  slice,
  optional,
  struct,
  goString,
  type Filled,
} from '../go/json-form';
import { sourcesOf } from './annotation';
import { type ServiceContext } from './context';
import { lookupPort, type Port } from './ports';
import { buildTargetGroup } from './target-groups';

const GO_PACKAGE = 'service';
const TARGET_GROUP = struct(
  'TargetGroupTuple',
  {
    targetGroupARN: optional(goString()),
    serviceName: optional(goString()),
    servicePort: optional(intOrString),
    decrypt: optional(bool),
    weight: optional(int32),
  },
  GO_PACKAGE,
);
const STICKINESS = struct('TargetGroupStickinessConfig', { enabled: optional(bool) }, GO_PACKAGE);
const FORWARD = struct(
  'ForwardActionConfig',
  {
    baseServiceWeight: optional(int32),
    targetGroups: slice(`${GO_PACKAGE}.TargetGroupTuple`, TARGET_GROUP),
    targetGroupStickinessConfig: optional(STICKINESS),
  },
  GO_PACKAGE,
);
const ACTION = struct(
  'Action',
  { type: goString(`${GO_PACKAGE}.ActionType`), forwardConfig: optional(FORWARD) },
  GO_PACKAGE,
);
type ActionConfig = Filled<typeof ACTION>;
type TargetGroupConfig = Filled<typeof TARGET_GROUP>;

/**
 * What a listener does: forward to the Service, or share between it and those that the annotation
 * `actions.<protocol>-<port>` names.
 * @throws {Refused}
 */
export function buildServiceActions(
  context: ServiceContext,
  port: Port,
  protocol: Listener['Protocol'],
  targetGroupProtocol: string,
): Sourced<readonly Action[]> {
  const { service } = context;
  const suffix = `actions.${protocol}-${port.port}`;
  const sources = sourcesOf(service, suffix);
  const action = actionOf(service, suffix);
  const isKnown = action !== undefined && action !== KNOWN_AFTER_APPLY && !isUnknown(action.type);
  const backends = isKnown ? refusedAt(sources[0], () => backendsOf(context, action)) : undefined;
  const own = { ...OWN, TargetGroup: buildTargetGroup(context, service, port, targetGroupProtocol) };
  if (action === KNOWN_AFTER_APPLY || isUnknown(action?.type))
    return { value: [{ Type: KNOWN_AFTER_APPLY }], sources };
  if (action?.forwardConfig === undefined) return { value: [forwardTo([own])], sources };
  const { baseServiceWeight, targetGroups, targetGroupStickinessConfig: stickiness } = action.forwardConfig;
  const others = targetGroups.map((target) =>
    refusedAt(sources[0], () => tupleOf(context, target, protocol, backends)),
  );
  const forward = forwardTo(
    [{ ...own, ...weightOf(baseServiceWeight) }, ...others],
    stickiness && (stickiness.enabled === undefined ? {} : { Enabled: stickiness.enabled }),
  );
  return { value: [forward], sources };
}

/** @throws {Refused} for what is no JSON, or of another form */
function actionOf(service: Service, suffix: string): OrUnknown<ActionConfig> | undefined {
  const raw = SERVICE_ANNOTATIONS.string(service, suffix);
  if (raw === undefined || raw === KNOWN_AFTER_APPLY) return raw;
  try {
    return fromJson(raw, ACTION);
  } catch (error) {
    // Outside quotes, what isn't known yet is no JSON yet.
    if (isUnknown(raw)) return KNOWN_AFTER_APPLY;
    const source = SERVICE_ANNOTATIONS.source(service, suffix);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refused(
      `failed to parse json annotation, ${source.Annotation ?? suffix}: ${raw}: ${reason}`,
      source,
    );
  }
}

const OWN = { TargetGroupArn: KNOWN_AFTER_APPLY };

function forwardTo(
  TargetGroups: readonly TargetGroupTuple[],
  stickiness?: ForwardConfig['TargetGroupStickinessConfig'],
): Action {
  return {
    Type: 'forward',
    ForwardConfig: { TargetGroups, ...(stickiness && { TargetGroupStickinessConfig: stickiness }) },
  };
}

function weightOf(weight: number | undefined): { readonly Weight?: number } {
  return weight === undefined ? {} : { Weight: weight };
}

function tupleOf(
  context: ServiceContext,
  { targetGroupARN, serviceName = '', servicePort = 0, decrypt, weight }: TargetGroupConfig,
  protocol: Listener['Protocol'],
  backends: ReadonlyMap<string, Service> | undefined,
): TargetGroupTuple {
  if (targetGroupARN !== undefined) return { TargetGroupArn: targetGroupARN, ...weightOf(weight) };
  const backend = backends?.get(serviceName);
  if (backend === undefined || isUnknown(servicePort)) return { ...OWN, ...weightOf(weight) };
  const plain = protocol === 'TLS' && decrypt === true;
  const port = lookupPort(backend, servicePort);
  return {
    ...OWN,
    TargetGroup: buildTargetGroup(context, backend, port, plain ? 'TCP' : protocol),
    ...weightOf(weight),
  };
}

/** The Services that an action names, by name. @throws {Refused} for one that isn't there */
function backendsOf(
  { cluster, service }: ServiceContext,
  action: ActionConfig,
): ReadonlyMap<string, Service> {
  checkAction(action);
  if (action.forwardConfig === undefined) {
    // The controller takes what it checked for granted here.
    throw new Refused('panic: runtime error: invalid memory address or nil pointer dereference [recovered]');
  }
  const names = action.forwardConfig.targetGroups
    .flatMap(({ serviceName }) => serviceName ?? [])
    .filter((name) => !isUnknown(name));
  return new Map(
    [...new Set(names)].sort().flatMap((name) => {
      const key = keyOf({ metadata: { ...service.metadata, name } });
      const backend = cluster.services.get(key);
      if (backend === undefined && cluster.mayBeThere('Service', key)) return [];
      if (backend === undefined) throw new Refused(`Service "${name}" not found`);
      return [[name, backend] as const];
    }),
  );
}

function checkAction({ type, forwardConfig }: ActionConfig): void {
  if (isUnknown(type)) return;
  if (type !== 'forward') throw new Refused(`unknown action type: ${type}`);
  const targetGroups = forwardConfig?.targetGroups ?? [];
  wrapRefusal('invalid ForwardConfig', () => {
    for (const target of targetGroups) {
      wrapRefusal('invalid TargetGroupTuple', () => {
        checkTargetGroup(target);
      });
    }
    if (targetGroups.length > 1 && targetGroups.some(({ weight }) => weight === undefined)) {
      throw new Refused('weight must be set when routing to multiple target groups');
    }
  });
}

function checkTargetGroup({ targetGroupARN, serviceName, servicePort, weight }: TargetGroupConfig): void {
  if ((targetGroupARN === undefined) === (serviceName === undefined)) {
    throw new Refused('precisely one of targetGroupARN and serviceName can be specified');
  }
  if (serviceName !== undefined && servicePort === undefined) throw new Refused('missing servicePort');
  if (weight !== undefined && (weight < 0 || weight > 999)) {
    throw new Refused('target group weight must be between 0 and 999');
  }
}
