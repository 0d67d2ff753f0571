import type {
  Acted,
  Action,
  Amount,
  Balances,
  Basket,
  Change,
  Code,
  Codes,
  Counted,
  Cut,
  Cutoffs,
  Day,
  Described,
  Done,
  Event,
  Events,
  Exchanged,
  Explanation,
  Failure,
  Instant,
  Lang,
  Liability,
  Member,
  MemberOut,
  Merged,
  Notices,
  Order,
  Percent,
  Placed,
  Problem,
  ProgramFile,
  Quote,
  Reason,
  Refunded,
  Returned,
  SegmentBands,
  Segments,
  Statements,
  TierStandings,
} from './types.js';

export type * from './types.js';

/**
 * An input that is wrong: a program that does not hold together, a basket that is nonsense.
 * What the rules refuse is no error: it stands in the quote, with its reason.
 */
export class DangolError extends Error implements Failure {
  /** What kind of mistake it is; stable. */
  readonly code: Code;
  /** Where it stands: `basket.lines[0].price`; empty for the whole. */
  readonly path: string;
  /** Every mistake, this one first: a program tells all of its mistakes at once. */
  readonly problems: Problem[];
  private constructor();
}

/**
 * The module could not be fetched, compiled or started: a page goes on without it. `message` says
 * what to look at, `cause` has what the browser said.
 */
export class LoadError extends Error {
  private constructor();
}

/**
 * A number as people write it: `1,234.5`. For points, and for whatever else an answer has as text.
 * @param lang a language that `Intl` knows, such as `ko` or `en-GB`
 */
export function formatAmount(amount: string, lang: string): string;

/**
 * An amount of money as people write it: `$12.50`, `4,800원`. Every digit of it counts, since
 * `Intl` takes text.
 * @param currency its three letters, as in `quote.currency`
 * @param lang a language that `Intl` knows, such as `ko` or `en-GB`
 */
export function formatMoney(amount: string, currency: string, lang: string): string;

/**
 * Fetches and compiles the module. A page awaits it once before its first program; in Node there is
 * no need, and it does nothing.
 *
 * @param source the module's URL, response, bytes or WebAssembly.Module, where `dangol_bg.wasm` does
 *   not lie beside the script
 * @throws {LoadError} where it cannot be had; the next call tries again
 */
export default function init(source?: string | object): Promise<void>;

/**
 * A checked program: the rules of one shop, ready to answer. It never changes, and it knows neither
 * the clock nor the network: the same arguments give the same answer everywhere.
 */
export class Program {
  /**
   * Reads a program.
   * @param program JSON text, or the object
   * @throws {DangolError} with every problem and its path
   */
  static fromJson(program: string | ProgramFile): Program;

  /**
   * Reads a program written in TOML.
   * @throws {DangolError} with every problem and its path
   */
  static fromToml(text: string): Program;

  private constructor();

  /** The program's own name. */
  readonly id: string;
  /** The version that its author gave it. */
  readonly version: string;
  /** The hash of its content, which quotes, orders and events carry. */
  readonly hash: string;

  /**
   * What the basket costs this member now, what it earns, and why.
   * @param now a Date, or RFC 3339 text with an offset: `2026-05-01T09:00:00+09:00`
   * @param pool the household whose points are used, a member of its own
   * @throws {DangolError} for input that is nonsense
   */
  quote(member: Member, basket: Basket, now: Instant, pool?: Member): Quote;

  /**
   * Turns a quote into the order that it promised, and the events to store.
   * @throws {DangolError} for input that is nonsense
   */
  place(quote: Quote, order: string): Placed;

  /**
   * The member after the events.
   * @throws {DangolError} when an event does not fit the member
   */
  apply(member: Member, events: readonly Event[]): MemberOut;

  /**
   * Something done with points outside of an order: granted, held, captured, sent to somebody else.
   * Where the rules say no, `refused` tells why, and there are no events.
   * @param action one word and what it needs: `{ grant: { points: 500, reason: 'sorry' } }`
   * @param operation the name that the host gives it; the same one again changes nothing
   * @throws {DangolError} for input that is nonsense
   */
  act(member: Member, action: Action, now: Instant, operation: string): Acted;

  /**
   * What comes back of an order, what is refunded for it and why, and what that undoes: points,
   * coupons, tiers. The answer has the order with the return noted in it, to be stored in place of
   * the one that was handed in. Where the rules say no, `refused` tells why, and there are no events.
   * @param order the order as it was stored
   * @param returned `{ goods: { lines: { 1: 1 } } }`, `'cancel'`, `'void'`, or `'reopen'`, which takes
   *   the latest return back
   * @param operation the name that the host gives it; the same one again changes nothing
   * @param more `others`: members who take part, such as the household whose points were used;
   *   `lang`: the language of the sentences, `'en'` where left out
   * @throws {DangolError} for input that is nonsense, such as more units than are left
   */
  refund(
    member: Member,
    order: Order,
    returned: Returned,
    now: Instant,
    operation: string,
    more?: { others?: readonly Member[]; lang?: Lang },
  ): Refunded;

  /**
   * Goods of an order come back, and others are bought: one operation, and one amount to pay or to
   * give back (`due`). The answer has both orders, and the events of both halves; otherwise it is as
   * with `refund`.
   * @param exchange the id of the new order, which is the name of the whole
   * @throws {DangolError} for input that is nonsense
   */
  exchange(
    member: Member,
    order: Order,
    returned: Returned,
    basket: Basket,
    now: Instant,
    exchange: string,
    more?: { others?: readonly Member[]; lang?: Lang },
  ): Exchanged;

  /**
   * What tills did with a member without knowing of each other, as one life: the same in whatever
   * order it comes.
   * @param member the member as all of them knew it
   * @param done what they did since: `{ order }` as it was placed, `{ action: { action, now, operation } }`,
   *   `{ refund: { order, returned, now, operation } }`
   * @throws {DangolError} for input that is nonsense
   */
  merge(member: Member, done: readonly Done[]): Merged;

  /**
   * New codes for coupons, of the form that the program's `codes` tells: all different, none taken.
   * @param randomness at least 16 bytes of the system's randomness in hexadecimal digits, fresh for every call
   * @param taken the codes that were given out before
   * @throws {DangolError} where codes are too short for their number, or the randomness is
   */
  codes(count: number, randomness: string, taken?: readonly string[]): Codes;

  /**
   * What the passing of time does to the member up to that instant.
   * @throws {DangolError} for input that is nonsense
   */
  advance(member: Member, until: Instant): Events;

  /**
   * The points of every wallet as of that instant: what is there, what of it can be used, and when
   * it ends; and the coupons that the member holds. What time does until then is counted,
   * whether or not anybody wrote it down.
   * @param lang the language of the coupons' names: `'en'` where left out, or `'ko'`
   * @throws {DangolError} for input that is nonsense
   */
  balance(member: Member, at: Instant, lang?: Lang): Balances;

  /**
   * What the events moved, wallet by wallet: opening balance, every movement, closing balance.
   * @param member the member before the events
   * @param until with it also what time does until then
   * @throws {DangolError} when an event does not fit the member
   */
  statement(member: Member, events: readonly Event[], until?: Instant): Statements;

  /**
   * Where the member stands on each ladder, what is missing to rise and to stay, and what the next
   * review will find if nothing more is done; and the same in sentences.
   * @param lang `'en'` where left out, or `'ko'`
   * @throws {DangolError} for input that is nonsense
   */
  tiers(member: Member, at: Instant, lang?: Lang): TierStandings;

  /**
   * What the member is to be told in these days, both included: which points end, and when.
   * @param from a day as text, `2026-05-01`, since a Date is a moment; so is `until`
   * @throws {DangolError} for input that is nonsense
   */
  notices(member: Member, from: Day, until: Day): Notices;

  /**
   * What the shop owes these members in points, by wallet, issuer and month of expiry.
   * @param rate the share that is expected to be used, in percent; 100 where left out
   * @throws {DangolError} for input that is nonsense
   */
  liability(members: readonly Member[], at: Instant, rate?: Percent): Liability;

  /**
   * The quote in sentences for people.
   * @throws {DangolError} for input that is nonsense
   */
  explain(quote: Quote, lang: Lang): Explanation;

  /**
   * In sentences what happened, and why something was refused: one for each event, then each change,
   * then each reason; in English where no language is said.
   * @param happened events, or by name: `events`; `changes`, those of a statement's movements or of a
   *   quote's `overdue`; `reasons`, those of what was refused
   * @throws {DangolError} for input that is nonsense
   */
  describe(
    happened:
      | readonly Event[]
      | { events?: readonly Event[]; changes?: readonly Change[]; reasons?: readonly Reason[] },
    lang?: Lang,
  ): Described;

  /**
   * How long ago, how often and how much the member ordered, in bands by your borders, and the
   * segments that the member is in: write them into `member.segments` for the condition `segment_in`.
   * @throws {DangolError} for input that is nonsense, and for a window further back than the program keeps days
   */
  segments(member: Member, at: Instant, bands: SegmentBands): Segments;

  /**
   * Where a population is cut, such as where its best tenth begins: ordinary numbers, to be written
   * into a program or given to `segments`. The program does not matter.
   * @param values what each of them has
   * @param counted values with how many have them, beside the others or in their place
   * @throws {DangolError} for input that is nonsense, and where nobody is left to be counted
   */
  cutoff(cut: Cut, values?: readonly Amount[], counted?: readonly Counted[]): Cutoffs;

  /**
   * Any verb, JSON text in and out: for hosts that hold text already.
   * @throws {DangolError} for input that is nonsense
   */
  call(verb: string, request: string): string;
}
