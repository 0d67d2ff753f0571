// Objects to JSON text, without what JSON.stringify would change and not tell.

import { DangolError } from './failure.js';

/**
 * @param {object} root
 * @returns {string}
 */
export function toText(root) {
  return JSON.stringify(root ?? null, function (key, value) {
    // NaN would become null, and 9007199254740993 has lost its last digit already.
    if (typeof value === 'number' && !Number.isSafeInteger(value)) {
      throw new DangolError({
        code: 'floating_point',
        path: (pathOf(root, this, key) ?? key).replace(/^\./, ''),
        message: `\`${value}\` is no exact number: write a string such as "12.50", or an integer`,
      });
    }
    if (typeof value === 'bigint') return String(value);
    // A Map or Set would become {}, as if nothing were in it; the core will not take a list for it.
    if (value instanceof Map || value instanceof Set) return [...value];
    // A Date of no time would become null, which may be allowed where it stands.
    if (value === null && this[key] instanceof Date) return 'Invalid Date';
    return value;
  });
}

/**
 * The way from `at` to `holder[key]`, as the core writes it: `.lines[0].price`.
 * @param {object} at
 * @param {object} holder
 * @param {string} key
 * @returns {string | undefined}
 */
function pathOf(at, holder, key) {
  const step = (name) => (Array.isArray(at) ? `[${name}]` : `.${name}`);
  if (at === holder) return step(key);
  for (const [name, value] of Object.entries(at ?? {})) {
    const rest = typeof value === 'object' ? pathOf(value, holder, key) : undefined;
    if (rest !== undefined) return step(name) + rest;
  }
  return undefined;
}
