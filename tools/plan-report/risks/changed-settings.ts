import { parse } from 'yaml';
import { type ResourceChange } from '../changes/changes';
import { pathText, type Path } from '../changes/path';
import { blockOf, isEmpty, isMap, asList, UNKNOWN, type Values } from '../changes/values';
import { leaves } from '../diff/differences';

/** A setting that differs. */
interface ChangedLeaf {
  readonly path: Path;
  readonly old: unknown;
  readonly fresh: unknown;
}

/** Values that differ, by their path without indices; of a list of plain values, what it lost and what it gained. */
export function changedLeaves(before: Values, after: Values): Map<string, ChangedLeaf> {
  const [old, fresh] = [before, after].map((side) => {
    const found = new Map<string, ChangedLeaf>();
    for (const [path, value] of leaves(side)) {
      const text = pathText(path.filter((step) => typeof step !== 'number'));
      const index = pathText(path);
      found.set(found.has(text) ? index : text, { path, old: value, fresh: value });
    }
    return found;
  }) as [Map<string, ChangedLeaf>, Map<string, ChangedLeaf>];
  const changed = new Map<string, ChangedLeaf>();
  for (const key of new Set([...old.keys(), ...fresh.keys()])) {
    const [was, will] = [old.get(key), fresh.get(key)];
    const path = will?.path ?? was?.path ?? [];
    if (Array.isArray(was?.old) || Array.isArray(will?.fresh)) {
      if (will?.fresh === UNKNOWN) continue;
      const without = (items: unknown, others: unknown) => {
        const left = new Set(asList(others).map(settingText));
        return asList(items).filter((item) => !left.has(settingText(item)));
      };
      changed.set(key, {
        path,
        old: was && without(was.old, will?.fresh),
        fresh: without(will?.fresh, was?.old),
      });
    } else if (settingText(was?.old) !== settingText(will?.fresh)) {
      changed.set(key, { path, old: was?.old, fresh: will?.fresh });
    }
  }
  return changed;
}

/** What is set: pairs of a name and a value as the settings that they are, and in a chart's values those that they hold. */
export function settingsAt({ type, ...sides }: ResourceChange, side: 'before' | 'after'): Values {
  const values = sides[side] ?? {};
  return blockOf(
    withoutPairs(type === 'helm_release' ? { ...values, values: asList(values.values).map(yamlIn) } : values),
  );
}

function withoutPairs(value: unknown): unknown {
  if (Array.isArray(value)) {
    const pairs = value.filter((each) => isMap(each) && typeof each.name === 'string' && 'value' in each);
    if (value.length === 0 || pairs.length < value.length) return value.map(withoutPairs);
    return Object.fromEntries(
      value
        .filter(isMap)
        .map(({ name, value: set, ...rest }) => [String(name), isEmpty(set) ? withoutPairs(rest) : set]),
    );
  }
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutPairs(each)]));
}

/** The settings in a text of YAML; the text itself if there are none. */
function yamlIn(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return blockOf(parse(text));
  } catch {
    return text;
  }
}

/** A value as text, whatever it is. */
export function settingText(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}
