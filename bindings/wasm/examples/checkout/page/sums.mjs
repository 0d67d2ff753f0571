// The views of what the basket costs, what it earns, and why.

import { byId, keep, label, make, picture, say } from './dom.mjs';
import { WORDS } from './words.mjs';

/** What is shown as the total: the quote's, or where there is none the plain prices. */
export function totalOf({ seen, shop, wanted }) {
  if (seen?.quote) return seen.quote.due;
  const goods = goodsOf({ shop, wanted });
  return String(goods === 0n ? 0n : goods + BigInt(shop.shipping));
}

const goodsOf = ({ shop, wanted }) =>
  shop.articles.reduce((sum, { sku, price }) => sum + BigInt(price) * BigInt(wanted.items[sku] ?? 0), 0n);

export function showSums(state) {
  const { seen, shop, wanted, lang, won } = state;
  const words = WORDS[lang];
  const quote = seen?.quote;
  const goods = goodsOf({ shop, wanted });
  const minus = (amount) => `−${won(amount)}`;
  const rows = [{ id: 'goods', name: words.goods, amount: won(quote?.gross ?? String(goods)) }];
  for (const { id, name, off } of seen?.offers.filter(({ off }) => off) ?? []) {
    rows.push({ id: `offer-${id}`, name, amount: minus(off), good: true });
  }
  const onDelivery = BigInt(quote?.shipping_discount ?? 0);
  const delivery = BigInt(quote?.shipping ?? shop.shipping) + onDelivery;
  if (goods > 0n) rows.splice(1, 0, { id: 'delivery', name: words.delivery, amount: won(String(delivery)) });
  if (quote && quote.paid_with_points !== '0') {
    rows.push({ id: 'points', name: words.paidWithPoints, amount: minus(quote.paid_with_points), good: true });
  }
  keep(byId('sums'), rows, ({ id }) => id, () => make('div', {}, make('dt'), make('dd')), (node, { name, amount, good }) => {
    say(node.firstElementChild, name);
    say(node.lastElementChild, amount);
    node.classList.toggle('good', good === true);
  });
  say(byId('total'), won(totalOf(state)));
  showEarned(state);
}

function showEarned({ seen, member, lang, count }) {
  const box = byId('earns');
  if (!seen || member.guest) return box.replaceChildren(...(seen ? [make('p', { class: 'faint' }, WORDS[lang].joining)] : []));
  const points = Object.values(seen.quote?.earned ?? { points: '0' })[0];
  const line = make('p', { class: 'earned' }, make('span', {}, WORDS[lang].earned), make('b', {}, `${count(points)} P`));
  return box.replaceChildren(line);
}

export function showTier({ seen, lang }) {
  byId('tier').hidden = !seen?.tier;
  if (!seen?.tier) return;
  const { text, reached, required } = seen.tier;
  const bar = make('progress', { max: required, value: reached, 'aria-label': WORDS[lang].tier, 'aria-describedby': 'tier-text' });
  byId('ladder').replaceChildren(bar, make('p', { id: 'tier-text', class: 'faint' }, text));
}

export function showOffers({ seen, lang, won, count }) {
  const words = WORDS[lang];
  byId('why').hidden = !seen?.quote;
  keep(byId('offers'), seen?.offers ?? [], ({ id, what, points }) => `${what === 'accrual' || points ? 'rule' : 'offer'}-${id}`, newOffer, (node, offer) => {
    const { state, name, text, hint, off, points } = offer;
    if (node.dataset.state !== state) {
      node.dataset.state = state;
      node.firstElementChild.replaceWith(picture(`state-${state}`));
    }
    say(node.querySelector('.name'), name);
    say(node.querySelector('.state'), off ? `−${won(off)}` : points ? `+${count(points)} P` : words.states[state]);
    say(node.querySelector('.hint'), hint ?? '');
    say(node.querySelector('.why'), text);
  });
}

function newOffer() {
  return make('li', {}, picture('state-refused'), make('span', { class: 'name' }), make('span', { class: 'state' }),
    make('span', { class: 'hint' }), make('span', { class: 'why faint' }));
}

/** The codes that were shown, each with a button that takes it away. */
export function showCodes({ seen, wanted, lang }, drop) {
  const used = new Set(seen?.quote?.applied.map(({ code }) => code));
  keep(byId('codes'), wanted.codes, (code) => code, (code) => {
    const button = make('button', { type: 'button' }, make('span', {}, code), make('span', { 'aria-hidden': 'true' }, '×'));
    button.addEventListener('click', () => drop(code));
    return make('li', {}, button);
  }, (node, code) => {
    node.classList.toggle('used', used.has(code));
    label(node.firstElementChild, WORDS[lang].dropCode(code));
  });
}

export function showPoints({ seen, member, wanted, lang, count }) {
  byId('points-box').hidden = !seen || member.guest === true;
  byId('points').checked = wanted.points;
  if (!seen?.usable) return;
  const more = wanted.points ? seen.pointsRefused ?? seen.points : seen.points;
  say(byId('points-said'), [WORDS[lang].balance(count(seen.usable)), more].filter(Boolean).join(' · '));
}
