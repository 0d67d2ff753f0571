// The checkout page in Chromium: what a customer does, and what comes of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { basketOf } from '../shop/basket.mjs';
import { openPage, stage, until } from './open.mjs';

const on = stage();
const total = (page) => page.locator('#total').textContent();
const focused = (page) => page.evaluate(() => document.activeElement.ariaLabel ?? document.activeElement.id);
const button = (page, name) => page.getByRole('button', { name, exact: true });
const order = (page) => page.locator('#order').click();

test('quantities are changed with buttons, and the total is told', async () => {
  const page = await openPage(on);
  // 2 × 4,500 + 6,800 + 2 × 3,200, delivery 3,000, the birthday coupon −4,000
  assert.equal(await total(page), '21,200원');
  await button(page, '목초 우유 하나 더').click();
  assert.equal(await total(page), '21,200원'); // the third is free
  await button(page, '완숙 토마토 하나 더').click();
  assert.equal(await total(page), '24,350원'); // 4,500 more, and 10 % off three vegetables
  await until(() => page.getByRole('status').last().textContent(), '총 결제 금액 24,350원, 적립 예정 포인트 640');
  await button(page, '버터 크루아상 담기, 3,800원').click();
  assert.equal(await page.locator('#lines > li').count(), 4);
  assert.deepEqual(page.complaints, []);
});

test('the keyboard alone is enough, and the focus is never lost', async () => {
  const page = await openPage(on);
  const field = page.getByLabel('완숙 토마토 수량');
  await field.focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('12');
  await until(() => total(page), '55,100원'); // 54,000 less 15 %, 6,800 and 6,400, the coupon −4,000, and no delivery
  assert.equal(await focused(page), '완숙 토마토 수량');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.deepEqual([await field.inputValue(), await focused(page)], ['13', '완숙 토마토 하나 더']);
  await button(page, '통밀 캉파뉴 하나 빼기').press('Enter');
  assert.equal(await focused(page), '목초 우유 하나 빼기'); // the line went, the next one has it
  for (const name of ['목초 우유', '완숙 토마토']) await page.getByLabel(`${name} 수량`).fill('0').then(() => page.keyboard.press('Tab'));
  await until(() => focused(page), 'basket-title');
  assert.equal(await page.getByText('장바구니가 비어 있습니다').isVisible(), true);
  assert.deepEqual([await total(page), await page.locator('#order').isDisabled()], ['0원', true]);
});

test('every sentence about an offer is the package\'s own, in both languages', async () => {
  const page = await openPage(on);
  const { program, articles } = on.shop.shop;
  const { member } = on.shop.shop.member('haneul');
  const quote = program.quote(member, basketOf(articles, { items: { tomato: 2, campagne: 1, milk: 2 }, codes: [] }), on.shop.time.now);
  for (const [lang, name] of [['en', 'English'], ['ko', '한국어']]) {
    await button(page, name).click();
    const { applied, accruals, refused, near, tiers } = program.explain(quote, lang);
    const shown = await page.locator('#offers .why').allTextContents();
    assert.deepEqual(shown.toSorted(), [...applied, ...accruals, ...refused].map(({ text }) => text).toSorted());
    assert.deepEqual(await page.locator('#offers .hint:not(:empty)').allTextContents(), near.map(({ text }) => text));
    assert.equal(await page.locator('#tier-text').textContent(), tiers[0].text);
    assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
  }
});

test('codes: one that helps, one that is beaten, one that does not exist', async () => {
  const page = await openPage(on);
  const enter = async (code) => {
    await page.getByLabel('쿠폰 코드').fill(code);
    await page.keyboard.press('Enter');
    return page.locator('#code-said').textContent();
  };
  assert.match(await enter('spring'), /^봄맞이 10%: 더 유리한 혜택 적용: 생일 쿠폰/);
  assert.match(await enter('HELLO'), /^첫 주문 3,000원: /);
  assert.match(await enter('no such!'), /^no such!: /);
  assert.equal(await page.getByLabel('쿠폰 코드').getAttribute('aria-invalid'), 'true');
  assert.equal(await page.locator('#codes li').count(), 2);
  await page.getByLabel('고객').selectOption('guest');
  await until(() => page.locator('#codes .used').textContent(), 'HELLO×');
  assert.equal(await total(page), '22,200원');
  await button(page, '코드 HELLO 빼기').click();
  assert.deepEqual([await total(page), await focused(page)], ['22,980원', 'code']); // 10 % of 22,200
  assert.equal(await page.locator('#codes .used').textContent(), 'spring×');
  assert.deepEqual(page.complaints, []);
});

test('points pay, up to what the program allows', async () => {
  const page = await openPage(on);
  const earned = () => page.locator('.earned b').textContent();
  const [before, points] = [await total(page), await earned()];
  await page.getByRole('switch', { name: '포인트로 결제' }).click();
  assert.notEqual(await total(page), before);
  assert.notEqual(await earned(), points);
  await page.getByRole('switch', { name: '포인트로 결제' }).press('Space');
  assert.deepEqual([await total(page), await earned()], [before, points]);
});

test('an order is booked as it was shown, and the member has its points', async () => {
  const page = await openPage(on);
  const shown = await total(page);
  await order(page);
  const dialog = page.getByRole('dialog', { name: '주문했습니다' });
  assert.match(await dialog.textContent(), new RegExp(`^\\s*주문했습니다\\s*${shown}.*포인트 546 적립`, 's'));
  await page.keyboard.press('Escape');
  await until(() => focused(page), 'basket-title');
  assert.equal(on.shop.booked(), 1);
  await button(page, '아카시아 꿀 담기, 12,500원').click();
  assert.equal(await total(page), '15,500원'); // the coupon is used up
  await order(page);
  await dialog.waitFor();
  assert.equal(on.shop.booked(), 2);
  assert.deepEqual(page.complaints, []);
});

test('a basket that is changed on its way is not booked, and the page says so', async () => {
  for (const tamper of [
    (posted) => ({ ...posted, items: { ...posted.items, honey: 3 } }),
    (posted) => ({ ...posted, codes: ['SPRING'] }),
    (posted) => ({ ...posted, hash: undefined, shown: '100' }),
  ]) {
    const before = (page) => page.route('**/api/orders', (route) => route.continue({ postData: tamper(route.request().postDataJSON()) }));
    const page = await openPage(on, { before });
    await order(page);
    await until(() => page.getByRole('alert').textContent(), '금액이 바뀌어 주문하지 않았습니다. 이제 21,200원입니다. 확인하고 다시 주문해 주세요.');
    assert.equal(on.shop.booked(), 0);
  }
});

test('a page with prices of its own gets nothing for them', async () => {
  const before = (page) => page.route('**/shop/articles.json', async (route) => {
    const articles = await (await route.fetch()).json();
    articles.articles[0].price = '1';
    return route.fulfill({ json: articles });
  });
  const page = await openPage(on, { before });
  await order(page);
  await until(async () => (await page.getByRole('alert').textContent()) !== '', true);
  assert.equal(on.shop.booked(), 0);
});

test('who ordered elsewhere in between, or too late in the evening, is asked first', async () => {
  const [page, other] = [await openPage(on), await openPage(on)];
  await order(other);
  await other.getByRole('dialog').waitFor();
  await order(page);
  // The coupon went with the other order.
  await until(() => page.getByRole('alert').textContent(), '금액이 바뀌어 주문하지 않았습니다. 이제 25,200원입니다. 확인하고 다시 주문해 주세요.');
  on.shop.time.now = new Date('2026-05-14T19:00:00+09:00');
  await page.clock.setFixedTime(on.shop.time.now);
  await order(page);
  await until(() => total(page), '23,160원'); // from seven o'clock bread is 30 % off
  assert.equal(on.shop.booked(), 1);
  await order(page);
  await page.getByRole('dialog').waitFor();
  assert.equal(on.shop.booked(), 2);
});

test('a clock that is wrong is put right by the server\'s', async () => {
  const page = await openPage({ ...on, shop: { ...on.shop, time: { now: new Date('2026-05-14T06:00:00+09:00') } } });
  assert.match(await page.locator('#offers').textContent(), /지금은 12:00/);
  await order(page);
  await page.getByRole('dialog').waitFor();
});
