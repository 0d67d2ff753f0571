// The page as a whole: what is tried, what the engine makes of it, and the panels that show both.

import { useCallback, useLayoutEffect, useState } from 'preact/hooks';

import { Boundary, Notice, type Tab, Tabs, Top, useLayout } from './chrome';
import { InputPanel, ProgramPanel } from './editing';
import { type Begun, changing, fragmentOf, measure, useAddress, useEngine, useLang, useOutcome } from './hooks';
import { Result } from './result';
import { samples } from './samples';
import type { Sample, Scenario } from './scenario';
import { Time } from './time';
import { vectors } from './vectors';
import { words } from './words';

interface Props extends Begun {
  loading: Promise<void>;
  load(): Promise<void>;
  begin(): Promise<Begun>;
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
  const change = useCallback((part: Partial<Scenario>) => {
    changing();
    setScenario((before) => ({ ...before, ...part }));
  }, []);
  useLayoutEffect(measure, [scenario]);
  useAddress(scenario, props.begin, (next) => {
    setScenario(next.scenario);
    if (next.damaged !== undefined) setNotice(say.badLink(next.damaged));
  });

  const exportTest = () => {
    download(`${outcome.base?.program.id ?? 'program'}-vectors.json`, vectors(scenario, outcome, lang));
    setNotice(say.exported);
  };
  const known = outcome.base !== undefined || outcome.problems.program.length > 0;
  const shows = (panel: Tab) => layout === 'wide' || (layout === 'phone' ? panel === tab : panel !== (tab === 'basket' ? 'program' : 'basket'));
  const common = { scenario, file: answer?.file, lang, say, onChange: change };
  const panels = [
    ['program', say.program, <ProgramPanel {...common} problems={outcome.problems.program} />],
    ['basket', say.basket, <InputPanel {...common} base={outcome.base} problems={outcome.problems.input} />],
    ['receipt', say.receipt, <Result {...{ engine, outcome, answer, scenario, lang, say, retry, setNotice }} onChange={change} />],
    ['time', say.time, <Time {...{ scenario, lang, say, answer, outcome }} onChange={change} />],
  ] as const;
  return (
    <div class={`app ${layout}`}>
      <Top
        {...{ say, scenario, lang, setLang, samples }}
        onSample={(sample) => choose(scenario, sample).then(change)}
        onShare={() => share(scenario).then((copied) => setNotice(copied ? say.copied : say.notCopied))}
        onExport={known ? exportTest : undefined}
      />
      <Notice text={notice} say={say} onClose={() => setNotice('')} />
      <Tabs {...{ layout, tab, setTab, say, lang, answer }} />
      <main>
        {panels.map(([name, title, panel]) => (
          <section key={name} class={`panel ${name}`} id={name} aria-label={title} tabIndex={name === 'receipt' ? 0 : undefined} hidden={!shows(name)}>
            <Boundary say={say}>{panel}</Boundary>
          </section>
        ))}
      </main>
    </div>
  );
}

/** Copies the link of a scenario; whether the browser lets it. */
async function share(scenario: Scenario): Promise<boolean> {
  const link = new URL(await fragmentOf(scenario), location.href).href;
  history.replaceState(null, '', link);
  return (await navigator.clipboard?.writeText(link).then(() => true, () => false)) ?? false;
}

/** Another sample; what was there before comes back with the browser's own way back. */
async function choose(before: Scenario, sample: Sample): Promise<Sample> {
  history.replaceState(null, '', await fragmentOf(before));
  history.pushState(null, '', `#${sample.id}`);
  return sample;
}

function download(name: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
