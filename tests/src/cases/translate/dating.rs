//! When a case begins, and on which day points end that expire at an instant.

use dangol::{Day, Instant};

use super::Stop;
use crate::cases::dates;
use crate::cases::file::Setup;
use crate::cases::keys::Keys;

/// The instants of a case.
#[derive(Clone, Debug)]
pub(super) struct Times {
    /// The instant before which nothing of the case lies.
    pub(super) start: Instant,
    /// The case's own clock.
    pub(super) clock: Option<Instant>,
    /// Every instant at which something happens or is asked.
    moments: Vec<Instant>,
    /// Every instant at which points expire, with their last day.
    ends: Vec<(Instant, Day)>,
}

impl Times {
    /// Without a clock a case begins with the first date that it names, and before the first expiry: points that are
    /// credited count when they are credited.
    pub(super) fn read(setup: &Setup, steps: &[Keys]) -> Result<Times, Stop> {
        let clock = setup.clock.as_deref().map(dates::instant).transpose()?;
        let mut moments: Vec<Instant> = clock.into_iter().collect();
        let mut ends = Vec::new();
        let mut first = clock;
        let mut named = |instant: Instant| first = Some(first.map_or(instant, |first| first.min(instant)));
        for step in steps {
            let mut step = step.clone();
            for key in ["at", "from", "qualified_at", "upgraded_at", "until"] {
                let Some(text) = step.text(key)? else { continue };
                let instant = dates::instant(&text)?;
                moments.push(instant);
                // Days that are counted are counted from the first.
                if text.starts_with("day ") {
                    named(dates::instant("day 0")?);
                }
                if key != "until" {
                    named(instant);
                }
            }
            if let Some(text) = step.text("expires_at")? {
                let (end, last) = dates::last_day(&text)?;
                ends.push((end, last));
                named(dates::start(last).ok_or_else(|| Stop::unsupported("expires_at"))?);
            }
        }
        let start = first.map_or_else(dates::beginning, Ok)?;
        moments.push(start);
        Ok(Times { start, clock, moments, ends })
    }

    /// The day on which the case takes place, for words such as `yesterday`.
    pub(super) fn today(&self) -> Result<Day, Stop> {
        dates::day(self.clock.unwrap_or(self.start))
    }

    /// The last day on which points count that expire at an instant.
    ///
    /// The engine ends points with a day. An instant within a day is the same only where nothing happens between it
    /// and the end of that day, and where no other points end within that day.
    pub(super) fn last_day(&self, expires_at: &str) -> Result<Day, Stop> {
        let (end, last) = dates::last_day(expires_at)?;
        let over = last.next().and_then(dates::start).ok_or_else(|| Stop::unsupported("expires_at"))?;
        let between = |moment: &&Instant| end <= **moment && **moment < over;
        let beside = |other: &&(Instant, Day)| other.1 == last && other.0 != end;
        if self.moments.iter().find(between).is_some() || self.ends.iter().find(beside).is_some() {
            return Err(Stop::Unsupported(format!("expiry within a day (`{expires_at}`)")));
        }
        Ok(last)
    }
}
