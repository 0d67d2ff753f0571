// The shop: who its customers are, and how an order is checked and booked. Every decision is the program's.

import { readFileSync } from 'node:fs';

import { Program } from 'dangol';

import { Book, Stale } from './book.mjs';
import { basketOf } from './shop/basket.mjs';

const file = (name) => readFileSync(new URL(`./shop/${name}`, import.meta.url), 'utf8');
const DAY = 86_400_000;
/** How long ago, and how far ahead of our clock, the instant of a quote may lie. */
const OLD = 10 * 60_000;
const AHEAD = 2 * 60_000;

/** An answer that is no: a status, a word for the page, and a sentence for people. */
export class Refusal extends Error {
  constructor(status, code, message, more = {}) {
    super(message);
    Object.assign(this, { status, code, more });
  }
}

export class Shop {
  articles = JSON.parse(file('articles.json'));
  customers = JSON.parse(file('customers.json'));
  program = Program.fromToml(file('program.toml'));
  #book;
  #clock;

  /** @param clock what time it is, so that tests can say */
  constructor(folder, clock = () => new Date()) {
    this.#book = new Book(folder, this.program);
    this.#clock = clock;
    for (const customer of this.customers.filter(({ orders }) => orders)) this.#begin(customer);
  }

  /** What the page may know of a customer. */
  member(id) {
    if (!this.customers.some((each) => each.id === id)) throw new Refusal(404, 'no_member', `there is no customer ${id}`);
    return { member: this.#member(id), now: this.#clock().toISOString() };
  }

  /** Books what a page posted, once, and only where the page saw what is booked. */
  order(posted) {
    checkPosted(posted);
    const repeated = this.#repeated(posted);
    if (repeated) return repeated;
    const age = this.#clock() - new Date(posted.at);
    if (!(age <= OLD && age >= -AHEAD)) {
      throw new Refusal(409, 'late', 'this price is not of now; look at it again', this.member(posted.member));
    }
    const { member } = this.member(posted.member);
    const { order, events } = this.#decide(member, posted);
    try {
      if (member.guest) this.#book.addGuest({ posted, order, events });
      else this.#book.add(member, { posted, order, events });
    } catch (error) {
      if (error instanceof Stale) return this.order(posted); // with the member as it is now
      throw error;
    }
    return this.#answer(201, posted, { order, events });
  }

  /** The same quote as the page's, or a refusal that has the new amount. */
  #decide(member, posted) {
    const basket = basketOf(this.articles, posted);
    const quote = this.program.quote(member, basket, posted.at);
    const placed = this.program.place(quote, posted.id);
    // A page whose module did not load has no hash. It told a price without offers: never more than that is asked.
    const agreed = posted.hash === undefined ? BigInt(quote.due) <= BigInt(posted.shown) : posted.hash === placed.order.hash;
    if (!agreed) {
      throw new Refusal(409, 'changed', 'what was ordered is not what this basket costs; nothing was booked', {
        due: quote.due,
        ...this.member(posted.member),
      });
    }
    return placed;
  }

  /** The answer of an order that is in the book already. */
  #repeated(posted) {
    const entry = posted.member === 'guest' ? this.#book.readGuest(posted.id) : this.#book.read(posted.member).orders.get(posted.id);
    if (!entry) return undefined;
    if (JSON.stringify(entry.posted) !== JSON.stringify(posted)) {
      throw new Refusal(409, 'taken', `order ${posted.id} was booked with another content`);
    }
    return this.#answer(200, posted, entry);
  }

  #answer(status, { member }, { order, events }) {
    return { status, body: { id: order.id, due: order.quote.due, earned: order.quote.earned, events, member: this.#member(member) } };
  }

  #member(id) {
    return id === 'guest' ? { id, guest: true } : this.#book.read(id).member;
  }

  /** Gives a customer of the example a past: joined, and ordered, some days ago. */
  #begin({ id, joined_days_ago: joined, birthday_in_days: birthday, orders }) {
    const ago = (days) => new Date(this.#clock() - days * DAY);
    if (this.#book.read(id).member.version > 0) return;
    const enrol = birthday === undefined ? {} : { birthday: `1992${ago(-birthday).toISOString().slice(4, 10)}` };
    this.#add(id, this.program.act({ id }, { enrol }, ago(joined), 'enrol'));
    for (const { days_ago: days, items } of orders) {
      const basket = basketOf(this.articles, { items, codes: [] });
      this.#add(id, this.program.place(this.program.quote(this.#member(id), basket, ago(days)), `past-${days}`));
    }
  }

  #add(id, { order, events }) {
    this.#book.add(this.#member(id), { order, events });
  }
}

/** What the package does not look at: the fields of the order around the basket. */
function checkPosted(posted) {
  const wrong = (path, message) => {
    throw new Refusal(400, 'wrong', `${path}: ${message}`);
  };
  if (typeof posted !== 'object' || posted === null) wrong('order', 'must be an object');
  const { id, member, items, codes, points, at, hash, shown } = posted;
  if (typeof id !== 'string' || !/^[0-9a-z-]{1,40}$/.test(id)) wrong('id', 'must be 1 to 40 of a-z, 0-9 and -');
  if (typeof member !== 'string') wrong('member', 'must be the id of a customer');
  if (typeof items !== 'object' || items === null || Array.isArray(items)) wrong('items', 'must be articles and their number');
  if (!Array.isArray(codes)) wrong('codes', 'must be a list of codes');
  if (typeof points !== 'boolean') wrong('points', 'must be true or false');
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) wrong('at', 'must be the instant of the quote');
  if (hash !== undefined && typeof hash !== 'string') wrong('hash', 'must be the hash of the order');
  if (hash === undefined && (typeof shown !== 'string' || !/^\d{1,12}$/.test(shown))) wrong('shown', 'must be the amount that was shown, where there is no hash');
}
