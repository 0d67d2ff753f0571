//! Days and instants as cases write them.

use dangol::{Day, Instant, Period};

use super::Stop;

/// The name of a month as programs write it, counted from 0.
pub(super) fn month(number: usize) -> Option<String> {
    MONTHS.get(number).map(|month| month.to_lowercase())
}

/// The year that cases mean which name only a month, and the first day of those that count days.
const FIRST_DAY: &str = "2025-01-01";

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The instant that a text names: an instant, a day (its start), a month (its first day), or the number of a day.
pub(super) fn instant(text: &str) -> Result<Instant, Stop> {
    let wrong = || Stop::Unsupported(format!("the date `{text}`"));
    if let Ok(instant) = text.parse() {
        return Ok(instant);
    }
    if let Some(month) = MONTHS.iter().position(|month| *month == text) {
        let year = FIRST_DAY.split('-').next().unwrap_or_default();
        return instant(&format!("{year}-{:02}-01", month.saturating_add(1)));
    }
    let day: Day = match text.strip_prefix("day ") {
        Some(number) => {
            let first: Day = FIRST_DAY.parse().map_err(|_| wrong())?;
            number.parse().ok().and_then(|days| later(first, days)).ok_or_else(wrong)?
        }
        None => text.parse().map_err(|_| wrong())?,
    };
    start(day).ok_or_else(wrong)
}

/// The instant at which cases begin that name no date at all.
pub(super) fn beginning() -> Result<Instant, Stop> {
    instant(FIRST_DAY)
}

/// The civil day of an instant in UTC.
pub(super) fn day(instant: Instant) -> Result<Day, Stop> {
    let text = instant.to_string();
    let day = text.split('T').next().and_then(|day| day.parse().ok());
    day.ok_or_else(|| Stop::Unsupported(format!("the date `{text}`")))
}

/// The start of a day in UTC.
pub(super) fn start(day: Day) -> Option<Instant> {
    format!("{day}T00:00:00Z").parse().ok()
}

/// So many days later.
pub(super) fn later(day: Day, days: u32) -> Option<Day> {
    if days == 0 { Some(day) } else { period(days, "days")?.after(day) }
}

/// The day before.
pub(super) fn before(day: Day) -> Option<Day> {
    period(1, "days")?.before(day)
}

/// A period as programs write it.
pub(super) fn period(count: u32, unit: &str) -> Option<Period> {
    format!("{count} {unit}").parse().ok()
}

/// The instant at which points expire, and the day that is their last: the day before, where it is the start of a day.
pub(super) fn last_day(expires_at: &str) -> Result<(Instant, Day), Stop> {
    let end = instant(expires_at)?;
    let day = day(end)?;
    let last = if start(day) == Some(end) { before(day) } else { Some(day) };
    Ok((end, last.ok_or_else(|| Stop::Unsupported(format!("the date `{expires_at}`")))?))
}
