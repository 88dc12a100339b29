export { checkNlbService, type NlbFinding, type NlbSurroundings } from './check';
export { NlbService, type NlbServiceProps } from './nlb-service';
export { nlbServiceProblems, refuse } from './problems';
export { nlbServiceManifest, type NlbServiceManifestProps } from './render';
export { nlbServiceSettings, type NlbListener, type NlbServiceSettings } from './settings';
export { withoutTokens, writable } from './tokens';
