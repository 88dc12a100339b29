import catalogue from './catalogue.json';
import { type DoctorFinding } from './check';

/** A failure that others have met in public. */
export interface KnownFailure {
  readonly id: string;
  /** What its message holds, as a regular expression. */
  readonly pattern: string;
  readonly cause: string;
  readonly remedy: string;
  readonly issue: string;
}

/** Failures by what events and log lines say of them; the first that fits counts, so the narrower come first. */
export const KNOWN_FAILURES: readonly KnownFailure[] = catalogue;

/** The failure that a message tells of; nothing for one that nobody has met. */
export function knownFailure(message: string): KnownFailure | undefined {
  return KNOWN_FAILURES.find(({ pattern }) => new RegExp(pattern, 'i').test(message));
}

/** What a message of the controller amounts to. */
export function failureFinding(what: string, where: string, message: string): DoctorFinding {
  const known = knownFailure(message);
  const seen = `${where}: ${message.trim().slice(0, 500)}`;
  if (!known)
    return { what, seen, cause: 'nobody is known to have met it in public', remedy: 'what the message says' };
  const { cause, remedy, issue } = known;
  return { what, seen, cause, remedy, issue };
}
