import { keyOf, type Metadata } from './objects';
import { quote } from './go/quote';
import { Refused, type Source } from './refusal';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from './unknown';

/** An object whose annotations the controller reads. */
export interface Annotated {
  readonly kind: Source['Kind'];
  readonly metadata: Metadata;
}

/**
 * Reads annotations as the controller does: each form as lenient, and as strict, as its parser; a value that is known
 * after apply only stays one.
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/pkg/annotations/parser.go
 */
class AnnotationReader {
  /** @param prefixes of the annotations' names; the first that an object has wins */
  constructor(private readonly prefixes: readonly string[]) {}

  /** The name under which an object has it, whole. */
  nameOf(object: Annotated, suffix: string): string | undefined {
    return this.prefixes
      .map((prefix) => `${prefix}/${suffix}`)
      .find((name) => object.metadata.annotations?.[name] !== undefined);
  }

  /** Where a value of this annotation comes from. */
  source(object: Annotated, suffix: string): Source {
    return {
      Kind: object.kind,
      Name: keyOf(object),
      Annotation: this.nameOf(object, suffix) ?? `${this.prefixes[0] ?? ''}/${suffix}`,
    };
  }

  string(object: Annotated, suffix: string): string | undefined {
    const name = this.nameOf(object, suffix);
    return name === undefined ? undefined : object.metadata.annotations?.[name];
  }

  /** As Go's strconv.ParseBool. @throws {Refused} for another word */
  boolean(object: Annotated, suffix: string): OrUnknown<boolean> | undefined {
    return this.parse(object, suffix, 'bool', parseBoolean);
  }

  /** @throws {Refused} for what is no whole number of so many bits */
  integer(object: Annotated, suffix: string, bits: 32 | 64 = 32): OrUnknown<number> | undefined {
    return this.parse(object, suffix, `int${bits}`, (raw) => parseInteger(raw, bits));
  }

  /** Entries between commas, trimmed, without empty ones. */
  list(object: Annotated, suffix: string): readonly string[] | undefined {
    const raw = this.string(object, suffix);
    return raw === undefined ? undefined : splitList(raw);
  }

  /** `key=value` pairs between commas. @throws {Refused} for an entry without `=` or key */
  map(object: Annotated, suffix: string): OrUnknown<ReadonlyMap<string, string>> | undefined {
    const name = this.nameOf(object, suffix);
    if (name === undefined) return undefined;
    const raw = object.metadata.annotations?.[name] ?? '';
    if (raw === KNOWN_AFTER_APPLY) return KNOWN_AFTER_APPLY;
    const pairs = splitPairs(raw);
    // Such an entry may stand for any pairs.
    if (pairs.some((pair) => !pair.includes('=') && isUnknown(pair))) return KNOWN_AFTER_APPLY;
    const entries = pairs.map((pair) => {
      const at = pair.indexOf('=');
      const key = pair.slice(0, at).trim();
      if (at < 0 || key === '') {
        throw new Refused(
          `failed to parse stringMap annotation, ${name}: ${raw}`,
          this.source(object, suffix),
        );
      }
      return [key, pair.slice(at + 1).trim()] as const;
    });
    return new Map(entries);
  }

  /** @throws {Refused} for what is no JSON; its form is the caller's to check */
  json(object: Annotated, suffix: string): unknown {
    return this.parse(object, suffix, 'json', (raw) => JSON.parse(raw) as unknown);
  }

  private parse<T>(
    object: Annotated,
    suffix: string,
    type: string,
    convert: (raw: string) => T,
  ): OrUnknown<T> | undefined {
    const name = this.nameOf(object, suffix);
    if (name === undefined) return undefined;
    const raw = object.metadata.annotations?.[name] ?? '';
    if (raw === KNOWN_AFTER_APPLY || (type !== 'json' && isUnknown(raw))) return KNOWN_AFTER_APPLY;
    try {
      return convert(raw);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Refused(
        `failed to parse ${type} annotation, ${name}: ${raw}: ${reason}`,
        this.source(object, suffix),
      );
    }
  }
}

/** Annotations of an Ingress, and of the Services behind it. */
export const INGRESS_ANNOTATIONS = new AnnotationReader(['alb.ingress.kubernetes.io']);
/** Annotations of a Service of type LoadBalancer. */
export const SERVICE_ANNOTATIONS = new AnnotationReader(['service.beta.kubernetes.io']);

/** As Go's strconv.ParseBool. @throws {Refused} for another word */
export function parseBoolean(raw: string): boolean {
  if (/^(1|t|T|true|TRUE|True)$/.test(raw)) return true;
  if (/^(0|f|F|false|FALSE|False)$/.test(raw)) return false;
  throw new Refused(`strconv.ParseBool: parsing ${quote(raw)}: invalid syntax`);
}

/** As Go's strconv.ParseInt. @throws {Refused} for what is no whole number of so many bits */
export function parseInteger(raw: string, bits: 32 | 64): number {
  const refuse = (why: string) => new Refused(`strconv.ParseInt: parsing ${quote(raw)}: ${why}`);
  const [, sign = '', digits = '', rest = ''] = /^([+-]?)(\d*)(.*)$/s.exec(raw) ?? [];
  const value = BigInt(digits);
  const limit = 2n ** BigInt(bits - 1);
  // Go reads digit by digit: a number too long is so before a letter after it is seen.
  if (value >= 2n * limit) throw refuse('value out of range');
  if (digits === '' || rest !== '') throw refuse('invalid syntax');
  if (sign === '-' ? value > limit : value >= limit) throw refuse('value out of range');
  return Number(sign === '-' ? -value : value);
}

function splitList(raw: string): string[] {
  return raw
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** A backslash keeps the letter after it as it is; a comma ends a pair only where another `=` follows. */
function splitPairs(raw: string): string[] {
  const pairs: string[] = [];
  let current = '';
  for (let at = 0; at < raw.length; at += 1) {
    const letter = raw.charAt(at);
    if (letter === '\\' && at + 1 < raw.length) {
      at += 1;
      current += raw.charAt(at);
    } else if (letter === ',') {
      const rest = raw.slice(at + 1).trim();
      if (rest.includes('=')) {
        pairs.push(current.trim());
        current = '';
      } else if (rest !== '') {
        return [...pairs, current.trim(), rest];
      } else {
        current += letter;
      }
    } else {
      current += letter;
    }
  }
  return current === '' ? pairs : [...pairs, current.trim()];
}
