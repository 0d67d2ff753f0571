// The timeline: a slider for the instant that is quoted, and on it what happens to the member.

import type { Lang } from 'dangol';
import { useEffect, useMemo, useRef } from 'preact/hooks';

import { addDays, addMonths, civil, daysBetween } from './calendar';
import type { Answer, Base, Outcome } from './evaluate';
import { Choice, Field } from './fields';
import { dayName, plain } from './format';
import { useTimeline } from './hooks';
import { tierName, walletName } from './receipt';
import { isDay, type Scenario } from './scenario';
import type { Curve, Kind, Timeline } from './timeline';
import type { Words } from './words';

/** What the whole panel is given. */
interface Given {
  scenario: Scenario;
  outcome: Outcome;
  /** The answer of now, or the last one that there was. */
  answer: Answer | undefined;
  lang: Lang;
  say: Words;
  onChange(change: Partial<Scenario>): void;
}

/** The same with the timeline, once there is one. */
type Props = Given & { line: Timeline | undefined };

const KINDS: Kind[] = ['order', 'tier', 'points', 'coupon', 'notice'];

/** The timeline with its slider and the list of what happens. */
export function Time(given: Given) {
  const { say, lang, scenario, answer, onChange } = given;
  const line = useTimeline(answer, scenario, lang);
  const props = { ...given, line };
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const next = list.current?.querySelector<HTMLElement>('li:not(.past)');
    if (list.current && next) list.current.scrollTop = next.offsetTop - list.current.offsetTop;
  }, [line, scenario.day]);
  return (
    <div class="moments">
      <div class="board">
        <h2 class="quiet">{say.time}</h2>
        <Controls {...props} />
        <Chart {...props} />
      </div>
      <section class="happens" aria-label={say.events}>
        <h3>{say.events}</h3>
        {line && line.marks.length === 0 && <p class="hint">{say.noEvents}</p>}
        <ol ref={list}>
          {line?.marks.map(({ day, kind, tone, text }, index) => (
            <li key={index} class={day < scenario.day ? 'past' : ''}>
              <button type="button" title={say.goTo(dayName(day, lang))} onClick={() => onChange({ day })}>
                <span class={`dot ${kind} ${tone}`} aria-hidden="true" />
                <time dateTime={day}>{dayName(day, lang)}</time>
                <span class="text">{text}</span>
              </button>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

function Controls({ scenario, outcome, lang, say, onChange }: Props) {
  const error = outcome.problems.input.find(({ path }) => path === 'now')?.message;
  const { day, time, months, from } = scenario;
  const go = (to: string) => {
    if (!isDay(to)) return;
    const inside = to >= from && to <= addMonths(from, months);
    onChange({ day: to, ...(inside ? {} : { from: `${to.slice(0, 7)}-01` }) });
  };
  return (
    <div class="controls">
      <p class="today">{dayName(day, lang, { dateStyle: 'full' })}</p>
      <button type="button" class="icon" aria-label={say.before} onClick={() => go(addDays(day, -1))}>‹</button>
      <Field quiet label={say.now} type="date" value={day} error={error} onInput={go} />
      <button type="button" class="icon" aria-label={say.after} onClick={() => go(addDays(day, 1))}>›</button>
      <Field quiet label={say.clock} type="time" value={time} onInput={(value) => /^\d\d:\d\d$/.test(value) && onChange({ time: value })} />
      <Choice
        quiet
        label={say.range}
        value={String(months)}
        options={[6, 12, 24].map((count) => [String(count), say.months(count)] as const)}
        onInput={(value) => onChange({ months: Number(value) })}
      />
    </div>
  );
}

function Chart(props: Props) {
  const { scenario, outcome, answer, line, lang, say, onChange } = props;
  const base = outcome.base ?? answer;
  const { from, months, day } = scenario;
  const days = daysBetween(from, addMonths(from, months));
  const at = (one: string) => (Math.min(Math.max(daysBetween(from, one), 0), days) / days) * 100;
  const scale = useMemo(() => <Months from={from} months={months} at={at} lang={lang} />, [from, months, lang]);
  const first = base?.member.at ? Math.max(0, daysBetween(from, civil(String(base.member.at), base.zone).day)) : 0;
  // a tier's marks stand on the band of the ladder
  const shown = KINDS.filter((kind) => kind !== 'tier' && line?.marks.some((mark) => mark.kind === kind));
  return (
    <div class="chart">
      <div class="names" aria-hidden="true">
        {line?.curves.map(({ wallet }) => <p class="tall" key={wallet}>{base ? walletName(base.file, wallet, lang) : wallet}</p>)}
        {ladders(line).map((ladder) => <p key={ladder}>{say.tier}</p>)}
        {shown.map((kind) => <p key={kind}>{say.kinds[kind]}</p>)}
      </div>
      <div class="field-of-time">
        {scale}
        <div class="gone" style={{ width: `${(first / days) * 100}%` }} />
        {line?.curves.map((curve) => <Balance key={curve.wallet} curve={curve} at={at} day={day} lang={lang} />)}
        <Stays {...props} at={at} />
        {shown.map((kind) => (
          <div class="track" key={kind} aria-hidden="true">
            <Marks {...props} kind={kind} at={at} />
          </div>
        ))}
        <div class="needle" style={{ left: `${at(day)}%` }} aria-hidden="true" />
        <input
          class="slider"
          type="range"
          min={first}
          max={Math.max(days, first)}
          value={daysBetween(from, day)}
          aria-label={say.now}
          aria-valuetext={dayName(day, lang, { dateStyle: 'full' })}
          style={{ marginLeft: `calc(${(first / days) * 100}% - 11px)`, width: `calc(${100 - (first / days) * 100}% + 22px)` }}
          onInput={({ currentTarget }) => onChange({ day: addDays(from, Number(currentTarget.value)) })}
        />
      </div>
    </div>
  );
}

type At = (day: string) => number;

/** The marks of a kind, for the pointer; the list beside the chart has them for everybody. */
function Marks({ line, kind, at, lang, onChange }: Props & { kind: Kind; at: At }) {
  const marks = line?.marks.filter((mark) => mark.kind === kind) ?? [];
  return marks.map(({ day, tone, text }, index) => (
    <span key={index} class={`dot ${kind} ${tone}`} style={{ left: `${at(day)}%` }} title={`${dayName(day, lang)}: ${text}`} onClick={() => onChange({ day })} />
  ));
}

function Months({ from, months, at, lang }: { from: string; months: number; at: At; lang: Lang }) {
  const start = `${from.slice(0, 7)}-01`;
  const every = months > 12 ? 3 : 1;
  const named = Array.from({ length: Math.floor(months / every) + 1 }, (_, index) => addMonths(start, index * every)).filter((day) => day >= from);
  return (
    <>
      <div class="months" aria-hidden="true">
        {named.map((day, index) => index * every < months && <span key={day} style={{ left: `${at(day)}%` }}>{dayName(day, lang, monthOf(day, index))}</span>)}
      </div>
      <div class="grid" aria-hidden="true">
        {named.map((day) => <span key={day} style={{ left: `${at(day)}%` }} />)}
      </div>
    </>
  );
}

/** How a month is written: with its year at first and in January. */
function monthOf(day: string, index: number): Intl.DateTimeFormatOptions {
  return index === 0 || day.slice(5, 7) === '01' ? { month: 'short', year: '2-digit' } : { month: 'short' };
}

function Balance({ curve, at, day, lang }: { curve: Curve; at: At; day: string; lang: Lang }) {
  const top = Math.max(1, ...curve.steps.map(({ points }) => points));
  const y = (points: number) => 38 - (points / top) * 30;
  const first = curve.steps[0];
  if (!first) return null;
  const path = curve.steps.slice(1).map((step) => `H${at(step.day)}V${y(step.points)}`).join('');
  const line = `M0 ${y(first.points)}${path}H100`;
  const now = curve.steps.findLast((step) => step.day <= day)?.points ?? first.points;
  return (
    <div class="balance">
      <svg viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true">
        <path class="area" d={`${line}V40H0Z`} />
        <path class="edge" d={line} vector-effect="non-scaling-stroke" />
      </svg>
      <span class="value" style={at(day) > 80 ? { right: `calc(${100 - at(day)}% + 6px)` } : { left: `calc(${at(day)}% + 6px)` }}>{plain(String(now), lang)}</span>
    </div>
  );
}

const ladders = (line: Timeline | undefined) => [...new Set(line?.stays.map(({ ladder }) => ladder))];

function Stays(props: Props & { at: At }) {
  const { line, outcome, answer, lang, say, at } = props;
  const base = outcome.base ?? answer;
  return (
    <>
      {ladders(line).map((ladder, index) => {
        const own = line?.stays.filter((stay) => stay.ladder === ladder) ?? [];
        return (
          <div class="track stays" key={ladder} aria-hidden="true">
            {own.map(({ tier, from }, step) => (
              <span class="stay" key={step} style={{ left: `${at(from)}%`, right: `${100 - at(own[step + 1]?.from ?? line?.until ?? from)}%` }} data-step={tier === undefined ? 0 : rank(base, ladder, tier)}>
                {base ? tierName(base.file, ladder, tier, lang) ?? say.noTier : tier}
              </span>
            ))}
            {index === 0 && <Marks {...props} kind="tier" />}
          </div>
        );
      })}
    </>
  );
}

/** How high a tier stands on its ladder, for its colour. */
function rank(base: Base | undefined, ladder: string, tier: string): number {
  const { tiers } = base?.file ?? {};
  const found = (Array.isArray(tiers) ? tiers : tiers ? [tiers] : []).find(({ id = 'status' }) => id === ladder);
  return Math.min(4, (found?.tiers ?? []).findIndex(({ id }) => id === tier) + 1);
}
