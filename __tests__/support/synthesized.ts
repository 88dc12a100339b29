import { App, Testing, TerraformStack } from 'cdktf';
import './matchers';

type Block = Record<string, unknown>;
type Group = Record<string, Record<string, Block>>;

/**
 * One stack's Terraform JSON: `json` for cdktf's matchers, the rest for what they can't say: counts, order, exact
 * references, absence.
 */
export class Synthesized {
  private readonly parsed: Record<string, unknown>;

  constructor(readonly json: string) {
    this.parsed = JSON.parse(json) as Record<string, unknown>;
  }

  /** Synthesizes what `build` makes in a stack of its own. */
  static of(build: (stack: TerraformStack) => void): Synthesized {
    const stack = new TerraformStack(new App(), 'test');
    build(stack);
    return Synthesized.stack(stack);
  }

  static stack(stack: TerraformStack): Synthesized {
    return new Synthesized(Testing.synth(stack));
  }

  /** All resources of a type, by logical id. */
  resources(type: string): Record<string, Block> {
    return this.group('resource', type);
  }

  /** All data sources of a type, by logical id. */
  data(type: string): Record<string, Block> {
    return this.group('data', type);
  }

  count(type: string): number {
    return Object.keys(this.resources(type)).length;
  }

  /** Types of all resources. */
  types(): string[] {
    return Object.keys((this.parsed.resource as Group | undefined) ?? {}).sort();
  }

  /**
   * The one resource of a type, or the one whose logical id contains `id`.
   * @throws if there is none, or more than one
   */
  one(type: string, id = ''): Block & { readonly address: string } {
    return this.single(this.resources(type), type, id);
  }

  oneData(type: string, id = ''): Block & { readonly address: string } {
    const found = this.single(this.data(type), type, id);
    return { ...found, address: `data.${found.address}` };
  }

  /** Addresses (`type.id`) that a resource names in depends_on. */
  dependencies(type: string, id = ''): string[] {
    return (this.one(type, id).depends_on as string[] | undefined) ?? [];
  }

  /**
   * Whether the first address comes after the second: by depends_on or by reference, directly or through others.
   * Addresses are `type.id` of resources.
   */
  follows(address: string, before: string): boolean {
    const seen = new Set<string>();
    const visit = (current: string): boolean => {
      if (seen.has(current)) return false;
      seen.add(current);
      const [type = '', id = ''] = current.replace(/^data\./, '').split('.');
      const block = current.startsWith('data.') ? this.data(type)[id] : this.resources(type)[id];
      const text = JSON.stringify(block ?? {});
      const next = [...this.addresses()].filter(
        (other) => other !== current && new RegExp(`\\b${other.replaceAll('.', '\\.')}\\b`).test(text),
      );
      return next.some((other) => other === before || visit(other));
    };
    return visit(address);
  }

  outputs(): Record<string, Block> {
    return (this.parsed.output as Record<string, Block> | undefined) ?? {};
  }

  locals(): Block {
    return (this.parsed.locals as Block | undefined) ?? {};
  }

  /** A part of the JSON that has no method of its own, as `variable`. */
  top(name: string): unknown {
    return this.parsed[name];
  }

  get terraform(): Block {
    return this.parsed.terraform as Block;
  }

  provider(name: string): Block {
    const [block] = ((this.parsed.provider as Record<string, Block[]> | undefined) ?? {})[name] ?? [];
    if (!block) throw new Error(`no provider ${name}`);
    return block;
  }

  private *addresses(): Generator<string> {
    for (const [kind, prefix] of [
      ['resource', ''],
      ['data', 'data.'],
    ] as const) {
      for (const [type, blocks] of Object.entries((this.parsed[kind] as Group | undefined) ?? {})) {
        for (const id of Object.keys(blocks)) yield `${prefix}${type}.${id}`;
      }
    }
  }

  private group(kind: 'resource' | 'data', type: string): Record<string, Block> {
    return ((this.parsed[kind] as Group | undefined) ?? {})[type] ?? {};
  }

  private single(
    blocks: Record<string, Block>,
    type: string,
    id: string,
  ): Block & { readonly address: string } {
    const found = Object.entries(blocks).filter(([key]) => key.includes(id));
    const [entry] = found;
    if (found.length !== 1 || !entry) {
      throw new Error(`${found.length} of ${type} ${id}: ${Object.keys(blocks).join(', ')}`);
    }
    return { ...entry[1], address: `${type}.${entry[0]}` };
  }
}
