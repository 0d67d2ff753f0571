// The panels in which somebody writes: the program, and the member with the basket as a form or as JSON.

import { autocompletion } from '@codemirror/autocomplete';
import { jsonLanguage } from '@codemirror/lang-json';
import type { Basket, Lang, Member, Problem, ProgramFile } from 'dangol';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { parse as parseToml } from 'smol-toml';

import { BasketForm } from './basket';
import { Code, type Handle } from './code';
import { completing, helping } from './complete';
import { type Base, problemsOf } from './evaluate';
import { MemberForm } from './member';
import type { Placed } from './places';
import { pretty } from './pretty';
import { laddersOf } from './receipt';
import { isRecord, records, type Scenario } from './scenario';
import { Reader, type Schema, together } from './schema';
import schema from './schema.json';
import type { Words } from './words';

const reader = new Reader(schema as unknown as Schema);

interface Props {
  scenario: Scenario;
  /** The program that last loaded, for what it declares. */
  file: ProgramFile | undefined;
  lang: Lang;
  say: Words;
  onChange(change: Partial<Scenario>): void;
}

/** The program editor. */
export function ProgramPanel({ scenario, file, lang, say, problems, onChange }: Props & { problems: readonly Problem[] }) {
  const { program } = scenario;
  const [placed, setPlaced] = useState<readonly Placed[]>([]);
  const handle = useRef<Handle | undefined>(undefined);
  const known = useRef({ file, scenario });
  known.current = { file, scenario };
  const extensions = useMemo(() => {
    const names = (field: string) => declared(known.current.file, known.current.scenario, field);
    return [jsonLanguage.data.of({ autocomplete: completing(reader, names) }), autocompletion({ activateOnTyping: true, icons: false }), helping(reader)];
  }, []);
  const value = useMemo(() => parsed(program), [program]);
  const all = useMemo(
    () => together(problems, value === undefined || (file && problems.length === 0) ? [] : reader.check(value, say)),
    [problems, value, say, file],
  );
  const toml = value === undefined && problems.some(({ code }) => code === 'syntax') ? fromToml(program) : undefined;
  return (
    <>
      <div class="bar">
        <h2>{say.program}</h2>
        <OpenFile say={say} onText={(text) => onChange({ program: fromToml(text) ?? text })} />
        <button type="button" class="quiet-button" disabled={value === undefined} onClick={() => onChange({ program: `${pretty(value)}\n` })}>{say.tidy}</button>
      </div>
      <Code
        value={program}
        label={say.programEditor}
        lang={lang}
        problems={all}
        extensions={extensions}
        onChange={(text) => onChange({ program: text })}
        onPlaced={(found, editor) => {
          handle.current = editor;
          setPlaced(found);
        }}
      />
      {toml && <p class="offer"><button type="button" onClick={() => onChange({ program: toml })}>{say.toJson}</button></p>}
      <ProblemList placed={placed} say={say} onGo={(to) => handle.current?.go(to)} />
    </>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the engine tells what is wrong with it
  }
}

/** A TOML text as JSON; nothing where it is no TOML. */
function fromToml(text: string): string | undefined {
  try {
    return `${pretty(parseToml(text))}\n`;
  } catch {
    return undefined; // then it is what it is
  }
}

/** What may stand in a field by its name, besides the words of the schema. */
function declared(file: ProgramFile | undefined, { shelf }: Scenario, field: string): string[] {
  const ids = (list: { id: string }[] | undefined) => records(list).map(({ id }) => id);
  const sorts: Record<string, () => string[]> = {
    wallet: () => ids(file?.wallets),
    lane: () => ids(file?.lanes),
    budget: () => ids(file?.budgets),
    offer: () => ids(file?.offers),
    tier: () => (file ? laddersOf(file).flatMap(({ tiers }) => ids(tiers)) : []),
    sku: () => shelf.map(({ sku }) => sku),
    categories: () => [...new Set(shelf.flatMap(({ categories = [] }) => categories))],
    tags: () => [...new Set(shelf.flatMap(({ tags = [] }) => tags))],
  };
  const sort = /^(tier|wallet|lane|budget|offer|sku)/.exec(field)?.[0] ?? field;
  return sorts[sort]?.() ?? [];
}

function OpenFile({ say, onText }: { say: Words; onText(text: string): void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="quiet-button" onClick={() => input.current?.click()}>{say.open}</button>
      <input
        ref={input}
        type="file"
        accept=".json,.toml"
        hidden
        onChange={async ({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) onText(await file.text());
          currentTarget.value = '';
        }}
      />
    </>
  );
}

function ProblemList({ placed, say, onGo }: { placed: readonly Placed[]; say: Words; onGo(to: number): void }) {
  return (
    <section class={`problems ${placed.length > 0 ? 'some' : ''}`} aria-live="polite">
      <h3>{placed.length === 0 ? say.noProblems : say.problems(placed.length)}</h3>
      <ul>
        {placed.map(({ path, message, from }, index) => (
          <li key={index}>
            <button type="button" onClick={() => onGo(from)}><code>{path || say.whole}</code> {message}</button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The member and the basket. */
export function InputPanel({ scenario, base, file, lang, say, problems, onChange }: Props & { base: Base | undefined; problems: readonly Problem[] }) {
  const [raw, setRaw] = useState<string>();
  const [unread, setUnread] = useState<Problem[]>([]);
  const { member, basket } = scenario;
  const given = useMemo(() => `${pretty({ member, basket })}\n`, [member, basket]);
  // what was typed stands as it was typed; what comes from elsewhere, such as another sample, takes its place
  const written = useRef({ member, basket });
  useLayoutEffect(() => {
    const { current } = written;
    if (current.member === member && current.basket === basket) return;
    written.current = { member, basket };
    setUnread([]);
    setRaw((before) => (before === undefined ? before : given));
  }, [member, basket]);
  const shown = useMemo(() => (unread.length > 0 ? unread : problems.filter(({ path }) => path !== 'now')), [unread, problems]);
  const read = (text: string) => {
    setRaw(text);
    const value = parsed(text);
    const right = isRecord(value) && isRecord(value.member) && isRecord(value.basket);
    setUnread(right ? [] : unreadable(base, text));
    if (!right) return;
    written.current = { member: value.member as unknown as Member, basket: value.basket as unknown as Basket };
    onChange(written.current);
  };
  const form = raw === undefined;
  return (
    <>
      <div class="bar">
        <h2>{say.basket}</h2>
        <div class="switch" role="group" aria-label={say.editAs}>
          <button type="button" aria-pressed={form} onClick={() => { setRaw(undefined); setUnread([]); }}>{say.form}</button>
          <button type="button" aria-pressed={!form} onClick={() => setRaw(given)}>{say.json}</button>
        </div>
      </div>
      {form ? (
        <div class="forms" tabIndex={-1}>
          <BasketForm {...{ basket, file, problems, lang, say }} shelf={scenario.shelf} onChange={(value) => onChange({ basket: value })} />
          <h3>{say.member}</h3>
          <MemberForm {...{ member, file, problems, lang, say }} day={scenario.day} onChange={(value) => onChange({ member: value })} />
        </div>
      ) : (
        <Code value={raw} label={say.inputEditor} lang={lang} problems={shown} onChange={read} />
      )}
    </>
  );
}

/** What is wrong with a text that holds no member and basket: the engine tells it with the place. */
function unreadable(base: Base | undefined, text: string): Problem[] {
  try {
    base?.program.call('quote', text);
  } catch (thrown) {
    return problemsOf(thrown);
  }
  return [{ code: 'wrong_type', path: '', message: '{ "member": { … }, "basket": { … } }' }];
}
