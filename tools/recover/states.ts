import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { failureOf } from '../kit/terraform/failure';
import { type StackRunner } from '../kit/terraform/terraform-stack';

/** What the states of an environment hold. */
export interface States {
  /** Every id, ARN and the like of what is managed. */
  readonly ids: ReadonlySet<string>;
  /** Why the state of a stack could not be read, in a sentence each. Without it nothing can be said to be in none. */
  readonly unread: readonly string[];
}

interface Module {
  readonly resources?: readonly {
    readonly mode: string;
    readonly values?: Readonly<Record<string, unknown>>;
  }[];
  readonly child_modules?: readonly Module[];
}

/** Reads the states of the stacks; nothing in them is changed. */
export async function readStates(stacks: readonly StackRunner[]): Promise<States> {
  const ids = new Set<string>();
  const unread: string[] = [];
  for (const stack of stacks) {
    const ready = await stack.init();
    const shown = ready.code === 0 ? await stack.run(['show', '-json', '-no-color']) : ready;
    if (shown.code !== 0) {
      unread.push(`${stack.stack}: its state can't be read: ${failureOf(shown)}`);
      continue;
    }
    const { values } = JSON.parse(shown.stdout) as { values?: { root_module?: Module } };
    if (values?.root_module) collect(values.root_module, ids);
    const errored = join(stack.folder, 'errored.tfstate');
    if (existsSync(errored))
      unread.push(
        `${stack.stack}: a run could not write its state and left ${errored}: terraform -chdir=${stack.folder} state push errored.tfstate, then remove the file`,
      );
  }
  return { ids, unread };
}

function collect({ resources = [], child_modules: modules = [] }: Module, ids: Set<string>): void {
  for (const { mode, values = {} } of resources) {
    if (mode !== 'managed') continue;
    for (const name of ['id', 'arn', 'allocation_id', 'name', 'security_group_rule_id'])
      if (typeof values[name] === 'string') ids.add(values[name]);
  }
  for (const module of modules) collect(module, ids);
}
