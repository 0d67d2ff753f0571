// The entry for Node: the module lies on the disk, so importing is enough and `init` does nothing more.

import { readFileSync } from 'node:fs';

import { loadNow } from './module.js';

export { DangolError, LoadError } from './failure.js';
export { formatAmount, formatMoney } from './format.js';
export { Program } from './program.js';

loadNow(readFileSync(new URL('./dangol_bg.wasm', import.meta.url)));

/** Here so that one source runs in Node and in browsers. */
export default async function init() {}
