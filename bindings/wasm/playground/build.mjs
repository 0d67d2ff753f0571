// Puts the page together: the samples from the project's own programs, one script, one style, the module.
// node build.mjs ROOT OUT, where the packages lie beside it.

import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';
import { parse as parseToml } from 'smol-toml';

const [root, out] = process.argv.slice(2);

/** Bundles a module; the page may be opened from a disk, where a browser runs plain scripts only. */
function bundle(entry, outfile, more = {}) {
  return build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    conditions: ['browser'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'import.meta.url': 'document.baseURI' },
    legalComments: 'none',
    logLevel: 'warning',
    ...more,
  });
}

const read = (path) => readFileSync(join(root, path), 'utf8');

/** A sample of samples.json as a scenario: files of the project read, the instant as a day and a time. */
function scenario({ id, title, program, request, member, basket, now, ...rest }, pretty) {
  const asked = request ? JSON.parse(read(request)) : { member, basket, now };
  const who = typeof asked.member === 'string' ? JSON.parse(read(asked.member)) : asked.member;
  const value = program.endsWith('.toml') ? parseToml(read(program)) : JSON.parse(read(program));
  const [day, time] = asked.now.split('T');
  return { id, title, program: `${pretty(value)}\n`, member: who, basket: asked.basket, sales: [], day, time: time.slice(0, 5), ...rest };
}

await build({ entryPoints: ['src/pretty.ts'], outfile: 'pretty.mjs', format: 'esm', logLevel: 'warning' });
const { pretty } = await import('./pretty.mjs');
const samples = JSON.parse(readFileSync('samples.json', 'utf8')).map((sample) => scenario(sample, pretty));
writeFileSync('src/samples.json', JSON.stringify(samples));

rmSync(out, { recursive: true, force: true });
await bundle('src/main.tsx', join(out, 'playground.js'));
await bundle('src/style.css', join(out, 'playground.css'));
copyFileSync('src/index.html', join(out, 'index.html'));
copyFileSync('src/icon.svg', join(out, 'icon.svg'));
const module = readFileSync('node_modules/dangol/dangol_bg.wasm');
writeFileSync(join(out, 'dangol_bg.wasm'), module);
writeFileSync(join(out, 'dangol_bg.wasm.js'), `globalThis.dangolModule = '${module.toString('base64')}';\n`);

const kilobytes = (bytes) => `${Math.round(bytes / 1000)} kB`;
for (const file of ['playground.js', 'playground.css', 'dangol_bg.wasm']) {
  const bytes = readFileSync(join(out, file));
  console.log(`${file}: ${kilobytes(bytes.length)}, ${kilobytes(gzipSync(bytes, { level: 9 }).length)} gzipped`);
}
