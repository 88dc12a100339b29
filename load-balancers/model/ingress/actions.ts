import { INGRESS_ANNOTATIONS } from '../annotations';
import { type Action, type FixedResponseConfig, type ForwardConfig, type RedirectConfig } from '../model';
import { type Ingress } from '../objects';
import { Refused } from '../refusal';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { defined } from './defined';
import {
  bool,
  int32,
  intOrString,
  slice,
  optional,
  readJson,
  struct,
  goString,
  type Filled,
} from '../go/json-form';
import { portOf } from './port';

const TARGET = struct('TargetGroupTuple', {
  targetGroupARN: optional(goString()),
  targetGroupName: optional(goString()),
  serviceName: optional(goString()),
  servicePort: optional(intOrString),
  weight: optional(int32),
});
const FORWARD = struct('ForwardActionConfig', {
  targetGroups: slice('ingress.TargetGroupTuple', TARGET),
  targetGroupStickinessConfig: optional(
    struct('TargetGroupStickinessConfig', { enabled: optional(bool), durationSeconds: optional(int32) }),
  ),
});
const ACTION = struct('Action', {
  type: goString('ingress.ActionType'),
  targetGroupARN: optional(goString()),
  targetGroupName: optional(goString()),
  fixedResponseConfig: optional(
    struct('FixedResponseActionConfig', {
      contentType: optional(goString()),
      messageBody: optional(goString()),
      statusCode: goString(),
    }),
  ),
  redirectConfig: optional(
    struct('RedirectActionConfig', {
      host: optional(goString()),
      path: optional(goString()),
      port: optional(goString()),
      protocol: optional(goString()),
      query: optional(goString()),
      statusCode: goString(),
    }),
  ),
  forwardConfig: optional(FORWARD),
});

/** What a rule does with a request in the end; targets are not target groups yet. */
export type RoutingAction =
  | { readonly type: 'fixed-response'; readonly config: FixedResponseConfig }
  | { readonly type: 'redirect'; readonly config: RedirectConfig }
  | {
      readonly type: 'forward';
      readonly targets: readonly Target[];
      readonly stickiness?: ForwardConfig['TargetGroupStickinessConfig'];
    };

/** By ARN, by name, or by a port of a Service. */
export interface Target {
  readonly arn?: string;
  readonly name?: string;
  readonly service?: { readonly name: string; readonly port: number | string };
  readonly weight?: number;
}

type ActionConfig = Filled<typeof ACTION>;

/**
 * The annotation `actions.<service>`.
 * @param tolerant whether one that isn't there answers 503
 * @throws {Refused}
 */
export function readRouting(
  ingress: Ingress,
  serviceName: string,
  tolerant: boolean,
): OrUnknown<RoutingAction> {
  const suffix = `actions.${serviceName}`;
  const action = readJson(ingress, suffix, ACTION);
  if (action === KNOWN_AFTER_APPLY || isUnknown(action?.type)) return KNOWN_AFTER_APPLY;
  const refuse = (message: string): never => {
    throw new Refused(message, INGRESS_ANNOTATIONS.source(ingress, suffix));
  };
  if (action !== undefined) return routingOf(action, refuse);
  return tolerant ? unavailable('Backend action does not exist') : refuse(`missing ${suffix} configuration`);
}

type Refuse = (message: string) => never;

function routingOf(action: ActionConfig, refuse: Refuse): RoutingAction {
  const { fixedResponseConfig: response, redirectConfig: redirect } = action;
  switch (action.type) {
    case 'fixed-response':
      if (response === undefined) return refuse('missing FixedResponseConfig');
      if (response.statusCode === '') return refuse('invalid FixedResponseConfig: statusCode is required');
      return {
        type: action.type,
        config: defined({
          ContentType: response.contentType,
          MessageBody: response.messageBody,
          StatusCode: response.statusCode,
        }),
      };
    case 'redirect':
      if (redirect === undefined) return refuse('missing RedirectConfig');
      if (redirect.statusCode === '') return refuse('invalid RedirectConfig: statusCode is required');
      return {
        type: action.type,
        config: defined({
          Host: redirect.host,
          Path: redirect.path,
          Port: redirect.port,
          Protocol: redirect.protocol,
          Query: redirect.query,
          StatusCode: redirect.statusCode,
        }),
      };
    case 'forward':
      return forwardOf(action, refuse);
    default:
      return refuse(`unknown action type: ${action.type}`);
  }
}

/** A single target group may be given without the list. */
function forwardOf(
  { targetGroupARN, targetGroupName, forwardConfig }: ActionConfig,
  refuse: Refuse,
): RoutingAction {
  const single = targetGroupARN !== undefined || targetGroupName !== undefined;
  if (single && forwardConfig !== undefined) {
    return refuse('either ForwardConfig or TargetGroupARN/TargetGroupName can be specified');
  }
  if (single) return { type: 'forward', targets: [defined({ arn: targetGroupARN, name: targetGroupName })] };
  if (forwardConfig === undefined) return refuse('missing ForwardConfig or TargetGroupARN/TargetGroupName');
  const { targetGroups, targetGroupStickinessConfig: stickiness } = forwardConfig;
  const targets = targetGroups.map((target) => targetOf(target, refuse));
  if (targets.length > 1 && targets.some(({ weight }) => weight === undefined)) {
    return refuse('invalid ForwardConfig: weight must be set when route to multiple target groups');
  }
  return defined({
    type: 'forward' as const,
    targets,
    stickiness:
      stickiness && defined({ Enabled: stickiness.enabled, DurationSeconds: stickiness.durationSeconds }),
  });
}

function targetOf(target: Filled<typeof TARGET>, refuse: Refuse): Target {
  const { targetGroupARN: arn, targetGroupName: name, serviceName, servicePort, weight } = target;
  const invalid = (message: string) => refuse(`invalid ForwardConfig: invalid TargetGroupTuple: ${message}`);
  const byGroup = arn !== undefined || name !== undefined;
  if (serviceName === undefined) {
    return byGroup
      ? defined({ arn, name, weight })
      : invalid('missing serviceName or targetGroupARN/targetGroupName');
  }
  if (byGroup) return invalid('either serviceName or targetGroupARN/targetGroupName can be specified');
  if (servicePort === undefined) return invalid('missing servicePort');
  return defined({ service: { name: serviceName, port: portOf(String(servicePort)) }, weight });
}

/** What the controller answers for a backend that isn't there. */
export function unavailable(body: string): RoutingAction {
  return {
    type: 'fixed-response',
    config: { ContentType: 'text/plain', MessageBody: body, StatusCode: '503' },
  };
}

/** The default action where no Ingress has a default backend. */
export const NOT_FOUND: Action = {
  Type: 'fixed-response',
  FixedResponseConfig: { ContentType: 'text/plain', StatusCode: '404' },
};

/** The default action of every HTTP listener where there is an SSL redirect. */
export function sslRedirectAction(port: number): Action {
  return {
    Type: 'redirect',
    RedirectConfig: { Port: String(port), Protocol: 'HTTPS', StatusCode: 'HTTP_301' },
  };
}
