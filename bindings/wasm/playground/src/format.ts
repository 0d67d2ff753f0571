// Amounts and days as people read them, through Intl.

import type { Lang, Text } from 'dangol';

const formats = new Map<string, Intl.NumberFormat>();

function number(lang: Lang, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = lang + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.NumberFormat(lang, options);
  formats.set(key, known);
  return known;
}

// Intl takes decimal texts exactly, which its types tell only of literals.
const exact = (amount: string) => amount as unknown as number;

/** An amount with the sign of its currency: `₩36,370`. */
export function money(amount: string, currency: string, lang: Lang): string {
  try {
    return number(lang, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(exact(amount));
  } catch {
    return `${amount} ${currency}`; // a currency that is none to this browser
  }
}

/** A number with its digits in groups, such as an amount in the column of a receipt. */
export function plain(amount: string, lang: Lang): string {
  const digits = amount.split('.')[1]?.length ?? 0;
  return number(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(exact(amount));
}

/** The exact sum of amounts, for what is only shown. */
export function sum(amounts: readonly string[]): string {
  const digits = Math.max(0, ...amounts.map((amount) => amount.split('.')[1]?.length ?? 0));
  let whole = 0n;
  for (const amount of amounts) {
    const [units = '0', parts = ''] = amount.split('.');
    whole += BigInt(units + parts.padEnd(digits, '0'));
  }
  const text = String(whole < 0n ? -whole : whole).padStart(digits + 1, '0');
  const point = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return whole < 0n ? `-${point}` : point;
}

const days = new Map<string, Intl.DateTimeFormat>();

/** A day: `Fri, 15 May 2026`. */
export function dayName(day: string, lang: Lang, options: Intl.DateTimeFormatOptions = { dateStyle: 'medium' }): string {
  const key = lang + JSON.stringify(options);
  const known = days.get(key) ?? new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : 'ko', { ...options, timeZone: 'UTC' });
  days.set(key, known);
  return known.format(Date.parse(`${day}T00:00:00Z`));
}

/** What people call something, in a language. */
export function called(text: Text | null | undefined, id: string, lang: Lang): string {
  if (text === null || text === undefined) return id;
  if (typeof text === 'string') return text;
  return text[lang] ?? text.en ?? Object.values(text)[0] ?? id;
}
