// The guides, as a reader follows them: the files that they tell to save, in a folder of their own.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';

const FILES = ['shop.toml', 'try.mjs', 'page/shop.js', 'page/index.html', 'page/checkout.js', 'server.mjs'];

/** Saves the files of a guide; a block without a name belongs to the file of the block before it. */
export function follow(guide) {
  const text = readFileSync(`docs/${guide}`, 'utf8');
  const folder = join('followed', guide);
  rmSync(folder, { recursive: true, force: true });
  const files = {};
  let name;
  for (const [, before, kind, block] of text.matchAll(/([^\n]*)\n\n```(\w+)\n(.*?)```/gs)) {
    if (!['toml', 'js', 'html'].includes(kind)) continue;
    name = FILES.findLast((file) => before.includes(`\`${file}\``) && !files[file]) ?? name;
    files[name] = (files[name] ?? '') + block;
  }
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  return { text, folder, files, wanted: FILES };
}

/** The server of a guide, running; `said` has what it printed. */
export async function startServer(folder) {
  const port = await freePort();
  const server = spawn(process.execPath, ['server.mjs'], { cwd: folder, env: { ...process.env, PORT: String(port) } });
  const running = { address: `http://127.0.0.1:${port}/`, said: '', close: () => server.kill() };
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (data) => { running.said += data; });
  for (let left = 100; left > 0; left -= 1) {
    if (await fetch(running.address).catch(() => undefined)) return running;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the server does not answer: ${running.said}`);
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
