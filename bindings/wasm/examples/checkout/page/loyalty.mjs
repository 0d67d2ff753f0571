// All that the page knows of the package: a program is asked, and its answers are laid out for the views.

import init, { formatAmount, formatMoney, Program } from '/dangol/index.js';

import { basketOf } from '/shop/basket.mjs';

/** The shop's program; rejected where the module or the program cannot be had. */
export async function load() {
  const [response] = await Promise.all([fetch('/shop/program.toml'), init()]);
  if (!response.ok) throw new Error(`program.toml: ${response.status}`);
  return Program.fromToml(await response.text());
}

export const won = (amount, lang) => formatMoney(amount, 'KRW', lang);
export const count = (amount, lang) => formatAmount(amount, lang);

/** The quote of a basket and what there is to say about it; without a quote where the basket is empty. */
export function look({ program, shop, member, wanted, at, lang }) {
  const usable = member.guest ? undefined : program.balance(member, at).balances[0].usable;
  if (Object.keys(wanted.items).length === 0) {
    const standing = member.guest ? undefined : program.tiers(member, at, lang);
    return { usable, offers: [], tier: standing && resting(standing) };
  }
  const quote = program.quote(member, basketOf(shop, wanted), at);
  const told = program.explain(quote, lang);
  const refused = told.refused.map((sentence, index) => ({ ...sentence, ...quote.refused[index] }));
  return {
    quote,
    usable,
    offers: offersOf(quote, told, refused),
    unknown: refused.filter(({ what }) => what === 'code'),
    points: told.tenders[0]?.text ?? '',
    pointsRefused: refused.find(({ what }) => what === 'wallet')?.text,
    tier: quote.tiers && { text: told.tiers[0].text, ...share(quote.tiers[0].missing?.[0]) },
  };
}

/** Every offer and earning rule: what it did and why, or what is missing, or why it did nothing. */
function offersOf(quote, told, refused) {
  const near = new Map(told.near.map(({ id, text }) => [id, text]));
  const applied = told.applied.map((sentence, index) => ({ ...sentence, state: 'applied', off: quote.applied[index].discount }));
  const earned = told.accruals.map((sentence, index) => ({ ...sentence, state: 'applied', points: quote.accruals[index].points }));
  const rest = refused
    .filter(({ what }) => what === 'offer' || what === 'coupon' || what === 'accrual')
    .map(({ what, id, name, text }) => {
      const hint = what === 'offer' ? near.get(id) : undefined;
      return { what, id, name, text, hint, state: hint ? 'near' : 'refused' };
    });
  return [...applied, ...earned, ...rest.filter(({ hint }) => hint), ...rest.filter(({ hint }) => !hint)];
}

/** Where a member stands who has nothing in the basket. */
function resting({ tiers: [{ next }], sentences }) {
  return { text: sentences.join(' '), ...share(next?.missing?.[0]) };
}

/** How far it is to the next tier; at the top there is none, and all is reached. */
const share = (measure) => ({ reached: Number(measure?.actual ?? 1), required: Number(measure?.required ?? 1) });
