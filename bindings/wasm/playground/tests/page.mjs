// The playground in a real browser: its files over HTTP as any host would serve them, and what the browser complained of.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { chromium } from 'playwright-core';

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.svg': 'image/svg+xml' };
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync', '--disable-background-networking'];

/** The folder that the build has made. */
export const built = process.env.PLAYGROUND;

/** Starts a browser and a server; `broken` is what the server does in place of giving the module. */
export async function start() {
  const shop = { broken: undefined };
  const server = createServer(({ url }, response) => {
    const name = url === '/' ? '/index.html' : url;
    const file = join(built, name);
    if (shop.broken && name.endsWith('.wasm')) return shop.broken(response);
    if (!existsSync(file)) return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': types[extname(file)] }).end(readFileSync(file));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const browser = await chromium.launch({ executablePath: process.env.CHROME, args: flags });
  const address = `http://127.0.0.1:${server.address().port}/`;
  return { shop, browser, address, stop: () => browser.close().then(() => server.close()) };
}

/** The page as a file, without any server. */
export const fromDisk = () => pathToFileURL(join(built, 'index.html')).href;

/**
 * Opens the page; `complaints` collects what the console says and every address beyond the page's own.
 * @param {import('playwright-core').Browser} browser
 */
export async function open(browser, address, { expect = '.paper', ...options } = {}) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...options });
  const complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL('.', address.split('#')[0]).href) && !/^(data|blob):/.test(request.url())) complaints.push(request.url());
  });
  await page.goto(address);
  await page.waitForSelector(expect);
  return { page, complaints };
}

/** What is to be paid, as the engine says it. */
export const due = (page) => page.locator('[data-due]').getAttribute('data-due');

/** Waits until that is to be paid. */
export async function pays(page, amount) {
  await page.waitForSelector(`[data-due="${amount}"]`, { timeout: 5000 }).catch(async () => {
    assert.equal(await due(page), amount);
  });
}

/** Puts the cursor behind a text of the program. */
export async function behind(page, text) {
  const line = page.locator('.program .cm-line', { hasText: text }).first();
  const scroller = page.locator('.program .cm-scroller');
  // the editor has only those lines in the page that are seen
  for (let step = 0; step < 20 && (await line.count()) === 0; step += 1) {
    await scroller.evaluate((element) => element.scrollBy(0, 200));
    await page.waitForTimeout(50);
  }
  await line.click();
  await page.keyboard.press('Home');
  const content = await line.textContent();
  const steps = content.indexOf(text) + text.length - content.search(/\S/);
  for (let step = 0; step < steps; step += 1) await page.keyboard.press('ArrowRight');
}

/** Replaces the whole program. */
export async function write(page, text) {
  await page.getByLabel('Program as JSON').click();
  await page.keyboard.press('Control+A');
  await page.evaluate((given) => {
    const data = new DataTransfer();
    data.setData('text/plain', given);
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}
