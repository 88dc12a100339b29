const hooks = require('node:async_hooks');
const { ModuleMocker } = require('jest-mock');

// cdktf notes the stack of every construct into an object whose stack is empty yet. Source maps would be read for each frame of it, and
// nobody looks at it: it stays empty.
const { captureStackTrace } = Error;
Error.captureStackTrace = (target, below) => {
  if (target.stack !== '') captureStackTrace(target, below);
};

/**
 * Tests run in the context of their worker, not in one of their own: what suites share is of the same Array, Map and Error as the
 * suites are. What a suite leaves there is put back or taken away after it.
 */
module.exports = class SharedContext {
  constructor() {
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimers = null;
    this.fakeTimersModern = null;
    this.before = {
      console: globalThis.console,
      env: process.env,
      AsyncLocalStorage: hooks.AsyncLocalStorage,
    };
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** Never looked into: runtime.cjs compiles without a context. */
  getVmContext() {
    return {};
  }

  async setup() {
    // Each suite has a jest-circus of its own, whose storage would follow every promise of all suites after it.
    const storages = [];
    this.storages = storages;
    hooks.AsyncLocalStorage = class extends this.before.AsyncLocalStorage {
      constructor(...options) {
        super(...options);
        storages.push(this);
      }
    };
  }

  async teardown() {
    hooks.AsyncLocalStorage = this.before.AsyncLocalStorage;
    for (const storage of this.storages) storage.disable();
    globalThis.console = this.before.console;
    process.env = this.before.env;
    for (const symbol of Object.getOwnPropertySymbols(globalThis))
      if (symbol === Symbol.for('EVENT_HANDLERS')) Reflect.deleteProperty(globalThis, symbol);
  }
};
