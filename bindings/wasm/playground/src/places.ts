// Where in a JSON text a path of the engine stands: `offers[2].when` to the signs that are meant.

import { ensureSyntaxTree, syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import type { SyntaxNode } from '@lezer/common';
import type { Problem } from 'dangol';

/** A problem and the signs of the text that it is about. */
export interface Placed extends Problem {
  from: number;
  to: number;
}

/** A name or number on the way to a value. */
export type Step = string | number;

const NAMED = new Set(['unknown_field', 'duplicate_field', 'unknown_word']);
const SAID = /^line (\d+), column (\d+): /;

/** The problems at their places, in the order of the text. */
export function place(state: EditorState, problems: readonly Problem[]): Placed[] {
  const tree = ensureSyntaxTree(state, state.doc.length, 50) ?? syntaxTree(state);
  const root = tree.topNode.firstChild;
  const placed = problems.map((problem) => {
    const said = problem.path === '' ? SAID.exec(problem.message) : null;
    if (said) return { ...problem, ...spot(state, said), message: problem.message.slice(said[0].length) };
    const span = root ? find(state, root, problem) : { from: 0, to: 0 };
    return { ...problem, ...span };
  });
  return placed.sort((one, other) => one.from - other.from);
}

/** The place of `line 3, column 14`, of which the column counts bytes. */
function spot(state: EditorState, [, line = '1', column = '1']: RegExpExecArray): { from: number; to: number } {
  const { from, to, text } = state.doc.line(Math.min(Math.max(Number(line), 1), state.doc.lines));
  const bytes = new TextEncoder().encode(text).slice(0, Math.max(Number(column) - 1, 0));
  const start = Math.min(from + new TextDecoder().decode(bytes).length, to);
  return { from: start, to: Math.min(start + 1, state.doc.length) };
}

function find(state: EditorState, root: SyntaxNode, problem: Problem): { from: number; to: number } {
  const { node, whole } = walk(state, root, problem.path);
  const word = NAMED.has(problem.code) ? /`([^`]*)`/.exec(problem.message)?.[1] : undefined;
  if (word !== undefined && whole) {
    const below = fields(state, node).find(({ name }) => name === word)?.property;
    const own = problem.path.endsWith(word) && node.parent?.name === 'Property' ? node.parent : undefined;
    const named = (below ?? own)?.getChild('PropertyName');
    if (named) return { from: named.from, to: named.to };
  }
  // of an object or a list the sign with which it begins
  const long = node.name === 'Object' || node.name === 'Array';
  return { from: node.from, to: long ? node.from + 1 : node.to };
}

/** The value at a path, or the nearest one above it. */
function walk(state: EditorState, node: SyntaxNode, path: string): { node: SyntaxNode; whole: boolean } {
  if (path === '') return { node, whole: true };
  const next = path.startsWith('[') ? item(node, path) : field(state, node, path.replace(/^\./, ''));
  return next ? walk(state, next.node, next.rest) : { node, whole: false };
}

/** The field that the path begins with. A name may hold points itself, so the longest one wins. */
function field(state: EditorState, node: SyntaxNode, path: string) {
  const starts = fields(state, node).flatMap(({ name, value }) => {
    const rest = path.startsWith(name) ? path.slice(name.length) : undefined;
    return value && rest !== undefined && /^($|[.[])/.test(rest) ? [{ node: value, rest }] : [];
  });
  return starts.sort((one, other) => one.rest.length - other.rest.length)[0];
}

function item(node: SyntaxNode, path: string) {
  const [start = '', number] = /^\[(\d+)\]/.exec(path) ?? [];
  const found = number === undefined ? undefined : values(node)[Number(number)];
  return found && { node: found, rest: path.slice(start.length) };
}

/** The values of a list, without its brackets and commas. */
function values(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  if (node.name !== 'Array') return found;
  for (let at = node.firstChild; at; at = at.nextSibling) if (/^[A-Z]/.test(at.name)) found.push(at);
  return found;
}

/** The fields of an object; a value may be missing while somebody is typing. */
export function fields(state: EditorState, node: SyntaxNode) {
  if (node.name !== 'Object') return [];
  return node.getChildren('Property').map((property) => {
    const key = property.getChild('PropertyName');
    const last = property.lastChild;
    const value = last && last.name !== 'PropertyName' && last.name !== ':' && !last.type.isError ? last : undefined;
    return { property, value, name: key ? nameOf(state, key) : '' };
  });
}

/** The text of a name or a string. */
export function nameOf(state: EditorState, node: SyntaxNode): string {
  const text = state.sliceDoc(node.from, node.to);
  try {
    return String(JSON.parse(text));
  } catch {
    return text.replaceAll('"', ''); // still being typed
  }
}

/** The path of a value or of a property, as steps. */
export function pathOf(state: EditorState, node: SyntaxNode): Step[] {
  const steps: Step[] = [];
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    if (at.name === 'Property') {
      const key = at.getChild('PropertyName');
      steps.unshift(key ? nameOf(state, key) : '');
    } else if (at.parent?.name === 'Array') {
      const within = at;
      steps.unshift(values(at.parent).findIndex(({ from }) => from === within.from));
    }
  }
  return steps;
}
