import { quote } from '../go/quote';

/**
 * What the API server says about a field.
 * @see https://pkg.go.dev/k8s.io/apimachinery/pkg/util/validation/field
 */
export function invalid(field: string, value: unknown, why: string): string {
  return `${field}: Invalid value: ${shown(value)}: ${why}`;
}

export function requiredProblem(field: string, why = ''): string {
  return `${field}: Required value${why === '' ? '' : `: ${why}`}`;
}

export function unsupported(field: string, value: unknown, supported: readonly string[]): string {
  return `${field}: Unsupported value: ${goJson(value)}: supported values: ${supported.map((word) => JSON.stringify(word)).join(', ')}`;
}

export function duplicate(field: string, value: unknown): string {
  return `${field}: Duplicate value: ${shown(value)}`;
}

export function forbidden(field: string, why: string): string {
  return `${field}: Forbidden: ${why}`;
}

export function tooLong(field: string, bytes: number): string {
  return `${field}: Too long: may not be more than ${bytes} bytes`;
}

/** Several problems as one, each once. */
export function aggregate(problems: readonly string[]): string {
  const distinct = [...new Set(problems)];
  return distinct.length === 1 ? distinct.join() : `[${distinct.join(', ')}]`;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  return value === undefined ? 'null' : JSON.stringify(value);
}

/** As Go's encoding/json writes it: fit for HTML. */
function goJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
