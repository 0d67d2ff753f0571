// The server of the example: `node server.mjs`. Files of the page and of the package, and three answers in JSON.
//
// PORT (8080), HOST (127.0.0.1) and BOOK (./book) say where it listens and where it keeps what was booked.

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

import { DangolError } from 'dangol';

import { Refusal, Shop } from './shop.mjs';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.toml': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};
/** Nothing from elsewhere, no inline code; the module needs only `'wasm-unsafe-eval'`. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** The files that browsers may have, by address: the page, the shop's data, and of the package what a page loads. */
function readFiles() {
  const folders = [
    ['/', new URL('./page/', import.meta.url), () => true],
    ['/shop/', new URL('./shop/', import.meta.url), () => true],
    ['/dangol/', new URL('.', import.meta.resolve('dangol')), (name) => /\.(js|wasm)$/.test(name) && name !== 'node.js'],
  ];
  const read = new Map();
  const add = (address, bytes) => {
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    read.set(address, { bytes, packed: gzipSync(bytes), etag, type: TYPES[extname(address)] ?? 'application/octet-stream' });
  };
  for (const [under, folder, wanted] of folders) {
    for (const name of readdirSync(folder).filter(wanted)) add(under + name, readFileSync(new URL(name, folder)));
  }
  read.set('/', read.get('/index.html'));
  // What the service worker keeps for the time without a network; another version means other files.
  const version = createHash('sha256').update([...read.values()].map(({ etag }) => etag).join()).digest('hex').slice(0, 16);
  const kept = [...read.keys()].filter((address) => address !== '/worker.js' && address !== '/index.html');
  add('/files.js', Buffer.from(`self.shop = ${JSON.stringify({ version, files: kept })};\n`));
  return read;
}

function sendFile({ headers }, response, { bytes, packed, etag, type }) {
  const about = { ...HEADERS, 'content-type': type, etag, 'cache-control': 'no-cache', vary: 'accept-encoding' };
  if (headers['if-none-match'] === etag) response.writeHead(304, about).end();
  else if (/\bgzip\b/.test(headers['accept-encoding'])) response.writeHead(200, { ...about, 'content-encoding': 'gzip' }).end(packed);
  else response.writeHead(200, about).end(bytes);
}

function sendJson(response, status, body) {
  response.writeHead(status, { ...HEADERS, 'content-type': TYPES['.json'], 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

async function readJson(request) {
  // A form of another site cannot send this type without being asked first.
  if (request.headers['content-type'] !== 'application/json') throw new Refusal(415, 'wrong', 'an order is application/json');
  let text = '';
  for await (const part of request.setEncoding('utf8')) {
    text += part;
    if (text.length > 100_000) throw new Refusal(413, 'wrong', 'an order has at most 100,000 characters');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'wrong', 'an order is JSON');
  }
}

async function answer(shop, request) {
  const { pathname } = new URL(request.url, 'http://shop');
  const [, api, what, id] = pathname.split('/');
  if (api !== 'api') throw new Refusal(404, 'nothing', 'there is nothing here');
  if (what === 'orders' && request.method === 'POST') return shop.order(await readJson(request));
  if (what === 'members' && request.method === 'GET') return { status: 200, body: shop.member(id) };
  throw new Refusal(404, 'nothing', 'there is nothing here');
}

/** What went wrong, as an answer: what the shop or the package says about it, or that it is our mistake. */
function failed(error) {
  if (error instanceof Refusal) {
    return { status: error.status, body: { code: error.code, message: error.message, ...error.more } };
  }
  if (error instanceof DangolError) return { status: 400, body: { code: error.code, path: error.path, message: error.message } };
  if (error instanceof RangeError) return { status: 400, body: { code: 'wrong', message: error.message } };
  console.error(error);
  return { status: 500, body: { code: 'mistake', message: 'the shop made a mistake; nothing was booked' } };
}

let files; // read and packed once

/** A server that does not listen yet. */
export function serve(shop) {
  files ??= readFiles();
  return createServer(async (request, response) => {
    const found = files.get(request.url.split('?')[0]);
    if (found && ['GET', 'HEAD'].includes(request.method)) return sendFile(request, response, found);
    const { status, body } = await answer(shop, request).catch(failed);
    return sendJson(response, status, body);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { PORT = '8080', HOST = '127.0.0.1', BOOK = fileURLToPath(new URL('./book', import.meta.url)) } = process.env;
  serve(new Shop(BOOK)).listen(Number(PORT), HOST, () => console.log(`the shop is open: http://${HOST}:${PORT}/`));
}
