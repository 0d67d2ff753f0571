// Writing a program, filling a basket: the receipt follows, and what is wrong is told at its place.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { behind, due, fromDisk, open, pays, start, write } from './page.mjs';

let house;
before(async () => {
  house = await start();
});
after(() => house?.stop());

test('every sample has a receipt, and no problems', async () => {
  const { page, complaints } = await open(house.browser, house.address);
  const ids = await page.getByLabel('Sample').locator('option').evaluateAll((options) => options.map(({ value }) => value));
  assert.ok(ids.length >= 5);
  const seen = new Set();
  for (const id of ids) {
    await page.getByLabel('Sample').selectOption(id);
    await page.waitForFunction((name) => location.hash === `#${name}`, id);
    assert.equal(await page.getByRole('heading', { name: 'No problems' }).count(), 1, id);
    seen.add(await due(page));
  }
  assert.equal(seen.size, ids.length);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('it works from a disk, without any server', async () => {
  const { page, complaints } = await open(house.browser, `${fromDisk()}#bakery`);
  assert.equal(await due(page), '36370');
  assert.deepEqual(complaints, []);
  await page.close();
});

test('a word of the program changes the receipt at once', async () => {
  const { page, complaints } = await open(house.browser, `${house.address}#bakery`);
  await behind(page, '"percent": "3');
  await page.keyboard.type('0');
  await page.getByText('+10,011').waitFor();
  assert.match(await page.locator('.why .accruals').textContent(), /30% of ₩33,370 = 10,011 points/);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('problems stand where they are, and the last receipt stays', async () => {
  const { page, complaints } = await open(house.browser, `${house.address}#bakery`);
  await behind(page, '"percent": "3');
  await page.keyboard.type('%');
  const problem = page.locator('.problems button');
  assert.match(await problem.textContent(), /accruals\[0\]\.award\.percent .*found `3%`/);
  assert.equal(await page.locator('.cm-lintRange-error').textContent(), '"3%"');
  assert.equal(await page.locator('[data-stale=true] [data-due]').getAttribute('data-due'), '36370');
  assert.match(await page.locator('.in-the-way').textContent(), /found `3%`/);
  assert.equal(await page.getByRole('button', { name: 'Book this order' }).isDisabled(), true);
  await page.getByLabel('Program as JSON').press('Backspace');
  await page.locator('[data-stale=false]').waitFor();
  assert.deepEqual(complaints, []);
  await page.close();
});

test('all problems at once: names, syntax with Korean before it, what the schema alone sees', async () => {
  const { page } = await open(house.browser, `${house.address}#bakery`);
  const marked = () => page.locator('.cm-lintRange-error').allTextContents();
  await write(page, '{"format": 1, "id": "a", "version": "1", "currency": "KRW",\n "wallets": [{"idd": "p"}], "lane": [], "offers": [{"id": "o", "lane": "x", "benefit": {"percents_off": "5"}}]}');
  await page.getByRole('heading', { name: /problems$/ }).waitFor();
  assert.deepEqual(await marked(), ['"idd"', '"lane"', '"percents_off"']);
  assert.match(await page.locator('.problems').textContent(), /did you mean `percent_off`/);
  await page.locator('.problems button', { hasText: 'lane' }).first().click();
  assert.match(await page.locator('.cm-activeLine').textContent(), /"lane"/);

  await write(page, '{"format": 1, "name": "빵집 온기" "id": "a"}');
  await page.waitForFunction(() => document.querySelector('.cm-lintRange-error')?.textContent.includes('"'));
  const before = await page.evaluate(() => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector('.program .cm-line'));
    range.setEndBefore(document.querySelector('.program .cm-lintRange-error'));
    return range.toString();
  });
  assert.equal(before, '{"format": 1, "name": "빵집 온기" ');
  await page.close();
});

test('a name tells what it means when the pointer rests on it', async () => {
  const { page, complaints } = await open(house.browser, `${house.address}#bakery`);
  await page.locator('.program .cm-line', { hasText: '"expiry"' }).getByText('"expiry"').hover();
  await page.locator('.help').waitFor();
  assert.match(await page.locator('.help').textContent(), /How long points can be used/);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('completion knows the words of the schema and the names of the program', async () => {
  const { page, complaints } = await open(house.browser, `${house.address}#bakery`);
  const options = () => page.locator('.cm-tooltip-autocomplete li').allTextContents();
  await behind(page, '"award": { "percent": "3"');
  await page.keyboard.type(', ');
  await page.keyboard.press('Control+Space');
  await page.locator('.cm-tooltip-autocomplete').waitFor();
  assert.ok((await options()).some((option) => option === 'per_amount'), String(await options()));
  await page.keyboard.press('Escape');
  await page.getByLabel('Sample').selectOption('bakery');
  await page.locator('[data-stale=false]').waitFor();
  await behind(page, '"award": { "percent": "3" }');
  await page.keyboard.type(', "wall');
  await page.locator('.cm-tooltip-autocomplete').waitFor();
  assert.deepEqual((await options()).slice(0, 1), ['wallet']);
  await page.waitForTimeout(100); // completion takes no key in its first moments
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Space');
  await page.locator('.cm-tooltip-autocomplete li', { hasText: 'points' }).click();
  await page.locator('[data-stale=false]').waitFor();
  assert.match(await page.locator('.program .cm-content').textContent(), /"wallet": "points"/);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('TOML is turned into JSON, and tidied', async () => {
  const { page } = await open(house.browser, `${house.address}#bakery`);
  await write(page, 'format = 1\nid = "cafe"\nversion = "1"\ncurrency = "KRW"\n[[offers]]\nid = "ten"\nbenefit = { percent_off = "10" }\n');
  await page.getByRole('button', { name: 'Turn TOML into JSON' }).click();
  await page.locator('[data-stale=false]').waitFor();
  assert.match(await page.locator('.program .cm-content').innerText(), /"benefit": \{ "percent_off": "10" \}/);
  await page.close();
});

test('a shop owner fills the basket without a word of JSON', async () => {
  const { page, complaints } = await open(house.browser, `${house.address}#corner`);
  assert.equal(await due(page), '13760');
  await page.getByRole('button', { name: 'RAIN' }).click();
  await page.getByRole('button', { name: /^Caffè latte/ }).click();
  await pays(page, '17600'); // 3 × 4,800 and 2 of 3 croissants, less 20 % for the birthday
  await page.getByRole('button', { name: 'One less: Croissant' }).click();
  await page.getByLabel('Price: Caffè latte').fill('5000.5');
  const error = page.getByText('KRW has 0 digits after the point, found `5000.5`');
  await error.first().waitFor();
  assert.equal(await page.getByLabel('Price: Caffè latte').getAttribute('aria-invalid'), 'true');
  assert.equal(await page.locator('[data-stale=true]').count(), 1);
  await page.getByLabel('Price: Caffè latte').fill('5000');
  await page.getByLabel('Tier').selectOption('gold');
  await page.locator('[data-stale=false]').waitFor();
  assert.match(await page.locator('.paper header').textContent(), /Gold/);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('member and basket as JSON: the same, with problems in it', async () => {
  const { page } = await open(house.browser, `${house.address}#corner`);
  await page.getByRole('button', { name: 'JSON', exact: true }).click();
  const editor = page.getByLabel('Member and basket as JSON');
  await editor.locator('.cm-line', { hasText: '"latte"' }).click();
  await page.keyboard.press('End');
  await page.keyboard.type('x');
  await page.locator('.basket .cm-lintRange-error').waitFor();
  await page.keyboard.press('Backspace');
  await page.waitForFunction(() => !document.querySelector('.basket .cm-lintRange-error'));
  const own = '{"basket":{"lines":[{"sku":"tea","price":"5000"}]},"member":{"id":"m2"}}';
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(own);
  await pays(page, '5000');
  assert.equal(await editor.innerText(), own); // not tidied under the hands of whoever types
  await page.keyboard.insertText(',');
  await page.locator('.basket .cm-lintRange-error').waitFor();
  await page.getByLabel('Sample').selectOption('bakery');
  await pays(page, '36370');
  assert.match(await editor.innerText(), /"sourdough"/);
  await page.getByLabel('Sample').selectOption('corner');
  await page.getByRole('button', { name: 'Form', exact: true }).click();
  await pays(page, '13760');
  await page.close();
});
