// Links that hold a scenario, and vectors that `dangol test` runs.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { behind, due, open, pays, start, write } from './page.mjs';

let house;
let folder;
before(async () => {
  house = await start();
  folder = mkdtempSync(join(tmpdir(), 'playground-'));
});
after(() => {
  rmSync(folder, { recursive: true, force: true });
  return house?.stop();
});

const link = async (page) => {
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByText(/clipboard|address bar/).waitFor();
  return page.url();
};

for (const compressed of [true, false]) {
  test(`a link brings everything along, ${compressed ? 'compressed' : 'where the browser cannot compress'}`, async () => {
    const { page } = await open(house.browser, `${house.address}#bakery`);
    if (!compressed) await page.evaluate(() => delete globalThis.CompressionStream);
    await behind(page, '"ko": "빵집 온기');
    await page.keyboard.type(' 🥐 & <b>둘째</b>');
    await page.getByRole('button', { name: 'One more: Cheesecake' }).click();
    await page.getByLabel('Now', { exact: true }).first().fill('2026-05-17');
    const paid = await due(page);
    const url = await link(page);
    assert.match(url, compressed ? /#z1\./ : /#p1\./);
    const other = await open(house.browser, url, { locale: 'ko-KR' });
    await pays(other.page, paid);
    assert.equal(await other.page.locator('.paper h3').textContent(), '빵집 온기 🥐 & <b>둘째</b>');
    assert.match(await other.page.locator('.paper header').textContent(), /2026년 5월 17일/);
    assert.deepEqual(other.complaints, []);
    await Promise.all([page.close(), other.page.close()]);
  });
}

test('a damaged link shows a sample, and says so', async () => {
  const { page } = await open(house.browser, `${house.address}#bakery`);
  await page.getByRole('button', { name: 'One more: Cheesecake' }).click();
  const url = await link(page);
  const [address, fragment] = url.split('#');
  const bytes = 'x'.repeat(40);
  const odd = Buffer.from(JSON.stringify({ program: 1, member: [], basket: null })).toString('base64url');
  const damaged = [fragment.slice(0, 60), fragment.replace(/.{9}$/, ''), `z1.${bytes}`, 'z1.', 'p1.%%%', 'p1.bnVsbA', `p1.${odd}`, `${fragment.slice(0, 30)}AAAA${fragment.slice(34)}`];
  const { page: other, complaints } = await open(house.browser, `${address}#${damaged[0]}`);
  await other.getByText('This link is damaged').waitFor();
  await other.getByRole('button', { name: 'Close' }).click();
  for (const one of damaged.slice(1)) {
    await other.evaluate((hash) => { location.hash = hash; }, one);
    await other.getByText('This link is damaged').waitFor();
    assert.ok(Number(await due(other)) > 0);
    await other.getByRole('button', { name: 'Close' }).click();
  }
  assert.deepEqual(complaints, []);
  await Promise.all([page.close(), other.close()]);
});

test('another sample does not take what was written: back brings it again', async () => {
  const { page, complaints } = await open(house.browser, `${house.address}#bakery`);
  await page.getByRole('button', { name: 'One more: Cheesecake' }).click();
  const paid = await due(page);
  await page.getByLabel('Sample').selectOption('corner');
  await pays(page, '13760');
  await page.goBack();
  await pays(page, paid);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('a link that would fill the memory is refused', async () => {
  const { page } = await open(house.browser, house.address);
  const bomb = await page.evaluate(async () => {
    const stream = new Blob([' '.repeat(50_000_000)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  });
  await page.evaluate((hash) => { location.hash = hash; }, `z1.${bomb}`);
  await page.getByText('it is too large').waitFor();
  await page.close();
});

test('a link with nonsense in the right shape does not blank the page', async () => {
  const scenario = { program: '{"format":1,"id":"a","version":"1","currency":"KRW","offers":3,"tiers":[1],"wallets":{"a":[]}}', member: { id: 5, wallets: 7, coupons: [null], activity: {} }, basket: { lines: [null, 3], codes: 'x', points: [] }, sales: [{ basket: {}, now: 'x' }], day: '2026-05-01', time: '10:00', shelf: [{ sku: 'a', price: 'b' }] };
  const fragment = Buffer.from(JSON.stringify(scenario)).toString('base64url');
  const { page, complaints } = await open(house.browser, `${house.address}#p1.${fragment}`, { expect: '.in-the-way' });
  await page.getByRole('heading', { name: 'In the basket' }).or(page.getByText('In the basket')).first().waitFor();
  assert.equal(await page.getByText('This part of the page has failed').count(), 0);
  assert.deepEqual(complaints, []);
  await page.close();
});

async function exported(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export test' }).click()]);
  const file = join(folder, `${name}.json`);
  await download.saveAs(file);
  return file;
}

const passes = (file) => execFileSync(process.env.DANGOL, ['test', file], { encoding: 'utf8' });

test('what is exported passes `dangol test`', async () => {
  const { page } = await open(house.browser, house.address);
  for (const id of await page.getByLabel('Sample').locator('option').evaluateAll((options) => options.map(({ value }) => value))) {
    await page.getByLabel('Sample').selectOption(id);
    await page.waitForFunction((name) => location.hash === `#${name}`, id);
    await page.getByRole('button', { name: 'Book this order' }).click();
    await page.getByText('Order o1 is booked').waitFor();
    const file = await exported(page, id);
    const { cases } = JSON.parse(readFileSync(file, 'utf8'));
    assert.deepEqual(cases[0].steps.map(({ when }) => Object.keys(when)[0]), ['quote', 'quote', 'balance', 'tiers']);
    assert.match(passes(file), /1 /);
  }
  await page.close();
});

test('mistakes are exported too, and an edited export fails', async () => {
  const { page } = await open(house.browser, `${house.address}#corner`);
  await page.getByLabel('Price: Caffè latte').fill('abc');
  await page.locator('[data-stale=true]').waitFor();
  const basket = await exported(page, 'basket');
  passes(basket);
  assert.equal(JSON.parse(readFileSync(basket, 'utf8')).cases[0].steps.at(-1).then.error.path, 'basket.lines[0].price');
  await write(page, '{"format": 1, "id": "a", "version": "1", "currency": "WON", "offers": [{"id": "o", "id": 3}]}');
  await page.getByRole('heading', { name: /problem/ }).waitFor();
  const program = await exported(page, 'program');
  passes(program);
  const wrong = readFileSync(program, 'utf8').replaceAll('duplicate_field', 'syntax').replaceAll('invalid_value', 'syntax');
  writeFileSync(program, wrong);
  assert.throws(() => passes(program));
  await page.close();
});
