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
  const opening = given?.member ?? { id: 'm1' };
  const later = (other) => load(other, programs, dangol.Program);
  const run = { program, later, opening, member: opening, events: [], orders: new Map(), tills: new Map() };
  for (const [index, step] of (steps ?? []).entries()) {
    const differences = compare(step.then, outcome(dangol, () => runStep(run, step.when)));
    if (differences.length > 0) yield ` > step ${index + 1}${differences.join('')}`;
  }
}

/** The result of a step; its events are folded into the run's member. */
function runStep(run, when) {
  if (when.raw) return JSON.parse(run.program.call(when.raw.verb, textOf(when.raw.text)));
  if (when.till) return atTill(run, when);
  const result = ask(run, when);
  for (const order of [result.order, result.exchanged]) if (order) run.orders.set(order.id, order);
  const own = (result.events ?? []).filter(({ member }) => member === run.member.id);
  run.member = run.program.apply(run.member, own);
  run.events.push(...own);
  return { ...result, member: run.member };
}

/** A till knows nothing of what others did with the member; what it does is kept, to be merged. */
function atTill(run, { till: name, ...when }) {
  const till = run.tills.get(name) ?? { ...run, member: run.opening, events: [], done: [] };
  run.tills.set(name, till);
  const { act, refund, now, operation } = when;
  const order = run.orders.get(refund?.order);
  const result = runStep(till, when);
  if (act) till.done.push({ action: { action: act, now, operation } });
  else if (refund) till.done.push({ refund: { order, returned: refund.returned, now, operation } });
  else till.done.push({ order: result.order });
  return result;
}

function ask(run, when) {
  const { program, opening, member, events, orders } = run;
  const { quote, place, act, refund, exchange, merge, operation, advance, balance, tiers } = when;
  const { notices, statement, segments, cutoff, now } = when;
  const known = (order) => (typeof order === 'string' ? orders.get(order) : order);
  if (refund) {
    const by = refund.program === undefined ? program : run.later(refund.program);
    return by.refund(member, known(refund.order), refund.returned, now, operation, refund);
  }
  if (exchange) {
    const { order, returned, basket } = exchange;
    return program.exchange(member, known(order), returned, basket, now, operation, exchange);
  }
  if (merge) return program.merge(member, merge.tills.flatMap((till) => run.tills.get(till).done));
  if (act) return program.act(member, act, now, operation);
  if (advance) return program.advance(member, now);
  if (balance) return program.balance(member, now);
  if (tiers) return program.tiers(member, now, tiers.lang);
  if (notices) return program.notices(member, notices.from, notices.until);
  if (segments) return program.segments(member, now, segments);
  if (cutoff) return program.cutoff(cutoff.cut, cutoff.values, cutoff.counted);
  if (statement) return program.statement(opening, events, now);
  const quoted = program.quote(member, quote.basket, now);
  return place === undefined ? quoted : { ...quoted, ...program.place(quoted, place) };
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
