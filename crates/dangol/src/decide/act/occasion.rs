//! What happens to a member besides orders, and the rules that grant points or issue coupons for it.

use crate::check::positive;
use crate::error::{Code, InputError, suggestion};
use crate::model::{Acted, Change, Enrol, Happening, Reason, Refer};
use crate::program::Compiled;
use crate::rule::{AccrualRule, IssueTrigger, Occasion};
use crate::value::{Id, Money};

use super::{Done, coupon, mistake, refused};
use crate::decide::draft::Draft;
use crate::decide::earn::Happened;
use crate::decide::{coupons, earn, extras, place};

pub(super) fn enrol(draft: &mut Draft<'_>, asked: &Enrol, acted: &mut Acted) -> Done {
    if let Some(on) = draft.member.joined_on {
        return refused("enrol", Reason::AlreadyEnrolled { on });
    }
    draft.add(Change::Enrolled { on: draft.today, birthday: asked.birthday })?;
    earn(draft, &Occasion::Enrolment, &Happened::nothing(), acted)?;
    coupon::issue_on(draft, &Occasion::Enrolment)?;
    for change in coupons::on_joining(draft.program, &draft.member, draft.now) {
        draft.add(change)?;
    }
    Ok(Ok(()))
}

pub(super) fn refer<'a>(
    draft: &mut Draft<'a>,
    asked: &Refer,
    other: &mut Option<Draft<'a>>,
    acted: &mut Acted,
) -> Done {
    if asked.friend.id == draft.member.id {
        let message = format!("nobody brings himself, `{}`", asked.friend.id);
        return mistake(Code::Contradiction, "refer.friend.id", message);
    }
    if asked.friend.guest {
        return refused("refer.friend", Reason::Guest);
    }
    if let Some(by) = asked.friend.referred_by.clone() {
        return refused("refer.friend", Reason::AlreadyReferred { by });
    }
    let mut friend = draft.other(&asked.friend, "refer.friend")?;
    draft.add(Change::Referred { friend: Some(asked.friend.id.clone()), by: None })?;
    friend.add(Change::Referred { friend: None, by: Some(draft.member.id.clone()) })?;
    earn(draft, &Occasion::Referrer, &Happened::nothing(), acted)?;
    earn(&mut friend, &Occasion::Referred, &Happened::nothing(), acted)?;
    coupon::issue_on(draft, &Occasion::Referrer)?;
    coupon::issue_on(&mut friend, &Occasion::Referred)?;
    *other = Some(friend);
    Ok(Ok(()))
}

pub(super) fn event(draft: &mut Draft<'_>, asked: &Happening, acted: &mut Acted) -> Done {
    let occasion = Occasion::Event(asked.name.clone());
    let program = draft.program;
    let known = events(program);
    if !known.contains(&asked.name.as_str()) {
        let near = suggestion(asked.name.as_str(), known);
        let message = format!(
            "no rule grants points or issues a coupon for event `{}`, and no ladder counts it{near}",
            asked.name
        );
        return mistake(Code::UnknownName, "event.name", message);
    }
    extras::budgets(program, &asked.budgets, "action.event.budgets")?;
    let amount = asked.amount.map(|amount| money(program, amount)).transpose()?;
    if asked.units == Some(0) {
        return mistake(Code::OutOfRange, "event.units", "must be at least 1, found `0`");
    }
    let counted_on = program.measured.events.contains(&asked.name).then_some(draft.today);
    draft.add(Change::EventRecorded { event: asked.name.clone(), units: asked.units, counted_on })?;
    let happened = Happened { amount, units: asked.units, budgets: asked.budgets.clone() };
    earn(draft, &occasion, &happened, acted)?;
    coupon::issue_on(draft, &occasion)?;
    Ok(Ok(()))
}

/// The events that grant points, issue a coupon, or count on a ladder.
fn events(program: &Compiled) -> Vec<&str> {
    let terms = program.file.offers.iter().filter_map(|offer| offer.coupon.as_ref());
    let issuing = terms.flat_map(|terms| &terms.issue).filter_map(|trigger| match trigger {
        IssueTrigger::On(occasion) => Some(occasion),
        _ => None,
    });
    let all = program.accruals().map(|rule| &rule.on).chain(issuing);
    let names = all.filter_map(|on| if let Occasion::Event(name) = on { Some(name.as_str()) } else { None });
    names.chain(program.measured.events.iter().map(Id::as_str)).collect()
}

/// An amount of money with the currency's digits: more than nothing.
fn money(program: &Compiled, amount: Money) -> Result<Money, InputError> {
    match positive(amount.0, program.currency().digits(), program.currency().code()) {
        Ok(exact) => Ok(Money(exact)),
        Err((code, message)) => mistake(code, "event.amount", message),
    }
}

/// Grants what the rules on an occasion say, and notes it in the answer.
fn earn(
    draft: &mut Draft<'_>,
    occasion: &Occasion,
    happened: &Happened,
    acted: &mut Acted,
) -> Result<(), InputError> {
    let chosen = |rule: &AccrualRule| rule.on == *occasion;
    let earned = earn::occasion(draft.program, &draft.member, chosen, happened, draft.now)?;
    for accrual in &earned.accruals {
        draft.add(place::earned(accrual, draft.operation.part(&accrual.rule)))?;
    }
    for carried in &earned.carried {
        draft.add(Change::AmountCarried { tally: carried.entry() })?;
    }
    acted.accruals.extend(earned.accruals);
    acted.not_earned.extend(earned.refused);
    Ok(())
}
