// What the engine makes of a scenario. Whatever is wrong with it becomes problems; nothing here throws for bad input.

import { type Balances, DangolError, type Event, type Explanation, type Lang, type MemberOut, type Order, Program, type Problem, type Quote, type TierStandings } from 'dangol';
import type { Member, ProgramFile } from 'dangol';

import { instant } from './calendar';
import type { Scenario } from './scenario';

/** An order that was booked on the way to the quote. */
export interface Booked {
  now: string;
  order: Order;
  events: Event[];
  /** The member after it. */
  member: MemberOut;
}

/** A program that loads, and what was booked with it before the quote. */
export interface Base {
  program: Program;
  /** The program as an object, for what forms offer. */
  file: ProgramFile;
  zone: string;
  now: string;
  /** The member before the first sale, and as of the quote. */
  given: Member;
  member: Member;
  booked: Booked[];
}

/** What a scenario comes to. */
export interface Answer extends Base {
  quote: Quote;
  /** The quote in sentences, and their language. */
  why: Explanation;
  lang: Lang;
  balances: Balances;
  standings: TierStandings;
}

/** Problems by where they are shown: in the program, in the member and basket, or in a sale before. */
export interface Problems {
  program: Problem[];
  input: Problem[];
  sales: Problem[];
}

/** An answer, or what stands in its way; `base` is as far as it came. */
export interface Outcome {
  answer?: Answer;
  base?: Base;
  problems: Problems;
}

/** The problems of what an engine's call threw; a defect of the engine or of this page is told like a problem. */
export function problemsOf(thrown: unknown): Problem[] {
  if (thrown instanceof DangolError) return thrown.problems;
  console.error(thrown);
  return [{ code: 'invalid_value', path: '', message: `the engine has failed: ${String(thrown)}` }];
}

const none = (): Problems => ({ program: [], input: [], sales: [] });

/** Loads programs, and keeps the last one: a moved slider or a changed basket does not read it again. */
export function loader(): (text: string) => { program: Program; file: ProgramFile } {
  let known: { text: string; program: Program; file: ProgramFile } | undefined;
  return (text) => {
    if (known?.text !== text) known = { text, program: Program.fromJson(text), file: JSON.parse(text) };
    return known;
  };
}

/** Evaluates a scenario with a `loader`. */
export function evaluate(load: ReturnType<typeof loader>, scenario: Scenario, lang: Lang): Outcome {
  let loaded: ReturnType<typeof load>;
  try {
    loaded = load(scenario.program);
  } catch (thrown) {
    return { problems: { ...none(), program: problemsOf(thrown) } };
  }
  const { program, file } = loaded;
  const zone = file.zone ?? 'UTC';
  const now = instant(scenario.day, scenario.time, zone);
  const base: Base = { program, file, zone, now, given: scenario.member, member: scenario.member, booked: [] };
  for (const [index, sale] of scenario.sales.entries()) {
    try {
      const booked = book(program, base.member, sale.basket, sale.now, `o${index + 1}`);
      base.booked.push(booked);
      base.member = booked.member;
    } catch (thrown) {
      const sales = problemsOf(thrown).map((problem) => ({ ...problem, path: `sales[${index}].${problem.path}` }));
      return { base, problems: { ...none(), sales } };
    }
  }
  try {
    const quote = program.quote(base.member, scenario.basket, now);
    const why = program.explain(quote, lang);
    const balances = program.balance(base.member, now);
    const standings = program.tiers(base.member, now, lang);
    return { base, answer: { ...base, quote, why, lang, balances, standings }, problems: none() };
  } catch (thrown) {
    return { base, problems: { ...none(), input: problemsOf(thrown) } };
  }
}

function book(program: Program, member: Member, basket: Scenario['basket'], now: string, id: string): Booked {
  const { order, events } = program.place(program.quote(member, basket, now), id);
  return { now, order, events, member: program.apply(member, events) };
}
