/*
 * Lets node load TypeScript: `node --require ./register.cjs main.ts`.
 *
 * One esbuild call turns all sources into JavaScript, without a loader thread and without source maps; the result is kept
 * until a source changes. A source that can't be compiled stops only who loads it. EKS_INGRESS_DEBUG=1 brings source maps.
 */
const OLDEST = 20;
// An older node gets as far as here, and no further.
if (Number(process.versions.node.split('.')[0]) < OLDEST) {
  console.error('node ' + process.version + ' is too old: install Node.js ' + OLDEST + ' or later');
  process.exit(1);
}

const { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('fs');
const { dirname, join } = require('path');

const debug = process.env.EKS_INGRESS_DEBUG === '1';
const FOLDERS = ['config', 'environments', 'load-balancers', 'modules', 'stacks', 'tools'];
const CACHE = join(__dirname, 'node_modules', '.cache', 'eks-ingress', 'sources.json');

function sourcesIn(folder, recursive) {
  return readdirSync(folder, { recursive })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name));
}

/** The JavaScript of each source; of one that can't be compiled, `{ broken }`: why. */
function compile(entryPoints, broken = {}) {
  try {
    const { outputFiles } = require('esbuild').buildSync({
      absWorkingDir: __dirname,
      entryPoints,
      outdir: __dirname,
      outbase: __dirname,
      write: false,
      logLevel: 'silent',
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      // import() of a source becomes require(), which loads it from here.
      supported: { 'dynamic-import': false },
      sourcemap: debug && 'inline',
    });
    const code = outputFiles.map(({ path, text }) => [path.replace(/\.js$/, '.ts'), text]);
    return { ...broken, ...Object.fromEntries(code) };
  } catch (error) {
    const wrong = {};
    for (const { text, location } of error.errors || []) {
      if (!location) continue;
      const { file, line, column } = location;
      wrong[join(__dirname, file)] = { broken: `${file}:${line}:${column + 1}: ${text}` };
    }
    if (Object.keys(wrong).length === 0) throw error;
    return compile(
      entryPoints.filter((file) => !(file in wrong)),
      { ...broken, ...wrong },
    );
  }
}

/** The JavaScript of each source: what an earlier start compiled, if no source was touched since. */
function compiled() {
  const sources = [
    ...sourcesIn(__dirname, false),
    ...FOLDERS.flatMap((folder) => sourcesIn(join(__dirname, folder), true)),
  ];
  if (debug) return compile(sources);
  const stamp = [__filename, ...sources].map((file) => {
    const { mtimeMs, size } = statSync(file);
    return `${file} ${mtimeMs} ${size}`;
  });
  try {
    const cache = JSON.parse(readFileSync(CACHE, 'utf8'));
    if (cache.stamp.join() === stamp.join()) return cache.code;
  } catch {
    // None yet, or one that was not written to its end.
  }
  const code = compile(sources);
  try {
    mkdirSync(dirname(CACHE), { recursive: true });
    const own = `${CACHE}.${process.pid}`;
    writeFileSync(own, JSON.stringify({ stamp, code }));
    renameSync(own, CACHE);
  } catch {
    // A folder that can't be written makes a slower start, no failure.
  }
  return code;
}

const code = compiled();

// Extensions are tried in order: catalogue.ts comes before the catalogue.json that it reads.
const { '.js': js, ...others } = require.extensions;
for (const extension of Object.keys(others)) Reflect.deleteProperty(require.extensions, extension);
Object.assign(require.extensions, { '.js': js, '.ts': load }, others);

function load(module, file) {
  const text = code[file];
  if (text === undefined)
    throw new Error(`${file} is not a source of the project: move it to one of its folders`);
  if (text.broken) throw new SyntaxError(text.broken);
  module._compile(text, file);
}

if (debug) process.setSourceMapsEnabled(true);
