// The page: what the customer wants, what the program says about it, and the order.

import { byId, make, say } from './dom.mjs';
import { showLines, showShelf } from './goods.mjs';
import { count, load, look, won } from './loyalty.mjs';
import { keepOrder, readMember, sendWaiting, waiting } from './order.mjs';
import { showCodes, showOffers, showPoints, showSums, showTier, totalOf } from './sums.mjs';
import { translate, WORDS } from './words.mjs';

const KEPT = 'checkout-basket';
/** How many milliseconds pass before the page says that it waits; mostly it need not. */
const PATIENCE = 1500;
const state = {
  lang: navigator.language.startsWith('ko') ? 'ko' : 'en',
  who: 'haneul',
  wanted: { items: { tomato: 2, campagne: 1, milk: 2 }, codes: [], points: false },
  program: undefined, // nothing as long as it is not there
  broken: false,
  member: undefined,
  ahead: 0,
  seen: undefined,
  trouble: '',
  won: (amount) => won(amount, state.lang),
  count: (amount) => count(amount, state.lang),
};

/** The basket of the last time, less what the shop no longer sells; the first basket where it cannot be read. */
function remember() {
  try {
    const { lang, who, wanted } = JSON.parse(localStorage.getItem(KEPT));
    const items = state.shop.articles.flatMap(({ sku }) => (wanted.items[sku] > 0 ? [[sku, wanted.items[sku]]] : []));
    if (!WORDS[lang] || !state.customers.some(({ id }) => id === who)) return;
    Object.assign(state, { lang, who, wanted: { ...wanted, items: Object.fromEntries(items) } });
  } catch {
    // nothing is kept, or it is not ours
  }
}

/** The server's time, as well as we know it. */
const now = () => new Date(Date.now() + state.ahead);

/** Asks the program about what is wanted, and shows everything. */
function refresh() {
  const { program, member, shop, wanted, lang } = state;
  state.seen = program && member ? look({ program, shop, member, wanted, at: now(), lang }) : undefined;
  localStorage.setItem(KEPT, JSON.stringify({ lang, who: state.who, wanted }));
  document.body.dataset.loyalty = state.broken ? 'broken' : state.seen ? 'ready' : 'loading';
  showLines(state, change);
  showShelf(state, change);
  showSums(state);
  showOffers(state);
  showCodes(state, dropCode);
  showPoints(state);
  showTier(state);
  showNotice();
  byId('order').disabled = Object.keys(wanted.items).length === 0 || waiting() !== undefined;
  say(byId('order-said'), state.trouble);
  tellTotal();
}

/** Says the total to those who do not see it, once somebody has stopped changing the basket. */
function tellTotal() {
  clearTimeout(tellTotal.timer);
  const earned = Object.values(state.seen?.quote?.earned ?? {})[0];
  const text = WORDS[state.lang].told(state.won(totalOf(state)), earned && state.count(earned));
  tellTotal.timer = setTimeout(() => say(byId('told'), text), 400);
}

function showNotice() {
  const words = WORDS[state.lang];
  const said = [];
  if (state.broken) said.push(words.broken);
  else if (!state.seen && performance.now() > PATIENCE) said.push(words.loading);
  if (waiting()) said.push(words.waiting);
  else if (!navigator.onLine) said.push(words.offline);
  const notice = byId('notice');
  notice.hidden = said.length === 0;
  say(notice, said.join(' '));
}

/** Another number of an article; where its line goes, the focus goes to the next one. */
function change(sku, number) {
  const { items } = state.wanted;
  const line = document.querySelector(`#lines [data-key="${sku}"]`);
  const { activeElement: active, body } = document;
  const next = line?.nextElementSibling ?? line?.previousElementSibling;
  // The same control there, so that no keyboard comes up on a phone where a button was pressed.
  const aim = next?.querySelector(active.dataset.step ? `[data-step="${active.dataset.step}"]` : 'input') ?? byId('basket-title');
  if (number > 0) items[sku] = Math.min(99, number);
  else delete items[sku];
  state.trouble = '';
  refresh();
  if (items[sku] || !(active === body || line?.contains(active))) return;
  aim.focus();
  // A field changes when Tab leaves it; the browser then looks for what came after the line that is gone.
  setTimeout(() => document.activeElement === body && aim.focus());
}

/** Tries a code, and says what it does; one that is unknown is not kept. */
function addCode(code) {
  const { wanted, seen } = state;
  if (!code || wanted.codes.some((each) => each.toUpperCase() === code.toUpperCase())) return;
  const before = new Set(seen?.offers.map(({ id }) => id));
  wanted.codes.push(code);
  refresh();
  const unknown = state.seen?.unknown?.find(({ id }) => id === code);
  const fresh = state.seen?.offers.find(({ id, what, points }) => !before.has(id) && what !== 'accrual' && !points);
  if (unknown) {
    wanted.codes = wanted.codes.filter((each) => each !== code);
    refresh();
  }
  const found = unknown ?? fresh;
  byId('code').setAttribute('aria-invalid', String(Boolean(unknown)));
  say(byId('code-said'), found ? `${found.name}: ${found.text}` : '');
  if (!unknown) byId('code').value = '';
}

function dropCode(code) {
  state.wanted.codes = state.wanted.codes.filter((each) => each !== code);
  say(byId('code-said'), '');
  refresh();
  byId('code').focus();
}

/** Turns the basket into an order, unless time has changed what it costs: then the customer is asked first. */
async function order() {
  if (waiting()) return undefined;
  const { member, wanted, who } = state;
  const shown = totalOf(state);
  state.trouble = '';
  refresh();
  if (totalOf(state) !== shown) return refuse({ due: totalOf(state) });
  const { quote } = state.seen ?? {};
  const id = crypto.randomUUID();
  const { items, codes } = wanted;
  const decided = quote
    ? { at: quote.at, hash: state.program.place(quote, id).order.hash }
    : { at: now().toISOString(), shown };
  keepOrder({ id, member: who, items, codes, points: wanted.points && !member?.guest, ...decided });
  return send();
}

/** Sends what waits, and shows what came of it. */
async function send() {
  const button = byId('order');
  if (!waiting() || button.getAttribute('aria-busy') === 'true') return;
  button.setAttribute('aria-busy', 'true');
  say(button, WORDS[state.lang].ordering);
  const { booked, refused } = await sendWaiting();
  button.removeAttribute('aria-busy');
  say(button, WORDS[state.lang].order);
  if (booked) return celebrate(booked);
  if (refused) return refuse(refused);
  return refresh();
}

function refuse({ member, now: theirs, due, code, message }) {
  if (member?.id === state.who) state.member = member;
  if (theirs) state.ahead = Date.parse(theirs) - Date.now();
  refresh();
  const amount = state.seen ? totalOf(state) : due;
  const known = ['changed', 'late', undefined].includes(code);
  state.trouble = known ? WORDS[state.lang].changed(state.won(amount)) : `${WORDS[state.lang].failed} (${message})`;
  say(byId('order-said'), state.trouble);
}

function celebrate({ id, due, events, member }) {
  const { lang, program } = state;
  if (member.id === state.who) state.member = member;
  state.wanted = { items: {}, codes: [], points: false };
  refresh();
  say(byId('done-title'), WORDS[lang].done);
  say(byId('done-text'), WORDS[lang].paid(state.won(due), id.slice(0, 8)));
  say(byId('code-said'), '');
  const besides = events.filter(({ type }) => type !== 'order_placed'); // points and coupons; the order is told above
  const sentences = program ? program.describe(besides, lang).sentences : [];
  byId('done-events').replaceChildren(...sentences.map((sentence) => make('li', {}, sentence)));
  byId('done').showModal();
}

function speak(lang) {
  state.lang = lang;
  translate(lang);
  say(byId('code-said'), '');
  state.trouble = '';
  byId('who').replaceChildren(...state.customers.map(({ id, name }) => make('option', { value: id }, name[lang])));
  byId('who').value = state.who;
  refresh();
}

/** The member whose basket it is. Before it is there, as without a network and never seen, prices are plain. */
async function meet(who) {
  if (state.who !== who) state.member = undefined;
  state.who = who;
  try {
    const { member, ahead } = await readMember(who);
    if (state.who === who) Object.assign(state, { member, ahead });
  } catch {
    // `refresh` shows the basket without offers, or with what was known of the member; later we try again
  }
  refresh();
}

async function loyalty() {
  try {
    state.program ??= await load();
    state.broken = false;
  } catch (error) {
    console.warn(error);
    state.broken = true;
  }
  refresh();
}

/** Fetches whatever is not there yet, and the member anew. */
const catchUp = () => Promise.all([loyalty(), meet(state.who)]);

function listen() {
  for (const button of document.querySelectorAll('[data-lang]')) {
    button.addEventListener('click', () => speak(button.dataset.lang));
  }
  byId('who').addEventListener('change', ({ target }) => meet(target.value));
  byId('codes-form').addEventListener('submit', (event) => {
    event.preventDefault();
    addCode(byId('code').value.trim());
  });
  byId('points').addEventListener('change', ({ target }) => {
    state.wanted.points = target.checked;
    refresh();
  });
  byId('order').addEventListener('click', order);
  byId('done').addEventListener('close', () => byId('basket-title').focus());
  window.addEventListener('offline', refresh);
  window.addEventListener('online', () => catchUp().then(send));
  setTimeout(refresh, PATIENCE);
  setInterval(() => (state.seen ? refresh() : catchUp()), 60_000); // offers begin and end with the hours of the day
}

const [shop, customers] = await Promise.all(['articles', 'customers'].map(async (name) => (await fetch(`/shop/${name}.json`)).json()));
Object.assign(state, { customers, shop });
remember();
listen();
speak(state.lang);
await catchUp();
await send();
navigator.serviceWorker?.register('/worker.js', { type: 'classic' });
