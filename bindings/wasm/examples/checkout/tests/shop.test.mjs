// The server without a page: what it books, what it refuses, and that nothing is lost or booked twice.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { basketOf } from '../shop/basket.mjs';
import { NOON, openShop } from './open.mjs';

let open;
before(async () => {
  open = await openShop();
});
after(() => open.close());

const post = async (order, headers = { 'content-type': 'application/json' }) => {
  const body = typeof order === 'string' ? order : JSON.stringify(order);
  const response = await fetch(`${open.url}api/orders`, { method: 'POST', headers, body });
  return { status: response.status, ...(await response.json()) };
};

/** What a page posts: it asks the same program about the member that the server told it. */
async function decide(id, more = {}) {
  const { member } = await (await fetch(`${open.url}api/members/${more.member ?? 'seojun'}`)).json();
  const wanted = { items: { tomato: 2, milk: 3 }, codes: [], points: false, ...more };
  const quote = open.shop.program.quote(member, basketOf(open.shop.articles, wanted), NOON);
  const { hash } = open.shop.program.place(quote, id).order;
  return { id, member: member.id, ...wanted, at: quote.at, hash };
}

test('what the page decided is booked once, however often it is posted', async () => {
  const order = await decide('o-1');
  const first = await post(order);
  // 2 × 4,500 + 3 × 3,200, one of which is free, and 3,000 for delivery: 18,400; 3 % of 15,400 are 462.
  assert.deepEqual([first.status, first.due, first.earned], [201, '18400', { points: '462' }]);
  const booked = open.booked();
  const again = await post(order);
  assert.deepEqual([again.status, again.due, again.events, open.booked()], [200, '18400', first.events, booked]);
  const other = await post({ ...order, items: { tomato: 1 } });
  assert.deepEqual([other.status, other.code, open.booked()], [409, 'taken', booked]);
});

test('whatever is changed in an order, it is refused by its hash', async () => {
  const order = await decide('o-2', { codes: ['SPRING'] });
  const booked = open.booked();
  for (const change of [
    { items: { tomato: 3, milk: 3 } },
    { items: { tomato: 2 } },
    { codes: [] },
    { codes: ['SPRING', 'HELLO'] },
    { points: true },
    { member: 'haneul' },
    { at: '2026-05-14T12:01:00+09:00' },
    { hash: '0'.repeat(32) },
    { hash: '' },
    { shown: '1', hash: undefined },
  ]) {
    const { status, code, due } = await post({ ...order, ...change });
    assert.deepEqual([status, code], [409, 'changed'], JSON.stringify(change));
    assert.ok(BigInt(due) > 3000n);
  }
  assert.equal(open.booked(), booked);
  assert.equal((await post(order)).status, 201);
});

test('a price that was true once is not true for ever', async () => {
  const order = await decide('o-3');
  for (const at of ['2026-05-14T11:49:00+09:00', '2026-05-14T12:03:00+09:00']) {
    const { status, code, now } = await post({ ...order, at });
    assert.deepEqual([status, code, now], [409, 'late', new Date(NOON).toISOString()]);
  }
});

test('of two orders that saw the same member, one is booked; so it is with two servers on one book', async () => {
  const server = fileURLToPath(new URL('./second.mjs', import.meta.url));
  const second = spawn(process.execPath, [server, open.folder, NOON], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await second.stdout.take(1).toArray();
  const addresses = [open.url, String(line).trim()];
  try {
    for (let round = 0; round < 10; round += 1) {
      const orders = await Promise.all([0, 1].map((till) => decide(`race-${round}-${till}`)));
      const answers = await Promise.all(orders.map((order, till) =>
        fetch(`${addresses[till]}api/orders`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(order) })));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409]);
    }
  } finally {
    second.kill();
  }
  const { member } = open.shop.member('seojun');
  assert.equal(member.orders, 2 + 10);
  // 2,000 for joining, the two orders above, 3 % of 15,400 ten times, and 1 % more since the 100,000 won were reached.
  assert.equal(open.shop.program.balance(member, NOON).balances[0].usable, String(2000 + 462 + 415 + 10 * 462 + 5 * 154));
  assert.deepEqual(readdirSync(open.folder).filter((name) => name.startsWith('draft')), []);
});

test('a guest orders, and without a hash nothing costs more than was shown', async () => {
  const guest = await decide('g-1', { member: 'guest', codes: ['spring'] });
  const first = await post(guest);
  assert.deepEqual([first.status, first.due, first.earned], [201, '16860', {}]);
  assert.deepEqual([(await post(guest)).status, (await post({ ...guest, codes: [] })).code], [200, 'taken']);
  const { hash, ...plain } = await decide('o-4', { items: { milk: 3 } });
  assert.deepEqual([(await post({ ...plain, shown: '9399' })).code, (await post({ ...plain, shown: '12600' })).due], ['changed', '9400']);
});

test('what is no order is refused where it is wrong, and the shop goes on', async () => {
  const order = await decide('o-5');
  for (const [wrong, status, said] of [
    ['{', 400, /JSON/],
    ['[]', 400, /^id: /],
    ['null', 400, /^order: /],
    [{ ...order, id: '../o' }, 400, /^id: /],
    [{ ...order, id: 7 }, 400, /^id: /],
    [{ ...order, member: 'nobody' }, 404, /nobody/],
    [{ ...order, member: undefined }, 400, /^member: /],
    [{ ...order, items: { yacht: 1 } }, 400, /^items\.yacht: /],
    [{ ...order, items: {} }, 400, /at least one line/],
    [{ ...order, items: { milk: 1.5 } }, 400, /no exact number/],
    [{ ...order, items: { milk: -1 } }, 400, /./],
    [{ ...order, codes: 'SPRING' }, 400, /^codes: /],
    [{ ...order, points: 1 }, 400, /^points: /],
    [{ ...order, at: 'noon' }, 400, /^at: /],
    [{ ...order, hash: undefined }, 400, /^shown: /],
    [`"${'x'.repeat(100_001)}"`, 413, /100,000/],
  ]) {
    const { status: got, message } = await post(wrong);
    assert.deepEqual([got, said.test(message)], [status, true], `${JSON.stringify(wrong).slice(0, 80)}: ${message}`);
  }
  assert.equal((await post(order, { 'content-type': 'text/plain' })).status, 415);
  assert.equal((await fetch(`${open.url}../book/seojun-00000000.json`)).status, 404);
  assert.equal((await fetch(`${open.url}dangol/node.js`)).status, 404);
  assert.equal((await post(order)).status, 201);
});
