/*
 * Lets node load TypeScript: `node --require ./register.cjs main.ts`.
 *
 * One esbuild call turns all sources into JavaScript, without a loader thread and without source maps; the result is kept
 * until a source changes. cdktf captures an unlimited stack trace for every token it makes, which is most of a synth;
 * here it gets none. Errors keep theirs. EKS_INGRESS_DEBUG=1 brings traces and source maps back.
 */
const { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const debug = process.env.EKS_INGRESS_DEBUG === '1';
const FOLDERS = ['config', 'environments', 'load-balancers', 'modules', 'stacks', 'tools'];
const CACHE = join(__dirname, 'node_modules', '.cache', 'eks-ingress', 'sources.json');

function sourcesIn(folder, recursive) {
  return readdirSync(folder, { recursive })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name));
}

function compile(entryPoints) {
  const { outputFiles } = require('esbuild').buildSync({
    absWorkingDir: __dirname,
    entryPoints,
    outdir: __dirname,
    outbase: __dirname,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // import() of a source becomes require(), which loads it from here.
    supported: { 'dynamic-import': false },
    sourcemap: debug && 'inline',
  });
  return Object.fromEntries(outputFiles.map(({ path, text }) => [path.replace(/\.js$/, '.ts'), text]));
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

// Extensions are tried in order: releases.ts comes before the releases.json that it reads.
const { '.js': js, ...others } = require.extensions;
for (const extension of Object.keys(others)) Reflect.deleteProperty(require.extensions, extension);
Object.assign(require.extensions, { '.js': js, '.ts': load }, others);

function load(module, file) {
  const text = code[file];
  if (text === undefined)
    throw new Error(`${file} is not a source of the project: move it to one of its folders`);
  module._compile(text, file);
}

if (debug) process.setSourceMapsEnabled(true);
else Error.captureStackTrace = () => {};
