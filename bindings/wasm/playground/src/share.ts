// A scenario in the fragment of an address: compressed where the browser can, plain where it cannot.

import { readScenario, type Scenario } from './scenario';

const COMPRESSED = '#z1.';
const PLAIN = '#p1.';
/** More text than this is no scenario, but an attempt to fill the memory. */
const LIMIT = 2_000_000;

/** The fragment that holds the scenario. */
export async function toFragment(scenario: Scenario): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(scenario));
  if (typeof CompressionStream !== 'function') return PLAIN + toBase64(bytes);
  return COMPRESSED + toBase64(await through(bytes, new CompressionStream('deflate-raw')));
}

/**
 * The scenario of a fragment; nothing where the fragment is not about one.
 * @throws {Error} where the fragment is damaged
 */
export async function fromFragment(fragment: string): Promise<Scenario | undefined> {
  const compressed = fragment.startsWith(COMPRESSED);
  if (!compressed && !fragment.startsWith(PLAIN)) return undefined;
  const bytes = fromBase64(fragment.slice(PLAIN.length));
  const plain = compressed ? await through(bytes, new DecompressionStream('deflate-raw')) : bytes;
  const scenario = readScenario(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain)));
  if (!scenario) throw new Error('it holds no program and basket');
  return scenario;
}

async function through(bytes: Uint8Array, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  const source = new Blob([bytes as BlobPart]).stream() as ReadableStream<BufferSource>;
  const reader = source.pipeThrough(stream as unknown as ReadableWritablePair<Uint8Array, BufferSource>).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > LIMIT) {
      await reader.cancel();
      throw new Error('it is too large');
    }
    parts.push(next.value);
  }
  return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
}
