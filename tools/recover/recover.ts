import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AwsEnvironment } from '../../config';
import { Inventory } from '../kit/inventory/inventory';
import { hasOtherMaker, type TaggedResource } from '../kit/inventory/tagged-resource';
import { type Import } from '../kit/terraform/imports';
import { type StackRunner } from '../kit/terraform/terraform-stack';
import { importAccount } from './account';
import { searchImports } from './search';
import { readStates } from './states';

/** What is known after a look at an environment. */
export interface Recovery {
  readonly stacks: readonly RecoveredStack[];
  /** What carries the environment's tags, and no state or import names. */
  readonly orphans: readonly TaggedResource[];
  /** The same, where a stack that was not looked at may want it. */
  readonly undecided: readonly TaggedResource[];
  /** What could not be looked at, and what that leaves open. */
  readonly unknown: readonly string[];
}

export interface RecoveredStack {
  readonly stack: string;
  readonly imports: readonly Import[];
  readonly strangers: readonly Import[];
  readonly missing: readonly string[];
  readonly plan: string;
}

export interface RecoverProps {
  readonly environment: AwsEnvironment;
  /** All stacks of the environment, in order. */
  readonly all: readonly StackRunner[];
  /** Those to look in. */
  readonly selected: readonly StackRunner[];
  readonly env: NodeJS.ProcessEnv;
  readonly say: (text: string) => void;
}

/** Looks for what a run that was killed has made and not written down. Only import blocks are written. */
export async function recover({ environment, all, selected, env, say }: RecoverProps): Promise<Recovery> {
  const { name, project, region, partition, account } = environment;
  const tags = environment.plan.ownTags;
  const inventory = new Inventory(region, env);
  say(`${name}: reading states`);
  const states = await readStates(all);
  const unknown = [...states.unread];
  say(`${name}: asking AWS for what carries its tags`);
  const tagged = await inventory.tagged(tags);
  const roles = await inventory.roles([`${project}-${name}`, environment.cluster.name], tags);
  const found = await importAccount({ region, partition, account, tagged, env });
  const stacks: RecoveredStack[] = [];
  const held = new Set(states.ids);
  for (const stack of selected) {
    if (unknown.some((text) => text.startsWith(`${stack.stack}: `))) continue;
    try {
      const result = await searchImports({ stack, account: found, tags, held, say });
      for (const { id } of result.imports) held.add(id);
      stacks.push({ stack: stack.stack, ...result });
    } catch (error) {
      unknown.push((error as Error).message);
    }
  }
  const left = [...tagged, ...roles].filter(
    (each) => ![each.id, each.arn].some((id) => id !== undefined && held.has(id)) && !hasOtherMaker(each),
  );
  const texts = all
    .filter(({ stack }) => !stacks.some((each) => each.stack === stack))
    .map(({ folder }) => readFileSync(join(folder, 'cdk.tf.json'), 'utf8'));
  const mayBeWanted = ({ id, tags: { Name } }: TaggedResource) =>
    states.unread.length > 0 ||
    texts.some((text) => Name === undefined || [id, Name].some((each) => text.includes(`"${each}"`)));
  return {
    stacks,
    orphans: left.filter((each) => !mayBeWanted(each)),
    undecided: left.filter(mayBeWanted),
    unknown,
  };
}
