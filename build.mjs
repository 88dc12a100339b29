/*
 * Builds the package of the folder that npm runs it in into dist/, as far as its package.json exports it: JavaScript,
 * declarations, and the data and charts that lie beside the sources.
 */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import ts from 'typescript';

const ROOT = dirname(fileURLToPath(import.meta.url));
const DIST = join(process.cwd(), 'dist');

const { exports, bin = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
const entries = [...Object.values(exports).map((each) => each.default), ...Object.values(bin)].map((file) =>
  join(ROOT, relative('dist', file).replace(/\.js$/, '.ts')),
);

rmSync(DIST, { recursive: true, force: true });
const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent({ ...config, files: entries, include: [] }, ts.sys, ROOT);
const program = ts.createProgram(entries, {
  ...options,
  noEmit: false,
  // Types are checked by `npm run build`.
  noCheck: true,
  declaration: true,
  emitDeclarationOnly: true,
  rootDir: ROOT,
  outDir: DIST,
});
const problems = [...program.getSyntacticDiagnostics(), ...program.emit().diagnostics];
if (problems.length > 0) {
  console.error(
    ts.formatDiagnostics(problems, {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => ROOT,
      getNewLine: () => '\n',
    }),
  );
  process.exit(1);
}

const sources = program
  .getSourceFiles()
  .map(({ fileName }) => relative(ROOT, fileName))
  .filter((file) => !/^\.\.|(^|\/)node_modules\/|\.d\.ts$/.test(file));
buildSync({
  absWorkingDir: ROOT,
  entryPoints: sources.filter((file) => file.endsWith('.ts')),
  outdir: DIST,
  outbase: ROOT,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // import() of a source becomes require(), as it does where the project itself runs.
  supported: { 'dynamic-import': false },
});

for (const file of sources.filter((each) => each.endsWith('.json')))
  cpSync(join(ROOT, file), join(DIST, file));
// Charts lie beside the constructs that install them.
for (const folder of new Set(sources.map((file) => dirname(file)))) {
  for (const name of readdirSync(join(ROOT, folder))) {
    const chart = join(folder, name);
    if (existsSync(join(ROOT, chart, 'Chart.yaml')))
      cpSync(join(ROOT, chart), join(DIST, chart), { recursive: true });
  }
}
cpSync(join(ROOT, 'LICENSE'), join(DIST, 'LICENSE'));
