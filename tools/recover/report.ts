import { resourceLine } from '../kit/inventory/resource-line';
import { type Recovery } from './recover';

/** What a person reads of a recovery. */
export function recoveryText(name: string, { stacks, orphans, undecided, unknown }: Recovery): string {
  const lines: string[] = [];
  const section = (title: string, items: readonly string[]) => {
    if (items.length > 0) lines.push('', title, ...items.map((item) => `  ${item}`));
  };
  for (const { stack, imports, strangers, missing, plan } of stacks) {
    const id = `${name}-${stack}`;
    if (imports.length > 0) lines.push('', `${id}, with what was found:`, plan.trimEnd());
    section(
      `${id}: ${imports.length} found, which npm run deploy -- ${id} takes into the state:`,
      imports.map(({ to, id: found }) => `${to} = ${found}`),
    );
    section(
      `${id}: these names are taken by what doesn't carry the environment's tags, and is left alone:`,
      strangers.map(({ to, id: found }) => `${to} = ${found}`),
    );
    if (imports.length === 0)
      section(
        `${id}: nothing of it was found outside its state`,
        missing.length > 0
          ? [`${missing.length} resources are not there: npm run deploy -- ${id} makes them`]
          : [],
      );
  }
  section(
    `${orphans.length} in no state, and wanted by no stack (npm run recover -- ${name} --delete deletes them):`,
    orphans.map(resourceLine),
  );
  section('in no state; a stack that could not be looked at may want them:', undecided.map(resourceLine));
  section('not known:', [
    ...unknown,
    'what a run made and had not tagged yet, as S3 makes a bucket first and tags it then',
    'inline policies, attachments and settings: a deploy writes them once more, which changes nothing',
  ]);
  return `${lines.join('\n').trim()}\n`;
}
