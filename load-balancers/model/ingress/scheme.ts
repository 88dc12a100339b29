import { type LoadBalancer } from '../model';
import { type Sourced } from '../origin';
import { Refused } from '../refusal';
import { type ControllerSettings } from '../settings';
import { isUnknown, KNOWN_AFTER_APPLY } from '../unknown';
import { agreed, goSet, type GroupStatement } from './statements';

/** The scheme that the Ingresses of a group say, by default the controller's. @throws {Refused} */
export function ingressSchemeOf(
  said: readonly GroupStatement<string>[],
  settings: ControllerSettings,
): Sourced<LoadBalancer['Scheme']> {
  const scheme = agreed(said, (values) => `conflicting scheme: ${goSet(values)}`);
  if (scheme === undefined) return { value: settings.defaultLoadBalancerScheme, sources: [] };
  const { value, sources } = scheme;
  if (value === 'internal' || value === 'internet-facing') return { value, sources };
  if (isUnknown(value)) return { value: KNOWN_AFTER_APPLY, sources };
  throw new Refused(`unknown scheme: ${value}`, sources[0]);
}
