import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isStack, type Stack } from '../kit/stack-id';
import { blockOf, isMap, asList, stringOf, type Values } from '../plan-report/changes/values';
import { synthesizedStacks } from '../kit/project';

/** A resource, or another block of settings, as it is synthesized. */
export interface SynthesizedBlock {
  readonly address: string;
  /** Of a resource; `data`, `provider`, `terraform`, … of another block. */
  readonly type: string;
  readonly values: Values;
}

/** A stack as its Terraform JSON has it. */
export interface SynthesizedStack {
  readonly stack: Stack;
  readonly text: string;
  readonly region?: string;
  readonly blocks: ReadonlyMap<string, SynthesizedBlock>;
  readonly outputs: Readonly<Record<string, Values>>;
  /** New addresses by old ones. */
  readonly moved: ReadonlyMap<string, string>;
}

/** Stacks by environment. */
export type Environments = ReadonlyMap<string, readonly SynthesizedStack[]>;

/** Reads what a synth wrote. */
export function readEnvironments(folder: string): Environments {
  const environments = new Map<string, SynthesizedStack[]>();
  for (const { name, folder: stackFolder } of synthesizedStacks(folder)) {
    const at = name.lastIndexOf('-');
    const stack = name.slice(at + 1);
    const file = join(stackFolder, 'cdk.tf.json');
    if (!isStack(stack) || !existsSync(file)) continue;
    const environment = name.slice(0, at);
    const read = readStack(stack, readFileSync(file, 'utf8'));
    environments.set(environment, [...(environments.get(environment) ?? []), read]);
  }
  return environments;
}

/** Reads a stack's `cdk.tf.json`. */
export function readStack(stack: Stack, text: string): SynthesizedStack {
  const json = blockOf(JSON.parse(text));
  const blocks = Object.entries(json).flatMap(([kind, value]) => blocksOf(kind, value));
  const region = stringOf(blockOf(blockOf(json.provider).aws).region);
  const moved = asList(json.moved)
    .filter(isMap)
    .map(({ from, to }) => [String(from), String(to)] as const);
  return {
    stack,
    text,
    ...(region !== undefined && { region }),
    blocks: new Map(blocks.map((block) => [block.address, block])),
    outputs: Object.fromEntries(
      Object.entries(blockOf(json.output)).map(([name, each]) => [name, blockOf(each)]),
    ),
    moved: new Map(moved),
  };
}

function blocksOf(kind: string, value: unknown): SynthesizedBlock[] {
  switch (kind) {
    case '//':
    case 'output':
    case 'moved':
      return [];
    case 'resource':
    case 'data':
      return Object.entries(blockOf(value)).flatMap(([type, named]) =>
        Object.entries(blockOf(named)).map(([name, settings]): SynthesizedBlock => {
          const address = `${type}.${name}`;
          return kind === 'resource'
            ? { address, type, values: withoutMetadata(settings) }
            : { address: `data.${address}`, type: kind, values: withoutMetadata(settings) };
        }),
      );
    default:
      return Object.entries(blockOf(value)).flatMap(([name, settings]) =>
        asList(settings).map((each, index): SynthesizedBlock => {
          const address = `${kind}.${name}${Array.isArray(settings) && index > 0 ? `[${index}]` : ''}`;
          return { address, type: kind, values: isMap(each) ? withoutMetadata(each) : { value: each } };
        }),
      );
  }
}

function withoutMetadata(settings: unknown): Values {
  return Object.fromEntries(Object.entries(blockOf(settings)).filter(([name]) => name !== '//'));
}
