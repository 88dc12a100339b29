import { describe, expect, it } from '@jest/globals';
import { helpOf, readCommandLine, type CommandDescription } from '../../../tools/kit/command-line';

const COMMAND = {
  name: 'tool paint',
  summary: 'Paints.',
  target: 'stack',
  json: true,
  options: {
    file: { short: 'f', value: 'FILE', multiple: true, takesRest: true, description: 'what to paint' },
    color: { words: ['red', 'green'], description: 'how' },
    wet: { description: 'leave it wet' },
    out: { value: 'FILE', required: true, description: 'where to' },
  },
} as const satisfies CommandDescription;

const environments = ['dev', 'dev-eu', 'prod'];
const read = (args: readonly string[], more: Partial<CommandDescription> = {}, env: NodeJS.ProcessEnv = {}) =>
  readCommandLine({ ...COMMAND, ...more }, args, { env, environments });

describe('a command line', () => {
  it.each([
    [['dev', '--out=x'], { environment: 'dev', json: false, options: { out: 'x' } }],
    [['--env', 'dev', '--out', 'x', '--json'], { environment: 'dev', json: true, options: { out: 'x' } }],
    [['--env=dev-eu-network', '--out=x'], { environment: 'dev-eu', stack: 'dev-eu-network' }],
    [['prod-bootstrap', '--env', 'prod-bootstrap', '--out=x'], { stack: 'prod-bootstrap' }],
    [['dev', '--out=-', '--wet', '--color=red'], { options: { out: '-', wet: true, color: 'red' } }],
    [
      ['--out=x', '-f', 'a', 'dev', 'b', '--env=prod'],
      { environment: 'prod', options: { file: ['a', 'dev', 'b'] } },
    ],
    [['-h', '--out'], undefined],
  ])('%j', (args, expected) => {
    if (expected === undefined) expect(() => read(args)).toThrow('--out has no value: write --out FILE');
    else expect(read(args)).toMatchObject(expected);
  });

  it('is of ENVIRONMENT unless it names another, or files', () => {
    const env = { ENVIRONMENT: 'prod' };
    expect(read(['--out=x'], {}, env)).toMatchObject({ environment: 'prod' });
    expect(read(['dev', '--out=x'], {}, env)).toMatchObject({ environment: 'dev' });
    expect(read(['-f', 'a', '--out=x'], { targetOptional: true }, env)).not.toHaveProperty('environment');
    expect(read(['--out=x'], { target: 'none' }, env)).not.toHaveProperty('environment');
    expect(() => read(['--out=x'], {}, { ENVIRONMENT: 'prd' })).toThrow('prd is neither');
  });

  it('has options without text only where the command says so', () => {
    expect(read(['dev', '--out=x', '--color='], { blanks: true })).toMatchObject({ options: { out: 'x' } });
    expect(() => read(['dev', '--out='], { blanks: true })).toThrow(
      'tool paint needs --out: write --out FILE',
    );
    expect(() => read(['dev', '--out='])).toThrow('--out has no value');
  });

  it('may be of an environment of another place', () => {
    const more = { target: 'environment', targetElsewhere: true } as const;
    expect(read(['old', '--out=x'], more)).toMatchObject({ environment: 'old' });
    expect(() => read(['../a', '--out=x'], more)).toThrow('../a is no environment');
  });

  it.each([
    [[], 'tool paint needs --out: write --out FILE'],
    [
      ['--out=x'],
      'tool paint is of nothing: write an environment or a stack: dev, dev-eu, prod, or with -bootstrap',
    ],
    [['test', '--out=x'], 'test is neither an environment nor a stack: write'],
    [['dev-netwrk', '--out=x'], 'write dev-network'],
    [['dev', 'prod', '--out=x'], 'dev and prod are named: write one of them'],
    [['dev', '--env=prod', '--out=x'], 'dev and prod are named'],
    [['dev', '--ouut=x'], '--ouut is no option of tool paint: write --out'],
    [['dev', '--xyzzy'], '--xyzzy is no option of tool paint: write npm run tool -- paint --help'],
    [['dev', '-x'], '-x is no option'],
    [['dev', '--no-env'], '--no-env is no option'],
    [['dev', '--out', '--json'], '--out has no value'],
    [['dev', '--out=x', '--wet=yes'], '--wet=yes: --wet takes no value: leave it out'],
    [['dev', '--out=x', '--color=gren'], '--color gren is unknown: write green'],
    [['dev', '--out=x', '--color=blue'], '--color blue is unknown: write one of red, green'],
    [['dev', '--out=x', '--out=y'], '--out is there twice: write it once'],
  ])('%j is refused', (args, message) => {
    expect(() => read(args)).toThrow(message);
  });

  it('gives an option the words where nothing else is named', () => {
    expect(read(['a.yaml', '--out=x', '-f', 'b.yaml', '-'], { target: 'none' })).toMatchObject({
      options: { file: ['b.yaml', 'a.yaml', '-'] },
    });
  });

  it('is refused for words where nothing is named', () => {
    const { out } = COMMAND.options;
    expect(() => read(['dev', '--out=x'], { target: 'none', options: { out } })).toThrow(
      'dev is one word too many: write npm run tool -- paint [options]',
    );
    expect(() => read(['--env=dev', '--out=x'], { target: 'none' })).toThrow('--env is no option');
    expect(() => read(['dev-network', '--out=x'], { target: 'environment' })).toThrow(
      'dev-network is a stack, and tool paint is of an environment: write dev',
    );
  });

  it('is helped with', () => {
    expect(read(['--help'])).toBe('help');
    const help = helpOf(COMMAND, environments);
    expect(help).toContain('npm run tool -- paint ENVIRONMENT|STACK [options]\n\nPaints.\n');
    for (const word of [
      'dev-eu',
      '-f, --file FILE',
      '--color red|green',
      '--env ENVIRONMENT',
      '--json',
      '-h, --help',
    ])
      expect(help).toContain(word);
    expect(helpOf({ ...COMMAND, target: 'none', json: false }, environments)).not.toMatch(/--env|--json/);
  });
});
