// The page as a whole: what is tried, what the engine makes of it, and the panels that show both.

import type { Lang, ProgramFile } from 'dangol';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';

import { Boundary, Notice, Tabs, type Tab, Top, useLayout } from './chrome';
import { InputPanel, ProgramPanel } from './editing';
import { type Answer, evaluate, loader, type Outcome } from './evaluate';
import { plain } from './format';
import { walletName } from './receipt';
import { Result } from './result';
import { samples } from './samples';
import type { Scenario } from './scenario';
import { toFragment } from './share';
import { Time } from './time';
import { type TellNotice, type Timeline, timeline } from './timeline';
import { vectors } from './vectors';
import { words } from './words';

/** How far the engine is. */
export type Engine = 'loading' | 'ready' | { failed: string };

interface Props {
  scenario: Scenario;
  /** Why the link could not be read, where it could not. */
  damaged?: string;
  loading: Promise<void>;
  load(): Promise<void>;
  begin(): Promise<{ scenario: Scenario; damaged?: string }>;
}

/** The page. */
export function App(props: Props) {
  const [scenario, setScenario] = useState(props.scenario);
  const [lang, setLang] = useLang();
  const [engine, retry] = useEngine(props);
  const [notice, setNotice] = useState(props.damaged === undefined ? '' : words[lang].badLink(props.damaged));
  const [tab, setTab] = useState<Tab>('program');
  const layout = useLayout();
  const say = words[lang];
  const { outcome, answer } = useOutcome(scenario, lang, engine);
  const line = useTimeline(answer, scenario, lang);

  const change = useCallback((part: Partial<Scenario>) => {
    performance.mark('input');
    setScenario((before) => ({ ...before, ...part }));
  }, []);
  useLayoutEffect(measure, [scenario]);
  useAddress(scenario, props.begin, (next) => {
    setScenario(next.scenario);
    if (next.damaged !== undefined) setNotice(say.badLink(next.damaged));
  });

  const share = async () => {
    const link = new URL(await fragmentOf(scenario), location.href).href;
    history.replaceState(null, '', link);
    const copied = await navigator.clipboard?.writeText(link).then(() => true, () => false);
    setNotice(copied ? say.copied : say.notCopied);
  };
  const exportTest = () => {
    download(`${outcome.base?.program.id ?? 'program'}-vectors.json`, vectors(scenario, outcome, lang));
    setNotice(say.exported);
  };

  const { problems } = outcome;
  const timing = problems.input.find(({ path }) => path === 'now')?.message;
  const shows = (panel: Tab) => layout === 'wide' || (layout === 'phone' ? panel === tab : panel !== (tab === 'basket' ? 'program' : 'basket'));
  const common = { scenario, file: answer?.file, lang, say, onChange: change };
  return (
    <div class={`app ${layout}`}>
      <Top {...{ say, scenario, lang, setLang, samples }} onSample={change} onShare={share} onExport={outcome.base || problems.program.length > 0 ? exportTest : undefined} />
      <Notice text={notice} say={say} onClose={() => setNotice('')} />
      <Tabs {...{ layout, tab, setTab, say, lang, answer }} />
      <main>
        <section class="panel program" id="program" aria-label={say.program} hidden={!shows('program')}>
          <Boundary say={say}><ProgramPanel {...common} problems={problems.program} /></Boundary>
        </section>
        <section class="panel basket" id="basket" aria-label={say.basket} hidden={!shows('basket')}>
          <Boundary say={say}><InputPanel {...common} base={outcome.base} problems={problems.input} /></Boundary>
        </section>
        <section class="panel receipt" id="receipt" tabIndex={0} aria-label={say.receipt} hidden={!shows('receipt')}>
          <Boundary say={say}><Result {...{ engine, outcome, answer, scenario, lang, say, retry, setNotice }} onChange={change} /></Boundary>
        </section>
        <section class="panel timeline" id="time" aria-label={say.time} hidden={!shows('time')}>
          <Boundary say={say}><Time {...{ scenario, line, lang, say }} base={outcome.base ?? answer} error={timing} onChange={change} /></Boundary>
        </section>
      </main>
    </div>
  );
}

/** How long it took from what somebody did until the page was changed, for whoever listens. */
function measure() {
  if (performance.getEntriesByName('input').length === 0) return;
  performance.clearMeasures('requote');
  performance.measure('requote', 'input');
  performance.clearMarks('input');
}

const LANG = 'dangol-playground-lang';

function useLang() {
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

function useEngine({ loading, load }: Pick<Props, 'loading' | 'load'>): [Engine, () => void] {
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
function useOutcome(scenario: Scenario, lang: Lang, engine: Engine) {
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
function useTimeline(answer: Answer | undefined, { program, member, sales, from, months }: Scenario, lang: Lang) {
  const [line, setLine] = useState<Timeline>();
  const latest = useRef(answer);
  latest.current = answer;
  useEffect(() => {
    const later = setTimeout(() => {
      if (latest.current) setLine(timeline(latest.current, from, months, lang, teller(latest.current.file, lang)));
    }, 60);
    return () => clearTimeout(later);
  }, [answer === undefined, program, member, sales, from, months, lang]);
  return line;
}

/** Tells of points that end soon, with the names that people know. */
const teller = (file: ProgramFile, lang: Lang): TellNotice => (points, wallet, last) =>
  words[lang].notice(plain(points, lang), walletName(file, wallet, lang), last);

/** The fragment of a sample is its name, as long as nothing was changed. */
function fragmentOf(scenario: Scenario): Promise<string> | string {
  const sample = samples.find((one) => Object.entries(scenario).every(([name, value]) => one[name as keyof Scenario] === value));
  if (sample) return `#${sample.id}`;
  const { program, member, basket, sales, day, time, from, months, shelf } = scenario;
  return toFragment({ program, member, basket, sales, day, time, from, months, shelf });
}

/** Keeps the scenario in the address, and follows an address that somebody pastes. */
function useAddress(scenario: Scenario, begin: Props['begin'], onOther: (next: { scenario: Scenario; damaged?: string }) => void) {
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return undefined;
    }
    const later = setTimeout(async () => history.replaceState(null, '', await fragmentOf(scenario)), 300);
    return () => clearTimeout(later);
  }, [scenario]);
  const latest = useRef(onOther);
  latest.current = onOther;
  useEffect(() => {
    const follow = async () => latest.current(await begin());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
}

function download(name: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
