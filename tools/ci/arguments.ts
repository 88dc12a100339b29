import { parseArgs } from 'node:util';
import { InputError } from '../preview/input-error';

export const COMMANDS = [
  'environments',
  'plan',
  'report',
  'comment',
  'withdraw',
  'reviewed-run',
  'apply',
  'drift',
  'destroy',
  'release',
] as const;
export type Command = (typeof COMMANDS)[number];

export const USAGE = `npm run ci -- COMMAND [options]

environments  [--env NAME] [--base REF]        output environments: a matrix of those that pipelines run, or changed since REF
plan          --env NAME --plans DIR [--commit SHA]
                                               plans stack by stack, without a lock; DIR/reviewed/reviewed.json is what others compare with
report        --env NAME --plans DIR --out FILE [--fail-on CODE,…]
comment       --env NAME --report FILE --pull NUMBER [--commit SHA]
withdraw      --environments JSON --pull NUMBER
                                               takes comments back on environments that aren't in the output of that name
reviewed-run  --env NAME --commit SHA [--run ID]
                                               outputs run: ID, or the run that planned the pull request of a commit; commit: whose plans it holds
apply         --env NAME --plans DIR [--reviewed FILE] [--commit SHA]
                                               applies what was reviewed; else output review: the plans to review now
drift         --env NAME --plans DIR --report FILE
                                               keeps the issue on what differs
destroy       --env NAME --plans DIR --confirm NAME
release       --tag vVERSION                   makes a release of a tag, with its part of CHANGELOG.md

All but release work on cdktf.out, which npm run synth writes.`;

const OPTIONS = {
  env: { type: 'string' },
  base: { type: 'string' },
  plans: { type: 'string' },
  out: { type: 'string' },
  'fail-on': { type: 'string' },
  report: { type: 'string' },
  pull: { type: 'string' },
  environments: { type: 'string' },
  commit: { type: 'string' },
  run: { type: 'string' },
  reviewed: { type: 'string' },
  confirm: { type: 'string' },
  tag: { type: 'string' },
} as const;

/** A command line; empty options are options that aren't given, as workflows write what they don't have. */
export class Arguments {
  private constructor(
    readonly command: Command,
    private readonly values: Readonly<Partial<Record<keyof typeof OPTIONS, string>>>,
  ) {}

  /** @throws {InputError} for what is unknown */
  static parse([name, ...args]: readonly string[]): Arguments {
    const command = COMMANDS.find((each) => each === name);
    if (command === undefined) throw new InputError(`${name ?? 'no command'} is unknown: write ${USAGE}`);
    try {
      const { values } = parseArgs({ args, options: OPTIONS, strict: true, allowPositionals: false });
      return new Arguments(command, values);
    } catch (error) {
      throw new InputError(`${(error as Error).message}: write ${USAGE}`);
    }
  }

  optional(name: keyof typeof OPTIONS): string | undefined {
    const value = this.values[name];
    return value === '' ? undefined : value;
  }

  /** @throws {InputError} if it is missing */
  required(name: keyof typeof OPTIONS): string {
    const value = this.optional(name);
    if (value === undefined) throw new InputError(`${this.command} needs --${name}: write ${USAGE}`);
    return value;
  }

  /** Name of an environment, which is a part of paths and messages. @throws {InputError} if it is none */
  get environment(): string {
    const name = this.required('env');
    if (!/^[a-z0-9-]+$/.test(name))
      throw new InputError(`--env ${name} is no name of an environment: write one such as dev`);
    return name;
  }
}
