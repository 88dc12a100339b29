import { type Service } from '../../model';
import { type CheckContext } from '../context';
import { atSuffix, type ObjectFinding } from '../finding';
import { type Check, serviceListenersOf, readNlb } from './read';

interface Target {
  readonly targetGroupARN?: unknown;
  readonly serviceName?: unknown;
  readonly servicePort?: unknown;
  readonly weight?: unknown;
  readonly decrypt?: unknown;
}
interface Action {
  readonly type?: unknown;
  readonly forwardConfig?: { readonly baseServiceWeight?: unknown; readonly targetGroups?: unknown };
}

/** Of one listener, the Service's own among them. */
const MOST_TARGET_GROUPS = 5;

/** A weighted forward is one that the controller and AWS take. */
export const actions: Check = (service, context) =>
  serviceListenersOf(service).flatMap(({ port, protocol }) => {
    const suffix = `actions.${protocol}-${port}`;
    const action = readNlb.json(service, suffix) as Action | null | undefined;
    if (typeof action !== 'object' || action === null) return [];
    return [...form(service, suffix, action), ...targets(service, suffix, action, protocol, context)];
  });

function form(service: Service, suffix: string, { type, forwardConfig }: Action): ObjectFinding[] {
  if (type !== 'forward' || !forwardConfig) {
    return [
      atSuffix(
        service,
        suffix,
        'a listener of a Network Load Balancer forwards, and does nothing else',
        "write type 'forward' and forwardConfig",
      ),
    ];
  }
  return weight(service, suffix, 'baseServiceWeight', forwardConfig.baseServiceWeight);
}

function targets(
  service: Service,
  suffix: string,
  { forwardConfig }: Action,
  protocol: string,
  { region, account }: CheckContext,
): ObjectFinding[] {
  const all = (
    Array.isArray(forwardConfig?.targetGroups) ? forwardConfig.targetGroups : []
  ) as readonly Target[];
  const found = all.flatMap((target, index) => {
    const path = `targetGroups.${index}`;
    const at = (field: string, value: unknown, reason: string, remedy: string) =>
      atSuffix(service, suffix, reason, remedy, { at: `${path}.${field}`, value });
    const { targetGroupARN: arn, serviceName, servicePort, decrypt } = target;
    return [
      ...((arn === undefined) === (serviceName === undefined)
        ? [
            at(
              'serviceName',
              serviceName,
              'a target is a Service or a target group',
              'write one of serviceName and targetGroupARN',
            ),
          ]
        : []),
      ...(serviceName !== undefined && servicePort === undefined
        ? [
            at(
              'servicePort',
              servicePort,
              'nothing says which port of the Service',
              'write its number or name',
            ),
          ]
        : []),
      ...(typeof arn === 'string' ? targetGroup(arn) : []).map((reason) =>
        at('targetGroupARN', arn, reason, 'write the ARN of a target group of this account and Region'),
      ),
      ...(decrypt === true && protocol !== 'TLS'
        ? [
            at(
              'decrypt',
              true,
              `a listener of ${protocol} decrypts nothing`,
              "remove it, or write protocol: 'TLS'",
            ),
          ]
        : []),
      ...(target.weight === undefined && all.length === 1
        ? []
        : weight(service, suffix, `${path}.weight`, target.weight)),
    ];
  });
  if (all.length < MOST_TARGET_GROUPS) return found;
  return [
    ...found,
    atSuffix(
      service,
      suffix,
      `${all.length} target groups and that of the Service are too many for a listener`,
      `write at most ${MOST_TARGET_GROUPS - 1}`,
      { at: 'targetGroups', value: all.length },
    ),
  ];

  function targetGroup(arn: string): string[] {
    const [whole, inRegion, owner] =
      /^arn:[^:]+:elasticloadbalancing:([^:]+):(\d{12}):targetgroup\/[^/]+\/[0-9a-f]+$/.exec(arn) ?? [];
    if (arn.includes('(known after apply)')) return [];
    if (whole === undefined) return ['not the ARN of a target group'];
    if (region !== undefined && inRegion !== region) return ['it is in another Region'];
    return account !== undefined && owner !== account ? ['it is of another account'] : [];
  }
}

function weight(service: Service, suffix: string, at: string, value: unknown): ObjectFinding[] {
  if (typeof value === 'string' && value.includes('(known after apply)')) return [];
  if (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 999) return [];
  return [
    atSuffix(
      service,
      suffix,
      value === undefined ? 'nothing says its share' : 'not a share that AWS takes',
      'write a whole number from 0 to 999',
      { at, value },
    ),
  ];
}
