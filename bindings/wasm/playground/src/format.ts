// Columns of amounts, days and names as people read them. Single amounts of money are formatted by the package.

import type { Lang, Text } from 'dangol';

const columns = new Map<string, Intl.NumberFormat>();

/** An amount for the column of a receipt: all of its digits, also a nought at the end (`24.50`). */
export function plain(amount: string, lang: Lang): string {
  const digits = amount.split('.')[1]?.length ?? 0;
  const key = `${lang} ${digits}`;
  const format = columns.get(key) ?? new Intl.NumberFormat(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  columns.set(key, format);
  // Intl takes decimal texts exactly, which its types tell only of literals
  return format.format(amount as unknown as number);
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
