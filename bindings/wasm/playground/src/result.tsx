// The panel with the receipt: the last one that worked, and what stands in the way of the next.

import type { Lang } from 'dangol';

import type { Answer, Outcome } from './evaluate';
import type { Engine } from './hooks';
import { Paper, Why } from './receipt';
import type { Scenario } from './scenario';
import type { Words } from './words';

interface Props {
  engine: Engine;
  outcome: Outcome;
  /** The answer of now, or the last one that there was. */
  answer: Answer | undefined;
  scenario: Scenario;
  lang: Lang;
  say: Words;
  retry(): void;
  setNotice(text: string): void;
  onChange(change: Partial<Scenario>): void;
}

/** The receipt, why it is so, and what can be done with it. */
export function Result(props: Props) {
  const { engine, outcome, answer, scenario, lang, say, retry } = props;
  if (engine === 'loading') return <p class="sentence" role="status">{say.loading}</p>;
  if (engine !== 'ready') {
    return (
      <div class="sentence" role="alert">
        <p>{say.notLoaded}</p>
        <p><code>{engine.failed}</code></p>
        <button type="button" onClick={retry}>{say.retry}</button>
      </div>
    );
  }
  const stale = outcome.answer === undefined;
  return (
    <div class="result">
      <h2 class="quiet">{say.receipt}</h2>
      {stale && <InTheWay {...props} />}
      {answer && (
        <>
          <div class={stale ? 'stale' : ''} data-stale={stale}>
            <Paper answer={answer} shelf={scenario.shelf} lang={lang} say={say} />
          </div>
          <Deeds {...props} />
          {!stale && <Why why={answer.why} optimal={answer.quote.optimal} say={say} />}
        </>
      )}
    </div>
  );
}

function InTheWay({ outcome: { problems }, answer, say }: Props) {
  const all = [...problems.program, ...problems.sales, ...problems.input];
  return (
    <div class="in-the-way" role="status">
      <p>{answer ? say.stale : say.nothingYet}</p>
      <ul>
        {all.slice(0, 5).map(({ path, message }, index) => <li key={index}><code>{path || say.whole}</code> {message}</li>)}
      </ul>
      {all.length > 5 && <p>{say.problems(all.length)}</p>}
    </div>
  );
}

/** Booking the quote, and undoing it: the member goes on from there. */
function Deeds({ outcome, answer, scenario, say, onChange, setNotice }: Props) {
  const { sales, basket } = scenario;
  const book = () => {
    if (!answer) return;
    onChange({ sales: [...sales, { basket, now: answer.now }] });
    setNotice(say.booked(`o${sales.length + 1}`));
  };
  return (
    <p class="deeds">
      <button type="button" class="main-button" disabled={!outcome.answer || answer?.quote.guest} onClick={book}>{say.book}</button>
      {sales.length > 0 && <button type="button" class="quiet-button" onClick={() => onChange({ sales: sales.slice(0, -1) })}>{say.unbook}</button>}
    </p>
  );
}
