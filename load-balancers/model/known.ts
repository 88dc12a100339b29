import { Refused } from './refusal';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from './unknown';

/** What is read, for those who judge it: nothing where it is known after apply only, or the controller refuses its form. */
export function known<T>(get: () => OrUnknown<T> | undefined): T | undefined {
  try {
    const value = get();
    return value === KNOWN_AFTER_APPLY || isUnknown(value) ? undefined : value;
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}
