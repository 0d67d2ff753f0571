//! Returns: what comes back of an order is what it was, whole or in parts, in whatever order.

use std::collections::BTreeMap;

use dangol::{Member, Money, Points, Return, Returned};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::config;
use super::ledger::conserved;
use super::parts::{Part, Total, divided, in_all, is_nothing, plain, total};
use super::selling::{Bought, Sold, sold, terms};
use super::visit::read;

pub(crate) fn sum(all: impl IntoIterator<Item = Money>) -> Money {
    Money::sum(all).unwrap_or_else(|error| panic!("{error}"))
}

fn points(all: impl IntoIterator<Item = Points>) -> Points {
    Points::sum(all).unwrap_or_else(|error| panic!("{error}"))
}

/// The member as it stands: without what only remembers that something was done, and without what comes to nothing.
pub(crate) fn standing(bought: &Bought, member: &Member) -> Value {
    let mut value = json!(member);
    // Who was never looked at has the tier that everybody has.
    value["tiers"] =
        json!(bought.program.tiers(member, bought.now).unwrap_or_else(|error| panic!("{error}")));
    // What was counted at a rise is told as it was then.
    for tier in value["tiers"].as_array_mut().into_iter().flatten() {
        tier["standing"]["rises"] = Value::Null;
    }
    let fields = value.as_object_mut().unwrap_or_else(|| panic!("a member is an object"));
    // Who came from elsewhere with what was done there had the latest order then.
    let latest = member
        .activity
        .iter()
        .filter(|day| day.orders > 0)
        .map(|day| day.on)
        .chain(member.last_order_on)
        .max();
    fields.insert("last_order_on".to_owned(), json!(latest));
    // What no rule will ask about any more may be kept day by day, or in all.
    let (first, lost) = (bought.order.quote.forget_before, &member.earlier);
    let days = member.activity.iter().filter(|day| first.is_none_or(|first| first <= day.on));
    let older = || member.activity.iter().filter(|day| first.is_some_and(|first| day.on < first));
    let spend = sum(older().map(|day| day.spend).chain([lost.spend]));
    let orders = older().map(|day| day.orders).sum::<u64>() + lost.orders;
    fields.insert("activity".to_owned(), json!(days.collect::<Vec<_>>()));
    fields.insert("earlier".to_owned(), json!([spend, orders]));
    for field in ["version", "at", "operations", "past_coupons"] {
        fields.remove(field);
    }
    for account in fields["wallets"].as_object_mut().into_iter().flat_map(serde_json::Map::values_mut) {
        for field in ["granted", "spent", "revoked", "active_at", "decayed_on"] {
            account[field] = Value::Null;
        }
        // Points that the order gave a later last day keep it.
        for lot in account["lots"]
            .as_array_mut()
            .into_iter()
            .flatten()
            .filter(|_| !bought.order.quote.extended.is_empty())
        {
            (lot["expires_on"], lot["grace_until"]) = (Value::Null, Value::Null);
        }
        account["lots"] = renamed(&account["lots"]);
        if let Some(lots) = account["lots"].as_array_mut().filter(|_| !bought.order.quote.extended.is_empty())
        {
            lots.sort_by_key(|lot| lot["id"].to_string());
        }
    }
    for list in ["activity", "tallies"] {
        let nothing = |entry: &Value| {
            let mut entry = entry.clone();
            for field in ["on", "kind", "of", "per", "since"] {
                entry[field] = Value::Null;
            }
            is_nothing(&entry)
        };
        fields
            .get_mut(list)
            .and_then(Value::as_array_mut)
            .into_iter()
            .for_each(|all| all.retain(|one| !nothing(one)));
    }
    // The sum of a span that is over counts for nothing.
    let on = bought.order.quote.on.0;
    let runs = |tally: &Value| {
        let Some(since) = tally["since"].as_str().and_then(|day| day.parse::<chrono::NaiveDate>().ok())
        else {
            return true;
        };
        match tally["per"].as_str() {
            Some("day") => since == on,
            Some("week") => (on - since).num_days() < 7,
            Some("month") => since.format("%Y-%m").to_string() == on.format("%Y-%m").to_string(),
            _ => since.format("%Y").to_string() == on.format("%Y").to_string(),
        }
    };
    fields.get_mut("tallies").and_then(Value::as_array_mut).into_iter().for_each(|all| all.retain(runs));
    for list in ["tallies", "coupons"] {
        fields
            .get_mut(list)
            .and_then(Value::as_array_mut)
            .into_iter()
            .for_each(|all| all.sort_by_key(Value::to_string));
    }
    for counts in ["uses", "issued"] {
        if let Some(counts) = fields.get_mut(counts).and_then(Value::as_object_mut) {
            counts.retain(|_, count| !is_nothing(count));
        }
    }
    fields.retain(|_, value| !is_nothing(value));
    plain(value)
}

/// Points that are issued anew are named after the return: here they are all one.
fn renamed(lots: &Value) -> Value {
    let (anew, mut lots): (Vec<Value>, Vec<Value>) = lots
        .as_array()
        .into_iter()
        .flatten()
        .cloned()
        .partition(|lot| lot["id"].as_str().is_some_and(|id| id.ends_with("/restored")));
    let mut all: BTreeMap<String, Vec<Points>> = BTreeMap::new();
    for mut lot in anew {
        let points = read(&lot["points"]);
        (lot["id"], lot["points"], lot["earned_at"]) = (Value::Null, Value::Null, Value::Null);
        all.entry(lot.to_string()).or_default().push(points);
    }
    lots.extend(all.into_iter().map(|(lot, parts)| json!([lot, points(parts)])));
    json!(lots)
}

/// Whether nothing waits for the next look at what was done to lift the member or to let it fall, as it does where it came
/// from elsewhere.
fn settled(bought: &Bought, member: &Member) -> bool {
    let tiers = bought.program.tiers(member, bought.now).unwrap_or_else(|error| panic!("{error}"));
    let is = |reached: bool| move |goal: &dangol::TierGoal| goal.reached == reached;
    tiers
        .iter()
        .all(|tier| !tier.next.as_ref().is_some_and(is(true)) && !tier.keep.as_ref().is_some_and(is(false)))
}

/// The order, placed by a member whom it does not find something to do about that was there before.
fn fresh(sold: &Sold) -> Option<Bought> {
    let bought = sold.bought();
    if settled(&bought, &bought.before) {
        return Some(bought);
    }
    let mut first = Bought::of(bought.program, bought.before, &sold.basket, bought.now, "o0");
    first.back(&Returned::Void, "void");
    let bought = Bought::of(first.program, first.member, &sold.basket, first.now, "o1");
    settled(&bought, &bought.before).then_some(bought)
}

/// What a return says of itself: its parts are its money, which is that of its tenders.
pub(crate) fn adds_up(bought: &Bought, returned: &Return) {
    let parts = [
        returned.value,
        returned.shipping,
        returned.fees,
        returned.tax_added,
        returned.rounding,
        returned.settled,
    ];
    let less = [returned.paid_with_points, returned.gifts_charged, returned.points_charged];
    assert_eq!(sum(parts), sum(less.into_iter().chain([returned.money])), "{returned:#?}");
    let quote = &bought.order.quote;
    if quote.paid_by.values().any(|amount| !amount.is_zero()) {
        assert_eq!(sum(returned.tenders.values().copied()), returned.money, "{returned:#?}");
    }
    if quote.returns.discounts != dangol::ReturnedDiscounts::Requote {
        assert_eq!(sum(returned.lines.iter().map(|line| line.value)), returned.value, "{returned:#?}");
    }
    if returned.asked != Returned::Reopen {
        assert!(returned.money >= Money::ZERO, "{returned:#?}");
    }
}

/// Never more than was paid, granted or spent in all; what is kept is what is left of what was granted.
pub(crate) fn within(bought: &Bought) {
    let (order, quote) = (&bought.order, &bought.order.quote);
    let refunded = sum(order.returns.iter().map(|known| known.money));
    assert!(Money::ZERO <= refunded && refunded <= quote.due, "{refunded} of {}", quote.due);
    assert_eq!(order.back.refunded, refunded);
    for accrual in &quote.accruals {
        let own =
            || order.returns.iter().flat_map(|known| &known.taken).filter(|taken| taken.rule == accrual.rule);
        let taken = points(own().map(|taken| taken.points));
        assert!(Points::ZERO <= taken && taken <= accrual.points, "{taken} of {accrual:?}");
        if let Some(last) = own().next_back() {
            assert_eq!(points([taken, last.kept]), accrual.points, "{:#?}", order.returns);
        }
        for taken in own() {
            let parts = points([taken.expired, taken.deficit, taken.forgiven, taken.charged]);
            assert!(parts <= taken.points || taken.points < Points::ZERO, "{taken:?}");
        }
    }
    let restored = || order.returns.iter().flat_map(|known| &known.points);
    for tender in &quote.tenders {
        let own = restored().filter(|known| known.wallet == tender.wallet && known.offer.is_none());
        let own = points(own.map(|known| known.points));
        assert!(Points::ZERO <= own && own <= tender.points, "{own} of {tender:?}");
    }
    for applied in &quote.applied {
        let own = points(
            restored().filter(|known| known.offer.as_ref() == Some(&applied.offer)).map(|known| known.points),
        );
        assert!(
            own <= applied.cost.as_ref().map_or(Points::ZERO, |cost| cost.points),
            "{own} of {applied:?}"
        );
    }
    bought.member.wallets.values().for_each(conserved);
}

/// One after the other; nothing where one of them is refused.
fn one_by_one(bought: &Bought, parts: &[Part]) -> Option<Bought> {
    let mut after = bought.clone();
    for (number, part) in parts.iter().enumerate() {
        let returned = after.back(&part.asked(), &format!("back{number}"))?;
        adds_up(&after, &returned);
        within(&after);
    }
    Some(after)
}

/// Without what is not compared.
fn without(mut total: Total, left_out: impl Fn(&str) -> bool) -> Total {
    total.retain(|what, _| !left_out(what));
    total
}

fn dice() -> impl Strategy<Value = Vec<Index>> {
    proptest::collection::vec(any::<Index>(), 12)
}

proptest! {
    #![proptest_config(config(160))]

    /// An order that is taken back at once leaves everything as it was.
    #[test]
    fn a_full_return_is_as_if_nothing_had_happened(sold in sold(terms()), void in any::<bool>()) {
        let Some(bought) = fresh(&sold) else { return Err(TestCaseError::reject("something waits")) };
        let returned = if void { Returned::Void } else { Returned::Cancel };
        let mut after = bought.clone();
        let Some(found) = after.back(&returned, "back") else { panic!("there is something to come back") };
        adds_up(&after, &found);
        within(&after);
        let quote = &bought.order.quote;
        prop_assert!(found.whole);
        prop_assert_eq!((found.money, found.settled, found.points_charged), (quote.due, Money::ZERO, Money::ZERO));
        prop_assert_eq!(&found.taxes, &quote.taxes.iter().copied().filter(|row| !row.of.is_zero() || !row.tax.is_zero() || !row.base.is_zero()).collect::<Vec<_>>());
        let says = |field: &str, words: &[&str]| words.iter().any(|word| sold.shop.file["returns"][field] == *word);
        let stays = says("spent", &["never"]) || says("earned", &["none"]) || says("coupons", &["never"])
            || !says("restored", &["original"]);
        if void || !stays {
            prop_assert_eq!(standing(&after, &after.member), standing(&bought, &bought.before));
        }
    }

    /// Several returns, in whatever order, come to the same as one, and leave the member the same.
    #[test]
    fn several_returns_are_one(sold in sold(terms()).prop_map(Sold::keeping_forfeits), some in any::<bool>(), count in 2..5_usize, dice in dice()) {
        let Some(bought) = fresh(&sold) else { return Err(TestCaseError::reject("something waits")) };
        let parts = divided(&bought.order, count, some, &dice);
        prop_assume!(!parts.is_empty());
        let all = Part::sum(&parts);
        let reversed: Vec<Part> = parts.iter().rev().cloned().collect();
        let ways = [&[all][..], &parts, &reversed].map(|parts| one_by_one(&bought, parts));
        let [Some(whole), Some(one), Some(other)] = ways else { return Ok(()) };
        let says = |field: &str, word: &str| sold.shop.file["returns"][field] == word;
        let asks = says("discounts", "requote") || says("gifts", "charge");
        for after in [one, other] {
            // What does not make a whole point yet is told with the next one.
            let told = |after: &Bought| {
                let total = total(&after.order.returns);
                if some { without(total, |what| what.starts_with("points") && what.ends_with("value")) } else { total }
            };
            let (several, single) = (told(&after), told(&whole));
            prop_assert_eq!(&after.order.back.sums, &whole.order.back.sums);
            // What is kept may cost less in the end than on the way: what was given by then stays given.
            if asks && some {
                prop_assert!(after.order.back.refunded >= whole.order.back.refunded);
                continue;
            }
            prop_assert_eq!(several, single);
            let standings = [standing(&after, &after.member), standing(&whole, &whole.member)];
            // Points of several issuers that are issued anew are one lot of the first.
            let [after, whole] = if says("restored", "original") { standings } else { standings.map(in_all) };
            prop_assert_eq!(after, whole);
        }
    }
}
