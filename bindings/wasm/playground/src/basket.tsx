// The basket as a form: the shelf, the lines, codes, points that pay, delivery.

import type { Basket, Lang, Line, Problem, ProgramFile } from 'dangol';
import { useMemo, useState } from 'preact/hooks';

import { Choice, Cross, Field, Group, split } from './fields';
import { called, plain } from './format';
import { walletName } from './receipt';
import { type Article, records } from './scenario';
import type { Words } from './words';

interface Props {
  basket: Basket;
  /** The program as far as it is known, for what it offers. */
  file: ProgramFile | undefined;
  shelf: Article[];
  problems: readonly Problem[];
  lang: Lang;
  say: Words;
  onChange(basket: Basket): void;
}

/** What is wrong at a path. */
export const wrong = (problems: readonly Problem[], path: string) => problems.find((problem) => problem.path === path)?.message;

/** The form of a basket. */
export function BasketForm(props: Props) {
  const { basket, problems, say, onChange } = props;
  const set = (change: Partial<Basket>) => onChange({ ...basket, ...change });
  // what does not hang on the program is left as it is while somebody types in it
  const lines = useMemo(() => [<Shelf {...props} />, <Lines {...props} />], [basket, props.shelf, problems, props.lang]);
  return (
    <>
      {lines}
      <Codes {...props} />
      <PointsThatPay {...props} />
      <div class="pair">
        <Field
          label={say.delivery}
          value={text(basket.shipping)}
          numeric
          error={wrong(problems, 'basket.shipping')}
          onInput={(value) => set({ shipping: value === '' ? undefined : value })}
        />
        <Field
          label={say.channel}
          value={text(basket.channel)}
          suggest={['pos', 'web', 'app']}
          error={wrong(problems, 'basket.channel')}
          onInput={(value) => set({ channel: value === '' ? undefined : value })}
        />
      </div>
    </>
  );
}

/** What stands in a field: amounts may be numbers or texts. */
export const text = (value: unknown) => (value === undefined || value === null ? '' : String(value));

function Shelf({ basket, shelf, lang, say, onChange }: Props) {
  if (shelf.length === 0) return null;
  const take = ({ sku, price, categories, tags }: Article) => {
    const lines = records(basket.lines);
    const at = lines.findIndex((line) => line.sku === sku);
    const line = lines[at];
    const more = line
      ? lines.with(at, { ...line, quantity: added(line.quantity, 1) })
      : [...lines, { sku, price, ...(categories && { categories }), ...(tags && { tags }), quantity: 1 }];
    onChange({ ...basket, lines: more });
  };
  return (
    <Group title={say.shelf}>
      <ul class="shelf">
        {shelf.map((article) => (
          <li key={article.sku}>
            <button type="button" class="chip" onClick={() => take(article)}>
              {called(article.name, article.sku, lang)} <span class="amount">{amount(article.price, lang)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Group>
  );
}

/** A price of the shelf, which a link may have made nonsense. */
const amount = (price: string, lang: Lang) => (/^\d+(\.\d+)?$/.test(price) ? plain(price, lang) : price);

/** A quantity with more or fewer whole units: `1.250` stays exact. */
function added(quantity: unknown, more: number): string | number {
  const [units = '1', parts] = text(quantity ?? 1).split('.');
  const sum = Math.max(Number(units) + more, parts === undefined ? 1 : 0);
  return parts === undefined ? sum : `${sum}.${parts}`;
}

function Lines({ basket, shelf, problems, lang, say, onChange }: Props) {
  const lines = records(basket.lines);
  const set = (index: number, change: Partial<Line>) =>
    onChange({ ...basket, lines: lines.map((line, at) => (at === index ? { ...line, ...change } : line)) });
  return (
    <Group title={say.lines}>
      {lines.length === 0 && <p class="hint">{say.emptyBasket}</p>}
      <ul class="rows">
        {lines.map((line, index) => {
          const at = (field: string) => wrong(problems, `basket.lines[${index}].${field}`);
          const name = called(shelf.find(({ sku }) => sku === line.sku)?.name, line.sku, lang);
          return (
            <li class="line" key={index}>
              <Field quiet label={say.article} value={text(line.sku)} error={at('sku')} onInput={(sku) => set(index, { sku })} />
              <div class="stepper">
                <button type="button" class="icon" aria-label={`${say.less}: ${name}`} onClick={() => set(index, { quantity: added(line.quantity, -1) })}>−</button>
                <Field quiet numeric label={`${say.quantity}: ${name}`} value={text(line.quantity ?? 1)} error={at('quantity')} onInput={(quantity) => set(index, { quantity })} />
                <button type="button" class="icon" aria-label={`${say.more}: ${name}`} onClick={() => set(index, { quantity: added(line.quantity, 1) })}>+</button>
              </div>
              <Field quiet numeric label={`${say.price}: ${name}`} value={text(line.price)} error={at('price')} onInput={(price) => set(index, { price })} />
              <Cross label={`${say.remove}: ${name}`} onClick={() => onChange({ ...basket, lines: lines.filter((_, other) => other !== index) })} />
              <Field
                quiet
                class="wide"
                label={`${say.categories}: ${name}`}
                hint={say.categoriesHint}
                value={Array.isArray(line.categories) ? line.categories.join(', ') : ''}
                onInput={(words) => set(index, { categories: split(words) })}
              />
            </li>
          );
        })}
      </ul>
      <button type="button" class="quiet-button" onClick={() => onChange({ ...basket, lines: [...lines, { sku: 'article', price: '1000', quantity: 1 }] })}>
        + {say.addLine}
      </button>
    </Group>
  );
}

/** Whether two codes are shown as one; the engine has the last word on it. */
function alike(one: string, other: string): boolean {
  const bare = (code: string) => code.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  return bare(one) === bare(other);
}

function Codes({ basket, file, lang, say, problems, onChange }: Props) {
  const shown = Array.isArray(basket.codes) ? basket.codes.map(String) : [];
  const offers = records(file?.offers).flatMap((offer) => (typeof offer.code === 'string' ? [{ ...offer, code: offer.code }] : []));
  const others = shown.filter((code) => !offers.some((offer) => alike(offer.code, code)));
  const [typed, setTyped] = useState<string>();
  const set = (codes: string[]) => onChange({ ...basket, codes });
  return (
    <Group title={say.codes}>
      {offers.length > 0 && (
        <ul class="shelf">
          {offers.map(({ id, code, name }) => {
            const on = shown.some((one) => alike(one, code));
            return (
              <li key={id}>
                <button type="button" class="chip toggle" aria-pressed={on} title={called(name, id, lang)} onClick={() => set(on ? shown.filter((one) => !alike(one, code)) : [...shown, code])}>
                  {code}
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <Field
        quiet
        label={say.code}
        hint={say.codeHint}
        value={typed !== undefined && split(typed).join() === others.join() ? typed : others.join(', ')}
        error={problems.find(({ path }) => path.startsWith('basket.codes'))?.message}
        onInput={(value) => {
          setTyped(value);
          set([...shown.filter((code) => !others.includes(code)), ...split(value)]);
        }}
      />
    </Group>
  );
}

function PointsThatPay({ basket, file, lang, say, problems, onChange }: Props) {
  const wallets = records(file?.wallets).filter(({ tender }) => tender);
  if (wallets.length === 0) return null;
  const points = basket.points ?? {};
  const set = (wallet: string, value: string) => {
    const { [wallet]: _, ...rest } = points;
    onChange({ ...basket, points: value === '' ? rest : { ...rest, [wallet]: value } });
  };
  return (
    <Group title={say.pay}>
      {wallets.map(({ id }) => {
        const offered = text(points[id]);
        const named = offered === '' || offered === 'max' || offered === 'none';
        return (
          <div class="pair" key={id}>
            <Choice
              label={walletName(file as ProgramFile, id, lang)}
              value={named ? offered : 'some'}
              options={[['', say.payNone], ['max', say.payMax], ['some', say.points]]}
              onInput={(value) => set(id, value === 'some' ? '1000' : value)}
            />
            {!named && (
              <Field numeric label={say.points} value={offered} error={wrong(problems, `basket.points.${id}`)} onInput={(value) => set(id, value === '' ? '0' : value)} />
            )}
          </div>
        );
      })}
    </Group>
  );
}
