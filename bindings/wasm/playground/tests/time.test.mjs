// The slider, and what happens along it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { due, open, pays, start } from './page.mjs';

let house;
before(async () => {
  house = await start();
});
after(() => house?.stop());

test('points end, tiers fall and reminders stand on the line', async () => {
  const { page, complaints } = await open(house.browser, `${house.address}#shop`);
  const list = page.getByRole('region', { name: 'What happens' });
  await list.getByText('3,480 points expired after 2026-03-31').waitFor();
  await list.getByText('tier Silver → Basic').waitFor();
  await list.getByText('reminder: 3,480 points end after 2026-03-31').first().waitFor();
  assert.equal(await page.locator('.dot.tier.loss').count() > 0, true);
  assert.deepEqual(await page.locator('.stay').allTextContents(), ['Silver', 'Basic']);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('the slider changes the instant by keyboard, and the receipt with it', async () => {
  const { page, complaints } = await open(house.browser, `${house.address}#shop`);
  assert.equal(await due(page), '66600'); // with 4,300 points
  const slider = page.getByRole('slider', { name: 'Now' });
  await slider.focus();
  assert.equal(await slider.getAttribute('aria-valuetext'), 'Friday, 20 February 2026');
  await page.keyboard.press('ArrowRight');
  assert.equal(await slider.getAttribute('aria-valuetext'), 'Saturday, 21 February 2026');
  await page.keyboard.press('End');
  await pays(page, '70900'); // all points have ended by then
  await page.getByRole('button', { name: /3,480 points expired/ }).click();
  await page.getByText('Wednesday, 1 April 2026').first().waitFor();
  await pays(page, '70900'); // 820 points are fewer than the 3,000 that are needed
  assert.match(await page.locator('.why .refused').textContent(), /3,000/);
  assert.match(await page.locator('.paper header').textContent(), /Basic/);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('an order that is booked goes on from there, and can be undone', async () => {
  const { page, complaints } = await open(house.browser, `${house.address}#corner`);
  const list = page.getByRole('region', { name: 'What happens' });
  await page.getByRole('button', { name: 'Book this order' }).click();
  await list.getByText('order o1').waitFor();
  await list.getByText('688 points expired after 2027-05-31').waitFor();
  await pays(page, '16200'); // the birthday coupon is used up, so the rain takes 1,000 off
  const slider = page.getByRole('slider', { name: 'Now' });
  await slider.focus();
  await page.keyboard.press('Home');
  assert.equal(await slider.getAttribute('aria-valuetext'), 'Monday, 11 May 2026'); // not before the order
  await page.getByRole('button', { name: 'Undo the last order' }).click();
  await pays(page, '13760');
  assert.deepEqual(complaints, []);
  await page.close();
});

test('an instant before the latest event says so beside the day', async () => {
  const { page, complaints } = await open(house.browser, `${house.address}#bakery`);
  await page.getByLabel('Now', { exact: true }).first().fill('2026-05-02');
  await page.locator('.controls .error').waitFor();
  assert.match(await page.locator('.controls .error').textContent(), /lies before 2026-05-14/);
  assert.equal(await page.locator('[data-stale=true]').count(), 1);
  assert.deepEqual(complaints, []);
  await page.close();
});
