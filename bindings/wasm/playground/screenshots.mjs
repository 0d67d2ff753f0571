// Takes pictures of the built page: node screenshots.mjs README-FOLDER [FOLDER FOR ALL VIEWS].

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { behind, open, start } from './tests/page.mjs';

const [pictures, views] = process.argv.slice(2);
const desktop = { width: 1440, height: 960 };
const tablet = { width: 1024, height: 768 };
const phone = { width: 390, height: 844 };

/** What is done before a picture is taken. */
const deeds = {
  async none() {},
  async booked(page) {
    await page.locator('.main-button').click();
    await page.locator('.notice button').click();
    await page.locator('.happens li').first().waitFor();
  },
  async problems(page) {
    await behind(page, '"award": { "percent": "');
    await page.keyboard.type('x');
    await page.locator('.problems.some').waitFor();
    await page.locator('.cm-lint-marker-error').first().hover();
    await page.waitForTimeout(700);
  },
  async completion(page) {
    await behind(page, '"benefit": { "percent_off": "100" },');
    await page.keyboard.type('"when": { "');
    await page.locator('.cm-completionInfo').waitFor();
    await page.waitForTimeout(400);
  },
  async json(page) {
    await page.locator('.switch button').nth(1).click();
  },
  async time(page) {
    await page.getByRole('tab').nth(3).click();
  },
  async receipt(page) {
    await page.getByRole('tab').nth(2).click();
  },
  async why(page) {
    await deeds.receipt(page);
    await page.locator('.why').evaluate((why) => why.scrollIntoView());
  },
  async basket(page) {
    await page.getByRole('tab').nth(1).click();
  },
};

const house = await start();

/** Takes one picture, as WebP, which is a third of a PNG. */
async function take(file, sample, deed, viewport, colorScheme, locale) {
  const { page, complaints } = await open(house.browser, `${house.address}#${sample}`, { viewport, colorScheme, locale, expect: '[data-due], .cm-content' });
  await page.waitForTimeout(400);
  await deeds[deed](page);
  await page.waitForTimeout(300);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: file.endsWith('png') ? 'png' : 'webp', ...(file.endsWith('png') ? {} : { quality: 82 }) });
  writeFileSync(file, Buffer.from(data, 'base64'));
  if (complaints.length > 0) console.log(file, complaints);
  await page.close();
}

mkdirSync(pictures, { recursive: true });
await take(join(pictures, 'desktop.webp'), 'bakery', 'none', desktop, 'light', 'en-GB');
await take(join(pictures, 'korean.webp'), 'shop', 'booked', desktop, 'dark', 'ko-KR');
await take(join(pictures, 'problems.webp'), 'corner', 'problems', { width: 1200, height: 760 }, 'light', 'en-GB');
await take(join(pictures, 'phone.webp'), 'shop', 'receipt', phone, 'light', 'ko-KR');

const all = { desktop: ['none', 'booked', 'problems', 'completion', 'json'], tablet: ['none', 'problems'], phone: ['none', 'basket', 'receipt', 'why', 'time'] };
const looks = [['light', 'en-GB'], ['dark', 'ko-KR'], ['light', 'ko-KR'], ['dark', 'en-GB']];
for (const [name, shown] of Object.entries(views ? all : {})) {
  mkdirSync(views, { recursive: true });
  for (const [index, deed] of shown.entries()) {
    for (const [colorScheme, locale] of looks) {
      const sample = deed === 'completion' ? 'shop' : ['bakery', 'corner', 'bakery', 'shop', 'cafe'][index];
      const file = join(views, `${name}-${deed}-${colorScheme}-${locale.slice(0, 2)}.png`);
      await take(file, sample, deed, { desktop, tablet, phone }[name], colorScheme, locale);
    }
  }
}
await house.stop();
