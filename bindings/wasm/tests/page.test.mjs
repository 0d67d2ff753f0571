// The package in a real browser, without a bundler: a plain page that quotes, then all vectors.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openBrowser, openServer } from './browser.mjs';
import { readSuite } from './suite.mjs';

const complaints = [];
let browser;
let page;
let server;

before(async () => {
  server = await openServer('.', { index: '/page/index.html' });
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 480, height: 640 } });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
});

after(async () => {
  await browser?.close();
  server?.close();
});

test('without init a program says what is missing', async () => {
  await page.goto(server.address('/empty'));
  const said = page.evaluate(async () => (await import('/node_modules/dangol/index.js')).Program.fromJson('{}'));
  await assert.rejects(said, /call `await init\(\)` once before the first program/);
});

test('the smallest page quotes', async () => {
  await page.goto(server.address('/'));
  await page.getByRole('button', { name: 'Two lattes' }).click();
  await page.waitForFunction(() => document.querySelector('p').textContent !== '');
  assert.equal(await page.getByRole('status').textContent(), '9600 won, earns 480 points');
  if (process.env.DANGOL_SCREENSHOT) await page.screenshot({ path: process.env.DANGOL_SCREENSHOT });
  assert.deepEqual(complaints, []);
});

test('the vectors hold in Chromium', async () => {
  const { cases, failures } = await page.evaluate(async (given) => {
    const dangol = await import('/node_modules/dangol/index.js');
    const { runVectors } = await import('/vectors.mjs');
    await dangol.default();
    return runVectors(given, dangol);
  }, readSuite());
  console.log([...failures, `${cases} vectors`].join('\n'));
  assert.notEqual(cases, 0, 'no case was found');
  assert.equal(failures.length, 0);
});
