// What the page holds and what follows from it: the language, the engine, the answer, the timeline, the address.

import type { Lang, ProgramFile } from 'dangol';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';

import { type Answer, evaluate, loader, type Outcome, problemsOf } from './evaluate';
import { plain } from './format';
import { walletName } from './receipt';
import { samples } from './samples';
import type { Scenario } from './scenario';
import { toFragment } from './share';
import { type TellNotice, type Timeline, timeline } from './timeline';
import { words } from './words';

/** How far the engine is. */
export type Engine = 'loading' | 'ready' | { failed: string };

/** A scenario that the page begins with, and why the link could not be read where it could not. */
export interface Begun {
  scenario: Scenario;
  damaged?: string;
}

/** Marks when a key goes down, so that `measure` tells the whole way from there. */
export function watchKeys() {
  const forget = () => performance.clearMarks('input');
  const down = () => {
    forget();
    performance.mark('input');
  };
  addEventListener('keydown', down, true);
  addEventListener('keyup', forget, true);
}

/** Marks that something changes, where no key did it. */
export function changing() {
  if (performance.getEntriesByName('input').length === 0) performance.mark('input');
}

/** How long it took from what somebody did until the page was changed, for whoever listens. */
export function measure() {
  if (performance.getEntriesByName('input').length === 0) return;
  performance.clearMeasures('requote');
  performance.measure('requote', 'input');
  performance.clearMarks('input');
}

const LANG = 'dangol-playground-lang';

/** The language of the page, kept for the next visit. */
export function useLang() {
  const [lang, setLang] = useState<Lang>(() => {
    const kept = stored();
    return kept === 'ko' || kept === 'en' ? kept : navigator.language.startsWith('ko') ? 'ko' : 'en';
  });
  useLayoutEffect(() => {
    document.documentElement.lang = lang;
    document.title = `Dangol · ${words[lang].title}`;
  }, [lang]);
  const keep = (next: Lang) => {
    setLang(next);
    try {
      localStorage.setItem(LANG, next);
    } catch {
      // a browser that keeps nothing asks again the next time
    }
  };
  return [lang, keep] as const;
}

function stored(): string | null {
  try {
    return localStorage.getItem(LANG);
  } catch {
    return null;
  }
}

/** The engine, and another try where it did not come. */
export function useEngine({ loading, load }: { loading: Promise<void>; load(): Promise<void> }): [Engine, () => void] {
  const [engine, setEngine] = useState<Engine>('loading');
  const wait = (until: Promise<void>) => {
    setEngine('loading');
    until.then(() => setEngine('ready'), (reason) => setEngine({ failed: String(reason?.message ?? reason) }));
  };
  useEffect(() => wait(loading), []);
  return [engine, () => wait(load())];
}

const nothing: Outcome = { problems: { program: [], input: [], sales: [] } };

/** What the engine makes of the scenario, and the last answer that there was. */
export function useOutcome(scenario: Scenario, lang: Lang, engine: Engine) {
  const load = useMemo(loader, []);
  const last = useRef<Answer | undefined>(undefined);
  const { program, member, basket, sales, day, time } = scenario;
  const outcome = useMemo(() => (engine === 'ready' ? evaluate(load, scenario, lang) : nothing), [engine, program, member, basket, sales, day, time, lang]);
  if (outcome.answer) last.current = outcome.answer;
  const kept = last.current;
  // an answer that is kept while something is wrong is told in the language of now
  const answer = useMemo(() => (kept && kept.lang !== lang ? { ...kept, why: kept.program.explain(kept.quote, lang) } : kept), [kept, lang]);
  return { outcome, answer };
}

/** The timeline, a little later than the quote: whoever types does not wait for it. */
export function useTimeline(answer: Answer | undefined, { program, member, sales, from, months }: Scenario, lang: Lang) {
  const [line, setLine] = useState<Timeline>();
  const latest = useRef(answer);
  latest.current = answer;
  useEffect(() => {
    const later = setTimeout(() => {
      if (!latest.current) return;
      try {
        setLine(timeline(latest.current, from, months, lang, teller(latest.current.file, lang)));
      } catch (thrown) {
        problemsOf(thrown); // what is wrong stands at the receipt; the line stays as it was
      }
    }, 60);
    return () => clearTimeout(later);
  }, [answer === undefined, program, member, sales, from, months, lang]);
  return line;
}

/** Tells of points that end soon, with the names that people know. */
const teller = (file: ProgramFile, lang: Lang): TellNotice => (points, wallet, last) =>
  words[lang].notice(plain(points, lang), walletName(file, wallet, lang), last);

/** The fragment of a sample is its name, as long as nothing was changed. */
export function fragmentOf(scenario: Scenario): Promise<string> | string {
  const sample = samples.find((one) => Object.entries(scenario).every(([name, value]) => one[name as keyof Scenario] === value));
  if (sample) return `#${sample.id}`;
  const { program, member, basket, sales, day, time, from, months, shelf } = scenario;
  return toFragment({ program, member, basket, sales, day, time, from, months, shelf });
}

/** Keeps the scenario in the address, and follows an address that somebody pastes. */
export function useAddress(scenario: Scenario, begin: () => Promise<Begun>, onOther: (next: Begun) => void) {
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return undefined;
    }
    let over = false;
    const later = setTimeout(async () => {
      const fragment = await fragmentOf(scenario);
      if (!over) history.replaceState(null, '', fragment);
    }, 300);
    return () => {
      over = true;
      clearTimeout(later);
    };
  }, [scenario]);
  const latest = useRef(onOther);
  latest.current = onOther;
  useEffect(() => {
    const follow = async () => latest.current(await begin());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
}
