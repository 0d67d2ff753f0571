//! When a case begins.

use dangol::Instant;

use super::Stop;
use crate::cases::dates;
use crate::cases::file::Setup;
use crate::cases::keys::Keys;

/// The instant before which nothing of the case lies, and the case's own clock.
///
/// Without a clock a case begins with the first date that it names, and before the first expiry: points that are
/// credited count when they are credited.
pub(super) fn start(setup: &Setup, steps: &[Keys]) -> Result<(Instant, Option<Instant>), Stop> {
    let clock = setup.clock.as_deref().map(dates::instant).transpose()?;
    let mut first = clock;
    let mut named = |instant: Instant| first = Some(first.map_or(instant, |first| first.min(instant)));
    for step in steps {
        let mut step = step.clone();
        for key in ["at", "from"] {
            if let Some(text) = step.text(key)? {
                named(dates::instant(&text)?);
            }
        }
        if let Some(text) = step.text("expires_at")? {
            let last = dates::last_day(&text)?;
            named(dates::start(last).ok_or_else(|| Stop::unsupported("expires_at"))?);
        }
    }
    Ok((first.map_or_else(dates::beginning, Ok)?, clock))
}
