export { Tokens, jsonWithTokens, withoutNumbers, withoutTokens } from './tokens';
