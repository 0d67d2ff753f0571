// For everybody: both languages, both lights, phones, keyboard and screen reader, a module that does not come, and speed.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { behind, open, start, write } from './page.mjs';

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
let house;
before(async () => {
  house = await start();
});
after(() => house?.stop());

async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document));
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`).join('; ')}`);
}

for (const [name, options] of Object.entries({
  'desktop, light, English': {},
  'desktop, dark, Korean': { colorScheme: 'dark', locale: 'ko-KR' },
  'tablet, dark, English': { viewport: { width: 1024, height: 768 }, colorScheme: 'dark' },
})) {
  test(`axe-core finds nothing: ${name}`, async () => {
    const { page } = await open(house.browser, `${house.address}#shop`, options);
    await page.locator('.happens li').first().waitFor();
    assert.deepEqual(await violations(page), []);
    await page.locator('.program .cm-content').click();
    await page.keyboard.type('?');
    await page.locator('.problems.some').waitFor();
    await page.waitForTimeout(200); // until the paper is grey
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Control+F');
    await page.locator('.cm-search').waitFor();
    const json = page.locator('.switch button').nth(1);
    if (await json.isVisible()) await json.click(); // on a tablet it is behind a tab
    assert.deepEqual(await violations(page), []);
    await page.close();
  });
}

test('axe-core finds nothing on any tab of a phone, and nothing is wider than it', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page } = await open(house.browser, `${house.address}#bakery`, { ...phone, colorScheme, expect: '.cm-content' });
    for (const tab of ['Program', 'Basket & member', /^Receipt/, 'Timeline']) {
      await page.getByRole('tab', { name: tab }).click();
      await page.waitForTimeout(200);
      assert.deepEqual(await violations(page), []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
    }
    await page.close();
  }
});

test('tabs by keyboard, and the editor lets go of it', async () => {
  const { page, complaints } = await open(house.browser, house.address, { ...phone, expect: '.cm-content' });
  await page.getByRole('tab', { name: 'Program' }).focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.getByRole('tab', { name: 'Basket & member' }).getAttribute('aria-selected'), 'true');
  assert.equal(await page.getByLabel('Price: Ramen, five packs').isVisible(), true);
  await page.keyboard.press('ArrowLeft');
  await page.getByLabel('Program as JSON').focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.closest('.cm-editor') === null), true);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('Korean: the page and the sentences, kept for the next visit', async () => {
  const { page } = await open(house.browser, `${house.address}#bakery`);
  await page.getByRole('button', { name: '한국어' }).click();
  await page.getByRole('heading', { name: '왜 이 금액일까요' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'ko');
  assert.match(await page.locator('.why').textContent(), /18,600원의 5% = 930원/);
  await page.locator('.happens').getByText('쿠폰 발급: 생일 케이크 쿠폰').waitFor();
  await page.reload();
  await page.getByRole('heading', { name: '왜 이 금액일까요' }).waitFor();
  await page.close();
});

const refusals = {
  'is not there': (response) => response.writeHead(404).end(),
  'is no module': (response) => response.writeHead(200, { 'content-type': 'application/wasm' }).end('garbage'),
  'breaks off': (response) => response.writeHead(200, { 'content-type': 'application/wasm', 'content-length': 5000 }).write('\0asm', () => response.destroy()),
};
for (const [name, refuse] of Object.entries(refusals)) {
  test(`a module that ${name}: a sentence, a working editor, and another try`, async () => {
    house.shop.broken = refuse;
    const { page } = await open(house.browser, `${house.address}#bakery`, { expect: '[role=alert]' });
    await page.getByText('The engine could not be loaded').waitFor();
    await behind(page, '"currency": "KRW');
    await page.keyboard.type('X');
    assert.match(await page.locator('.problems').textContent(), /currency/);
    await page.keyboard.press('Backspace');
    house.shop.broken = undefined;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('[data-due="36370"]').waitFor();
    await page.close();
  });
}

test('nothing that is written blanks the page', async () => {
  const { page, complaints } = await open(house.browser, `${house.address}#bakery`);
  const text = JSON.parse(readFileSync('src/samples.json', 'utf8')).find(({ id }) => id === 'bakery').program;
  const broken = ['', '[]', 'null', '3', '{', '{}', text.slice(0, 700), text.replaceAll('{', '['), text.replaceAll('"', "'"), '{"a":'.repeat(3000), '[1e999, "\\ud800"]', text.replace('"lines"', '"lines": 5, "x"')];
  for (const one of broken) {
    await write(page, one === '' ? ' ' : one);
    await page.locator('.problems.some').waitFor();
    assert.equal(await page.locator('[data-stale=true] [data-due="36370"]').count(), 1, one.slice(0, 40));
  }
  await write(page, text);
  await page.locator('[data-stale=false]').waitFor();
  assert.deepEqual(complaints, []);
  await page.close();
});

test('typing is answered within a frame', async () => {
  const { page } = await open(house.browser, house.address);
  for (const id of await page.getByLabel('Sample').locator('option').evaluateAll((options) => options.map(({ value }) => value))) {
    await page.getByLabel('Sample').selectOption(id);
    await page.waitForFunction((name) => location.hash === `#${name}`, id);
    await behind(page, '"id": "');
    await page.evaluate(() => {
      globalThis.took = [];
      globalThis.watch?.disconnect();
      globalThis.watch = new PerformanceObserver((list) => took.push(...list.getEntriesByName('requote').map(({ duration }) => duration)));
      globalThis.watch.observe({ type: 'measure' });
    });
    await page.keyboard.type('the-name-of-a-shop-that-goes-on-and-on', { delay: 20 });
    await page.waitForTimeout(100);
    const took = (await page.evaluate(() => globalThis.took)).sort((one, other) => one - other);
    assert.ok(took.length >= 30, `${took.length} measured`);
    const [fast, median, slow] = [0.1, 0.5, 0.95].map((part) => took[Math.floor(took.length * part)].toFixed(1));
    console.log(`${id}: from a key to the changed receipt ${median} ms (a tenth below ${fast}, 95 % below ${slow})`);
    // other work on the machine makes some of them slower: what the page itself needs is in the fast ones
    assert.ok(Number(fast) < 16, `${id} needs ${fast} ms`);
  }
  await page.close();
});
