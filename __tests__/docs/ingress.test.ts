import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { transformSync } from 'esbuild';
import ts from 'typescript';
import { parseEnvironment } from '../../config';
import { ANNOTATIONS } from '../../load-balancers/language';
import { TODAY } from '../support/environments';
import { stacksOf } from '../support/stacks';

const PAGE = join(__dirname, '..', '..', 'docs', 'ingress.md');
const text = readFileSync(PAGE, 'utf8');
const PREFIX = 'alb.ingress.kubernetes.io/';

/** Examples stand under environments/ in the page; here they are two folders below the project. */
const examples = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = '']) =>
  code.replaceAll("from '../", "from '../../"),
);

/** What the compiler says about the examples. */
function diagnostics(): string[] {
  const files = new Map(examples.map((code, index) => [join(__dirname, `example-${index}.ts`), code]));
  const { config } = ts.readConfigFile(join(__dirname, '..', '..', 'tsconfig.json'), (file) =>
    ts.sys.readFile(file),
  ) as { config: { compilerOptions: object } };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, join(__dirname, '..', '..'));
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

/** What an example stands in that shows the workloads of an environment only. */
const AROUND = {
  name: 'dev',
  account: '111122223333',
  region: 'eu-west-1',
  cluster: { kind: 'new', administrators: ['arn:aws:iam::111122223333:role/platform-admin'] },
};

function run(code: string): { readonly environment?: unknown; readonly workloads?: unknown } {
  const { code: javascript } = transformSync(code, { loader: 'ts', format: 'cjs', target: 'node20' });
  const module = { exports: {} };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the page's own code
  const load = new Function('module', 'require', javascript) as (...given: unknown[]) => void;
  load(module, require);
  return module.exports;
}

describe('docs/ingress.md', () => {
  it('has examples', () => {
    expect(examples.length).toBeGreaterThan(8);
  });

  it('has examples that compile', () => {
    expect(diagnostics()).toEqual([]);
  });

  it.each(examples.map((code, index) => [index, code] as const))(
    'has examples without a problem or a warning: %i',
    (_, code) => {
      const { workloads, environment = workloads && { ...AROUND, workloads } } = run(code);
      if (environment === undefined) {
        expect(code).toContain('new AlbIngress');
        return;
      }
      const { environment: parsed, warnings } = parseEnvironment(environment, TODAY);
      expect(warnings).toEqual([]);
      expect(stacksOf(parsed).length).toBeGreaterThan(0);
    },
  );

  it('has a row for each annotation of an Ingress', () => {
    const rows = ANNOTATIONS.flatMap(({ name, on, prop, params, output, deprecated }) => {
      if (!on.includes('ingress')) return [];
      const meaning = output
        ? 'written by the controller'
        : deprecated
          ? `deprecated: ${deprecated.replace(PREFIX, '')}`
          : prop
            ? `\`${prop}\``
            : '`ingressClassName`';
      return [`| \`${name.replace(PREFIX, '')}\` | ${meaning} | ${params ? `\`${params}\`` : ''} |`];
    });
    const table = ['| annotation | prop | IngressClassParams |', '|---|---|---|', ...rows].join('\n');
    expect(text).toContain(`<!-- annotations -->\n${table}\n<!-- /annotations -->`);
  });
});
