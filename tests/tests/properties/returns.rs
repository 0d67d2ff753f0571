//! Returns: what comes back of an order is what it was, whole or in parts, in whatever order.

use dangol::{LostGifts, Money, Points, Return, Returned, ReturnedDiscounts};
use proptest::prelude::*;
use proptest::sample::Index;

use super::config;
use super::ledger::conserved;
use super::parts::{Part, divided, total};
use super::selling::{Bought, Sold, sold, terms};
use super::standings::{NOTHING, differences, fresh, nothing_without_a_rise, standing};
use super::ways::{Holds, Way};

pub(crate) fn sum(all: impl IntoIterator<Item = Money>) -> Money {
    Money::sum(all).unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn points(all: impl IntoIterator<Item = Points>) -> Points {
    Points::sum(all).unwrap_or_else(|error| panic!("{error}"))
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
    if quote.returns.discounts != ReturnedDiscounts::Requote {
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
    as_much_as_ever(bought);
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

/// What was paid out by now is what is due by now: at most what the order cost, less what gifts and points cost. Where the
/// terms look at what is kept, it is the most that it ever was: nothing is asked back.
fn as_much_as_ever(bought: &Bought) {
    let (mut worth, mut less) = (Money::ZERO, Money::ZERO);
    let (mut most, mut paid) = (Money::ZERO, Money::ZERO);
    let quote = &bought.order.quote;
    let looks =
        quote.returns.discounts == ReturnedDiscounts::Requote || quote.returns.gifts == LostGifts::Charge;
    let minus = |one: Money, other: Money| one.minus(other).unwrap_or_else(|error| panic!("{error}"));
    for known in bought.order.returns.iter().filter(|known| !known.undone && known.asked != Returned::Reopen)
    {
        let parts = [known.value, known.shipping, known.fees, known.tax_added, known.rounding];
        worth = minus(sum(parts.into_iter().chain([worth])), known.paid_with_points);
        less = sum([less, known.gifts_charged, known.points_charged]);
        let due = minus(worth.min(quote.due), less);
        (most, paid) = (most.max(due), sum([paid, known.money]));
        assert_eq!(paid, if looks { most } else { due }, "{}", known.operation);
    }
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
            let standings = [standing(&after, &after.member), standing(&bought, &bought.before)];
            prop_assert_eq!(differences(&standings[0], &standings[1]), NOTHING);
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
        for after in [one, other] {
            nothing_without_a_rise(&bought, &after);
            prop_assert_eq!(&after.order.back.sums, &whole.order.back.sums);
            let (several, single) = (total(&after.order.returns), total(&whole.order.returns));
            let way = Way::of(&sold, some);
            for what in several.keys().chain(single.keys()) {
                let amounts = [&several, &single].map(|total| total.get(what).copied().unwrap_or(0));
                match way.of_amount(what) {
                    Holds::Same => prop_assert_eq!(amounts[0], amounts[1], "{}", what),
                    Holds::AtLeast => prop_assert!(amounts[0] >= amounts[1], "{}: {:?}", what, amounts),
                    Holds::OnTheWay => {}
                }
            }
            let standings = [standing(&after, &after.member), standing(&whole, &whole.member)];
            let standings = standings.map(|standing| way.of_member(standing));
            prop_assert_eq!(differences(&standings[0], &standings[1]), NOTHING);
        }
    }
}
