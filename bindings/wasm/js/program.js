// The verbs under their names. What they mean is the core's; here is only the way there and back.

import { orThrow } from './failure.js';
import { module } from './module.js';
import { toText } from './text.js';

/** A checked program. The methods are described in index.d.ts, where editors find them. */
export class Program {
  #checked;

  constructor(checked) {
    this.#checked = checked;
  }

  static fromJson(program) {
    const text = typeof program === 'string' ? program : toText(program);
    return new Program(orThrow(() => module().fromJson(text)));
  }

  static fromToml(text) {
    return new Program(orThrow(() => module().fromToml(text)));
  }

  get id() {
    return this.#checked.id;
  }

  get version() {
    return this.#checked.version;
  }

  get hash() {
    return this.#checked.hash;
  }

  quote(member, basket, now, pool) {
    return this.#ask('quote', { member, basket, now, pool });
  }

  place(quote, order) {
    return this.#ask('place', { quote, order });
  }

  apply(member, events) {
    return this.#ask('apply', { member, events });
  }

  act(member, action, now, operation) {
    return this.#ask('act', { member, action, now, operation });
  }

  refund(member, order, returned, now, operation, { others, lang } = {}) {
    return this.#ask('refund', { member, order, returned, now, operation, others, lang });
  }

  exchange(member, order, returned, basket, now, exchange, { others, lang } = {}) {
    return this.#ask('exchange', { member, order, returned, basket, now, exchange, others, lang });
  }

  merge(member, done) {
    return this.#ask('merge', { member, done });
  }

  codes(count, randomness, taken) {
    return this.#ask('codes', { count, randomness, taken });
  }

  advance(member, until) {
    return this.#ask('advance', { member, until });
  }

  balance(member, at, lang) {
    return this.#ask('balance', { member, at, lang });
  }

  statement(member, events, until) {
    return this.#ask('statement', { member, events, until });
  }

  tiers(member, at, lang) {
    return this.#ask('tiers', { member, at, lang });
  }

  notices(member, from, until) {
    return this.#ask('notices', { member, from, until });
  }

  liability(members, at, rate) {
    return this.#ask('liability', { members, at, rate });
  }

  explain(quote, lang) {
    return this.#ask('explain', { quote, lang });
  }

  describe(happened, lang) {
    const named = Array.isArray(happened) ? { events: happened } : happened;
    return this.#ask('describe', { ...named, lang });
  }

  segments(member, at, bands) {
    return this.#ask('segments', { member, at, bands });
  }

  cutoff(cut, values, counted) {
    return this.#ask('cutoff', { cut, values, counted });
  }

  call(verb, request) {
    return orThrow(() => this.#checked.call(verb, request));
  }

  #ask(verb, request) {
    return JSON.parse(this.call(verb, toText(request)));
  }
}
