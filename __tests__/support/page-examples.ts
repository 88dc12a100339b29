import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import ts from 'typescript';

const PROJECT = join(__dirname, '..', '..');

/** The TypeScript of a page under docs/. It stands under environments/, or in another project; here it is two folders below this one. */
export function examplesOf(page: string): string[] {
  const text = readFileSync(join(PROJECT, 'docs', page), 'utf8');
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = '']) =>
    code.replaceAll("from '../", "from '../../").replaceAll("from 'eks-ingress/", "from '../../modules/"),
  );
}

/** What the compiler says about examples. */
export function compilerMessages(examples: readonly string[]): string[] {
  const files = new Map(examples.map((code, index) => [join(__dirname, `example-${index}.ts`), code]));
  const { config } = ts.readConfigFile(join(PROJECT, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, PROJECT);
  const host = ts.createCompilerHost({ ...options, noEmit: true });
  host.readFile = (file) => files.get(file) ?? ts.sys.readFile(file);
  host.fileExists = (file) => files.has(file) || ts.sys.fileExists(file);
  const program = ts.createProgram([...files.keys()], { ...options, noEmit: true }, host);
  return [...files.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
}

/** What an example exports. */
export function runExample(code: string): { readonly environment?: unknown; readonly workloads?: unknown } {
  const { code: javascript } = transformSync(code, { loader: 'ts', format: 'cjs', target: 'node20' });
  const module = { exports: {} };
  // oxlint-disable-next-line typescript/no-implied-eval -- the page's own code
  const load = new Function('module', 'require', javascript) as (...given: unknown[]) => void;
  load(module, require);
  return module.exports;
}
