// What every place does with the package: it loads it, quotes, and formats what came out.
import init, { formatMoney, Program } from 'dangol';

export async function sell() {
  await init();
  const cafe = Program.fromJson({
    format: 1, id: 'cafe', version: '1', currency: 'KRW', zone: 'Asia/Seoul',
    wallets: [{ id: 'points' }],
    accruals: [{ id: 'base', award: { percent: '5' } }],
  });
  const quote = cafe.quote({ id: 'm1' }, { lines: [{ sku: 'latte', price: '4800', quantity: 2 }] }, '2026-05-01T09:00:00+09:00');
  return `${formatMoney(quote.due, quote.currency, 'en')}, ${quote.earned.points} points`;
}
