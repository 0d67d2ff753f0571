// The WebAssembly module behind the package: loaded once, fetched in browsers and read in Node.

import start, { initSync, Program } from './dangol.js';
import { LoadError } from './failure.js';

/** @type {Promise<void> | undefined} */
let loading;
let loaded = false;

/**
 * @param {string | object} [source] the module's URL, response, bytes or WebAssembly.Module; by
 *   default `dangol_bg.wasm` beside this file
 * @returns {Promise<void>}
 */
export function load(source) {
  loading ??= start(source === undefined ? undefined : { module_or_path: source }).then(
    () => {
      loaded = true;
    },
    (reason) => {
      loading = undefined; // the next call may find the network back
      throw new LoadError(reason);
    },
  );
  return loading;
}

/** @param {BufferSource} bytes */
export function loadNow(bytes) {
  initSync({ module: bytes });
  loaded = true;
}

/** The module's own class, which takes and gives JSON text. */
export function module() {
  if (!loaded) throw new Error('call `await init()` once before the first program');
  return Program;
}
