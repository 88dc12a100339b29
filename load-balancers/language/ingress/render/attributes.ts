import {
  LISTENER_KEYS,
  LOAD_BALANCER_KEYS,
  NETWORK_LOAD_BALANCER_KEYS,
  TARGET_GROUP_KEYS,
} from '../../attribute-keys';
import { type AlbIngressSettings, type AlbListener } from '../../schema/ingress';
import { onOff } from './text';

type Attributes = Record<string, string>;
type TargetGroupAttributes = NonNullable<NonNullable<AlbIngressSettings['targetGroup']>['attributes']>;

export function loadBalancerAttributes(
  props: NonNullable<AlbIngressSettings['loadBalancerAttributes']>,
): Attributes {
  return byKey(props, LOAD_BALANCER_KEYS);
}

export function networkLoadBalancerAttributes(
  props: NonNullable<NonNullable<AlbIngressSettings['frontendNlb']>['attributes']>,
): Attributes {
  return byKey(props, NETWORK_LOAD_BALANCER_KEYS);
}

export function listenerAttributes(props: NonNullable<AlbListener['attributes']>): Attributes {
  return byKey(props, LISTENER_KEYS);
}

export function targetGroupAttributes(props: TargetGroupAttributes): Attributes {
  const { stickiness, anomalyMitigation, ...rest } = props;
  const words = { ...rest, anomalyMitigation: onOff(anomalyMitigation) };
  return { ...byKey(words, TARGET_GROUP_KEYS), ...stickinessAttributes(stickiness) };
}

function stickinessAttributes(stickiness: TargetGroupAttributes['stickiness']): Attributes {
  if (stickiness === undefined) return {};
  if (stickiness === false) return { 'stickiness.enabled': 'false' };
  const { type, durationSeconds } = stickiness;
  return {
    'stickiness.enabled': 'true',
    'stickiness.type': type,
    ...(type === 'app_cookie' && { 'stickiness.app_cookie.cookie_name': stickiness.cookieName }),
    ...(durationSeconds !== undefined && {
      [`stickiness.${type}.duration_seconds`]: String(durationSeconds),
    }),
  };
}

/** An object of settings, such as where logs go, turns on what it is about. */
function byKey(props: object, keys: Readonly<Record<string, string>>): Attributes {
  const set = Object.entries(keys).flatMap(([path, key]) => {
    const value = at(props, path.split('.'));
    if (value === undefined) return [];
    return [[key, typeof value === 'object' ? 'true' : String(value)] as const];
  });
  return Object.fromEntries(set);
}

type Value = string | number | boolean | object | undefined;

function at(props: object, [first = '', ...rest]: readonly string[]): Value {
  const value = (props as Record<string, Value>)[first];
  if (rest.length === 0) return value;
  return typeof value === 'object' ? at(value, rest) : undefined;
}
