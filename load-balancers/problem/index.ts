export { meantForm, toProblems, type Subject } from './issue';
export { nearest, oneOf } from './nearest';
export { formatProblem, report, type Problem } from './problem';
export { isToken, problemsOf } from './problems-of';
export { distinct, hostName, network, port, tagKey, tags, tagValue } from './values';
export { type Immutable } from './immutable';
