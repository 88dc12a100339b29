/* Puts cdktn in the place of cdktf for all that asks for it: `node --require __tests__/integration/cdktn.cjs …`. */
const Module = require('node:module');

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  return resolve.call(this, request.replace(/^cdktf(?=$|\/)/, 'cdktn'), ...rest);
};
