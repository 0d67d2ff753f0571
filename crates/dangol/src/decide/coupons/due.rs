//! What time does to coupons: holds end, coupons end, and some are issued on their day.

use std::collections::BTreeMap;

use crate::error::InputError;
use crate::model::{Change, HeldCoupon, Member};
use crate::program::Compiled;
use crate::rule::{CouponTerms, ExpiringTrigger, IssueTrigger, Occasion, Offer};
use crate::value::{Day, Id, Instant, Points};

use super::issue::fresh;
use crate::decide::tier;
use crate::decide::yearly::{self, Since};

/// The hold of a coupon that ends first.
pub(in crate::decide) fn release(member: &Member, until: Instant) -> Option<(Instant, Vec<Change>)> {
    let ends = |coupon: &HeldCoupon| coupon.hold.as_ref().and_then(|hold| hold.until);
    let ending = member.coupons.iter().filter(|coupon| ends(coupon).is_some_and(|end| end <= until));
    let coupon = ending.min_by_key(|coupon| (ends(coupon), &coupon.id))?;
    let hold = coupon.hold.as_ref()?.id.clone();
    let change = Change::CouponReleased { coupon: coupon.id.clone(), offer: coupon.offer.clone(), hold };
    Some((ends(coupon)?, vec![change]))
}

/// The coupons that end first; what is set aside ends when the hold does.
pub(in crate::decide) fn expiry(
    program: &Compiled,
    member: &Member,
    today: Day,
) -> Option<(Instant, Vec<Change>)> {
    let free = || member.coupons.iter().filter(|coupon| coupon.hold.is_none());
    let last = free().filter_map(|coupon| coupon.expires_on).filter(|last| *last < today).min()?;
    let change = |coupon: &HeldCoupon| Change::CouponExpired {
        coupon: coupon.id.clone(),
        offer: coupon.offer.clone(),
        expired_on: last,
    };
    let changes = free().filter(|coupon| coupon.expires_on == Some(last)).map(change).collect();
    Some((program.zone().start_of(last.next()?), changes))
}

/// The first instant after `since` and until that one at which time issues a coupon.
pub(in crate::decide) fn next(
    program: &Compiled,
    member: &Member,
    since: Option<Since>,
    until: Instant,
) -> Result<Option<(Instant, Vec<Change>)>, InputError> {
    let Some(since) = since.filter(|_| !program.issuing.by_time.is_empty() && !member.guest) else {
        return Ok(None);
    };
    let zone = program.zone();
    // The host may have noted by hand who joined; nothing that came after it was looked at yet.
    let joined = member.joined_on.map(|day| zone.start_of(day));
    if let Some(at) = joined.filter(|at| *at == since.at && *at <= until) {
        let changes = on_joining(program, member, at);
        if !changes.is_empty() {
            return Ok(Some((at, changes)));
        }
    }
    let today = zone.day(since.at);
    let offers = program.issuing.by_time.iter().filter_map(|index| program.offer(*index));
    let mut open = Vec::new();
    for offer in offers.filter(|offer| is_open(offer, member, today)) {
        open.push((offer, issued_once(program, member, offer)?));
    }
    if open.is_empty() {
        return Ok(None);
    }
    // Year by year, since nobody needs to know those that come after the first one.
    for year in today.year()..=zone.day(until).year() {
        let mut days: BTreeMap<Day, Vec<&Offer>> = BTreeMap::new();
        for (offer, once) in &open {
            let once = once.iter().copied().filter(|day| day.year() == year);
            let every = issued_every(program, member, offer, year)?;
            for day in once.chain(issued_yearly(program, member, offer, year)).chain(every) {
                let at = zone.start_of(day);
                if since.is_before(at) && at <= until {
                    days.entry(day).or_default().push(offer);
                }
            }
        }
        for (day, mut offers) in days {
            offers.dedup_by_key(|offer| &offer.id);
            let at = zone.start_of(day);
            let changes: Vec<Change> =
                offers.into_iter().filter_map(|offer| issued(member, offer, day, day, at)).collect();
            if !changes.is_empty() {
                return Ok(Some((at, changes)));
            }
        }
    }
    Ok(None)
}

/// What a birthday issues whose day of issue went by before the member joined, in the days before it or on the day itself.
pub(in crate::decide) fn on_joining(program: &Compiled, member: &Member, at: Instant) -> Vec<Change> {
    let Some(joined) = member.joined_on.filter(|_| !member.guest) else { return Vec::new() };
    let offers = program.issuing.by_time.iter().filter_map(|index| program.offer(*index));
    let missed = |offer: &Offer| issued(member, offer, missed(program, member, offer, joined)?, joined, at);
    offers.filter_map(missed).collect()
}

/// The latest day of issue of a birthday that is still to come, or that is that day.
fn missed(program: &Compiled, member: &Member, offer: &Offer, joined: Day) -> Option<Day> {
    let years = || [joined.year(), joined.year().saturating_add(1)].into_iter();
    let terms = offer.coupon.as_ref()?;
    let ahead = yearly_of(terms).flat_map(|occasion| {
        let falls_on = move |year| yearly::falls_on(program, member, occasion, year);
        years().filter_map(falls_on).filter(|on| joined <= *on)
    });
    let days = ahead.filter_map(|on| on.days_before(terms.days_before.unwrap_or(0)));
    days.filter(|day| *day <= joined).max()
}

/// What of that which comes round every year issues a coupon.
fn yearly_of(terms: &CouponTerms) -> impl Iterator<Item = &Occasion> {
    terms.issue.iter().filter_map(|trigger| match trigger {
        IssueTrigger::On(occasion) if occasion.is_yearly() => Some(occasion),
        _ => None,
    })
}

/// Whether the offer may still issue a coupon to the member on that day or later, as far as that can be told now.
fn is_open(offer: &Offer, member: &Member, today: Day) -> bool {
    let Some(terms) = &offer.coupon else { return false };
    let issued = member.issued.get(&offer.id).copied().unwrap_or(0);
    let reached = terms.limit.and_then(|limit| limit.per_member).is_some_and(|limit| issued >= limit);
    !reached
        && member.coupons.len() < Member::MAX_COUPONS
        && terms.issue_until.is_none_or(|last| today <= last)
}

/// The coupon of an offer that is issued on that day, named after the day on which everybody's is, unless it was before.
fn issued(member: &Member, offer: &Offer, named: Day, day: Day, at: Instant) -> Option<Change> {
    let id = named.to_string().parse::<Id>().ok()?.part(&offer.id);
    let known = member.coupons.iter().any(|coupon| coupon.id == id);
    if known || member.past_coupons.iter().any(|past| past.coupon.id == id) {
        return None;
    }
    let coupon = fresh(offer, member, day, 1, None).ok()?.held(id, at, None);
    Some(Change::CouponIssued { coupon, from: None })
}

/// The days of that year on which a birthday or anniversary issues a coupon of the offer.
fn issued_yearly<'a>(
    program: &'a Compiled,
    member: &'a Member,
    offer: &'a Offer,
    year: i32,
) -> impl Iterator<Item = Day> + 'a {
    let terms = offer.coupon.iter();
    terms.flat_map(move |terms| {
        let before = terms.days_before.unwrap_or(0);
        // One that is issued early may belong to a day of the next year.
        let days = move |occasion| {
            let years = [year, year.saturating_add(1)].into_iter();
            years.filter_map(move |on| yearly::falls_on(program, member, occasion, on)?.days_before(before))
        };
        yearly_of(terms).flat_map(days).filter(move |day| day.year() == year)
    })
}

/// The first days of months and the like of that year on which a coupon of the offer is issued to members who stand where
/// this one does.
fn issued_every(
    program: &Compiled,
    member: &Member,
    offer: &Offer,
    year: i32,
) -> Result<Vec<Day>, InputError> {
    let mut days = Vec::new();
    for trigger in offer.coupon.iter().flat_map(|terms| &terms.issue) {
        let IssueTrigger::Every(every) = trigger else { continue };
        let firsts = (1..=12).filter_map(|month| Day::first_of(year, month));
        for day in firsts.filter(|day| day.start_of(every.unit) == Some(*day)) {
            let has = |tier: &Id| tier::has(program, member, tier, day);
            if every.tier_at_least.as_ref().map_or(Ok(true), has)? {
                days.push(day);
            }
        }
    }
    Ok(days)
}

/// The other days on which time issues a coupon of that offer.
fn issued_once(program: &Compiled, member: &Member, offer: &Offer) -> Result<Vec<Day>, InputError> {
    let mut days = Vec::new();
    for trigger in offer.coupon.iter().flat_map(|terms| &terms.issue) {
        match trigger {
            IssueTrigger::Dormant(period) => {
                days.extend(member.last_order_on.and_then(|last| period.after(last)));
            }
            IssueTrigger::PointsExpiring(points) => days.extend(expiring(program, member, offer, points)?),
            _ => {}
        }
    }
    Ok(days)
}

/// The days that lie so long before the last day of points of which enough end until then.
fn expiring(
    program: &Compiled,
    member: &Member,
    offer: &Offer,
    trigger: &ExpiringTrigger,
) -> Result<Vec<Day>, InputError> {
    let account = program.wallet(trigger.wallet.as_ref()).and_then(|wallet| member.wallets.get(&wallet.id));
    let Some(account) = account.filter(|_| member.coupons.iter().all(|coupon| coupon.offer != offer.id))
    else {
        return Ok(Vec::new());
    };
    let mut days = Vec::new();
    let mut lasts: Vec<Day> = account.lots().iter().filter_map(|lot| lot.expires_on).collect();
    lasts.sort_unstable();
    lasts.dedup();
    for last in lasts {
        let Some(day) = trigger.within.before(last) else { continue };
        let ends = |end: Day| day <= end && end <= last;
        let ending =
            account.lots().iter().filter(|lot| lot.awaits.is_none() && lot.expires_on.is_some_and(ends));
        if Points::sum(ending.map(|lot| lot.free()))? >= trigger.at_least {
            days.push(day);
        }
    }
    Ok(days)
}

#[cfg(test)]
mod tests {
    use crate::model::Member;
    use crate::program::Program;

    /// What comes round is looked for a year at a time: in all years at once for each of them, this takes long.
    #[test]
    fn two_thousand_birthdays_are_soon_looked_through() {
        let program = r#"{ "format": 1, "id": "t", "version": "1", "currency": "KRW", "offers": [
            { "id": "b", "benefit": { "amount_off": "1" },
              "coupon": { "issue": [{ "on": "birthday" }], "days_before": 7, "valid": { "after": "30 days" } } }] }"#;
        let program = Program::from_json(program).unwrap();
        let mut member = Member::new("m1".parse().unwrap());
        member.birthday = Some("--01-03".parse().unwrap());
        member.joined_on = Some("2026-06-01".parse().unwrap());
        let events = program.advance(&member, "4027-01-01T00:00:00Z".parse().unwrap()).unwrap();
        // The birthdays from January 2027 to January 4027, and the ends of all coupons but the last.
        assert_eq!(events.len(), 2001 + 2000);
    }
}
