// The receipt on paper, and below it why it is so.

import { type Explanation, formatMoney, type Lang, type ProgramFile, type Quote, type Sentence } from 'dangol';

import { civil } from './calendar';
import type { Answer } from './evaluate';
import { called, dayName, plain, sum } from './format';
import { type Article, records } from './scenario';
import type { Words } from './words';

interface Props {
  answer: Answer;
  shelf: Article[];
  lang: Lang;
  say: Words;
}

/** The receipt of a quote. */
export function Paper({ answer, shelf, lang, say }: Props) {
  const { quote, file, zone, now } = answer;
  const { day, time } = civil(now, zone);
  const standing = quote.tiers?.[0];
  const tier = standing && tierName(file, standing.ladder, standing.now, lang);
  return (
    <article class="paper" aria-label={say.receipt}>
      <header>
        <h3>{called(file.name, quote.program.id, lang)}</h3>
        <p>{dayName(day, lang, { dateStyle: 'full' })} {time}</p>
        <p>{[quote.guest ? say.guest : quote.member, tier].filter(Boolean).join(' · ')}</p>
      </header>
      <Lines {...{ quote, file, shelf, lang, say }} />
      <Sums {...{ quote, file, lang, say }} />
      <Points {...{ quote, file, lang, say }} />
      <footer>
        <Bars hash={quote.program.hash} />
        <p class="mono">{quote.program.id} {quote.program.version}</p>
      </footer>
    </article>
  );
}

type Part = { quote: Quote; file: ProgramFile; lang: Lang; say: Words };

/** What an offer is called. */
function offerName(file: ProgramFile, id: string, lang: Lang): string {
  return called(records(file.offers).find((offer) => offer.id === id)?.name, id, lang);
}

/** What a tier is called. */
export function tierName(file: ProgramFile, ladder: string, tier: string | null | undefined, lang: Lang): string | undefined {
  if (tier === undefined || tier === null) return undefined;
  const found = laddersOf(file).find(({ id }) => id === ladder);
  return called(records(found?.tiers).find(({ id }) => id === tier)?.name, tier, lang);
}

/** The ladders of a program, each with its id. */
export function laddersOf({ tiers }: ProgramFile) {
  const ladders = Array.isArray(tiers) ? tiers : tiers ? [tiers] : [];
  return records(ladders).map((ladder) => ({ ...ladder, id: ladder.id ?? 'status' }));
}

/** What a wallet is called. */
export function walletName(file: ProgramFile, id: string, lang: Lang): string {
  return called(records(file.wallets).find((wallet) => wallet.id === id)?.name, id, lang);
}

/** The offers that touch a single line and nothing else: they stand below that line. */
function ofOneLine({ lines, applied }: Quote): Set<string> {
  const found = applied.filter(({ offer, discount }) => {
    const touched = lines.flatMap(({ discounts }) => discounts.filter((one) => one.offer === offer));
    return touched.length === 1 && touched[0]?.amount === discount;
  });
  return new Set(found.map(({ offer }) => offer));
}

function Lines({ quote, file, shelf, lang, say }: Part & { shelf: Article[] }) {
  const name = (sku: string) => called(shelf.find((article) => article.sku === sku)?.name, sku, lang);
  const own = ofOneLine(quote);
  return (
    <ul class="lines">
      {quote.lines.map(({ id, sku, quantity, gross, discounts, gift }) => (
        <li key={id}>
          <p class="row">
            <span>{name(sku)}{quantity !== '1' && <span class="times"> × {quantity}</span>}{gift && <em> {say.gift}</em>}</span>
            <span class="amount">{plain(gross, lang)}</span>
          </p>
          {discounts.map(({ offer, amount }) => own.has(offer) && (
            <p class="row off" key={offer}>
              <span>{offerName(file, offer, lang)}</span>
              <span class="amount">−{plain(amount, lang)}</span>
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}

type Row = [name: string, amount: string | undefined, kind?: string];

/** What stands between the lines and what is due; together with the lines it adds up. */
function rows({ quote, file, lang, say }: Part): Row[] {
  const own = ofOneLine(quote);
  const ofLines = quote.applied.filter(({ offer }) => own.has(offer)).map(({ discount }) => `-${discount}`);
  const others = quote.applied.filter(({ offer, discount }) => discount !== '0' && !own.has(offer));
  const delivery = quote.shipping === undefined ? undefined : sum([quote.shipping, quote.shipping_discount ?? '0']);
  return [
    [say.subtotal, sum([quote.gross, ...ofLines])],
    [say.shipping, delivery],
    ...others.map(({ offer, discount }): Row => [offerName(file, offer, lang), `-${discount}`, 'off']),
    [say.fees, quote.fees],
    [say.taxAdded, quote.tax_added],
    [say.rounding, quote.rounding],
    [say.paidWith, `-${quote.paid_with_points}`, 'off'],
  ];
}

function Sums(part: Part) {
  const { quote, lang, say } = part;
  const saved = sum([quote.discount, quote.shipping_discount ?? '0']);
  return (
    <div class="sums">
      {rows(part).map(([name, amount, kind], index) => amount !== undefined && Number(amount) !== 0 && (
        <p class={`row ${kind ?? ''}`} key={index}>
          <span>{name}</span>
          <span class="amount">{plain(amount, lang).replace('-', '−')}</span>
        </p>
      ))}
      <p class="row due">
        <span>{say.due}</span>
        <span class="amount" data-due={quote.due}>{formatMoney(quote.due, quote.currency, lang)}</span>
      </p>
      {quote.taxes?.map(({ rate, tax }) => (
        <p class="row small" key={rate}><span>{say.tax(rate)}</span><span class="amount">{plain(tax, lang)}</span></p>
      ))}
      {Number(saved) !== 0 && <p class="saved">{say.saved(formatMoney(saved, quote.currency, lang))}</p>}
    </div>
  );
}

function Points({ quote, file, lang, say }: Part) {
  const earned = Object.entries(quote.earned);
  const balances = Object.entries(quote.balances);
  if (earned.length + balances.length === 0) return null;
  return (
    <div class="points">
      {earned.map(([wallet, points]) => (
        <p class="row gain" key={wallet}>
          <span>{say.earned} · {walletName(file, wallet, lang)}</span>
          <span class="amount">+{plain(points, lang)}</span>
        </p>
      ))}
      {balances.map(([wallet, points]) => (
        <p class="row small" key={wallet}>
          <span>{say.balance} · {walletName(file, wallet, lang)}</span>
          <span class="amount">{plain(points, lang)}</span>
        </p>
      ))}
    </div>
  );
}

/** Bars as on a real receipt: the program's hash, so that another program looks different. */
function Bars({ hash }: { hash: string }) {
  let at = 0;
  const bars = [...hash].map((sign) => {
    const value = Number.parseInt(sign, 16);
    const bar = { x: at, width: 1 + (value & 3) * 0.7 };
    at += bar.width + 1 + (value >> 2) * 0.7;
    return bar;
  });
  return (
    <svg class="bars" viewBox={`0 0 ${at} 20`} preserveAspectRatio="none" aria-hidden="true">
      {bars.map(({ x, width }) => <rect key={x} x={x} y="0" width={width} height="20" />)}
    </svg>
  );
}

/** Why the receipt says what it says, in the engine's sentences. */
export function Why({ why, optimal, say }: { why: Explanation; optimal: boolean; say: Words }) {
  const groups: [string, string, Sentence[]][] = [
    ['near', say.near, why.near],
    ['applied', say.applied, why.applied],
    ['tenders', say.pay, why.tenders],
    ['accruals', say.accruals, why.accruals],
    ['tiers', say.tiers, why.tiers ?? []],
    ['refused', say.refused, why.refused],
  ];
  return (
    <section class="why" aria-label={say.why}>
      <h3>{say.why}</h3>
      {why.applied.length === 0 && <p class="hint">{say.nothingApplied}</p>}
      {groups.map(([kind, title, sentences]) => sentences.length > 0 && (
        <div class={`group ${kind}`} key={kind}>
          <h4>{title}</h4>
          <ul>
            {sentences.map(({ name, text }, index) => (
              <li key={index}><strong>{name}</strong> <span>{text}</span></li>
            ))}
          </ul>
        </div>
      ))}
      {!optimal && <p class="hint">{say.notProved}</p>}
    </section>
  );
}
