import { parseArgs } from 'node:util';
import { nearest } from '../../load-balancers/problem';
import { InputError } from './input-error';
import { parseStackId, STACKS } from './stack-id';

/** An option of a command: a switch, or one with a value. */
export interface OptionDescription {
  readonly description: string;
  /** What its value is, in capitals: `FILE`. @default - words, or it is a switch */
  readonly value?: string;
  /** All values that it takes. @default - any */
  readonly words?: readonly string[];
  readonly short?: string;
  /** Whether the command needs it. @default false */
  readonly required?: boolean;
  /** Whether it may be there several times. @default false */
  readonly multiple?: boolean;
  /**
   * Whether what stands by itself after it are values of it too, as a shell writes `*.yaml`; of a command that is of no
   * environment, all that stands by itself is. @default false
   */
  readonly takesRest?: boolean;
}

type Options = Readonly<Record<string, OptionDescription>>;

/** What a command is, from which its line is read and its help is written. */
export interface CommandDescription {
  /** The words after `npm run`: `deploy`, `sandbox up`. */
  readonly name: string;
  /** How people call it. @default - as a script of the project */
  readonly call?: string;
  /** What it does, in a sentence or a few lines. */
  readonly summary: string;
  /** What is named, by itself, by `--env` or by ENVIRONMENT. `stack` is an environment or one of its stacks. */
  readonly target: 'none' | 'environment' | 'stack';
  /** Whether it does without. @default false */
  readonly targetOptional?: boolean;
  /** Whether the environment may be one that has no file here. @default false */
  readonly targetElsewhere?: boolean;
  /** Whether it can print its result as JSON: `--json`. @default false */
  readonly json?: boolean;
  /** Whether an option without text is one that isn't given, as workflows write what they don't have. @default false */
  readonly blanks?: boolean;
  /** @default - none of its own */
  readonly options?: Options;
}

type Word<O> = O extends { readonly words: readonly (infer W)[] } ? W : string;
type Value<O> = O extends { readonly value: string } | { readonly words: readonly string[] }
  ? O extends { readonly multiple: true }
    ? readonly Word<O>[]
    : Word<O>
  : boolean;

type OptionsOf<D extends CommandDescription> = D extends { readonly options: infer O extends Options }
  ? O
  : object;
type RequiredName<O> = {
  [Name in keyof O]: O[Name] extends { readonly required: true } ? Name : never;
}[keyof O];

/** What a command line says, in the terms of its description. */
export interface CommandLine<D extends CommandDescription = CommandDescription> {
  readonly environment: D extends { readonly target: 'none' } | { readonly targetOptional: true }
    ? string | undefined
    : string;
  /** Id of one of its stacks, `dev-network`. @default - the whole environment */
  readonly stack?: string;
  readonly json: boolean;
  readonly options: { readonly [Name in RequiredName<OptionsOf<D>>]: Value<OptionsOf<D>[Name]> } & {
    readonly [Name in Exclude<keyof OptionsOf<D>, RequiredName<OptionsOf<D>>>]?: Value<OptionsOf<D>[Name]>;
  };
}

/** What lines are read against. */
export interface CommandContext {
  readonly env: NodeJS.ProcessEnv;
  /** Of all environments that have a file. */
  readonly environments: readonly string[];
}

const COMMON = {
  env: { value: 'ENVIRONMENT', description: 'the same by an option; ENVIRONMENT of the process does it too' },
  json: { description: 'print the result as JSON' },
  help: { short: 'h', description: 'print this' },
} as const satisfies Options;

function optionsOf({ target, json, options }: CommandDescription): Options {
  const { env, json: jsonOption, help } = COMMON;
  return { ...options, ...(target !== 'none' && { env }), ...(json && { json: jsonOption }), help };
}

const takesValue = ({ value, words }: OptionDescription) => value !== undefined || words !== undefined;

/**
 * Reads a command line, the same way for every command.
 *
 * @throws {InputError} for what the command doesn't know
 */
export function readCommandLine<D extends CommandDescription>(
  description: D,
  args: readonly string[],
  context: CommandContext,
): CommandLine<D> | 'help' {
  const options = optionsOf(description);
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(options).map(([name, option]) => [
        name,
        { type: takesValue(option) ? 'string' : 'boolean', ...(option.short && { short: option.short }) },
      ]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  const rest: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') rest.push(token.value);
    if (token.kind !== 'option') continue;
    const value = optionValue(description, options, token);
    if (value === undefined) continue;
    const earlier = given.get(token.name);
    if (earlier && options[token.name]?.multiple !== true && takesValue(options[token.name] ?? COMMON.help))
      throw new InputError(`${token.rawName} is there twice: write it once`);
    given.set(token.name, [...(earlier ?? []), value]);
  }
  if (given.has('help')) return 'help';
  const taking = Object.keys(options).find(
    (name) => options[name]?.takesRest && (given.has(name) || description.target === 'none'),
  );
  if (taking !== undefined && rest.length > 0)
    given.set(taking, [...(given.get(taking) ?? []), ...rest.splice(0)]);
  const values = Object.entries(description.options ?? {}).flatMap(([name, option]): [string, unknown][] => {
    const texts = given.get(name);
    if (texts === undefined && option.required)
      throw new InputError(`${description.name} needs --${name}: write --${name} ${placeholder(option)}`);
    if (texts === undefined) return [];
    return [[name, takesValue(option) ? (option.multiple ? texts : texts[0]) : true]];
  });
  const named = [...rest, ...(given.get('env') ?? [])];
  return {
    ...targetOf(description, named, context, taking !== undefined),
    json: given.has('json'),
    options: Object.fromEntries(values),
  } as CommandLine<D>;
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string;
  /** Whether it is written with `=`. */
  readonly inlineValue?: boolean;
}

/** The text of an option; nothing for one that counts as not given. */
function optionValue(
  description: CommandDescription,
  options: Options,
  { name, rawName, value, inlineValue }: OptionToken,
): string | undefined {
  const { name: command, blanks } = description;
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!option) {
    const likely = nearest(name, Object.keys(options));
    throw new InputError(
      `${rawName} is no option of ${command}: write ${likely === undefined ? `${callOf(description)} --help to see which it has` : `--${likely}`}`,
    );
  }
  if (!takesValue(option)) {
    if (value === undefined) return '';
    throw new InputError(`${rawName}=${value}: ${rawName} takes no value: leave it out`);
  }
  if (blanks && value === '') return undefined;
  if (!value || (!inlineValue && /^-./.test(value))) {
    throw new InputError(`${rawName} has no value: write ${rawName} ${placeholder(option)}`);
  }
  const { words } = option;
  if (!words || words.includes(value)) return value;
  throw new InputError(
    `${rawName} ${value} is unknown: write ${nearest(value, words) ?? `one of ${words.join(', ')}`}`,
  );
}

/** What is named, where nothing else says of what the command is. */
function targetOf(
  description: CommandDescription,
  named: readonly string[],
  { env, environments }: CommandContext,
  isOfOther: boolean,
): { readonly environment?: string; readonly stack?: string } {
  const { name: command, target, targetOptional = false, targetElsewhere = false } = description;
  const [first, ...more] = [...new Set(named)];
  if (target === 'none') {
    if (first === undefined) return {};
    throw new InputError(`${first} is one word too many: write ${usage(description)}`);
  }
  const ids = `write ${target === 'stack' ? 'an environment or a stack' : 'an environment'}: ${listed(description, environments)}`;
  if (more.length > 0) throw new InputError(`${[first, ...more].join(' and ')} are named: write one of them`);
  const text = first ?? (isOfOther ? '' : (env.ENVIRONMENT ?? ''));
  if (text === '') {
    if (targetOptional) return {};
    throw new InputError(`${command} is of nothing: ${ids}`);
  }
  if (environments.includes(text)) return { environment: text };
  const id = parseStackId(text);
  if (id && environments.includes(id.environment)) {
    if (target === 'stack') return { environment: id.environment, stack: text };
    throw new InputError(`${text} is a stack, and ${command} is of an environment: write ${id.environment}`);
  }
  if (targetElsewhere && /^[a-z][a-z0-9-]*$/.test(text)) return { environment: text };
  const stacks =
    target === 'stack' ? environments.flatMap((each) => STACKS.map((name) => `${each}-${name}`)) : [];
  const likely = nearest(text, [...environments, ...stacks]);
  throw new InputError(
    `${text} is ${target === 'stack' ? 'neither an environment nor a stack' : 'no environment'}: ${likely === undefined ? ids : `write ${likely}`}`,
  );
}

function listed({ target }: CommandDescription, environments: readonly string[]): string {
  const names = environments.join(', ');
  return target === 'stack' ? `${names}, or with -${STACKS.join(', -')}` : names;
}

const placeholder = ({ value, words = [] }: OptionDescription) => value ?? words.join('|');

/** How people call it. */
export function callOf({ name, call }: CommandDescription): string {
  if (call !== undefined) return call;
  const [script = '', ...words] = name.split(' ');
  return [`npm run ${script} --`, ...words].join(' ');
}

function usage(description: CommandDescription): string {
  const { target, targetOptional, options = {} } = description;
  const noun = target === 'stack' ? 'ENVIRONMENT|STACK' : 'ENVIRONMENT';
  const words = target === 'none' ? [] : [targetOptional ? `[${noun}]` : noun];
  return [callOf(description), ...words, ...(Object.keys(options).length > 0 ? ['[options]'] : [])]
    .join(' ')
    .replace(/ --$/, '');
}

/** What `--help` prints. */
export function helpOf(description: CommandDescription, environments: readonly string[]): string {
  const { target, summary } = description;
  const rows = Object.entries(optionsOf(description)).map(([name, option]) => [
    `${option.short === undefined ? '   ' : `-${option.short},`} --${name}${takesValue(option) ? ` ${placeholder(option)}` : ''}`,
    option.description,
  ]);
  const noun = target === 'stack' ? 'ENVIRONMENT|STACK' : 'ENVIRONMENT';
  const lines = [...(target === 'none' ? [] : [[noun, listed(description, environments)]]), ...rows];
  const width = Math.max(...lines.map(([left = '']) => left.length));
  const table = lines.map(([left = '', right = '']) => `  ${left.padEnd(width)}  ${right}`);
  return `${usage(description)}\n\n${summary}\n\n${table.join('\n')}\n`;
}
