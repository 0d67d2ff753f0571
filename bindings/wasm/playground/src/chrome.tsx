// What stands around the panels: the top with the samples, the tabs of small screens, messages.

import { formatMoney, type Lang } from 'dangol';
import { Component, type ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import type { Answer } from './evaluate';
import { Choice } from './fields';
import type { Sample, Scenario } from './scenario';
import { type Words, words } from './words';

/** The panels by name. */
export type Tab = 'program' | 'basket' | 'receipt' | 'time';
/** How much room there is: all panels beside each other, some, or one at a time. */
export type Layout = 'wide' | 'medium' | 'phone';

const room = (): Layout => (matchMedia('(min-width: 1200px)').matches ? 'wide' : matchMedia('(min-width: 760px)').matches ? 'medium' : 'phone');

/** The layout of the window as it is now. */
export function useLayout(): Layout {
  const [layout, setLayout] = useState(room);
  useEffect(() => {
    const look = () => setLayout(room());
    addEventListener('resize', look);
    return () => removeEventListener('resize', look);
  }, []);
  return layout;
}

interface TopProps {
  say: Words;
  lang: Lang;
  scenario: Scenario;
  samples: Sample[];
  setLang(lang: Lang): void;
  onSample(sample: Sample): void;
  onShare(): void;
  onExport: (() => void) | undefined;
}

/** The top of the page. */
export function Top({ say, lang, scenario, samples, setLang, onSample, onShare, onExport }: TopProps) {
  const current = samples.find(({ program }) => program === scenario.program);
  const other: Lang = lang === 'ko' ? 'en' : 'ko';
  const choose = (chosen: string) => {
    const sample = samples.find(({ id }) => id === chosen);
    if (sample) onSample(sample);
  };
  return (
    <header class="top">
      <h1><Seal /> <span>Dangol</span> <small>{say.title}</small></h1>
      <Choice
        quiet
        label={say.sample}
        value={current?.id ?? ''}
        options={[...samples.map(({ id, title }) => [id, title[lang]] as const), ...(current ? [] : [['', say.own] as const])]}
        onInput={choose}
      />
      <div class="acts">
        <button type="button" onClick={onShare}>{say.share}</button>
        <button type="button" disabled={!onExport} onClick={onExport}>{say.export}</button>
        <button type="button" lang={other} onClick={() => setLang(other)}>{words[lang].language}</button>
      </div>
    </header>
  );
}

/** The seal of the shop: 단골, the regular. */
function Seal() {
  return (
    <svg class="seal" viewBox="0 0 32 32" aria-hidden="true">
      <rect x="1.5" y="1.5" width="29" height="29" rx="7" />
      <path d="M8 7h7M8 7v6h8M20 6v9M20 10.5h4M8 18h11v3.5H8V25h11.5M24 17v9" />
    </svg>
  );
}

/** What the page has to say, until it is closed. */
export function Notice({ text, say, onClose }: { text: string; say: Words; onClose(): void }) {
  return (
    <div class="notice" role="status">
      {text !== '' && (
        <p>{text} <button type="button" class="icon" aria-label={say.close} onClick={onClose}>×</button></p>
      )}
    </div>
  );
}

interface TabsProps {
  layout: Layout;
  tab: Tab;
  setTab(tab: Tab): void;
  say: Words;
  lang: Lang;
  answer: Answer | undefined;
}

/** The tabs of a window that has no room for all panels. */
export function Tabs({ layout, tab, setTab, say, lang, answer }: TabsProps) {
  const list = useRef<HTMLDivElement>(null);
  if (layout === 'wide') return null;
  const tabs: [Tab, string][] = [['program', say.program], ['basket', say.basket]];
  if (layout === 'phone') tabs.push(['receipt', answer ? formatMoney(answer.quote.due, answer.quote.currency, lang) : say.receipt], ['time', say.time]);
  const at = Math.max(0, tabs.findIndex(([name]) => name === tab));
  const move = ({ key }: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    const next = step && tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    setTab(next[0]);
    list.current?.querySelectorAll('button')[tabs.indexOf(next)]?.focus();
  };
  return (
    <nav class="tabs" aria-label={say.views}>
      <div role="tablist" aria-label={say.views} ref={list} onKeyDown={move}>
        {tabs.map(([name, title], index) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={index === at}
            aria-controls={name}
            aria-label={name === 'receipt' ? `${say.receipt}, ${title}` : undefined}
            tabIndex={index === at ? 0 : -1}
            onClick={() => setTab(name)}
          >
            {title}
          </button>
        ))}
      </div>
    </nav>
  );
}

/** Keeps a part that fails from taking the page with it. */
export class Boundary extends Component<{ say: Words; children: ComponentChildren }, { failed: boolean }> {
  override state = { failed: false };

  override componentDidCatch(reason: unknown) {
    console.error(reason);
    this.setState({ failed: true });
  }

  render() {
    const { say, children } = this.props;
    if (!this.state.failed) return children;
    return (
      <div class="sentence" role="alert">
        <p>{say.crashed}</p>
        <button type="button" onClick={() => this.setState({ failed: false })}>{say.retry}</button>
      </div>
    );
  }
}
