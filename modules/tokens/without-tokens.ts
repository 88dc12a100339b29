import { KNOWN_AFTER_APPLY } from '../../load-balancers/model';
import { isToken } from '../../load-balancers/problem';

const TOKEN = /[$#]\{TfToken\[[^\]]+\]\}/g;

/** The same with a mark in the place of whatever Terraform only knows at apply, for those who judge it. */
export function withoutTokens<T>(value: T): T {
  return marked(value) as T;
}

function marked(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(TOKEN, KNOWN_AFTER_APPLY);
  if (Array.isArray(value)) return value.map(marked);
  if (isToken(value)) return KNOWN_AFTER_APPLY;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, marked(each)]));
}
