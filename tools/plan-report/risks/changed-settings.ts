import { parse } from 'yaml';
import { type ResourceChange } from '../changes/changes';
import { pathText, type Path } from '../changes/path';
import { blockOf, isMap, asList, UNKNOWN, type Values } from '../changes/values';
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
      changed.set(key, { path, old: without(was?.old, will?.fresh), fresh: without(will?.fresh, was?.old) });
    } else if (settingText(was?.old) !== settingText(will?.fresh)) {
      changed.set(key, { path, old: was?.old, fresh: will?.fresh });
    }
  }
  return changed;
}

/** What is set; in a chart's values, and what is set beside them, the settings that they hold. */
export function settingsAt({ type, ...sides }: ResourceChange, side: 'before' | 'after'): Values {
  const values = sides[side] ?? {};
  if (type !== 'helm_release') return values;
  const set = asList(values.set)
    .filter(isMap)
    .map(({ name, value }) => [String(name), value] as const);
  return { ...values, values: asList(values.values).map(yamlIn), set: Object.fromEntries(set) };
}

/** The settings in a text of YAML; the text itself if there are none. */
export function yamlIn(text: unknown): unknown {
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
