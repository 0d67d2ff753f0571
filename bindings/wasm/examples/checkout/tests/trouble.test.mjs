// The checkout page when something is missing: the network, an answer, the module; and for those who see or hear less.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { AxeBuilder } from '@axe-core/playwright';

import { DESKTOP, openPage, PHONE, stage, until } from './open.mjs';

const on = stage();
const total = (page) => page.locator('#total').textContent();
const notice = (page) => page.locator('#notice').textContent();

test('without a network the page loads again, answers, and keeps an order until there is one', async () => {
  const page = await openPage(on, { serviceWorkers: 'allow' });
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload(); // through the worker, which now knows the member too
  await page.locator('body[data-loyalty=ready]').waitFor();
  await page.context().setOffline(true);
  await page.reload();
  await page.locator('body[data-loyalty=ready]').waitFor();
  assert.match(await notice(page), /오프라인입니다/);
  await page.getByRole('button', { name: '목초 우유 하나 더', exact: true }).click();
  await page.getByLabel('쿠폰 코드').fill('SPRING');
  await page.keyboard.press('Enter');
  assert.match(await page.locator('#code-said').textContent(), /더 유리한 혜택/);
  await page.locator('#order').click();
  await until(async () => /연결되면 주문을 보냅니다/.test(await notice(page)), true);
  assert.deepEqual([await page.locator('#order').isDisabled(), on.shop.booked()], [true, 0]);
  await page.reload();
  await page.locator('body[data-loyalty=ready]').waitFor();
  await page.context().setOffline(false);
  await page.getByRole('dialog').waitFor();
  assert.equal(on.shop.booked(), 1);
});

test('an order whose answer was lost is sent again and booked once', async () => {
  let lost = 0;
  const before = (page) => page.route('**/api/orders', async (route) => {
    if (lost) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort();
  });
  const page = await openPage(on, { before });
  await page.locator('#order').click();
  await until(async () => /연결되면/.test(await notice(page)), true);
  assert.equal(on.shop.booked(), 1);
  await page.reload();
  await page.getByRole('dialog', { name: '주문했습니다' }).waitFor();
  assert.equal(on.shop.booked(), 1);
});

test('without the module the shop sells, and the customer still gets what is due', async () => {
  for (const answer of [{ status: 404 }, { body: 'not a module', contentType: 'application/wasm' }, 'cut']) {
    const before = (page) => page.route('**/*.wasm', (route) => (answer === 'cut' ? route.abort() : route.fulfill(answer)));
    const page = await openPage(on, { ready: 'broken', before });
    assert.match(await notice(page), /지금은 혜택을 계산할 수 없습니다/);
    assert.equal(await page.getByRole('heading', { name: '혜택과 그 이유' }).isVisible(), false);
    await page.getByRole('button', { name: '완숙 토마토 하나 더', exact: true }).click();
    assert.equal(await total(page), '29,700원');
    await page.getByRole('button', { name: 'English' }).click();
    assert.match(await notice(page), /You can order all the same/);
    assert.match(page.complaints.join('\n'), /'wasm-unsafe-eval'/); // the package tells the developer what to look at
    const done = on.shop.booked();
    await page.locator('#order').click();
    await page.getByRole('dialog').waitFor();
    assert.equal(on.shop.booked(), done + 1);
  }
  assert.match(await (await on.browser.contexts()[0].pages())[0].locator('#done-text').textContent(), /^₩24,350 /);
});

test('a module that could not be fetched is fetched when the network is back', async () => {
  let cut = true;
  const before = (page) => page.route('**/*.wasm', (route) => (cut ? route.abort() : route.continue()));
  const page = await openPage(on, { ready: 'broken', before });
  assert.equal(await page.getByLabel('쿠폰 코드').isVisible(), false);
  cut = false;
  await page.context().setOffline(true);
  await page.context().setOffline(false);
  await page.locator('body[data-loyalty=ready]').waitFor();
  assert.deepEqual([await total(page), await page.locator('#notice').isVisible()], ['21,200원', false]);
});

test('without the program, or the member, prices are plain', async () => {
  for (const [what, ready] of [['**/program.toml', 'broken'], ['**/api/members/*', 'loading']]) {
    const page = await openPage(on, { ready, before: (opened) => opened.route(what, (route) => route.fulfill({ status: 503 })) });
    await until(() => total(page), '25,200원');
    await until(async () => (await notice(page)) !== '', true);
  }
});

test('a basket of yesterday is there again; what is sold no more, or is no basket, does no harm', async () => {
  const keep = (kept) => async (page) => page.addInitScript((text) => {
    if (!sessionStorage.getItem('begun')) localStorage.setItem('checkout-basket', text);
    sessionStorage.setItem('begun', 'yes');
  }, kept);
  const wanted = { items: { yacht: 1, honey: 2 }, codes: ['SPRING'], points: true };
  for (const [kept, wantedTotal] of [
    [JSON.stringify({ lang: 'en', who: 'guest', wanted }), '₩25,500'], // 25,000 less 2,500, and 3,000 for delivery
    ['{', '21,200원'],
    ['{"lang":"fr","who":"haneul","wanted":{"items":{}}}', '21,200원'],
  ]) {
    const page = await openPage(on, { before: keep(kept) });
    assert.equal(await total(page), wantedTotal);
    await page.locator('#shelf button').last().click();
    const more = await total(page);
    await page.reload();
    await page.locator('body[data-loyalty=ready]').waitFor();
    assert.equal(await total(page), more);
    assert.deepEqual(page.complaints, []);
  }
});

test('axe finds nothing: in both languages, on both sizes, by day and by night, in every state', async () => {
  for (const [locale, viewport, colorScheme] of [
    ['ko-KR', PHONE, 'light'],
    ['en-US', PHONE, 'dark'],
    ['ko-KR', DESKTOP, 'dark'],
    ['en-US', DESKTOP, 'light'],
  ]) {
    const page = await openPage(on, { locale, viewport, colorScheme });
    const check = async (state) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      assert.deepEqual(violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target)}`), [], `${locale}, ${colorScheme}, ${state}`);
    };
    const code = async (text) => {
      await page.locator('#code').fill(text);
      await page.keyboard.press('Enter');
    };
    await code('SPRING');
    await code('nothing');
    await page.locator('#points').click();
    await check('a basket');
    if ((viewport === PHONE) === (colorScheme === 'dark')) continue;
    await page.locator('#order').click();
    await page.getByRole('dialog').waitFor();
    await check('an order');
    await page.keyboard.press('Escape');
    await check('an empty basket');
    await page.locator('#who').selectOption('guest');
    await page.locator('#shelf button').first().click();
    await check('a guest');
    assert.deepEqual(page.complaints, []);
  }
  const page = await openPage(on, { ready: 'broken', before: (opened) => opened.route('**/*.wasm', (route) => route.abort()) });
  assert.deepEqual((await new AxeBuilder({ page }).analyze()).violations, []);
});

test('nothing is cut off on the smallest phone, nor with letters of double size', async () => {
  for (const [locale, size] of [['ko-KR', '100%'], ['en-US', '100%'], ['en-US', '200%']]) {
    const page = await openPage(on, { locale, viewport: { width: 320, height: 568 } });
    await page.evaluate((wanted) => { document.documentElement.style.fontSize = wanted; }, size);
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(beyond <= 0, `${locale} ${size}: ${beyond} px too wide`);
    const box = await page.locator('#order').boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 320 && box.height >= 44, JSON.stringify(box));
  }
});
