// The engine: the WebAssembly module behind the npm package, fetched once. A page that was opened from a disk may not
// fetch, so there the module comes as a script.

import init from 'dangol';

const FILE = 'dangol_bg.wasm';

declare global {
  /** The module in base64, where a script has brought it. */
  var dangolModule: string | undefined;
}

/** Makes the engine ready; may be called again where it failed. */
export async function load(): Promise<void> {
  if (typeof WebAssembly !== 'object') throw new Error('this browser has no WebAssembly');
  if (location.protocol === 'file:') {
    await init(await fromScript());
    return;
  }
  await init(FILE);
}

async function fromScript(): Promise<Uint8Array> {
  await new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = `${FILE}.js`;
    script.onload = done;
    script.onerror = () => failed(new Error(`${FILE}.js cannot be read`));
    document.head.append(script);
  });
  const module = Uint8Array.from(atob(globalThis.dangolModule ?? ''), (sign) => sign.charCodeAt(0));
  globalThis.dangolModule = undefined; // a few megabytes that nobody needs again
  return module;
}
