import { type Model } from './model';
import { type KubernetesObject } from './objects';
import { type ControllerSettings } from './settings';

/** What the controller, with these settings, would make of these objects. */
export function buildModel(
  objects: readonly KubernetesObject[],
  settings: Partial<ControllerSettings> = {},
): Model {
  throw new Error(`not built: ${objects.length} ${settings.ingressClass}`);
}
