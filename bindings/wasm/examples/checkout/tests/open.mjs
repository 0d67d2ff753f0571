// For the tests: a shop with a clock of its own and an empty book, and a browser in front of it.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach } from 'node:test';

import { chromium } from 'playwright-core';

import { serve } from '../server.mjs';
import { Shop } from '../shop.mjs';

export const NOON = '2026-05-14T12:00:00+09:00';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync', '--disable-background-networking'];
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

/** A shop that listens, and `close` for the end. */
export async function openShop(at = NOON) {
  const folder = mkdtempSync(join(tmpdir(), 'checkout-'));
  const time = { now: new Date(at) };
  const shop = new Shop(folder, () => new Date(time.now));
  const server = serve(shop).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const past = readdirSync(folder).length;
  return {
    shop,
    time,
    folder,
    url: `http://127.0.0.1:${server.address().port}/`,
    /** How many bookings there are beside those with which the example begins. */
    booked: () => readdirSync(folder).length - past,
    close() {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true });
    },
  };
}

export const openBrowser = () => chromium.launch({ executablePath: process.env.CHROME ?? '/usr/bin/chromium', args: FLAGS });

/** For a file of tests: one browser, and for each test a shop of its own. */
export function stage() {
  const on = {};
  before(async () => {
    on.browser = await openBrowser();
  });
  beforeEach(async () => {
    on.shop = await openShop();
  });
  afterEach(async () => {
    await Promise.all(on.browser.contexts().map((context) => context.close()));
    on.shop.close();
  });
  after(() => on.browser?.close());
  return on;
}

/** The page as a customer sees it, with everything loaded; `complaints` has what the console said. */
export async function openPage({ browser, shop: { url, time } }, { ready = 'ready', before, ...options } = {}) {
  const context = await browser.newContext({ locale: 'ko-KR', viewport: DESKTOP, serviceWorkers: 'block', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.complaints = [];
  page.on('console', (message) => /^Service Worker registration blocked/.test(message.text()) || page.complaints.push(message.text()));
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  await page.clock.setFixedTime(time.now);
  await before?.(page);
  await page.goto(url);
  await page.locator(`body[data-loyalty=${ready}]`).waitFor();
  return page;
}

/** Waits until something is so, and says what it is instead. */
export async function until(read, wanted) {
  let is;
  for (let left = 100; left > 0; left -= 1) {
    is = await read();
    if (is === wanted) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`wanted: ${wanted}\n   is: ${is}`);
}
