// The views of the basket and of the shelf beside it.

import { byId, keep, label, make, picture, say } from './dom.mjs';
import { WORDS } from './words.mjs';

/** The lines of the basket. `change(sku, count)` is called for what the customer does. */
export function showLines({ shop, wanted, lang, seen, won }, change) {
  const lines = shop.articles.filter(({ sku }) => wanted.items[sku]);
  byId('empty').hidden = lines.length > 0;
  keep(byId('lines'), lines, ({ sku }) => sku, (article) => newLine(article, change), (node, article) => {
    const words = WORDS[lang];
    const name = article.name[lang];
    const quantity = wanted.items[article.sku];
    const quoted = seen?.quote?.lines.find(({ id }) => id === article.sku);
    const gross = String(BigInt(article.price) * BigInt(quantity));
    say(node.querySelector('.name'), name);
    say(node.querySelector('.each'), `${article.unit[lang]} · ${words.each(won(article.price))}`);
    label(node.querySelector('[data-step="-1"]'), words.less(name));
    label(node.querySelector('[data-step="1"]'), words.more(name));
    const input = node.querySelector('input');
    label(input, words.quantity(name));
    if (input !== document.activeElement || input.value !== '') input.value = quantity;
    say(node.querySelector('s'), quoted && quoted.net !== gross ? won(gross) : '');
    say(node.querySelector('b'), won(quoted?.net ?? gross));
  });
}

function newLine({ sku }, change) {
  const input = make('input', { type: 'number', inputmode: 'numeric', min: '0', max: '99', step: '1' });
  const step = (by, sign) => {
    const button = make('button', { type: 'button', class: 'step', 'data-step': by }, sign);
    button.addEventListener('click', () => change(sku, Number(input.value) + by));
    return button;
  };
  const typed = () => {
    // An empty field is a number that is being typed; leaving it so means none.
    if (input.value !== '') change(sku, Math.min(99, Math.max(0, Math.trunc(Number(input.value)))));
  };
  input.addEventListener('change', () => (input.value === '' ? change(sku, 0) : typed()));
  input.addEventListener('input', () => Number(input.value) > 0 && typed());
  return make('li', { class: 'line' },
    picture(sku),
    make('span', { class: 'what' }, make('span', { class: 'name' }), make('span', { class: 'each faint' })),
    make('span', { class: 'stepper' }, step(-1, '−'), input, step(1, '+')),
    make('span', { class: 'amount' }, make('s'), make('b')));
}

/** What can be added. */
export function showShelf({ shop, wanted, lang, won }, change) {
  keep(byId('shelf'), shop.articles, ({ sku }) => sku, ({ sku }) => {
    const button = make('button', { type: 'button' }, picture(sku), make('span', { class: 'name' }), make('span', { class: 'faint' }));
    button.addEventListener('click', () => change(sku, (wanted.items[sku] ?? 0) + 1));
    return make('li', {}, button);
  }, (node, { sku, name, price }) => {
    const [title, cost] = node.querySelectorAll('span');
    say(title, name[lang]);
    say(cost, won(price));
    label(node.firstElementChild, WORDS[lang].add(name[lang], won(price)));
    node.firstElementChild.dataset.count = wanted.items[sku] ?? '';
  });
}
