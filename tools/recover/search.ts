import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { type Import, removeImports, writeImports } from '../kit/terraform/imports';
import { type StackRunner } from '../kit/terraform/terraform-stack';
import { IMPORT_RULES, type ImportAccount, type Planned } from './import-ids';

interface Change {
  readonly address: string;
  readonly type: string;
  readonly mode: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Planned | null;
    readonly after: Planned | null;
    readonly after_unknown: Planned;
  };
}

/** What a search in one stack came to. */
export interface Found {
  readonly imports: readonly Import[];
  /** What has a name that the stack wants, but not the environment's tags. */
  readonly strangers: readonly Import[];
  /** Addresses that the stack would make still. */
  readonly missing: readonly string[];
  /** The plan as Terraform shows it. */
  readonly plan: string;
}

export interface SearchProps {
  readonly stack: StackRunner;
  readonly account: ImportAccount;
  /** Tags that all of the environment carries. */
  readonly tags: Readonly<Record<string, string>>;
  /** Ids in the states of the environment. */
  readonly held: ReadonlySet<string>;
  readonly say: (text: string) => void;
}

/**
 * Looks for what a stack would make and what is there already. Terraform judges each candidate: one that is not there, that would be
 * replaced or renamed is none. What is found makes the ids known by which more is found, until a plan tells nothing new.
 * The import blocks stay beside the stack for the deploy to come; there is no other trace.
 *
 * @throws with Terraform's reason if the stack can't be planned
 */
export async function searchImports(props: SearchProps): Promise<Found> {
  const { stack, account, held, say } = props;
  const file = join(stack.folder, 'recover.tfplan');
  const imports = new Map<string, string>();
  const refused = new Set<string>();
  const strangers: Import[] = [];
  const refuse = (address: string) => {
    refused.add(`${address} ${imports.get(address) ?? ''}`);
    imports.delete(address);
  };
  removeImports(stack.folder);
  try {
    for (;;) {
      writeImports(stack.folder, list(imports));
      const planned = await stack.run([
        'plan',
        '-json',
        '-input=false',
        '-lock=false',
        '-no-color',
        `-out=${file}`,
      ]);
      if (planned.code !== 0) {
        const { wrong, reasons } = failures(planned.stdout, imports);
        if (wrong.length === 0)
          throw new Error(
            `${stack.stack}: its plan fails, so it can't be said what is missing: ${reasons.join('; ') || planned.stderr.trim()}`,
          );
        for (const address of wrong) refuse(address);
        continue;
      }
      const changes = await changesOf(stack, file);
      const before = `${[...imports].join()} ${refused.size}`;
      for (const change of changes) {
        const id = imports.get(change.address);
        if (id === undefined) continue;
        const verdict = judged(change, props.tags);
        if (verdict === 'stranger') strangers.push({ to: change.address, id });
        if (verdict !== 'fits') refuse(change.address);
      }
      for (const { address, type, change } of changes) {
        if (imports.has(address) || change.actions.join() !== 'create' || change.after === null) continue;
        const id = await candidate(address, type, change.after, change.after_unknown);
        if (id !== undefined) imports.set(address, id);
      }
      say(`${stack.stack}: ${imports.size} found`);
      if (before !== `${[...imports].join()} ${refused.size}`) continue;
      const shown = await stack.run(['show', '-no-color', file]);
      return {
        imports: list(imports),
        strangers,
        missing: changes.flatMap(({ address, change }) =>
          change.actions.join() === 'create' ? [address] : [],
        ),
        plan: shown.stdout,
      };
    }
  } catch (error) {
    removeImports(stack.folder);
    throw error;
  } finally {
    rmSync(file, { force: true });
  }

  async function candidate(
    address: string,
    type: string,
    after: Planned,
    unknown: Planned,
  ): Promise<string | undefined> {
    const rule = IMPORT_RULES[type];
    if (!rule || rule.needs.some((name) => after[name] == null || unknown[name] === true)) return undefined;
    const taken = new Set(imports.values());
    const ids = await rule.ids(after, account);
    return ids.find((id) => !refused.has(`${address} ${id}`) && !taken.has(id) && !held.has(id));
  }
}

const list = (imports: ReadonlyMap<string, string>): Import[] =>
  [...imports].map(([to, id]) => ({ to, id })).sort((a, b) => (a.to < b.to ? -1 : 1));

async function changesOf(stack: StackRunner, file: string): Promise<readonly Change[]> {
  const { code, stdout, stderr } = await stack.run(['show', '-json', '-no-color', file]);
  if (code !== 0) throw new Error(`${stack.stack}: its plan can't be read: ${stderr.trim()}`);
  const { resource_changes: changes = [] } = JSON.parse(stdout) as { resource_changes?: Change[] };
  return changes.filter(({ mode }) => mode === 'managed');
}

/** Whether what a plan would import is what the stack wants. */
function judged(
  { type, change }: Change,
  tags: Readonly<Record<string, string>>,
): 'fits' | 'other' | 'stranger' {
  const { actions, before, after } = change;
  const { isPart = false, same = [] } = IMPORT_RULES[type] ?? {};
  const own = before?.tags_all as Readonly<Record<string, string>> | null | undefined;
  if (after !== null && 'tags_all' in after && !isPart) {
    if (!Object.entries(tags).every(([key, value]) => own?.[key] === value)) return 'stranger';
  }
  if (actions.includes('delete') || actions.includes('create')) return 'other';
  const differs = (name: string) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]);
  return same.some(differs) ? 'other' : 'fits';
}

/** Which imports a plan failed at, or else why it failed. */
function failures(
  stdout: string,
  imports: ReadonlyMap<string, string>,
): { readonly wrong: readonly string[]; readonly reasons: readonly string[] } {
  const wrong = new Set<string>();
  const reasons: string[] = [];
  for (const line of stdout.split('\n')) {
    if (!line.includes('"diagnostic"')) continue;
    const { diagnostic } = JSON.parse(line) as {
      diagnostic?: { severity: string; summary: string; detail: string; address?: string };
    };
    if (diagnostic?.severity !== 'error') continue;
    const { summary, detail, address = '' } = diagnostic;
    const quoted = /import an existing object to "?([^\s"]+?)"?[,\s]/.exec(detail)?.[1];
    const at = [quoted ?? '', address].find((each) => imports.has(each));
    if (at !== undefined && isAbsence(`${summary} ${detail}`)) wrong.add(at);
    else reasons.push(`${summary}: ${detail}`);
  }
  // A reason that isn't an absence is told, not passed over: what couldn't be read may be there.
  return reasons.length > 0 ? { wrong: [], reasons } : { wrong: [...wrong], reasons };
}

const isAbsence = (text: string) =>
  /non-existent remote object|not ?found|couldn't find|could not find|no such|does not exist/i.test(text);
