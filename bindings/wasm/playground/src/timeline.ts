// What happens to the member along the timeline: what was booked, and what the passing of time does.

import type { Event, Lang, Member } from 'dangol';

import { addDays, addMonths, civil, instant } from './calendar';
import type { Answer } from './evaluate';

/** What a mark is about; each has a row of its own. */
export type Kind = 'order' | 'points' | 'coupon' | 'tier' | 'notice';

/** Something on a day of the timeline. */
export interface Mark {
  day: string;
  kind: Kind;
  /** Whether something is gained, lost, or only told. */
  tone: 'gain' | 'loss' | 'plain';
  text: string;
}

/** A balance from a day on. */
export interface Step {
  day: string;
  points: number;
}

/** The balance of a wallet along the timeline. */
export interface Curve {
  wallet: string;
  steps: Step[];
}

/** A tier from a day on. */
export interface Stay {
  ladder: string;
  tier: string | undefined;
  from: string;
}

/** Everything that the timeline shows. */
export interface Timeline {
  from: string;
  until: string;
  marks: Mark[];
  curves: Curve[];
  stays: Stay[];
}

const KINDS: Partial<Record<Event['type'], [Kind, Mark['tone']]>> = {
  points_expired: ['points', 'loss'],
  points_decayed: ['points', 'loss'],
  points_vested: ['points', 'gain'],
  points_earned: ['points', 'gain'],
  points_granted: ['points', 'gain'],
  points_spent: ['points', 'loss'],
  points_reinstated: ['points', 'gain'],
  coupon_issued: ['coupon', 'gain'],
  coupon_expired: ['coupon', 'loss'],
  tier_reviewed: ['tier', 'plain'],
  order_placed: ['order', 'plain'],
};

/** The words of a notice, which has no sentence of its own. */
export type TellNotice = (points: string, wallet: string, last: string) => string;

/** The timeline of an answer, from a day on for so many months. */
export function timeline(answer: Answer, from: string, months: number, lang: Lang, tell: TellNotice): Timeline {
  const { program, member, zone } = answer;
  const until = addMonths(from, months);
  const past = answer.booked.flatMap(({ events }) => events);
  const { events: future } = program.advance(member, later(member, instant(until, '00:00', zone)));
  const events = [...past, ...future];
  const { sentences } = program.describe(events, lang);
  const marks = events.flatMap((event, index) => mark(event, sentences[index] ?? event.type, zone));
  for (const { due_on, points, wallet, expires_on } of program.notices(member, from, until).notices) {
    marks.push({ day: due_on, kind: 'notice', tone: 'plain', text: tell(points, wallet, expires_on) });
  }
  const shown = marks.filter(({ day }) => day >= from && day <= until).sort((one, other) => (one.day < other.day ? -1 : 1));
  return { from, until, marks: shown, curves: curves(answer, from, until, shown), stays: stays(answer, from, until, events) };
}

/** The later of the two: nothing can be asked about the time before the member's latest event. */
function later(member: Member, at: string): string {
  const latest = member.at === undefined || member.at === null ? undefined : String(member.at);
  return latest !== undefined && Date.parse(latest) > Date.parse(at) ? latest : at;
}

function mark(event: Event, text: string, zone: string): Mark[] {
  const { day } = civil(event.at, zone);
  if (event.type === 'tier_changed') return [{ day, kind: 'tier', tone: event.because === 'fell' ? 'loss' : 'gain', text }];
  const known = KINDS[event.type];
  return known ? [{ day, kind: known[0], tone: known[1], text }] : [];
}

/** The member as of the beginning of a day: after the sales before it. */
function memberAt(answer: Answer, at: string): Member {
  const before = answer.booked.filter(({ now }) => Date.parse(now) <= Date.parse(at));
  return before.at(-1)?.member ?? answer.given;
}

/** The days on which something may change, at most so many. */
const DAYS = 60;

function curves(answer: Answer, from: string, until: string, marks: Mark[]): Curve[] {
  const changing = marks.filter(({ kind }) => kind === 'points' || kind === 'order').map(({ day }) => day);
  const days = [...new Set([from, ...changing, until])].slice(0, DAYS);
  const found = new Map<string, Step[]>();
  for (const day of days) {
    // the end of the day, so that what happened on it is in
    const at = instant(addDays(day, 1), '00:00', answer.zone);
    const member = memberAt(answer, at);
    for (const { wallet, balance } of answer.program.balance(member, later(member, at)).balances) {
      const steps = found.get(wallet) ?? [];
      steps.push({ day, points: Number(balance) });
      found.set(wallet, steps);
    }
  }
  return [...found].map(([wallet, steps]) => ({ wallet, steps }));
}

function stays(answer: Answer, from: string, until: string, events: Event[]): Stay[] {
  const at = instant(from, '00:00', answer.zone);
  const member = memberAt(answer, at);
  const found: Stay[] = answer.program
    .tiers(member, later(member, at))
    .tiers.map(({ ladder, tier }) => ({ ladder, tier, from }));
  for (const event of events) {
    if (event.type !== 'tier_changed') continue;
    const { day } = civil(event.at, answer.zone);
    if (day > from && day <= until) found.push({ ladder: event.ladder, tier: event.to, from: day });
  }
  return found;
}
