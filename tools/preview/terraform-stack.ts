import { isDeepStrictEqual } from 'node:util';
import { KNOWN_AFTER_APPLY } from '../../load-balancers/model';
import { isMap, isScalar, type Values } from './values';

type Blocks = Readonly<Record<string, Readonly<Record<string, Values>>>>;

/** Terraform JSON of a stack, what of it is read. */
interface TerraformJson {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly locals?: Values;
  readonly provider?: Readonly<Record<string, readonly Values[]>>;
  readonly terraform?: { readonly backend?: Readonly<Record<string, Values>> };
}

/** A synthesized stack as text. */
export interface StackFile {
  readonly name: string;
  /** Its `cdk.tf.json`. */
  readonly text: string;
}

/** A resource with the values of its references, as far as they are known before apply. */
export interface ResolvedResource {
  readonly address: string;
  readonly values: Values;
}

/** What identifies a state in the settings of a backend. */
const STATE_KEYS = ['path', 'key', 'prefix', 'workspaces', 'name'];
/** References may go round in a circle only by mistake. */
const DEPTH = 20;

/**
 * Terraform JSON whose references are followed to literals: within the stack, and to what another stack publishes.
 * All else is known after apply only.
 */
export class ResolvedStack {
  private readonly json: TerraformJson;

  constructor(
    readonly name: string,
    text: string,
    private readonly others: readonly ResolvedStack[],
  ) {
    this.json = JSON.parse(text) as TerraformJson;
  }

  /** The stacks of a project, which read one another's outputs. */
  static all(files: readonly StackFile[]): readonly ResolvedStack[] {
    const stacks: ResolvedStack[] = [];
    stacks.push(...files.map(({ name, text }) => new ResolvedStack(name, text, stacks)));
    return stacks;
  }

  resources(...types: string[]): ResolvedResource[] {
    return types.flatMap((type) =>
      Object.entries(this.json.resource?.[type] ?? {}).map(([id, values]) => ({
        address: `${this.name}: ${type}.${id}`,
        values: this.resolve(values) as Values,
      })),
    );
  }

  /** Resources as they are written, whose references tell what belongs together; by the reference to each. */
  written(type: string): ReadonlyMap<string, Values> {
    const all = Object.entries(this.json.resource?.[type] ?? {});
    return new Map(all.map(([id, values]) => [`\${${type}.${id}.id}`, values]));
  }

  /** Tags that a provider gives to all that it makes. */
  defaultTags(provider: string): unknown {
    const [{ default_tags: [first] = [] } = {}] = (this.json.provider?.[provider] ?? []) as readonly {
      readonly default_tags?: readonly { readonly tags?: unknown }[];
    }[];
    return this.resolve(first?.tags ?? {});
  }

  resolve(value: unknown, depth = 0): unknown {
    if (typeof value === 'string') return this.template(value, depth);
    if (Array.isArray(value)) return value.map((each) => this.resolve(each, depth));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [
        String(this.template(key, depth)),
        this.resolve(each, depth),
      ]),
    );
  }

  /** @see https://developer.hashicorp.com/terraform/language/expressions/strings */
  private template(text: string, depth: number): unknown {
    const parts = partsOf(text);
    const [first] = parts;
    if (parts.length === 1 && first?.expression !== undefined)
      return this.expression(first.expression, depth);
    if (parts.some(({ directive }) => directive)) return KNOWN_AFTER_APPLY;
    return parts
      .map(({ literal, expression }) => {
        if (literal !== undefined) return literal;
        const value = this.expression(expression ?? '', depth);
        return isScalar(value) ? String(value) : KNOWN_AFTER_APPLY;
      })
      .join('');
  }

  private expression(text: string, depth: number): unknown {
    const steps = stepsOf(text);
    if (!steps || depth > DEPTH) return KNOWN_AFTER_APPLY;
    const [root = '', type = '', id = ''] = steps.map(String);
    const found = ((): unknown => {
      if (root === 'local') return this.at(this.json.locals, steps.slice(1), depth);
      if (root === 'data' && type === 'terraform_remote_state')
        return this.published(id, steps.slice(3), depth);
      if (root === 'data') return this.at(this.json.data?.[type]?.[id], steps.slice(3), depth);
      return this.at(this.json.resource?.[root]?.[type], steps.slice(2), depth);
    })();
    return found ?? KNOWN_AFTER_APPLY;
  }

  /** An output of the stack whose state is read under this name. */
  private published(id: string, [attribute, output, ...rest]: readonly Step[], depth: number): unknown {
    const { backend, config } = this.json.data?.terraform_remote_state?.[id] ?? {};
    if (attribute !== 'outputs' || typeof backend !== 'string' || !isMap(config)) return undefined;
    const producer = this.others.find((stack) => stack.hasState(backend, config));
    return producer?.at(producer.json.output?.[String(output)]?.value, rest, depth);
  }

  private hasState(backend: string, config: Values): boolean {
    const own = this.json.terraform?.backend?.[backend];
    const keys = STATE_KEYS.filter((key) => config[key] !== undefined);
    return (
      own !== undefined && keys.length > 0 && keys.every((key) => isDeepStrictEqual(own[key], config[key]))
    );
  }

  /** What is below a value, each reference on the way followed. */
  private at(value: unknown, steps: readonly Step[], depth: number): unknown {
    const found = steps.reduce<unknown>((below, step) => {
      const known = typeof below === 'string' ? this.template(below, depth + 1) : below;
      if (Array.isArray(known)) return (known as unknown[])[Number(step)];
      // A block that there is once may be written without its list.
      if (isMap(known)) return step === 0 ? known : known[step];
      return undefined;
    }, value);
    return found === undefined ? undefined : this.resolve(found, depth + 1);
  }
}

type Step = string | number;

interface Part {
  readonly literal?: string;
  readonly expression?: string;
  readonly directive?: boolean;
}

/** The parts of a template: text, `${expressions}` and `%{directives}`. */
function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let literal = '';
  let at = 0;
  while (at < text.length) {
    if (text.startsWith('$${', at) || text.startsWith('%%{', at)) {
      literal += text.slice(at + 1, at + 3);
      at += 3;
    } else if (text.startsWith('${', at) || text.startsWith('%{', at)) {
      if (literal !== '') parts.push({ literal });
      literal = '';
      const end = endOf(text, at + 2);
      parts.push(text[at] === '$' ? { expression: text.slice(at + 2, end).trim() } : { directive: true });
      at = end + 1;
    } else {
      literal += text.charAt(at);
      at += 1;
    }
  }
  return literal === '' && parts.length > 0 ? parts : [...parts, { literal }];
}

/** Where the brace that ends an expression is; braces in quotes don't count. */
function endOf(text: string, from: number): number {
  let depth = 1;
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const letter = text[at];
    if (quoted && letter === '\\') at += 1;
    else if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === '{') depth += 1;
    else if (!quoted && letter === '}' && (depth -= 1) === 0) return at;
  }
  return text.length;
}

/** The steps of a reference such as `a.b[0].c["d"]`; nothing for any other expression. */
function stepsOf(expression: string): Step[] | undefined {
  const step = /\.?([A-Za-z_][\w-]*)|\[(\d+)\]|\["([^"\\$]*)"\]/y;
  const steps: Step[] = [];
  while (step.lastIndex < expression.length) {
    const match = step.exec(expression);
    if (!match) return undefined;
    const [, name, index, key] = match;
    steps.push(index === undefined ? (name ?? key ?? '') : Number(index));
  }
  return steps;
}
