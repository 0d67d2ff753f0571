// A scenario as a conformance vector, in the format of the project's tests/README.md: what is on the screen becomes a
// test that every language runs, and `dangol test` with it.

import { type Lang, Program, type Problem, type Quote } from 'dangol';

import type { Base, Outcome } from './evaluate';
import { pretty } from './pretty';
import type { Scenario } from './scenario';

/** The text of a vector file: the sales and the quote as steps; of what is wrong, that it is refused. */
export function vectors(scenario: Scenario, { answer, base, problems }: Outcome, lang: Lang): string {
  const about = 'What the playground showed.';
  if (!base) {
    const all = problems.program.map(({ code, path }) => ({ code, path }));
    const then = { error: { ...all[0], problems: all } };
    return `${pretty({ about, cases: [{ name: 'the program is refused', program: { text: scenario.program }, then }] })}\n`;
  }
  const { now, booked } = base;
  const steps: object[] = booked.map(({ order, member, now: then }, index) => ({
    when: { quote: { basket: scenario.sales[index]?.basket }, now: then, place: order.id },
    then: { ...said(order.quote), member: { version: member.version } },
  }));
  const sale = scenario.sales[booked.length];
  if (sale) {
    const when = { quote: { basket: sale.basket }, now: sale.now, place: `o${booked.length + 1}` };
    steps.push({ when, then: refused(problems.sales[0], /^sales\[\d+\]\./) });
  } else if (answer) {
    steps.push({ when: { quote: { basket: scenario.basket }, now }, then: said(answer.quote) });
    steps.push({ when: { balance: {}, now }, then: answer.balances });
    steps.push({ when: { tiers: { lang }, now }, then: answer.standings });
  } else {
    steps.push({ when: { quote: { basket: scenario.basket }, now }, then: refused(problems.input[0]) });
  }
  const name = `a basket on ${scenario.day} at ${scenario.time}`;
  const cases = [{ name, given: { member: scenario.member }, steps }];
  return `${pretty({ about, program: programOf(scenario, base), cases })}\n`;
}

function refused(problem: Problem | undefined, without = /^/): object {
  return { error: { code: problem?.code, path: problem?.path.replace(without, '') } };
}

/** What a quote says, as far as somebody who reads the test wants to know. */
function said({ lines, gross, discount, net, due, paid_with_points, shipping, applied, accruals, earned, refused, optimal }: Quote) {
  return {
    lines: lines.map(({ sku, net: left }) => ({ sku, net: left })),
    gross,
    discount,
    net,
    paid_with_points,
    shipping,
    due,
    applied: applied.map(({ offer, discount: off }) => ({ offer, discount: off })),
    accruals: accruals.map(({ rule, points, expires_on }) => ({ rule, points, expires_on })),
    earned,
    refused: refused.map(({ what, id, reason }) => ({ what, id, reason: { code: reason.code } })),
    optimal,
  };
}

/** The program as an object; as text where the way through JavaScript's numbers would change it. */
function programOf(scenario: Scenario, { program, file }: Base): object {
  const same = Program.fromJson(JSON.stringify(file)).hash === program.hash;
  return same ? file : { text: scenario.program };
}
