import { type ResourceChange, type StackChanges } from '../changes/changes';
import { pathText } from '../changes/path';
import { valueText } from '../diff/resource';
import { changedLeaves, settingsAt } from './changed-settings';
import { GUARDS, type Guard } from './guard-table';
import { lossOf } from './losses';
import { type Risk } from './risk';

/** Settings that an update takes away or weakens, and with which more is lost than a value. */
export function guardRisks({ stack, resources }: StackChanges): Risk[] {
  return resources.flatMap((change): Risk[] => {
    if (!['create', 'update', 'replace'].includes(change.action)) return [];
    const noun = lossOf(change)?.noun ?? 'resource';
    const found = new Map<Guard, string[]>();
    for (const [guard, text] of weakened(change)) found.set(guard, [...(found.get(guard) ?? []), text]);
    return [...found].map(([{ code = 'unprotected', kind = 'guards', words }, values]) => ({
      code,
      kind,
      stack,
      address: change.address,
      noun,
      words,
      values: [...new Set(values)],
    }));
  });
}

/** Guards by what they are about; the same settings come with each resource of a type. */
const about = new Map<string, readonly Guard[]>();

function guardsOf(type: string, text: string): readonly Guard[] {
  const key = `${type} ${text}`;
  const found =
    about.get(key) ?? GUARDS.filter(({ path, types }) => path.test(text) && types?.test(type) !== false);
  about.set(key, found);
  return found;
}

function* weakened(change: ResourceChange): Generator<[Guard, string]> {
  const [before, after] = [settingsAt(change, 'before'), settingsAt(change, 'after')];
  for (const { path, old, fresh } of changedLeaves(before, after).values()) {
    const text = pathText(path.filter((step) => typeof step !== 'number'));
    for (const guard of guardsOf(change.type, text)) {
      if (change.action === 'create' && !guard.ofNew) continue;
      if (guard.isWeaker(old, fresh))
        yield [guard, `${pathText(path)}: ${valueText(old)} -> ${valueText(fresh)}`];
    }
  }
}
