import { parsed, type Kind, scalar, type ValueRule } from './kind';

/** A text, of which the first rule that it breaks is told. */
export function text(limit: string, ...rules: readonly ValueRule[]): Kind<string> {
  return scalar({ type: 'text' }, limit, (value) => {
    for (const rule of rules) {
      const wrong = rule(value);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  });
}

export const atMost =
  (most: number, why = ''): ValueRule =>
  (value) =>
    value.length <= most
      ? undefined
      : {
          reason: `it has ${value.length} characters of at most ${most}`,
          remedy: `write at most ${most} characters${why}`,
        };

/** @param reason what a value that doesn't match is, or is not */
export const like =
  (form: RegExp, reason: string, remedy: string | ((value: string) => string)): ValueRule =>
  (value) =>
    form.test(value) ? undefined : { reason, remedy: typeof remedy === 'string' ? remedy : remedy(value) };

/** At least one character, and at most so many. */
export function characters(most = Infinity, ...rules: readonly ValueRule[]): Kind<string> {
  return text(
    most === Infinity ? 'at least one character' : `1 to ${most} characters`,
    like(/./s, 'empty', 'write at least one character'),
    atMost(most),
    ...rules,
  );
}

/** Any text at all. */
export const anyText = text('text');

/**
 * A number that is written as a text, as `parsed` reads it.
 * @param others words in its place
 */
export function numeral(kind: Kind<number>, remedy: string, ...others: readonly string[]): Kind<string> {
  return text([kind.limit, ...others].join(', or '), (value) => {
    const [wrong] = others.includes(value) ? [] : kind.judge(parsed(kind, value) as number);
    return wrong && { ...wrong, remedy };
  });
}

/** @param rest what comes after `arn:` and the partition */
export function arn(rest: RegExp, what: string, example: string): Kind<string> {
  const form = new RegExp(`^arn:[^:,\\s]+:(?:${rest.source})$`);
  return text(
    `ARN of ${what}`,
    like(form, `this is no ARN of ${what}`, `write the ARN of ${what}, such as ${example}`),
  );
}

/** An id that AWS gives: a prefix, a hyphen, and hexadecimal digits. */
export function id(prefix: string, what: string): Kind<string> {
  const example = `${prefix}-0123456789abcdef0`;
  return text(
    `id of ${what}`,
    like(
      new RegExp(`^${prefix}-[0-9a-f]+$`),
      `not the id of ${what}`,
      `write the id of ${what}, such as ${example}`,
    ),
  );
}
