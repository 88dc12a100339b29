import { INGRESS_ANNOTATIONS } from '../annotations';
import { type Member } from '../context';
import { type Listener, type TargetGroup } from '../model';
import { keyOf, type Ingress } from '../objects';
import { compareText, originOf } from '../origin';
import { Refused, wrapRefusal, type Source } from '../refusal';
import { type Tags } from '../tags';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import {
  mergeHealthChecks,
  readFrontendNlbHealthCheck,
  type FrontendNlbHealthCheck,
} from './frontend-nlb-health-check';
import { portOf } from './port';

const PORT_MAPPING = 'frontend-nlb-listener-port-mapping';

/** What one Ingress wants of a listener. */
interface Wish {
  readonly port: number;
  /** The listener of the Application Load Balancer behind it. */
  readonly targetPort: number;
  readonly sources: readonly Source[];
  readonly healthCheck: FrontendNlbHealthCheck;
}

/**
 * A listener and a target group for each port, with the Application Load Balancer as the target.
 * @throws {Refused}
 */
export function buildFrontendNlbListeners(
  members: readonly Member[],
  listenPortsByMember: ReadonlyMap<Member, readonly number[]>,
  tags: Tags,
): { readonly listeners: readonly Listener[]; readonly targetGroups: readonly TargetGroup[] } {
  const wishes = members.flatMap((member) =>
    wrapRefusal(`failed to compute listenPort config for ingress: ${keyOf(member.ingress)}`, () =>
      wishesOf(member, listenPortsByMember.get(member) ?? []),
    ),
  );
  const byPort = new Map<number, readonly [Wish, ...Wish[]]>();
  for (const wish of wishes) {
    const [first, ...others] = byPort.get(wish.port) ?? [];
    byPort.set(wish.port, first === undefined ? [wish] : [first, ...others, wish]);
  }
  const merged = [...byPort]
    .sort(([a], [b]) => a - b)
    .map(([port, ofPort]) =>
      wrapRefusal(`failed to merge NLB listenPort config for port: ${port}`, () => mergeWishes(ofPort)),
    );
  return {
    listeners: merged.map((port) => listenerOf(port, tags)),
    targetGroups: merged.map((port) => targetGroupOf(port, tags)),
  };
}

/** All ports on which the Ingress listens, or those of them that its mapping names; none if that isn't known. */
function wishesOf({ ingress }: Member, listenPorts: readonly number[]): readonly Wish[] {
  const mapping = portMappingOf(ingress);
  if (mapping === KNOWN_AFTER_APPLY) return [];
  const isMapped = mapping.length > 0;
  const pairs = isMapped ? mapping : listenPorts.map((port) => ({ port, targetPort: port }));
  const suffix = isMapped ? PORT_MAPPING : 'listen-ports';
  const isAnnotated = INGRESS_ANNOTATIONS.nameOf(ingress, suffix) !== undefined;
  const sources = isAnnotated ? [INGRESS_ANNOTATIONS.source(ingress, suffix)] : [];
  return pairs
    .filter(({ targetPort }) => listenPorts.includes(targetPort))
    .map((pair) => ({ ...pair, sources, healthCheck: readFrontendNlbHealthCheck(ingress) }));
}

function portMappingOf(ingress: Ingress): OrUnknown<readonly Pick<Wish, 'port' | 'targetPort'>[]> {
  const mapping = wrapRefusal('failed to parse frontend-nlb-listener-port-mapping for ingress map[]', () =>
    INGRESS_ANNOTATIONS.map(ingress, PORT_MAPPING),
  );
  if (mapping === undefined) return [];
  if (mapping === KNOWN_AFTER_APPLY || [...mapping].flat().some(isUnknown)) return KNOWN_AFTER_APPLY;
  const parse = (of: string, written: string): number => {
    const port = portOf(written);
    if (typeof port === 'number') return port;
    throw new Refused(
      `invalid ${of} listener port: ${written}`,
      INGRESS_ANNOTATIONS.source(ingress, PORT_MAPPING),
    );
  };
  return [...mapping]
    .sort(([a], [b]) => compareText(a, b))
    .map(([nlb, alb]) => ({ port: parse('NLB', nlb), targetPort: parse('ALB', alb) }));
}

/** What all that want a port agree on. */
function mergeWishes([first, ...others]: readonly [Wish, ...Wish[]]): Wish {
  return others.reduce((merged, { targetPort, healthCheck, sources }, index) => {
    const both = mergeHealthChecks(merged.healthCheck, healthCheck, index + 1);
    if (targetPort !== merged.targetPort) {
      throw new Refused(
        `conflicting Target Port, config ${index + 2}: ${targetPort}, previous: ${merged.targetPort}`,
        sources[0],
        merged.sources[0],
      );
    }
    return { ...merged, healthCheck: both, sources: [...merged.sources, ...sources] };
  }, first);
}

function idOf({ port }: Wish): string {
  return `FrontendNlb-tg-TCP-${port}`;
}

function listenerOf(wish: Wish, tags: Tags): Listener {
  const Port = { value: wish.port, sources: wish.sources };
  const TargetGroups = [{ TargetGroupArn: KNOWN_AFTER_APPLY, TargetGroup: idOf(wish) }];
  return {
    Port: wish.port,
    Protocol: 'TCP',
    Certificates: [],
    Attributes: [],
    Tags: tags.value,
    DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }],
    Rules: [],
    Origin: originOf({ Port, Tags: tags }),
  };
}

function targetGroupOf(wish: Wish, tags: Tags): TargetGroup {
  const { healthCheck: health } = wish;
  const Port = { value: wish.port, sources: wish.sources };
  return {
    Id: idOf(wish),
    TargetGroupName: KNOWN_AFTER_APPLY,
    TargetType: 'alb',
    Protocol: 'TCP',
    Port: wish.port,
    IpAddressType: 'ipv4',
    HealthCheckProtocol: health.Protocol.value,
    HealthCheckPort: health.Port.value,
    HealthCheckPath: health.Path.value,
    HealthCheckIntervalSeconds: health.IntervalSeconds.value,
    HealthCheckTimeoutSeconds: health.TimeoutSeconds.value,
    HealthyThresholdCount: health.HealthyThresholdCount.value,
    UnhealthyThresholdCount: health.UnhealthyThresholdCount.value,
    Matcher: { HttpCode: health.Matcher.value },
    Attributes: [],
    Tags: tags.value,
    Targets: [{ Id: KNOWN_AFTER_APPLY, Port: wish.targetPort }],
    TargetPermissions: [],
    Origin: originOf({
      Port,
      Targets: Port,
      HealthCheckProtocol: health.Protocol,
      HealthCheckPort: health.Port,
      HealthCheckPath: health.Path,
      HealthCheckIntervalSeconds: health.IntervalSeconds,
      HealthCheckTimeoutSeconds: health.TimeoutSeconds,
      HealthyThresholdCount: health.HealthyThresholdCount,
      UnhealthyThresholdCount: health.UnhealthyThresholdCount,
      Matcher: health.Matcher,
      Tags: tags,
    }),
  };
}
