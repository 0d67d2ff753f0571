// The entry for browsers, which fetch the module when the page calls `await init()`.

export { DangolError } from './failure.js';
export { load as default } from './module.js';
export { Program } from './program.js';
