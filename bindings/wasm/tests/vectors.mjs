// Runs the conformance vectors (tests/README.md) through the package, in Node and in browsers alike:
// therefore it is given the files' contents and reads none itself.

/**
 * @param {{ vectors: Record<string, any>, programs: Record<string, string> }} suite contents by path
 * @param {typeof import('dangol')} dangol
 * @returns {{ cases: number, failures: string[] }}
 */
export function runVectors({ vectors, programs }, dangol) {
  const failures = [];
  let cases = 0;
  for (const [file, { program, cases: all }] of Object.entries(vectors)) {
    for (const one of all) {
      cases += 1;
      for (const failure of runCase({ program, ...one }, programs, dangol)) {
        failures.push(`${file} > ${one.name}${failure}`);
      }
    }
  }
  return { cases, failures };
}

function* runCase({ program: source, given, steps, then }, programs, dangol) {
  let program;
  const loaded = outcome(dangol, () => {
    program = load(source, programs, dangol.Program);
    return { loads: true };
  });
  const found = compare(then ?? {}, loaded);
  if (found.length > 0) yield `: loading${found.join('')}`;
  if (program === undefined) return;
  let member = given?.member ?? { id: 'm1' };
  for (const [index, step] of (steps ?? []).entries()) {
    const result = outcome(dangol, () => runStep(program, member, step.when));
    const differences = compare(step.then, result);
    if (differences.length > 0) yield ` > step ${index + 1}${differences.join('')}`;
    // a raw reply is not looked into: a quote's `member` is only an id
    if (!step.when.raw) member = result.member ?? member;
  }
}

function runStep(program, member, { quote, place, advance, raw, now }) {
  if (raw) return JSON.parse(program.call(raw.verb, textOf(raw.text)));
  if (advance) {
    const due = program.advance(member, now);
    return { ...due, member: program.apply(member, due.events) };
  }
  const quoted = program.quote(member, quote.basket, now);
  if (place === undefined) return { ...quoted, member };
  const placed = program.place(quoted, place);
  return { ...quoted, ...placed, member: program.apply(member, placed.events) };
}

function load(source, programs, Program) {
  const file = typeof source === 'string';
  const text = file ? programs[source] : 'text' in source ? textOf(source.text) : source;
  return (file ? source.endsWith('.toml') : source.format === 'toml') ? Program.fromToml(text) : Program.fromJson(text);
}

/** A text is written whole, or in pieces of which some repeat. */
function textOf(text) {
  if (typeof text === 'string') return text;
  return text.map((piece) => (typeof piece === 'string' ? piece : piece.repeat.repeat(piece.times))).join('');
}

/** A failure becomes a result with the one key `error`; whatever else goes wrong is told as it is. */
function outcome({ DangolError }, run) {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof DangolError)) return { error: { code: `not a DangolError but ${error}` } };
    const { code, path, message, problems } = error;
    return { error: { code, path, message, problems } };
  }
}

function compare(expected, actual) {
  if (actual.error && !expected.error) return [`\n    fails: ${JSON.stringify(actual.error)}`];
  return [...differences(expected, actual, '')];
}

/** Objects need only the expected keys, lists every item, the rest is equal. */
function* differences(expected, actual, path) {
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    for (const [index, item] of expected.entries()) yield* differences(item, actual[index], `${path}[${index}]`);
  } else if (isObject(expected) && isObject(actual)) {
    for (const key of Object.keys(expected)) yield* differences(expected[key], actual[key], `${path}.${key}`);
  } else if (expected !== actual) {
    yield `\n    ${path.slice(1)}\n      expected ${JSON.stringify(expected)}\n      got      ${JSON.stringify(actual)}`;
  }
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
