// One package, wherever it runs: Node and its workers, a bundler, a browser without one and its workers, and under
// the strictest content security policy that lets a module run at all.

import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Worker } from 'node:worker_threads';

import * as vite from 'vite';

import { openBrowser, openServer } from './browser.mjs';
import { sell } from './places/sell.js';

const SAID = '₩9,600, 480 points';
const POLICY = "default-src 'none'; connect-src 'self'; worker-src 'self'; script-src 'self'";
const bundled = { root: 'places', logLevel: 'silent', configFile: false, cacheDir: '../.vite' };
let browser;
before(async () => {
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  rmSync('places/dist', { recursive: true, force: true });
});

/** What a page says in the end, and what the console said. */
async function visit(address) {
  const page = await browser.newPage();
  const complaints = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(address);
  await page.waitForFunction(() => document.querySelector('p').textContent !== '', undefined, { timeout: 20_000 })
    .catch(() => assert.fail(complaints.join('\n')));
  const said = await page.locator('p').textContent();
  await page.close();
  return { said, complaints };
}

/** A folder as it is, without a bundler: names become addresses, as an import map would do it. */
const plain = (policy) => openServer('.', {
  index: '/places/index.html',
  headers: { 'content-security-policy': policy },
  rewrite: (text) => text.replaceAll("from 'dangol'", "from '/node_modules/dangol/index.js'").replaceAll("'./worker.js'", "'/places/worker.js'"),
});

test('Node and its workers', async () => {
  assert.equal(await sell(), SAID);
  const code = "import('./places/sell.js').then(async ({ sell }) => require('node:worker_threads').parentPort.postMessage(await sell()))";
  const worker = new Worker(code, { eval: true });
  assert.equal(await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject)), SAID);
});

test('a bundle by Vite, for a page and its worker, under a strict policy', async () => {
  await vite.build({ ...bundled, build: { outDir: 'dist', emptyOutDir: true }, worker: { format: 'es' } });
  const server = await openServer('places/dist', { headers: { 'content-security-policy': `${POLICY} 'wasm-unsafe-eval'` } });
  assert.deepEqual(await visit(server.address()), { said: `page: ${SAID}; worker: ${SAID}`, complaints: [] });
  server.close();
});

test('Vite while one develops', async () => {
  const server = await vite.createServer({ ...bundled, server: { host: '127.0.0.1', port: 0, hmr: false } });
  await server.listen();
  try {
    const { said } = await visit(`http://127.0.0.1:${server.httpServer.address().port}/`);
    assert.equal(said, `page: ${SAID}; worker: ${SAID}`);
  } finally {
    await server.close();
  }
});

test('a browser without a bundler, under a strict policy', async () => {
  const server = await plain(`${POLICY} 'wasm-unsafe-eval'`);
  assert.deepEqual(await visit(server.address('/places/index.html')), { said: `page: ${SAID}; worker: ${SAID}`, complaints: [] });
  server.close();
});

test('a policy that forbids the module is named', async () => {
  const server = await plain(POLICY);
  const { said } = await visit(server.address('/places/index.html'));
  assert.match(said, /^page: LoadError: .*'wasm-unsafe-eval'; worker: LoadError: /);
  server.close();
});

test('init takes what a host has: an address, a response, bytes or a compiled module; and tries again', async () => {
  const server = await openServer('.');
  for (const source of [
    "'/node_modules/dangol/dangol_bg.wasm'",
    "new URL('/node_modules/dangol/dangol_bg.wasm', location.href)",
    "fetch('/node_modules/dangol/dangol_bg.wasm')",
    "await (await fetch('/node_modules/dangol/dangol_bg.wasm')).arrayBuffer()",
    "await WebAssembly.compileStreaming(fetch('/node_modules/dangol/dangol_bg.wasm'))",
  ]) {
    const page = await browser.newPage();
    await page.goto(server.address('/empty'));
    const said = await page.evaluate(`(async () => {
      const { default: init, LoadError, Program } = await import('/node_modules/dangol/index.js');
      const failed = await init('/nothing').catch((error) => error);
      await init(${source});
      await init();
      return [failed instanceof LoadError, failed.cause !== undefined, typeof Program.fromJson({ format: 1, id: 'x', version: '1', currency: 'KRW' }).hash];
    })()`);
    assert.deepEqual(said, [true, true, 'string'], source);
    await page.close();
  }
  server.close();
});

test('every file that the package names is in it, and nothing needs to be evaluated', () => {
  const folder = 'node_modules/dangol/';
  const { exports } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8'));
  const named = Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values(entry)));
  for (const file of new Set(named)) assert.ok(readFileSync(folder + file).length > 0, file);
  for (const file of ['dangol.js', 'failure.js', 'format.js', 'index.js', 'module.js', 'program.js', 'text.js']) {
    assert.doesNotMatch(readFileSync(folder + file, 'utf8'), /\beval\(|new Function\b/, file);
  }
});
