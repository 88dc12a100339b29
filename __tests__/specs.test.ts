import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = join(__dirname, '..');
const CLASS = /^export class (\w+)(?:<[^{]*?>)? extends (\w+)/gm;
const IMPORT = /^import \{ ([^}]+) \} from '(@cdktf\/[^']+)';/gm;
const MATCHER = /\.toHave(?:Resource|DataSource|Provider)(?:WithProperties)?\(\s*(\w+)/g;

interface Construct {
  readonly name: string;
  /** Path of its source, which that of its spec mirrors. */
  readonly file: string;
  /** What it makes of a provider's: resources, data sources, the provider. Empty if only constructs of ours. */
  readonly makes: ReadonlySet<string>;
}

/** Local names of what a source imports from providers, with where they are from: `module name`. */
function imported(source: string): Map<string, string> {
  return new Map(
    [...source.matchAll(IMPORT)].flatMap(([, names = '', module = '']) =>
      names.split(', ').map((name): [string, string] => {
        const [original = '', local = original] = name.replace(/^type /, '').split(' as ');
        return [local, `${module} ${original}`];
      }),
    ),
  );
}

function constructsOf(file: string): Construct[] {
  const source = readFileSync(join(ROOT, file), 'utf8');
  const made = [...imported(source)].filter(([local]) =>
    new RegExp(`(new|extends) ${local}\\b`).test(source),
  );
  return [...source.matchAll(CLASS)]
    .filter(([, , base = '']) => !base.endsWith('Error'))
    .map(([, name = '']) => ({
      name,
      file,
      makes: new Set(made.map(([, origin]) => origin)),
    }));
}

const sourcesOf = (folder: string, end: string) =>
  readdirSync(join(ROOT, folder), { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((name) => name.endsWith(end));
const CONSTRUCTS = ['modules', 'stacks'].flatMap((folder) => sourcesOf(folder, '.ts').flatMap(constructsOf));

/**
 * Whether a spec in the folder that mirrors the source's makes the construct, or is of its file's name, and says with
 * cdktf's matchers something of what the construct makes.
 */
function hasSpec({ name, file, makes }: Construct): boolean {
  return sourcesOf(join('__tests__', dirname(file)), '.test.ts').some((path) => {
    const spec = readFileSync(join(ROOT, path), 'utf8');
    const origins = imported(spec);
    const matched = [...spec.matchAll(MATCHER)].map(([, local = '']) => origins.get(local) ?? '');
    return (
      (spec.includes(`new ${name}(`) || path === join('__tests__', file.replace(/ts$/, 'test.ts'))) &&
      (makes.size === 0 ? matched.length > 0 : matched.some((origin) => makes.has(origin)))
    );
  });
}

describe('a spec with the matchers of cdktf', () => {
  it('is looked for by more than the constructs of one module', () => {
    expect(CONSTRUCTS.map(({ name }) => name)).toEqual(expect.arrayContaining(['Vpc', 'NetworkStack']));
    expect(CONSTRUCTS.length).toBeGreaterThan(40);
  });

  it.each(CONSTRUCTS)('is there for $name', (construct) => {
    expect(hasSpec(construct)).toBe(true);
  });
});
