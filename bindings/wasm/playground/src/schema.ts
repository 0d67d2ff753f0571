// A small reading of the program's JSON Schema: which schema stands at a place, and what a value breaks of it. It knows
// the words that the generated schema uses. The engine decides; this says something before it is there, and completes.

import type { Problem } from 'dangol';

import type { Words } from './words';

/** The part of JSON Schema that the program's schema is written in. */
export interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  description?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  pattern?: string;
  minimum?: number;
}

/** A schema without references and choices; the description is that of the nearest word about it. */
export interface Shape extends Schema {
  words: string[];
}

/** Reads one schema document. */
export class Reader {
  constructor(readonly root: Schema) {}

  /** The shapes that a schema allows: references followed, choices spread out. */
  shapes(schema: Schema, words: string[] = []): Shape[] {
    const told = schema.description ? [...words, schema.description] : words;
    const { $ref, anyOf, oneOf, ...own } = schema;
    if ($ref !== undefined) return this.shapes(this.root.$defs?.[$ref.replace('#/$defs/', '')] ?? {}, told);
    const choices = anyOf ?? oneOf;
    if (choices) return choices.flatMap((choice) => this.shapes(choice, told));
    return [{ ...own, words: told }];
  }

  /** The shapes at a path of names and numbers below the root, for what stands there or might. */
  at(path: readonly (string | number)[]): Shape[] {
    let shapes = this.shapes(this.root);
    for (const step of path) shapes = shapes.flatMap((shape) => this.below(shape, step));
    return shapes;
  }

  private below({ items, properties, additionalProperties }: Shape, step: string | number): Shape[] {
    if (typeof step === 'number') return items ? this.shapes(items) : [];
    const named = properties && Object.hasOwn(properties, step) ? properties[step] : undefined;
    if (named) return this.shapes(named);
    return typeof additionalProperties === 'object' ? this.shapes(additionalProperties) : [];
  }

  /** What a value breaks, with paths as the engine writes them. */
  check(value: unknown, say: Words, schema: Schema = this.root, path = ''): Problem[] {
    const shapes = this.shapes(schema);
    const typed = shapes.filter((shape) => hasType(shape, value));
    if (typed.length === 0) {
      const types = [...new Set(shapes.flatMap(typesOf))].filter((type) => type !== 'null');
      return [{ code: 'wrong_type', path, message: say.typed(types.join(' / ')) }];
    }
    if (isObject(value)) return this.checkObject(value, typed, say, path);
    if (Array.isArray(value)) {
      const items = typed[0]?.items;
      return items ? value.flatMap((item, index) => this.check(item, say, items, `${path}[${index}]`)) : [];
    }
    return plain(value, typed, say, path);
  }

  private checkObject(value: Record<string, unknown>, shapes: Shape[], say: Words, path: string): Problem[] {
    const below = (name: string) => (path === '' ? name : `${path}.${name}`);
    // of objects that differ by their word, the one whose word is there; else what is known of all together
    const said = shapes.find(({ required = [] }) => required.length > 0 && required.every((name) => name in value));
    const shape = said ?? (shapes.length === 1 ? shapes[0] : undefined);
    const known = Object.assign({}, ...(shape ? [shape] : shapes).map(({ properties }) => properties));
    const found: Problem[] = [];
    for (const [name, field] of Object.entries(value)) {
      const rest = shape?.additionalProperties;
      const schema = Object.hasOwn(known, name) ? known[name] : typeof rest === 'object' ? rest : undefined;
      if (schema) found.push(...this.check(field, say, schema, below(name)));
      else if (shape?.additionalProperties !== true && Object.keys(known).length > 0) {
        found.push({ code: 'unknown_field', path: below(name), message: say.unknown(name, nearest(name, Object.keys(known))) });
      }
    }
    for (const name of shape?.required ?? []) {
      if (!(name in value)) found.push({ code: 'missing_field', path: below(name), message: say.missing(name) });
    }
    return found;
  }
}

function plain(value: unknown, shapes: Shape[], say: Words, path: string): Problem[] {
  const choices = shapes.flatMap((shape) => (shape.const !== undefined ? [shape.const] : (shape.enum ?? [])));
  const open = shapes.filter((shape) => shape.const === undefined && shape.enum === undefined);
  if (open.length === 0 && !choices.includes(value)) {
    const words = choices.map((choice) => `\`${String(choice)}\``).join(', ');
    return [{ code: 'unknown_word', path, message: say.oneOf(words) }];
  }
  if (choices.includes(value) || open.length === 0) return [];
  const fits = open.some(({ pattern }) => pattern === undefined || typeof value !== 'string' || new RegExp(pattern, 'u').test(value));
  if (!fits) return [{ code: 'invalid_value', path, message: say.shape }];
  const least = Math.min(...open.map(({ minimum }) => minimum ?? -Infinity));
  return typeof value === 'number' && value < least ? [{ code: 'out_of_range', path, message: say.least(least) }] : [];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The types that a shape allows; none where it allows any. */
export function typesOf({ type, ...rest }: Schema): string[] {
  if (type !== undefined) return typeof type === 'string' ? [type] : type;
  return rest.const !== undefined ? [typeof rest.const] : [];
}

function hasType(shape: Shape, value: unknown): boolean {
  const types = typesOf(shape);
  if (types.length === 0) return true;
  if (value === null) return types.includes('null');
  if (Array.isArray(value)) return types.includes('array');
  if (Number.isInteger(value)) return types.includes('integer') || types.includes('number');
  return types.includes(typeof value);
}

/** The known word that is at most two slips away. */
function nearest(word: string, known: string[]): string | undefined {
  const slips = known.map((one) => ({ one, slips: distance(word, one) })).sort((a, b) => a.slips - b.slips)[0];
  return slips && slips.slips <= 2 && slips.slips < word.length ? slips.one : undefined;
}

/** How many letters must be put in, left out or changed. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, sign] of [...one].entries()) {
    const next = [index + 1];
    for (const [at, with_] of [...other].entries()) {
      next.push(Math.min((row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1, (row[at] ?? 0) + (sign === with_ ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** The engine's problems, and those of the schema about places of which the engine says nothing. */
export function together(engine: readonly Problem[], schema: readonly Problem[]): Problem[] {
  const near = (one: string, other: string) => one.startsWith(other) || other.startsWith(one);
  const more = schema.filter(({ path }) => !engine.some((said) => near(said.path, path)));
  return [...engine, ...more];
}
