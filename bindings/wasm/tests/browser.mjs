// For the tests: Chromium, and a server of one folder with the headers that a test wants.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

import { chromium } from 'playwright-core';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };

export function openBrowser() {
  const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];
  return chromium.launch({ executablePath: process.env.CHROME, args: [...flags, '--disable-background-networking'] });
}

/** A server of a folder; `index` is what it has at `/`. */
export async function openServer(folder, { index = '/index.html', headers = {}, rewrite = (text) => text } = {}) {
  const server = createServer(({ url }, response) => {
    const file = url === '/' ? index : url.split('?')[0];
    const type = TYPES[extname(file)];
    // anything else is an empty page: also the icon that browsers ask for
    const body = type && readFileSync(join(folder, file));
    response.writeHead(200, { 'content-type': type ?? 'text/html', ...headers });
    response.end(type === 'text/javascript' ? rewrite(String(body)) : body);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return { address: (path = '/') => `http://127.0.0.1:${server.address().port}${path}`, close: () => server.close() };
}
