export { NlbService, type NlbServiceProps } from './nlb-service';
export { withoutTokens, writable } from '../tokens/writable';
