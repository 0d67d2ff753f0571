// What the hand-written wrapper adds to the module: names, instants, errors, and numbers that JSON would lose.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import * as dangol from 'dangol';

import { coffee } from './coffee.mjs';

const { default: init, DangolError, formatAmount, formatMoney, Program } = dangol;
const member = { id: 'm1' };
const basket = { lines: [{ sku: 'latte', price: '4800', quantity: 2 }] };
const now = '2026-01-31T23:30:00+09:00';
const program = Program.fromJson(coffee);

/** What `run` is refused with, without the parts that are for people. */
function refusal(run) {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof DangolError && error instanceof Error, String(error));
    assert.ok(error.message.length > 0);
    return { code: error.code, path: error.path };
  }
  return assert.fail('nothing was refused');
}

test('the package exports what index.d.ts says, and Node needs no init', async () => {
  assert.deepEqual(Object.keys(dangol).sort(), ['DangolError', 'LoadError', 'Program', 'default', 'formatAmount', 'formatMoney']);
  assert.equal(await init(), undefined);
});

test('a program is read from an object, from JSON and from TOML', () => {
  assert.equal(Program.fromJson(JSON.stringify(coffee)).hash, program.hash);
  assert.deepEqual([program.id, program.version], [coffee.id, coffee.version]);
  assert.match(program.hash, /^[0-9a-f]{32}$/);
});

test('a quote is placed, its events are applied, and time passes', () => {
  const quote = program.quote(member, basket, now);
  assert.equal(quote.due, '9600');
  const placed = program.place(quote, 'o1');
  assert.equal(placed.order.id, 'o1');
  const after = program.apply(member, placed.events);
  assert.equal(after.version, placed.events.length);
  assert.deepEqual(program.quote(after, basket, now).balances, { points: '384' });
  const { events } = program.advance(after, '2027-02-01T00:00:00+09:00');
  assert.deepEqual(events.map(({ type }) => type), ['points_expired']);
});

test('a household shares its points', () => {
  const shop = Program.fromJson({ ...coffee, wallets: [{ id: 'points', shared: true }] });
  const quote = shop.quote(member, basket, now, { id: 'family' });
  assert.equal(quote.pool.member, 'family');
  assert.deepEqual(new Set(shop.place(quote, 'o1').events.map(({ member }) => member)), new Set(['m1', 'family']));
  assert.deepEqual(refusal(() => shop.quote(member, basket, now, member)), { code: 'contradiction', path: 'pool.id' });
});

test('points are moved and looked at outside of orders', () => {
  const grant = { grant: { points: 500n, reason: 'a late delivery' } };
  const { events, repeated } = program.act(member, grant, new Date(now), 'sorry-1');
  assert.deepEqual([events.length, repeated], [1, false]);
  const after = program.apply(member, events);
  assert.equal(program.act(after, grant, now, 'sorry-1').repeated, true);
  const { refused } = program.act(after, { revoke: { points: 900, reason: 'a mistake' } }, now, 'back-1');
  assert.deepEqual([refused.path, refused.reason.code], ['action.revoke.points', 'balance_too_low']);

  const [{ usable, expiring }] = program.balance(after, new Date(now)).balances;
  assert.deepEqual([usable, expiring], ['500', [{ on: '2027-01-31', points: '500' }]]);
  const [{ opening, closing }] = program.statement(member, events).statements;
  assert.deepEqual([opening, closing], ['0', '500']);
  assert.equal(program.statement(member, events, '2027-02-01T00:00:00+09:00').statements[0].closing, '0');
  assert.equal(program.notices(after, '2026-12-01', '2026-12-31').notices[0].points, '500');
  assert.equal(program.liability([after, { id: 'm2' }], now).totals[0].points, '500');
  assert.deepEqual(program.describe(events).sentences, ['500 points granted: a late delivery']);
  assert.notDeepEqual(program.describe(events, 'ko'), program.describe(events, 'en'));
  const changes = program.statement(member, events).statements[0].movements.map(({ change }) => change);
  assert.deepEqual(program.describe({ changes, reasons: [refused.reason] }).sentences, [
    '500 points granted: a late delivery',
    'needs a balance of 900, the member can use 500',
  ]);
});

test('goods come back, once, and a return is taken back', () => {
  const three = { lines: [{ sku: 'latte', price: 4800, quantity: 3 }] };
  const shop = Program.fromJson({ ...coffee, offers: [{ id: 'off', benefit: { amount_off: 1000 } }] });
  const { order, events } = shop.place(shop.quote(member, three, now), 'o1');
  const mine = shop.apply(member, events);
  const later = new Date('2026-02-03T10:00:00+09:00');
  const one = { goods: { lines: { 1: 1n } } };

  // A third of 13,400, rounded down; 2 % of the 8,934 that are kept are 178 of 268 points.
  const first = shop.refund(mine, order, one, later, 'r1');
  assert.deepEqual([first.returned.money, first.returned.lines[0].of], ['4466', '3']);
  assert.deepEqual(first.returned.taken.map(({ granted, kept, points }) => [granted, kept, points]), [['268', '178', '90']]);
  assert.ok(first.sentences.includes('to be refunded in money: ₩4,466'), String(first.sentences));
  assert.ok(shop.refund(mine, order, one, later, 'r1', { lang: 'ko' }).sentences.includes('환불 금액: 4,466원'));
  const after = shop.apply(mine, first.events);

  const again = shop.refund(after, JSON.parse(JSON.stringify(first.order)), one, later, 'r1');
  assert.deepEqual([again.repeated, again.events, again.returned], [true, [], first.returned]);
  const reopened = shop.refund(after, first.order, 'reopen', later, 'r2');
  assert.equal(reopened.returned.money, '-4466');
  assert.equal(shop.balance(shop.apply(after, reopened.events), later).balances[0].usable, '268');
  const rest = shop.refund(after, first.order, 'cancel', later, 'r3');
  assert.deepEqual([rest.returned.money, rest.returned.whole], ['8934', true]);
  const nothing = shop.refund(shop.apply(after, rest.events), rest.order, 'cancel', later, 'r4');
  assert.deepEqual([nothing.events, nothing.refused.reason.code], [[], 'nothing_left']);
  const [quantity, at] = [{ goods: { lines: { 1: 1.5 } } }, 'returned.goods.lines.1'];
  assert.deepEqual(refusal(() => shop.refund(mine, order, quantity, later, 'r1')), { code: 'floating_point', path: at });
});

test('what a household paid with goes back to it', () => {
  const shop = Program.fromJson({ ...coffee, wallets: [{ id: 'points', shared: true, tender: { value: 1 } }] });
  const folded = (who, events) => shop.apply(who, events.filter(({ member }) => member === who.id));
  const grant = { grant: { points: 1000, reason: 'hello' } };
  let family = folded({ id: 'family' }, shop.act({ id: 'family' }, grant, now, 'g1').events);
  const { order, events } = shop.place(shop.quote(member, { ...basket, points: { points: 1000 } }, now, family), 'o1');
  const mine = folded(member, events);
  family = folded(family, events);
  assert.deepEqual(refusal(() => shop.refund(mine, order, 'cancel', now, 'r1')), { code: 'missing_field', path: 'others' });
  const { returned, events: undone } = shop.refund(mine, order, 'cancel', now, 'r1', { others: [family] });
  assert.deepEqual([returned.money, returned.points[0].points], ['8600', '1000']);
  assert.equal(shop.balance(folded(family, undone), now).balances[0].usable, '1000');
});

test('goods are exchanged, and tills that did not know of each other are put together', () => {
  const place = (who, lines, id) => program.place(program.quote(who, { lines }, now), id);
  const { order, events } = place(member, basket.lines, 'a-1');
  const mine = program.apply(member, events);
  const one = { goods: { lines: { 1: 1 } } };
  const tea = { lines: [{ sku: 'tea', price: 5000 }] };
  const exchanged = program.exchange(mine, order, one, tea, now, 'o2', { lang: 'ko' });
  assert.deepEqual([exchanged.due, exchanged.returned.money, exchanged.exchanged.id], ['200', '4800', 'o2']);
  // 2 % of the 4,800 that are kept, and of 5,000.
  assert.equal(program.balance(program.apply(mine, exchanged.events), now).balances[0].usable, '196');

  const other = place(member, tea.lines, 'b-1').order;
  const refund = { order, returned: one, now: new Date(now), operation: 'a-2' };
  const grant = { action: { grant: { points: 100n, reason: 'sorry' } }, now, operation: 'b-2' };
  const done = [{ order }, { order: other }, { refund }, { action: grant }];
  const merged = program.merge(member, done);
  assert.equal(program.balance(merged.member, now).balances[0].usable, '296');
  assert.deepEqual(program.merge(member, [...done.toReversed(), ...done]).member, merged.member);
  const torn = { ...order, hash: '0'.repeat(32) };
  const [{ error }] = program.merge(member, [{ order: torn }]).outcomes;
  assert.deepEqual([error.code, error.path], ['wrong_hash', 'order.hash']);
  assert.deepEqual(refusal(() => program.exchange(mine, order, one, basket, now)), { code: 'missing_field', path: 'exchange' });
});

test('a coupon is issued, held and used, and codes are made', () => {
  const bakery = Program.fromJson({
    format: 1, id: 'bakery', version: '1', currency: 'KRW', zone: 'Asia/Seoul', codes: { length: 12 },
    offers: [
      { id: 'sorry', coupon: { valid: { after: '30 days' } }, benefit: { amount_off: 2000 } },
      { id: 'large', benefit: { amount_off: 3000 }, when: { spend: { at_least: 30000 } } },
    ],
  });
  const { events } = bakery.act(member, { issue_coupon: { offer: 'sorry' } }, now, 'i1');
  const anna = bakery.apply(member, events);
  const [{ coupon, until, usable }] = bakery.balance(anna, now).coupons;
  assert.deepEqual([coupon.id, until, usable], ['i1/sorry', '2026-03-02', true]);

  const quote = bakery.quote(anna, { lines: [{ sku: 'cake', price: 21600 }] }, now);
  assert.deepEqual([quote.due, quote.applied[0].coupon.id, quote.optimal], ['19600', 'i1/sorry', true]);
  assert.deepEqual(quote.near.map(({ offer, missing }) => [offer, missing.missing]), [['large', '8400']]);
  const used = bakery.apply(anna, bakery.place(quote, 'o1').events);
  assert.deepEqual(bakery.balance(used, now).coupons, []);

  const randomness = '00112233445566778899aabbccddeeff';
  assert.deepEqual(bakery.codes(2, randomness, ['hur2-sb2b-gnjy']).codes, ['AKPG-E5MQ-H8NG', '2FUY-Y6AN-3VEJ']);
  assert.deepEqual(refusal(() => bakery.codes(1, 'abc')), { code: 'invalid_value', path: 'randomness' });
});

test('what is wrong with it is told where it stands', () => {
  const { order: placed } = program.place(program.quote(member, basket, now), 'o1');
  const act = (action, operation = 'x') => () => program.act(member, action, now, operation);
  for (const [run, code, path] of [
    [act({ grnat: { points: 1 } }), 'unknown_word', 'action.grnat'],
    [act({ grant: { points: 0.5, reason: 'x' } }), 'floating_point', 'action.grant.points'],
    [act({ grant: { points: 1 } }), 'missing_field', 'action.grant.reason'],
    [act({ hold: { points: 1 } }, ''), 'invalid_value', 'operation'],
    [() => program.balance(member), 'missing_field', 'at'],
    [() => program.refund(member, undefined, 'cancel', now, 'r1'), 'missing_field', 'order'],
    [() => program.refund(member, placed, 'cancle', now, 'r1'), 'unknown_word', 'returned'],
    [() => program.refund(member, placed, { goods: { lines: { 2: 1 } } }, now, 'r1'), 'unknown_name', 'returned.goods.lines.2'],
    [() => program.refund({ id: 'm2' }, placed, 'cancel', now, 'r1'), 'wrong_member', 'order.quote.member'],
    [() => program.refund(member, placed, 'cancel', now, 'r1', { lang: 'fr' }), 'unknown_word', 'lang'],
    [() => program.statement(member, undefined, now), 'missing_field', 'events'],
    [() => program.notices(member, new Date(now), '2026-12-31'), 'invalid_value', 'from'],
    [() => program.liability([], now), 'empty', 'members'],
    [() => program.liability([member], now, 85.5), 'floating_point', 'rate'],
    [() => program.describe(), 'missing_field', 'events'],
    [() => program.describe({ reasons: [{ code: 'gueset' }] }), 'unknown_word', 'reasons[0].code'],
    [() => program.describe([], 'fr'), 'unknown_word', 'lang'],
  ]) {
    assert.deepEqual(refusal(run), { code, path });
  }
});

test('a population is cut, and a member told apart', () => {
  const { cutoffs, left_out } = program.cutoff({ at: { top_count: 2 } }, ['9.5', 7n, 7, 0]);
  assert.deepEqual([cutoffs, left_out], [[{ value: '7.0', reached_by: 3, tied: 2 }], 1]);
  const counted = program.cutoff({ at: { groups: 2 } }, undefined, [{ value: 3, count: 4 }]);
  assert.deepEqual(counted.cutoffs.map(({ value }) => value), ['3']);
  const bands = { recency: [30, 90], dormant: '90 days', segments: [{ id: 'away', dormant: true }] };
  const facts = program.segments({ ...member, orders: 1, last_order_on: '2025-11-02' }, new Date(now), bands);
  assert.deepEqual([facts.days, facts.recency, facts.segments], [90, 1, ['away']]);
  assert.deepEqual(refusal(() => program.cutoff({ at: { top_count: 1 } }, [0.5])), { code: 'floating_point', path: 'values[0]' });
  assert.deepEqual(refusal(() => program.segments(member, now, { frequency: [2, 1] })), { code: 'out_of_order', path: 'bands.frequency[1]' });
});

test('a quote is told in sentences', () => {
  const quote = program.quote(member, basket, now);
  const [ko, en] = ['ko', 'en'].map((lang) => program.explain(quote, lang).accruals[0].text);
  assert.match(ko, /192/);
  assert.match(en, /192/);
  assert.notEqual(ko, en);
});

test('an instant is text or a Date', () => {
  const byDate = program.quote(member, basket, new Date(now));
  assert.equal(byDate.due, program.quote(member, basket, now).due);
  assert.equal(byDate.on, '2026-01-31');
  assert.deepEqual(refusal(() => program.quote(member, basket, new Date('tomorrow'))), { code: 'invalid_value', path: 'now' });
});

test('amounts are written as the sentences write them, to the last digit', () => {
  const quote = program.quote(member, { lines: [{ sku: 'car', price: '1234567' }] }, now);
  for (const lang of ['ko', 'en']) {
    const [money, points] = [formatMoney(quote.due, quote.currency, lang), formatAmount(quote.earned.points, lang)];
    const [{ text }] = program.explain(quote, lang).accruals;
    assert.ok(text.includes(money) && text.includes(points), `${money} and ${points} in: ${text}`);
  }
  assert.deepEqual([formatMoney('-4800', 'KRW', 'en'), formatMoney('-4800', 'KRW', 'ko-KR')], ['-₩4,800', '-4,800원']);
  assert.deepEqual([formatMoney('12.5', 'EUR', 'en'), formatMoney('12.5', 'EUR', 'de').replace(/\s/, ' ')], ['€12.50', '12,50 €']);
  assert.equal(formatMoney('12345678901234567890.12', 'USD', 'en'), '$12,345,678,901,234,567,890.12');
  assert.deepEqual([formatAmount('0.1', 'en'), formatAmount('1234.5678', 'ko'), formatAmount('480', 'de')], ['0.1', '1,234.5678', '480']);
});

test('a number that is not exact is refused where it stands', () => {
  const priced = (price) => () => program.quote(member, { lines: [basket.lines[0], { sku: 'latte', price }] }, now);
  for (const price of [0.1 + 0.2, NaN, Infinity, 2 ** 53]) {
    assert.deepEqual(refusal(priced(price)), { code: 'floating_point', path: 'basket.lines[1].price' });
  }
  assert.deepEqual(refusal(() => Program.fromJson({ ...coffee, format: 1.5 })), { code: 'floating_point', path: 'format' });
  assert.equal(priced(5.0)().due, '9605');
  assert.equal(priced(4800n)().due, '14400');
});

test('what JSON would empty is refused', () => {
  assert.deepEqual(refusal(() => program.quote({ ...member, wallets: new Map() }, basket, now)), {
    code: 'wrong_type',
    path: 'member.wallets',
  });
});

test('a program with problems throws all of them', () => {
  assert.throws(
    () => Program.fromJson({ ...coffee, zone: 'Asia/Seol', currency: 'WON' }),
    ({ name, problems }) => {
      assert.equal(name, 'DangolError');
      assert.deepEqual(problems.map(({ path }) => path), ['currency', 'zone']);
      return true;
    },
  );
});

test('text goes in and out as it is', () => {
  const text = program.call('quote', JSON.stringify({ member, basket, now }));
  assert.deepEqual(JSON.parse(text), program.quote(member, basket, now));
  assert.deepEqual(refusal(() => program.call('sell', '{}')), { code: 'unknown_verb', path: '' });
});

test('the examples of README.md print what they say, and its page is the tested one', () => {
  const readme = readFileSync('README.md', 'utf8');
  assert.ok(readme.includes(readFileSync('page/index.html', 'utf8')));
  const examples = [...readme.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code);
  assert.equal(examples.length, 3);
  for (const [index, code] of examples.entries()) {
    writeFileSync(`example${index}.mjs`, code);
    const promised = [...code.matchAll(/console\.log\(.*; \/\/ (.*)/g)].map(([, output]) => output);
    const printed = execFileSync(process.execPath, [`example${index}.mjs`], { encoding: 'utf8' });
    assert.deepEqual(printed.trimEnd().split('\n'), promised);
  }
});

test('the JavaScript block of the project\'s READMEs runs as it stands', () => {
  for (const name of ['README.md', 'README.ko.md']) {
    const readme = readFileSync(`project/${name}`, 'utf8');
    const examples = [...readme.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code);
    assert.equal(examples.length, 1);
    writeFileSync('project.mjs', examples[0]);
    execFileSync(process.execPath, ['project.mjs']);
  }
});
