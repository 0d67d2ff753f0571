// The entry for browsers, which fetch the module when the page calls `await init()`.

export { DangolError, LoadError } from './failure.js';
export { formatAmount, formatMoney } from './format.js';
export { load as default } from './module.js';
export { Program } from './program.js';
