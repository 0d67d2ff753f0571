//! What time has done to a member and nobody has written yet: holds end, lots end, balances decay, deficits are made
//! up for, birthdays come round, coupons end and are issued, tiers are reviewed.
//!
//! What is due is worked out one instant after the other, each on what the earlier ones left, so that it does not
//! matter how often it is written.

use std::borrow::Cow;

use crate::error::{ApplyError, Code, InputError};
use crate::ledger::{Account, Draw, Lot, draw_from};
use crate::model::{Change, Member, Overdue};
use crate::program::Compiled;
use crate::rule::Wallet;
use crate::value::{Day, Id, Instant, Overflow, Points};

use super::yearly::{self, Since};
use super::{coupons, history, tier};

/// A member as of an instant, with the changes that led there.
#[derive(Debug)]
pub(super) struct Current<'a> {
    pub(super) member: Cow<'a, Member>,
    pub(super) due: Vec<Overdue>,
}

/// What happens next, in the order in which it does at one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Release,
    Expiry,
    Decay,
    Review,
    Yearly,
    Coupons,
    Absorption,
}

/// When something is due, and what.
type Next = (Instant, Kind, Vec<Change>);

/// Up to where everything that has its day on the calendar was looked at; nothing where that is not known.
type Settled = Option<(Instant, Kind)>;

/// The member as of that instant. `field` is where the caller gave the instant.
///
/// # Errors
/// An [`InputError`] where the instant lies before the member's latest event, or a lot does not hold what it says.
pub(super) fn current<'a>(
    program: &Compiled,
    member: &'a Member,
    until: Instant,
    field: &str,
) -> Result<Current<'a>, InputError> {
    not_before(member, until, field)?;
    if let Some(ahead) = member.operations.iter().find(|known| known.version > member.version) {
        let message = format!("operation `{}` made version {}, beyond the member's", ahead.id, ahead.version);
        return Err(InputError::new(Code::Contradiction, "member.operations", message));
    }
    history::check(program, member)?;
    let mut current = Current { member: Cow::Borrowed(member), due: Vec::new() };
    let mut settled: Settled = yearly::since(program, member).map(|at| (at, Kind::Absorption));
    while let Some((at, kind, changes)) = next(program, &current.member, until, settled)? {
        // What was refused before does not come back, and what is due at this very instant can still come.
        settled = settled.max(Some((at, kind)));
        let member = current.member.to_mut();
        member.at = Some(at);
        for change in changes {
            member.change(&change, at).map_err(misfit)?;
            current.due.push(Overdue { at, change });
        }
    }
    Ok(current)
}

/// Nothing can be asked of a member as of an instant before his latest event.
pub(super) fn not_before(member: &Member, instant: Instant, field: &str) -> Result<(), InputError> {
    let Some(latest) = member.at.filter(|latest| instant < *latest) else { return Ok(()) };
    let message = format!("lies before {latest}, when the member's latest event took effect");
    Err(InputError::new(Code::TimeRunsBackwards, field, message))
}

/// A member whose lots do not hold what they say cannot be worked with.
pub(super) fn misfit(error: ApplyError) -> InputError {
    InputError::new(error.code(), "member", error.to_string())
}

/// What is due first until that instant.
fn next(
    program: &Compiled,
    member: &Member,
    until: Instant,
    settled: Settled,
) -> Result<Option<Next>, InputError> {
    let today = program.zone().day(until);
    let mut next: Option<Next> = None;
    let mut offer = |found: Option<Next>| {
        let Some(mut found) = found.filter(|(at, ..)| *at <= until) else { return };
        // A rule that is new may have been due before the latest event: it takes effect with it at the earliest.
        found.0 = member.at.map_or(found.0, |latest| latest.max(found.0));
        if next.as_ref().is_none_or(|(at, kind, _)| (found.0, found.1) < (*at, *kind)) {
            next = Some(found);
        }
    };
    for (id, account) in &member.wallets {
        offer(release(id, account, until));
        let wallet = program.wallet(Some(id));
        offer(expiry(program, id, wallet, account, today));
        if let Some(wallet) = wallet.filter(|wallet| wallet.decay.is_some()) {
            offer(decay(program, wallet, account, today, settled)?);
        }
        if !account.deficit().is_zero() {
            offer(absorption(program, id, account, today));
        }
    }
    if !member.coupons.is_empty() {
        offer(coupons::release(member, until).map(|(at, changes)| (at, Kind::Release, changes)));
        offer(coupons::expiry(program, member, today).map(|(at, changes)| (at, Kind::Expiry, changes)));
    }
    let since = |done: Kind| settled.map(|(at, kind)| Since { at, done: kind >= done });
    let yearly = yearly::next(program, member, since(Kind::Yearly), until)?;
    offer(yearly.map(|(at, changes)| (at, Kind::Yearly, changes)));
    let issued = coupons::due(program, member, since(Kind::Coupons), until)?;
    offer(issued.map(|(at, changes)| (at, Kind::Coupons, changes)));
    let reviewed = tier::next_review(program, member, since(Kind::Review), today)?;
    offer(reviewed.map(|(at, changes)| (at, Kind::Review, changes)));
    if let Some((at, Kind::Review, changes)) = &mut next {
        changes.extend(follows(program, member, changes, *at)?);
    }
    Ok(next)
}

/// What follows from the changes of a review.
fn follows(
    program: &Compiled,
    member: &Member,
    changes: &[Change],
    at: Instant,
) -> Result<Vec<Change>, InputError> {
    if !program.measured.has_effects {
        return Ok(Vec::new());
    }
    let mut after = member.clone();
    changes.iter().try_for_each(|change| after.change(change, at)).map_err(misfit)?;
    let day: Option<Id> = program.zone().day(at).to_string().parse().ok();
    // The day names what is granted, and not who looked first.
    let name = |of: &Id| day.as_ref().map(|day| day.part(of));
    tier::effects(program, &after, changes.iter(), at, name)
}

/// The hold that ends first.
fn release(wallet: &Id, account: &Account, until: Instant) -> Option<Next> {
    let ending = account.holds().iter().filter(|hold| hold.until.is_some_and(|end| end <= until));
    let hold = ending.min_by_key(|hold| (hold.until, &hold.id))?;
    let points = Draw::sum(&hold.lots).ok()?;
    let change = Change::HoldReleased { wallet: wallet.clone(), hold: hold.id.clone(), points };
    Some((hold.until?, Kind::Release, vec![change]))
}

/// The lots that end first, without what holds keep of them.
fn expiry(
    program: &Compiled,
    id: &Id,
    wallet: Option<&Wallet>,
    account: &Account,
    today: Day,
) -> Option<Next> {
    let mut ended = account.ended(today).iter().filter(|lot| lot.free() > Points::ZERO).peekable();
    let last = ended.peek()?.last_day()?;
    let within = wallet.and_then(|wallet| wallet.reinstatement).map(|rule| rule.within);
    let keep_until = within.and_then(|within| within.after(last));
    let change = |lot: &Lot| Change::PointsExpired {
        wallet: id.clone(),
        lot: lot.id.clone(),
        points: lot.free(),
        expired_on: last,
        keep_until,
    };
    let changes = ended.take_while(|lot| lot.last_day() == Some(last)).map(change).collect();
    Some((program.zone().start_of(last.next()?), Kind::Expiry, changes))
}

/// The next loss of an inactive member: points that came in later than a day of loss lose nothing by it.
fn decay(
    program: &Compiled,
    wallet: &Wallet,
    account: &Account,
    today: Day,
    settled: Settled,
) -> Result<Option<Next>, Overflow> {
    let (Some(rule), Some(active)) = (wallet.decay, account.active_at()) else { return Ok(None) };
    let active = program.zone().day(active);
    let mut next = rule.next(active, account.decayed_on());
    let mut more_on = None;
    while let Some(day) = next.filter(|day| *day <= today) {
        next = rule.every.after(day);
        let start = program.zone().start_of(day);
        if Some((start, Kind::Decay)) <= settled || Some(day) < more_on {
            continue;
        }
        let usable = account.usable(day);
        let share = wallet.rounding.share(usable, rule.percent, wallet.digits)?;
        let points = share.max(rule.at_least.unwrap_or(Points::ZERO)).min(usable);
        if !points.is_zero() {
            let lots = account.plan(points, day, wallet.burn_order);
            let change = Change::PointsDecayed { wallet: wallet.id.clone(), points, lots, on: day };
            return Ok(Some((start, Kind::Decay, vec![change])));
        }
        // There is nothing to lose on that day; later there is only where more becomes usable by itself.
        more_on = account.lots().iter().filter_map(|lot| lot.usable_from).filter(|first| *first > day).min();
        if more_on.is_none() {
            return Ok(None);
        }
    }
    Ok(None)
}

/// The first instant at which there are points to make up for a deficit.
fn absorption(program: &Compiled, id: &Id, account: &Account, today: Day) -> Option<Next> {
    let usable = |lot: &&Lot| {
        lot.awaits.is_none()
            && lot.usable_from.is_none_or(|first| first <= today)
            && lot.free() > Points::ZERO
    };
    let since = |lot: &Lot| {
        lot.usable_from.map_or(lot.earned_at, |day| program.zone().start_of(day).max(lot.earned_at))
    };
    let first = account.lots().iter().filter(usable).map(since).min()?;
    let lots = account.lots().iter().filter(usable).filter(|lot| since(lot) == first);
    let draws = draw_from(lots, account.deficit(), Lot::free);
    let points = Draw::sum(&draws).ok()?;
    let change = Change::DeficitAbsorbed { wallet: id.clone(), points, lots: draws };
    Some((first, Kind::Absorption, vec![change]))
}
