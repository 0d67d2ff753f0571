// What a TypeScript user writes, and must be told when it is wrong. Only compiled, never run.

import init, { DangolError, formatAmount, formatMoney, LoadError, Program } from 'dangol';
import type { Acted, Action, Basket, Done, Event, Exchanged, Member, Order, ProgramFile, Quote, Refunded, Returned, SegmentBands } from 'dangol';

await init();
await init(new Uint8Array());

const file: ProgramFile = {
  format: 1,
  id: 'cafe',
  version: '1',
  currency: 'KRW',
  wallets: [{ id: 'points', expiry: { after: '1 year' } }],
  accruals: [{ id: 'base', award: { percent: '5' }, when: { all: [{ spend: { at_least: '1000' } }] } }],
  offers: [{ id: 'ten', code: 'TEN', benefit: { percent_off: 10 } }],
};
const cafe: Program = Program.fromJson(file);
Program.fromJson(JSON.stringify(file));
Program.fromToml('format = 1');

const member: Member = { id: 'm1' };
const basket: Basket = { lines: [{ sku: 'latte', price: '4800', quantity: 2 }], points: { points: 'max' } };
const quote: Quote = cafe.quote(member, basket, new Date());
const due: string = quote.due;
const shown: string[] = [formatMoney(quote.due, quote.currency, 'ko'), formatAmount(quote.earned['points'] ?? '0', 'en-GB')];
// @ts-expect-error a number has lost digits already
formatMoney(0.1, 'USD', 'en');
await init('/dangol.wasm').catch((error: unknown) => error instanceof LoadError && (error.cause satisfies unknown));
const earned: string | undefined = quote.earned['points'];
for (const { reason } of quote.refused) {
  if (reason.code === 'spend_too_low') {
    const required: string = reason.required;
    // @ts-expect-error only other reasons have it
    reason.limit;
  }
}

const { order, events } = cafe.place(quote, 'o1');
const booked: Quote = order.quote;
const after: Member = cafe.apply(member, events);
const version: number = cafe.apply(after, []).version;
const expired: Event[] = cafe.advance(after, '2027-02-01T00:00:00+09:00').events;
for (const event of expired) if (event.type === 'points_expired') event.lot satisfies string;
const sentences: string[] = cafe.explain(quote, 'ko').refused.map(({ text }) => text);

const hold: Action = { hold: { points: 1000, until: new Date() } };
const acted: Acted = cafe.act(after, hold, new Date(), 'pay-1');
const why: string | undefined = acted.refused?.path;
const usable: string[] = cafe.balance(after, new Date()).balances.map(({ usable }) => usable);
for (const { movements } of cafe.statement(member, events, new Date()).statements) {
  for (const { change } of movements) if (change.type === 'points_held') change.hold satisfies string;
}
const one: Returned = { goods: { lines: { 1: 1, beans: '0.100' }, shipping: true } };
const refunded: Refunded = cafe.refund(after, order, one, new Date(), 'return-1');
const kept: Order = refunded.order;
const others = [{ id: 'family' }] as const;
const given: string | undefined = cafe.refund(after, kept, 'reopen', new Date(), 'r2', { others, lang: 'ko' }).returned?.money;
const exchanged: Exchanged = cafe.exchange(after, kept, one, basket, new Date(), 'o2');
const done: Done[] = [{ order }, { refund: { order, returned: 'cancel', now: new Date(), operation: 'r3' } }];
const merged: Member = cafe.merge(member, done).member;
for (const { rule, points } of refunded.returned?.taken ?? []) [rule, points] satisfies [string, string];
const coupons = cafe.balance(after, new Date()).coupons.filter(({ usable }) => usable);
const last: (string | undefined)[] = coupons.map(({ coupon, until }) => until ?? coupon.expires_on);
const codes: string[] = cafe.codes(2, '00112233445566778899aabbccddeeff', ['2FUY-Y6AN-3VEJ']).codes;
for (const { offer, missing, worth } of quote.near) {
  if (missing.of === 'spend') missing.missing satisfies string;
  const hint: [string, string | null] = [offer, worth];
}
const bound: string | undefined = quote.optimal ? undefined : quote.discount_bound;
const hints: string[] = cafe.explain(quote, 'en').near.map(({ text }) => text);
const birthday: ProgramFile['offers'] = [
  {
    id: 'birthday',
    coupon: { issue: [{ on: 'birthday' }], days_before: 7, valid: { after: '30 days' }, limit: { per_member: 1 } },
    benefit: { buy_get: { buy: { units: 2 }, get: { units: 1 }, percent_off: 100 } },
  },
  // @ts-expect-error a benefit is one word
  { id: 'no', benefit: {} },
];
const issue: Action = { issue_coupon: { offer: 'birthday' } };
const setAside: Basket = { ...basket, coupons: 'none', coupon_hold: 'pay-1' };
const told: string[] = cafe.notices(after, '2026-12-01', '2026-12-31').notices.map(({ lead }) => lead);
const owed: string | undefined = cafe.liability([after, member], new Date(), '85').totals[0]?.value;
const top: string | undefined = cafe.cutoff({ at: { top_percent: 10 }, ties: 'exclude' }, ['90', 70n]).cutoffs[0]?.value;
cafe.cutoff({ at: { above_average: {} } }, undefined, [{ value: '90', count: 2 }]).left_out satisfies number;
const bands: SegmentBands = { window: '3 months', monetary: ['90'], segments: [{ id: 'top', monetary_at_least: 2 }] };
const segments: string[] = cafe.segments(after, new Date(), bands).segments;
const happened: string[] = cafe.describe(acted.events, 'ko').sentences;
const reasons = acted.refused ? [acted.refused.reason] : [];
const moved = cafe.statement(member, acted.events).statements.flatMap(({ movements }) => movements);
happened.push(...cafe.describe({ changes: moved.map(({ change }) => change), reasons }).sentences);
const reply: string = cafe.call('quote', '{}');
const names: string[] = [cafe.id, cafe.version, cafe.hash];

try {
  // @ts-expect-error nobody knows what time it is
  cafe.quote(member, basket);
  // @ts-expect-error a moment is no number
  cafe.quote(member, basket, 0);
  // @ts-expect-error whoever does something says under which name
  cafe.act(after, hold, new Date());
  // @ts-expect-error a word that there is not
  cafe.act(after, { hodl: { points: 1 } }, new Date(), 'pay-2');
  // @ts-expect-error a return has a name
  cafe.refund(after, order, 'cancel', new Date());
  // @ts-expect-error a word that there is not
  cafe.refund(after, order, 'cancle', new Date(), 'r1');
  // @ts-expect-error a quote is no order yet
  cafe.refund(after, quote, 'cancel', new Date(), 'r1');
  // @ts-expect-error a day is no moment
  cafe.notices(after, new Date(), '2026-12-31');
  // @ts-expect-error a cut is one word
  cafe.cutoff({ at: {} }, [1]);
  // @ts-expect-error a field that there is not
  cafe.segments(after, new Date(), { recencies: [7] });
  // @ts-expect-error there is no French yet
  cafe.explain(quote, 'fr');
  // @ts-expect-error a program is read, never made
  new Program();
  // @ts-expect-error a word that there is not
  Program.fromJson({ ...file, offers: [{ id: 'ten', benefit: { per_cent_off: '10' } }] });
  // @ts-expect-error a field that there is not
  cafe.quote({ id: 'm1', level: 'gold' }, basket, new Date());
  // @ts-expect-error JSON has no maps
  cafe.quote({ id: 'm1', wallets: new Map() }, basket, new Date());
  // @ts-expect-error an answer's amounts are text
  const wrong: number = quote.due;
} catch (error) {
  if (error instanceof DangolError) {
    const told: [string, string, string] = [error.code, error.path, error.message];
    for (const { path } of error.problems) path satisfies string;
    // @ts-expect-error a code that there is not
    if (error.code === 'floating_pint') throw error;
    // @ts-expect-error what was wrong stays so
    error.code = 'fine';
  }
}
