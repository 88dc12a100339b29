import { isDeepStrictEqual } from 'node:util';
import { isMap, SENSITIVE, SENSITIVE_CHANGED, UNKNOWN, type Values } from '../changes/values';
import { type Path } from '../changes/path';
import { isSecretPlace } from './secret-names';
import { type Secrets } from './secrets';

/** The two sides of a change as Terraform prints them: values, and masks of the same shape. */
export interface Sides {
  readonly before: unknown;
  readonly after: unknown;
  readonly unknown: unknown;
  readonly sensitive: readonly unknown[];
}

/** Tells `secrets` all that a mask, or its name, says of a value. */
export function collect(secrets: Secrets, value: unknown, mask: unknown, type?: string): void {
  if (mask === true) {
    secrets.add(value);
  } else if (Array.isArray(value)) {
    value.forEach((each, index) => {
      collect(secrets, each, below(mask, index), type);
    });
  } else if (isMap(value)) {
    for (const [key, each] of Object.entries(value)) {
      // The script of an instance is hidden, and its lines are anybody's.
      const isScript = key.startsWith('user_data') && below(mask, key) !== true;
      if (!isScript && isSecretPlace(key, value, type)) secrets.add(each);
      else collect(secrets, each, below(mask, key), type);
    }
  }
}

/** Whether a value is a secret by where it is. */
type IsSecret = (key: string, parent: unknown) => boolean;

/** Both sides without what is sensitive on either, and with a word for what isn't known yet. */
export function withMasks(sides: Sides, type?: string): Masked {
  return masked(sides, (key, parent) => isSecretPlace(key, parent, type));
}

/** Both sides as they are, with a word for what isn't known yet: to be judged, not to be shown. */
export function withUnknown(sides: Omit<Sides, 'sensitive'>): Masked {
  if (!holdsTrue(sides.unknown)) return { before: sides.before, after: sides.after };
  return masked({ ...sides, sensitive: [] }, () => false);
}

interface Masked {
  readonly before: unknown;
  readonly after: unknown;
}

function masked({ before, after, unknown, sensitive }: Sides, isSecret: IsSecret): Masked {
  if (sensitive.some((mask) => mask === true)) return hidden(before, unknown === true ? UNKNOWN : after);
  if (unknown === true)
    return {
      before: masked({ before, after: before, unknown: false, sensitive }, isSecret).before,
      after: UNKNOWN,
    };
  if ([before, after, unknown].some(Array.isArray)) {
    const count = Math.max(
      ...[before, after, unknown].map((side) => (Array.isArray(side) ? side.length : 0)),
    );
    const items = Array.from({ length: count }, (_, index) =>
      masked(sidesBelow({ before, after, unknown, sensitive }, index), isSecret),
    );
    return {
      before: Array.isArray(before) ? items.slice(0, before.length).map((item) => item.before) : before,
      after: itemsAfter(items, after, unknown),
    };
  }
  if (![before, after, unknown].some(isMap)) return { before, after };
  const keys = [
    ...new Set([before, after, unknown].flatMap((side) => (isMap(side) ? Object.keys(side) : []))),
  ];
  const entries = keys.map((key) => {
    const sides = sidesBelow({ before, after, unknown, sensitive }, key);
    const named = [before, after].some((side) => isSecret(key, side));
    return [key, masked(named ? { ...sides, sensitive: [true] } : sides, isSecret)] as const;
  });
  return {
    before: isMap(before) ? pick(entries, before, (item) => item.before) : before,
    after:
      isMap(after) || (isMap(unknown) && holdsTrue(unknown))
        ? pick(entries, after, (item) => item.after, unknown)
        : after,
  };
}

/** That something isn't set is no secret. */
function hidden(before: unknown, after: unknown): Masked {
  const isSet = (value: unknown) => value !== undefined && value !== null;
  const changed = isSet(before) && !isDeepStrictEqual(before, after) ? SENSITIVE_CHANGED : SENSITIVE;
  return { before: isSet(before) ? SENSITIVE : before, after: isSet(after) ? changed : after };
}

function itemsAfter(items: readonly Masked[], after: unknown, unknown: unknown): unknown {
  if (!Array.isArray(after) && !holdsTrue(unknown)) return after;
  const count = Math.max(
    Array.isArray(after) ? after.length : 0,
    Array.isArray(unknown) ? unknown.length : 0,
  );
  return items.slice(0, count).map((item) => item.after);
}

function pick(
  entries: readonly (readonly [string, Masked])[],
  side: unknown,
  of: (item: Masked) => unknown,
  unknown?: unknown,
): Values {
  const has = (key: string) =>
    (isMap(side) && Object.hasOwn(side, key)) || (isMap(unknown) && holdsTrue(unknown[key]));
  return Object.fromEntries(entries.filter(([key]) => has(key)).map(([key, item]) => [key, of(item)]));
}

function holdsTrue(mask: unknown): boolean {
  return mask === true || (typeof mask === 'object' && mask !== null && Object.values(mask).some(holdsTrue));
}

function sidesBelow({ before, after, unknown, sensitive }: Sides, step: string | number): Sides {
  return {
    before: below(before, step),
    after: below(after, step),
    unknown: below(unknown, step),
    sensitive: sensitive.map((mask) => below(mask, step)),
  };
}

function below(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return typeof step === 'number' ? (value as unknown[])[step] : undefined;
  return isMap(value) && Object.hasOwn(value, step) ? value[String(step)] : undefined;
}

/** Where a mask hides what is there: of two forms of a value, the places at which the shown one has no value. */
export function hiddenPaths(value: unknown, shown: unknown, path: Path = []): Path[] {
  if (shown === SENSITIVE || shown === SENSITIVE_CHANGED) return value === shown ? [] : [path];
  if (Array.isArray(value) && Array.isArray(shown))
    return value.flatMap((each, index) => hiddenPaths(each, shown[index], [...path, index]));
  if (!isMap(value) || !isMap(shown)) return [];
  return Object.keys(value).flatMap((key) => hiddenPaths(value[key], shown[key], [...path, key]));
}
