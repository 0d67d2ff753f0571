// The package in a real browser, without a bundler: a plain page that quotes, then all vectors.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { after, before, test } from 'node:test';

import { chromium } from 'playwright-core';

import { readSuite } from './suite.mjs';

const types = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };
const complaints = [];
let browser;
let page;
let server;

before(async () => {
  server = createServer(({ url }, response) => {
    const file = url === '/' ? '/page/index.html' : url;
    const type = types[extname(file)];
    // anything else is an empty page: also the icon that browsers ask for
    response.writeHead(200, { 'content-type': type ?? 'text/html' }).end(type && readFileSync(`.${file}`));
  }).listen(0, '127.0.0.1');
  const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];
  browser = await chromium.launch({ executablePath: process.env.CHROME, args: [...flags, '--disable-background-networking'] });
  page = await browser.newPage({ viewport: { width: 480, height: 640 } });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
});

after(async () => {
  await browser?.close();
  server?.close();
});

const address = (path) => `http://127.0.0.1:${server.address().port}${path}`;

test('without init a program says what is missing', async () => {
  await page.goto(address('/empty'));
  const said = page.evaluate(async () => (await import('/node_modules/dangol/index.js')).Program.fromJson('{}'));
  await assert.rejects(said, /call `await init\(\)` once before the first program/);
});

test('the smallest page quotes', async () => {
  await page.goto(address('/'));
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
