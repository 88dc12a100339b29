import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import schema from '../../docs/preview.schema.json';
import { type CommandDescription } from '../kit/command-line';
import { previewRequest, type Format, type PreviewLine, type PreviewRequest } from './arguments';
import { isFile, textsAt } from './against';
import { answersOf } from './answers';
import { readControllerValues } from './controller-values';
import { differencesFrom } from './differences';
import { type Facts } from '../../load-balancers/model';
import { InputError } from '../kit/input-error';
import { type Input } from './input';
import { visibleLines } from './layout';
import { readManifests } from './manifests';
import { mermaid } from './mermaid';
import { isRefused, preview, type Preview } from './preview';
import { releaseStep, type ReleaseRange } from './release-steps';
import { previewTable } from './table';
import { decodeText } from './text';
import { type Verification } from './verification';

/** Columns where there is no terminal. */
const COLUMNS = { default: 100, least: 60, most: 160 };

/** What is known of an environment by its name. */
export interface EnvironmentReader {
  readonly read: (name: string) => Promise<Input>;
  /** Compares what is previewed with what is there. */
  readonly verify: (name: string, previewed: Preview['LoadBalancers']) => Promise<Verification>;
}

/**
 * Prints what a line asks for; answers the exit code.
 *
 * @param environments where there are any
 * @throws {InputError}
 */
export async function printPreview(
  line: PreviewLine,
  description: CommandDescription,
  environments?: EnvironmentReader,
): Promise<number> {
  if (line.options.schema) {
    process.stdout.write(`${JSON.stringify(schema, undefined, 2)}\n`);
    return 0;
  }
  const request = previewRequest(line, description);
  const input =
    request.environment !== undefined && environments
      ? await environments.read(request.environment)
      : readFiles(request);
  const result = await answered(input, request, environments);
  for (const note of input.notes) console.error(visibleLines(`note: ${note}`));
  process.stdout.write(PRINT[request.format](result));
  return isRefused(result) || (result.Verified?.Deviations.length ?? 0) > 0 ? 1 : 0;
}

/** What was asked for: all of it, who answers some requests, or what differs. */
async function answered(
  input: Input,
  { environment, requests = [], against, release, verify, facts, files }: PreviewRequest,
  environments?: EnvironmentReader,
): Promise<Preview> {
  const known =
    facts === undefined ? input : { ...input, facts: { ...input.facts, ...(await factsOf(facts)) } };
  if (release !== undefined) return betweenReleases(known, release);
  const result = preview(known);
  if (against !== undefined) {
    const texts = isFile(against)
      ? [{ name: nameOf(against), text: read(against) }]
      : textsAt(against, files);
    const before = preview({ ...known, findings: [], ...readManifests(texts), settings: known.settings });
    return { ...result, Differences: differencesFrom(before, result) };
  }
  if (environment !== undefined && verify && environments)
    return { ...result, Verified: await environments.verify(environment, result.LoadBalancers) };
  return requests.length === 0 ? result : { ...result, Answers: answersOf(result.LoadBalancers, requests) };
}

/** What differs where the controller is of another release. */
export function betweenReleases(input: Input, range: ReleaseRange): Preview {
  const madeBy = ({ release }: ReleaseRange['from']) =>
    preview({ ...input, settings: { ...input.settings, release } });
  const [before, after] = [madeBy(range.from), madeBy(range.to)];
  return {
    ...after,
    Differences: differencesFrom(before, after),
    Release: releaseStep(range, after.LoadBalancers),
    NotJudged: [...new Set([...before.NotJudged, ...after.NotJudged])],
  };
}

async function factsOf(file: string): Promise<Facts> {
  // Only now: what it is read with takes longer to load than most previews take.
  const { readFacts } = (await import(join(__dirname, 'facts'))) as typeof import('./facts');
  return readFacts(nameOf(file), read(file));
}

function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}

const PRINT: Readonly<Record<Format, (result: Preview) => string>> = {
  table: (result) => previewTable(result, columnsOf(process.stdout.columns)),
  // Letters that a terminal obeys are outside of ASCII too, where JSON leaves them as they are.
  json: (result) => `${visibleLines(JSON.stringify(result, undefined, 2))}\n`,
  mermaid,
};

function columnsOf(columns: number | undefined): number {
  return Math.min(COLUMNS.most, Math.max(COLUMNS.least, columns ?? COLUMNS.default));
}

function readFiles({ files, controllerValues }: PreviewRequest): Input {
  const input = readManifests(files.map((name) => ({ name: nameOf(name), text: read(name) })));
  if (controllerValues === undefined) return input;
  return { ...input, settings: readControllerValues(controllerValues, read(controllerValues)) };
}

function read(name: string): string {
  try {
    return decodeText(nameOf(name), readFileSync(name === '-' ? 0 : name));
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new InputError(`${name} is not there: write the path of a file`);
    if (code === 'EISDIR')
      throw new InputError(`${name} is a folder: write the files in it, such as -f ${join(name, '*.yaml')}`);
    throw new InputError(`${name} can't be read: ${message}`);
  }
}
