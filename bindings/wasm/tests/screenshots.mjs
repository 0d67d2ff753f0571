// Takes the pictures of the guides and of the checkout example anew: `node screenshots.mjs FOLDER`, where FOLDER is
// bindings/wasm; `../check pictures` does so. Needs a font with Korean letters (Debian: fonts-noto-cjk).

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { openBrowser } from './browser.mjs';
import { DESKTOP, openPage, openShop, PHONE } from './checkout/tests/open.mjs';
import { follow, startServer } from './guide.mjs';

const [folder] = process.argv.slice(2);
const browser = await openBrowser();

/** WebP is a third of PNG here; Playwright knows only the latter. */
async function keep(page, name) {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, Buffer.from(data, 'base64'));
  console.log(name);
}

async function guides() {
  for (const [guide, lang] of [['guide.md', 'en'], ['guide.ko.md', 'ko']]) {
    const server = await startServer(follow(guide).folder);
    const page = await browser.newPage({ viewport: { width: 480, height: 640 } });
    await page.goto(server.address);
    await page.waitForFunction(() => document.getElementById('earned').textContent !== '');
    await page.locator('[name=beans]').fill('2');
    await page.locator('[name=code]').fill('SPRING');
    await keep(page, `docs/screenshots/guide-${lang}.webp`);
    await page.close();
    server.close();
  }
}

async function checkout() {
  const shop = await openShop();
  const code = async (page, text) => {
    await page.locator('#code').fill(text);
    await page.keyboard.press('Enter');
  };
  const desktop = await openPage({ browser, shop }, { locale: 'en-US', viewport: { ...DESKTOP, height: 1320 }, reducedMotion: 'reduce' });
  await desktop.locator('#lines .step').nth(1).click();
  await code(desktop, 'SPRING');
  await desktop.locator('#points').click();
  await keep(desktop, 'examples/checkout/screenshots/desktop.webp');
  for (const [name, colorScheme] of [['phone', 'light'], ['night', 'dark']]) {
    const phone = await openPage({ browser, shop }, { viewport: PHONE, colorScheme });
    if (colorScheme === 'dark') await phone.locator('#why').evaluate((node) => node.scrollIntoView());
    await keep(phone, `examples/checkout/screenshots/${name}.webp`);
  }
  shop.close();
}

await guides();
await checkout();
await browser.close();
