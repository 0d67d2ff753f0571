// The page begins here.

import { render } from 'preact';

import { App } from './app';
import { Boundary } from './chrome';
import { load } from './engine';
import { type Begun, watchKeys } from './hooks';
import { samples } from './samples';
import { fromFragment } from './share';
import { words } from './words';

/** What the address asks for: a scenario, a sample by its name, or the first sample. */
async function begin(): Promise<Begun> {
  const [first] = samples;
  if (!first) throw new Error('the build has left out the samples');
  const named = samples.find(({ id }) => location.hash === `#${id}`);
  try {
    const scenario = named ?? (await fromFragment(location.hash));
    return { scenario: scenario ?? first };
  } catch (reason) {
    return { scenario: first, damaged: reason instanceof Error ? reason.message : String(reason) };
  }
}

async function start(): Promise<void> {
  const root = document.querySelector('#app');
  if (!root) return;
  const loading = load(); // while the first scenario is read
  loading.catch(() => {}); // the page tells it
  watchKeys();
  root.replaceChildren();
  const page = <App {...await begin()} loading={loading} load={load} begin={begin} />;
  render(<Boundary say={words.en}>{page}</Boundary>, root);
}

void start();
