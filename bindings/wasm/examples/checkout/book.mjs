// The book of the shop: a folder in which every booking is a file of its own, written once and never changed.
//
// A booking of a member is named by the version that the member had before it. So a name that exists means
// that somebody else booked in between: that is the compare and set, and it holds for any number of processes.

import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Somebody else booked for this member in between: look again. */
export class Stale extends Error {}

export class Book {
  #folder;
  #program;
  #known = new Map();

  constructor(folder, program) {
    this.#folder = folder;
    this.#program = program;
    mkdirSync(folder, { recursive: true });
  }

  /** The member and its orders, as of now: what was read before, and the bookings since. */
  read(id) {
    const known = this.#known.get(id) ?? { member: { id, version: 0 }, orders: new Map() };
    for (let entry; (entry = this.#entry(name(known.member))); ) {
      known.member = this.#program.apply(known.member, entry.events);
      if (entry.order) known.orders.set(entry.order.id, entry);
    }
    this.#known.set(id, known);
    return known;
  }

  /** The order of a guest, for whom there is no member to keep. */
  readGuest(order) {
    return this.#entry(`guest-${order}`);
  }

  /** Books for a member as it was read, all of it or nothing. */
  add(member, entry) {
    this.#write(name(member), entry);
  }

  addGuest(entry) {
    this.#write(`guest-${entry.order.id}`, entry);
  }

  #entry(called) {
    try {
      return JSON.parse(readFileSync(join(this.#folder, `${called}.json`), 'utf8'));
    } catch (error) {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** The file gets its name only when all of it is on the disk; a name that is taken is left alone. */
  #write(called, entry) {
    const draft = join(this.#folder, `draft-${randomUUID()}`);
    const file = openSync(draft, 'wx');
    try {
      writeFileSync(file, `${JSON.stringify(entry)}\n`);
      fsyncSync(file);
      linkSync(draft, join(this.#folder, `${called}.json`));
    } catch (error) {
      throw error.code === 'EEXIST' ? new Stale(called) : error;
    } finally {
      closeSync(file);
      unlinkSync(draft);
    }
  }
}

const name = ({ id, version = 0 }) => `${id}-${String(version).padStart(8, '0')}`;
