export * from './model';
export * from './objects';
export { buildModel } from './build';
export { Refused, type Source } from './refusal';
export { DEFAULT_SETTINGS, type ControllerSettings } from './settings';
export { isUnknown, KNOWN_AFTER_APPLY, type KnownAfterApply, type OrUnknown } from './unknown';
