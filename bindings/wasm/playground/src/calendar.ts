// Civil days and times in the program's zone, and the instants that they are. Days are texts such as "2026-05-01".

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const atMidnight = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** The day that lies so many days later, or earlier. */
export function addDays(day: string, days: number): string {
  return new Date(atMidnight(day) + days * DAY).toISOString().slice(0, 10);
}

/** How many days lie between them. */
export function daysBetween(from: string, until: string): number {
  return Math.round((atMidnight(until) - atMidnight(from)) / DAY);
}

/** The same day so many months later, or the last one of that month. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  last.setUTCDate(Math.min(date, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}

const clocks = new Map<string, Intl.DateTimeFormat | undefined>();

/** The clock of a zone; of UTC where the browser does not know it. */
function clock(zone: string): Intl.DateTimeFormat | undefined {
  if (!clocks.has(zone)) {
    const options = { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
    let found: Intl.DateTimeFormat | undefined;
    try {
      found = new Intl.DateTimeFormat('en-CA', options);
    } catch {
      // not a zone of this browser: the engine says whether it is one at all
    }
    clocks.set(zone, found);
  }
  return clocks.get(zone);
}

/** The minutes that the zone is ahead of UTC at an instant. */
function offset(at: number, zone: string): number {
  const fixed = /^([+-])(\d\d):(\d\d)$/.exec(zone);
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3]));
  const parts = clock(zone)?.formatToParts(at);
  if (!parts) return 0;
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return Math.round((local - Math.floor(at / MINUTE) * MINUTE) / MINUTE);
}

/** The instant of a civil day and time in a zone, as RFC 3339 text with the zone's offset. */
export function instant(day: string, time: string, zone: string): string {
  const local = Date.parse(`${day}T${time}:00Z`);
  // The first guess may lie on the other side of a change of the clocks; the second does not.
  const guess = offset(local - offset(local, zone) * MINUTE, zone);
  const ahead = offset(local - guess * MINUTE, zone);
  const two = (number: number) => String(number).padStart(2, '0');
  const sign = ahead < 0 ? '-' : '+';
  return `${day}T${time}:00${sign}${two(Math.floor(Math.abs(ahead) / 60))}:${two(Math.abs(ahead) % 60)}`;
}

/** The civil day and time of an instant in a zone. */
export function civil(at: string, zone: string): { day: string; time: string } {
  const utc = Date.parse(at);
  const local = new Date(utc + offset(utc, zone) * MINUTE).toISOString();
  return { day: local.slice(0, 10), time: local.slice(11, 16) };
}
