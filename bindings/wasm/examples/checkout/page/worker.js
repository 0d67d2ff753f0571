// The service worker: keeps every file of the page, and what was last known of a member, for the time without a network.

importScripts('/files.js'); // self.shop, by the server; another version replaces all files together

const FILES = `files-${self.shop.version}`;
const MEMBERS = 'members';

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(self.shop.files)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin || request.method !== 'GET') return;
  if (pathname.startsWith('/api/members/')) event.respondWith(member(request));
  else event.respondWith(file(request));
});

async function tidy() {
  for (const name of await caches.keys()) if (name !== FILES && name !== MEMBERS) await caches.delete(name);
}

async function file(request) {
  const cache = await caches.open(FILES);
  const kept = await cache.match(request.mode === 'navigate' ? '/' : request);
  return kept ?? fetch(request);
}

/** From the server; without a network what it said last, marked so. */
async function member(request) {
  const cache = await caches.open(MEMBERS);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(request);
    if (!kept) throw error;
    const headers = new Headers(kept.headers);
    headers.set('x-kept', 'yes');
    return new Response(kept.body, { headers });
  }
}
