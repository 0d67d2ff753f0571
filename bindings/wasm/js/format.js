// Amounts as people read them. `Intl` takes them as text, so that no digit is lost on the way.

/**
 * @param {string} amount
 * @param {string} lang
 * @returns {string}
 */
export function formatAmount(amount, lang) {
  return formatter(lang, { maximumFractionDigits: 20 }).format(amount);
}

/**
 * @param {string} amount
 * @param {string} currency
 * @param {string} lang
 * @returns {string}
 */
export function formatMoney(amount, currency, lang) {
  const [language] = lang.split('-');
  // Koreans write 4,800원, and so do the sentences of a quote; `Intl` knows only ₩4,800.
  if (language === 'ko' && currency === 'KRW') return `${formatAmount(amount, lang)}원`;
  return formatter(lang, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(amount);
}

/** @type {Map<string, Intl.NumberFormat>} */
const formatters = new Map();

/** A formatter costs more to make than to use. */
function formatter(lang, options) {
  const key = `${lang} ${options.currency}`;
  let made = formatters.get(key);
  if (!made) formatters.set(key, (made = new Intl.NumberFormat(lang, options)));
  return made;
}
