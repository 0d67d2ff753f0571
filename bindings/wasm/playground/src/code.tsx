// The code editor: CodeMirror as a component that shows problems at their places.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, codeFolding, foldGutter, foldKeymap, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { diagnosticCount, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Lang, Problem } from 'dangol';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

import { phrases } from './phrases';
import { place, type Placed } from './places';

/** What the page can ask of an editor. */
export interface Handle {
  /** Moves the cursor there. */
  go(to: number): void;
}

interface Props {
  value: string;
  label: string;
  lang: Lang;
  problems: readonly Problem[];
  extensions?: Extension;
  onChange(value: string): void;
  /** The problems with their places, after they were found. */
  onPlaced?(placed: readonly Placed[], handle: Handle): void;
}

/** Marks changes that come from the page, such as another sample, which are nobody's typing. */
const given = Annotation.define<boolean>();

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--code-name)' },
  { tag: tags.string, color: 'var(--code-text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-number)' },
  { tag: [tags.separator, tags.squareBracket, tags.brace], color: 'var(--ink-soft)' },
]);

const common: Extension = [
  lineNumbers(),
  highlightActiveLineGutter(),
  highlightSpecialChars(),
  history(),
  codeFolding(),
  foldGutter(),
  drawSelection(),
  indentOnInput(),
  syntaxHighlighting(colours),
  bracketMatching(),
  closeBrackets(),
  highlightActiveLine(),
  highlightSelectionMatches(),
  search({ top: true }),
  json(),
  lintGutter(),
  EditorView.lineWrapping,
  keymap.of([
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...searchKeymap,
    ...historyKeymap,
    ...foldKeymap,
    ...completionKeymap,
    ...lintKeymap,
    indentWithTab,
  ]),
];

/** An editor for JSON. Escape, then Tab leaves it by keyboard. */
export function Code(props: Props) {
  const { value, label, lang, problems, onPlaced } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const words = useRef(new Compartment());

  useLayoutEffect(() => {
    const listen = EditorView.updateListener.of(({ docChanged, state, transactions }) => {
      if (docChanged && !transactions.some((one) => one.annotation(given))) latest.current.onChange(state.doc.toString());
    });
    const extensions = [common, autocompletion(), props.extensions ?? [], words.current.of(worded(label, lang)), listen];
    const made = new EditorView({ parent: host.current ?? undefined, state: EditorState.create({ doc: value, extensions }) });
    view.current = made;
    return () => made.destroy();
  }, []);

  useEffect(() => {
    view.current?.dispatch({ effects: words.current.reconfigure(worded(label, lang)) });
  }, [label, lang]);

  useLayoutEffect(() => {
    const { current } = view;
    if (!current || current.state.doc.toString() === value) return;
    const changes = { from: 0, to: current.state.doc.length, insert: value };
    current.dispatch({ changes, annotations: given.of(true), selection: { anchor: 0 }, scrollIntoView: true });
  }, [value]);

  useLayoutEffect(() => {
    const { current } = view;
    if (!current) return;
    const placed = place(current.state, problems);
    const diagnostics = placed.map(({ from, to, message, path }) => ({ from, to, severity: 'error' as const, message, source: path }));
    if (diagnostics.length > 0 || diagnosticCount(current.state) > 0) current.dispatch(setDiagnostics(current.state, diagnostics));
    onPlaced?.(placed, { go: (to) => go(current, to) });
  }, [problems, value]);

  return <div class="code" ref={host} />;
}

const worded = (label: string, lang: Lang) => [
  EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
  EditorState.phrases.of(lang === 'ko' ? phrases : {}),
];

function go(view: EditorView, to: number) {
  view.dispatch({ selection: { anchor: Math.min(to, view.state.doc.length) }, effects: EditorView.scrollIntoView(to, { y: 'center' }) });
  view.focus();
}
