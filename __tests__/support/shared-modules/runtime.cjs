const { Session } = require('node:inspector/promises');
const { createRequire, Module } = require('node:module');
const { join, sep } = require('node:path');
const { fileURLToPath } = require('node:url');
const vm = require('node:vm');
const { readFileSync } = require('node:fs');
const { default: Runtime } = require('jest-runtime');

const ROOT = join(__dirname, '..', '..', '..');
const TESTS = join(ROOT, '__tests__') + sep;
const PACKAGES = join(ROOT, 'node_modules') + sep;

/** What Jest made of each source that this worker has loaded. */
const transformed = new Map();
/** Transforms of the suite that runs. */
let transforms;

const isSource = (file) =>
  file.startsWith(ROOT + sep) && !file.startsWith(TESTS) && !file.startsWith(PACKAGES);

// As register.cjs has them: extensions are tried in order, and catalogue.ts comes before the catalogue.json that it reads.
const { '.js': js, ...others } = Module._extensions;
for (const extension of Object.keys(others)) Reflect.deleteProperty(Module._extensions, extension);
Object.assign(Module._extensions, { '.js': js, '.ts': load }, others);

function load(module, file) {
  module._compile(transforms.transform(file), file);
  const entry = transforms.getEntries().get(file);
  if (entry) transformed.set(file, entry);
}

/** Counts of this worker, from its first suite on: each suite takes what was counted since the one before. */
let profiler;
async function startCounting() {
  if (profiler) return;
  profiler = new Session();
  profiler.connect();
  await profiler.post('Profiler.enable');
  await profiler.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
}

/**
 * Packages and sources are loaded once by each worker and shared by its suites, since loading cdktf, zod and the bindings anew was
 * most of the time of a suite; only what is under __tests__ is each suite's own. A suite that replaces modules shares none.
 */
module.exports = class SharedModules extends Runtime {
  constructor(...settings) {
    super(...settings);
    const [{ coveragePathIgnorePatterns }, testPath] = [settings[0], settings[6]];
    this.uncounted = coveragePathIgnorePatterns.map((pattern) => new RegExp(pattern));
    this.isolated = /\bjest\.(doMock|mock|resetModules|isolateModules)/.test(readFileSync(testPath, 'utf8'));
    const { executor } = this;
    executor.compile = (source, filename) =>
      vm.compileFunction(source, executor.injectedModuleParameters, { filename });
    transforms = this.transformCache;
  }

  requireModuleOrMock(from, name) {
    if (this.isolated || name === '@jest/globals') return super.requireModuleOrMock(from, name);
    const require = createRequire(from);
    const file = require.resolve(name);
    return file.startsWith(TESTS) ? super.requireModuleOrMock(from, name) : require(file);
  }

  /** Of Jest's own modules, a suite has its own jest-circus, which knows one suite; what that requires is shared. */
  requireInternalModule(from, name) {
    const circus = /jest-circus.build.jestAdapterInit\.js$/.test(from);
    return circus && name !== undefined && !this.isolated
      ? createRequire(from)(name)
      : super.requireInternalModule(from, name);
  }

  collectV8Coverage() {
    return startCounting();
  }

  async stopCollectingV8Coverage() {
    const { result } = await profiler.post('Profiler.takePreciseCoverage');
    this.counted = result;
  }

  getAllV8CoverageInfoCopy() {
    return this.counted
      .filter(({ url }) => url.startsWith('file://'))
      .map((result) => ({ ...result, url: fileURLToPath(result.url) }))
      .filter(
        ({ url }) => isSource(url) && transformed.has(url) && !this.uncounted.some((each) => each.test(url)),
      )
      .map((result) => ({ result, codeTransformResult: transformed.get(result.url) }));
  }

  getSourceMaps() {
    return new Map([
      ...[...transformed].map(([file, { sourceMapPath }]) => [file, sourceMapPath]),
      ...super.getSourceMaps(),
    ]);
  }
};
