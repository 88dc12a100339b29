export { type Finding } from './finding';
export { meantForm, toProblems, type Subject } from './issue';
export { nearest, oneOf } from './nearest';
export { quoted } from './quoted';
export { formatProblem, report, type Problem } from './problem';
export { ProblemError, refuse } from './problem-error';
export { problemsOf } from './problems-of';
export { type Source } from './source';
export {
  type KnownAfterApply,
  KNOWN_AFTER_APPLY,
  NUMBERED_UNKNOWN,
  type OrUnknown,
  isUnknown,
  numberedUnknown,
  type UnknownForm,
  unknownInForm,
} from './unknown';
export { type Immutable } from './immutable';
