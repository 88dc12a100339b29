export { type KnownAfterApply, KNOWN_AFTER_APPLY, type OrUnknown, isUnknown } from '../problem';
