// Completion and help while a program is written: the words of the schema, and the names that the program itself declares.

import { type Completion, type CompletionContext, type CompletionResult, insertCompletionText, snippet } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { EditorState, Extension } from '@codemirror/state';
import { type EditorView, hoverTooltip } from '@codemirror/view';
import type { SyntaxNode } from '@lezer/common';

import { fields, pathOf, type Step } from './places';
import { type Reader, type Shape, typesOf } from './schema';

/** Names that may stand at fields of these names: what the program declares, and what is on the shelf. */
export type Names = (field: string) => readonly string[];

const first = (words: readonly string[]) => words.at(-1)?.split('\n')[0] ?? '';

/** Completes names of fields and values. */
export function completing(reader: Reader, names: Names) {
  return (context: CompletionContext): CompletionResult | null => {
    const { state, pos, explicit } = context;
    const node = syntaxTree(state).resolveInner(pos, -1);
    const place = placeOf(state, node, pos);
    if (!place) return null;
    const typed = /["\w.-]*$/.exec(state.sliceDoc(Math.max(0, pos - 100), pos))?.[0] ?? '';
    if (typed === '' && !explicit) return null;
    const from = place.token ? place.token.from : pos - typed.length;
    const to = place.token ? place.token.to : pos;
    const colon = /^\s*:/.test(state.sliceDoc(to, to + 20));
    const options = place.key ? keys(reader, place.path, place.taken, colon) : values(reader, place.path, names);
    return { from, options: options.map(replacing), validFor: /^"?[\w.-]*$/ };
  };
}

/** What is chosen takes the place of the rest of the word behind the cursor, too. */
function replacing(option: Completion): Completion {
  const { apply, label } = option;
  const put = (view: EditorView, completion: Completion, from: number, to: number) => {
    const rest = /^[\w.-]*"?/.exec(view.state.sliceDoc(to, to + 100))?.[0] ?? '';
    const end = to + rest.length;
    if (typeof apply === 'function') apply(view, completion, from, end);
    else view.dispatch(insertCompletionText(view.state, apply ?? label, from, end));
  };
  return { ...option, apply: put };
}

interface Place {
  path: Step[];
  key: boolean;
  taken: string[];
  /** The name or value under the cursor, to be replaced. */
  token?: SyntaxNode;
}

/** What is being written at the cursor: a name in an object, or a value at a path. */
function placeOf(state: EditorState, node: SyntaxNode, pos: number): Place | undefined {
  if (node.name === 'PropertyName') {
    const object = node.parent?.parent;
    if (!object) return undefined;
    const taken = fields(state, object).filter(({ property }) => property.from !== node.from).map(({ name }) => name);
    return { path: pathOf(state, object), key: true, taken, token: node };
  }
  if (node.name === 'String' || node.name === 'Number' || node.name === 'True' || node.name === 'False' || node.name === 'Null') {
    return { path: pathOf(state, node), key: false, taken: [], token: node };
  }
  const inside = !/^[A-Z]/.test(node.name) && node.parent ? node.parent : node; // of a bracket or a comma what it belongs to
  if (inside.name === 'Property') {
    const key = inside.getChild('PropertyName');
    return key && pos > key.to ? { path: pathOf(state, inside), key: false, taken: [] } : undefined;
  }
  if (inside.name === 'Object') return { path: pathOf(state, inside), key: true, taken: fields(state, inside).map(({ name }) => name) };
  if (inside.name === 'Array') return { path: [...pathOf(state, inside), 0], key: false, taken: [] };
  if (inside.name === 'JsonText') return { path: [], key: false, taken: [] };
  return undefined;
}

function keys(reader: Reader, path: Step[], taken: string[], colon: boolean): Completion[] {
  const found = new Map<string, Completion>();
  for (const { properties = {}, required = [] } of reader.at(path)) {
    for (const [name, schema] of Object.entries(properties)) {
      if (taken.includes(name) || name === '$schema') continue;
      const shapes = reader.shapes(schema);
      const text = JSON.stringify(name);
      const info = schema.description ?? first(shapes[0]?.words ?? []);
      const apply = colon ? text : snippet(`${text}: ${template(reader, shapes)}`);
      found.set(name, { label: text, displayLabel: name, type: 'property', info, apply, boost: required.includes(name) ? 1 : 0 });
    }
  }
  return [...found.values()];
}

/** What a value begins as: an object with the fields that it must have, a list, a text. */
function template(reader: Reader, shapes: Shape[], depth = 0): string {
  const shape = shapes.find((one) => !typesOf(one).includes('null')) ?? shapes[0];
  const type = shape ? typesOf(shape)[0] : undefined;
  if (type === 'array') return '[${}]';
  if (type === 'object') {
    if (shapes.length > 1 || depth > 1) return '{ ${} }';
    const fields = (shape?.required ?? []).map(
      (name) => `${JSON.stringify(name)}: ${template(reader, reader.shapes(shape?.properties?.[name] ?? {}), depth + 1)}`,
    );
    return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{ ${} }';
  }
  if (type === 'string') return '"${}"';
  return '${}';
}

function values(reader: Reader, path: Step[], names: Names): Completion[] {
  const found: Completion[] = [];
  for (const shape of reader.at(path)) {
    const info = first(shape.words);
    const choices = shape.const !== undefined ? [shape.const] : (shape.enum ?? []);
    const given = shape.default !== undefined && typeof shape.default !== 'object' ? [shape.default] : [];
    const truths = typesOf(shape).includes('boolean') ? [true, false] : [];
    for (const choice of [...choices, ...given, ...truths]) {
      found.push({ label: JSON.stringify(choice), type: 'constant', info });
    }
    if (typesOf(shape)[0] === 'object' && choices.length === 0) {
      const text = template(reader, [shape]);
      found.push({ label: text.replaceAll('${}', '…'), type: 'class', info, apply: snippet(text) });
    }
  }
  const field = path.findLast((step) => typeof step === 'string');
  for (const name of typeof field === 'string' ? names(field) : []) {
    found.push({ label: JSON.stringify(name), type: 'variable', boost: 2 });
  }
  const labels = new Set<string>();
  return found.filter(({ label }) => !labels.has(label) && labels.add(label));
}

/** Tells what a name means when the pointer rests on it. */
export function helping(reader: Reader): Extension {
  return hoverTooltip(({ state }, pos) => {
    const node = syntaxTree(state).resolveInner(pos);
    if (node.name !== 'PropertyName' || !node.parent) return null;
    const path = pathOf(state, node.parent);
    const name = String(path.at(-1));
    const own = reader.at(path.slice(0, -1)).flatMap(({ properties = {} }) => properties[name] ?? []);
    const words = [...new Set(own.flatMap((schema) => reader.shapes(schema)[0]?.words ?? []))];
    if (words.length === 0) return null;
    return { pos: node.from, end: node.to, create: () => ({ dom: paragraphs(words) }) };
  });
}

function paragraphs(words: string[]): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'help';
  for (const word of words.flatMap((text) => text.split('\n\n'))) {
    dom.append(Object.assign(document.createElement('p'), { textContent: word }));
  }
  return dom;
}
