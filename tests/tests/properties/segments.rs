//! Cutoffs and segments: who is in depends on the values alone, and a better member is never in a worse band.

use dangol::{
    Above, Amount, Counted, Cut, CutAt, Cutoffs, Member, Money, Nothing, Percent, Program, SegmentBands, Ties,
};
use proptest::prelude::*;
use serde_json::json;

use super::config;
use super::visit::read;

/// Few different values, so that many are tied.
fn population() -> impl Strategy<Value = Vec<Amount>> {
    proptest::collection::vec((0_i64..40, 0_u8..3), 1..60)
        .prop_map(|values| values.into_iter().map(|(units, digits)| amount(units, digits)).collect())
}

fn amount(units: i64, digits: u8) -> Amount {
    Amount::new(units, digits).unwrap_or(Amount::ZERO)
}

fn percent(most: i64) -> impl Strategy<Value = Percent> {
    (1..=most * 100).prop_map(|units| Percent(amount(units, 2)))
}

fn cut() -> impl Strategy<Value = Cut> {
    let at = prop_oneof![
        percent(100).prop_map(CutAt::TopPercent),
        (1_u64..70).prop_map(CutAt::TopCount),
        percent(300).prop_map(|percent| CutAt::AboveAverage(Above { percent })),
        percent(300).prop_map(|percent| CutAt::AboveMedian(Above { percent })),
        (2_u32..12).prop_map(CutAt::Groups),
    ];
    let ties = prop_oneof![Just(Ties::Include), Just(Ties::Exclude)];
    let nothing = prop_oneof![Just(Nothing::LeaveOut), Just(Nothing::Count)];
    (at, ties, nothing, prop_oneof![Just(None), Just(Some(2)), Just(Some(4))])
        .prop_map(|(at, ties, nothing, digits)| Cut { at, ties, nothing, digits })
}

/// The cutoffs, where there is somebody to be counted.
fn told(cut: &Cut, values: &[Amount], counted: &[Counted]) -> Option<Cutoffs> {
    match cut.of(values, counted) {
        Ok(cutoffs) => Some(cutoffs),
        Err(error) => {
            assert_eq!(error.0.code.as_str(), "empty", "{error}");
            None
        }
    }
}

/// How many of those who count have so much or more, and exactly so much.
fn reach(cut: &Cut, values: &[Amount], least: Amount) -> (u64, u64) {
    let counts = |value: &&Amount| cut.nothing == Nothing::Count || !value.is_zero();
    let reached: Vec<&Amount> = values.iter().filter(counts).filter(|value| **value >= least).collect();
    let tied = reached.iter().filter(|value| ***value == least).count();
    (u64::try_from(reached.len()).unwrap_or(0), u64::try_from(tied).unwrap_or(0))
}

proptest! {
    #![proptest_config(config(400))]

    /// Neither the order of values nor how parts of them are counted changes anything.
    #[test]
    fn only_the_values_matter(
        cut in cut(),
        (values, shuffled) in population().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        split in 0_usize..60,
    ) {
        let plain = told(&cut, &values, &[]);
        prop_assert_eq!(&told(&cut, &shuffled, &[]), &plain);
        let (alone, rest) = shuffled.split_at(split.min(shuffled.len()));
        let single: Vec<Counted> = rest.iter().map(|value| Counted { value: *value, count: 1 }).collect();
        prop_assert_eq!(&told(&cut, alone, &single), &plain);
        let mut merged: Vec<Counted> = Vec::new();
        for value in rest {
            // Written alike, so that the digits of the result are the same.
            let same = |known: &&mut Counted| known.value == *value && known.value.digits() == value.digits();
            match merged.iter_mut().find(same) {
                Some(known) => known.count += 1,
                None => merged.push(Counted { value: *value, count: 1 }),
            }
        }
        prop_assert_eq!(&told(&cut, alone, &merged), &plain);
    }

    /// The counts are true, cutoffs ascend, and the share in obeys the tie rule: no other value would do better.
    #[test]
    fn the_share_that_is_in_obeys_the_tie_rule(cut in cut(), values in population()) {
        let Some(Cutoffs { cutoffs, values: counted, left_out }) = told(&cut, &values, &[]) else { return Ok(()) };
        prop_assert_eq!(counted + left_out, u64::try_from(values.len()).unwrap_or(0));
        prop_assert!(cutoffs.windows(2).all(|pair| pair[0].value <= pair[1].value));
        for cutoff in &cutoffs {
            prop_assert_eq!((cutoff.reached_by, cutoff.tied), reach(&cut, &values, cutoff.value));
        }
        // The share that is asked for, as part and whole.
        let n = u128::from(counted);
        let shares: Vec<(u128, u128)> = match cut.at {
            CutAt::TopPercent(percent) => vec![(n * u128::from(percent.units().unsigned_abs()), 10_000)],
            CutAt::TopCount(count) => vec![(n.min(count.into()), 1)],
            CutAt::Groups(groups) => {
                (1..groups).rev().map(|above| (n * u128::from(above), groups.into())).collect()
            }
            CutAt::AboveAverage(_) | CutAt::AboveMedian(_) => Vec::new(),
        };
        if !shares.is_empty() {
            prop_assert_eq!(shares.len(), cutoffs.len());
        }
        for ((part, whole), cutoff) in shares.into_iter().zip(&cutoffs) {
            let reached = u128::from(cutoff.reached_by) * whole;
            // One step further from the line: without those who are tied, or with those who come next.
            let below = values.iter().filter(|value| **value < cutoff.value).max();
            let below = below.map(|value| u128::from(reach(&cut, &values, *value).0) * whole);
            match cut.ties {
                Ties::Include => {
                    prop_assert!(reached >= part);
                    prop_assert!(u128::from(cutoff.reached_by - cutoff.tied) * whole < part);
                }
                Ties::Exclude => {
                    prop_assert!(reached <= part);
                    prop_assert!(below.is_none_or(|more| more > part || more == reached));
                }
            }
        }
    }

    /// Who stands above the average, or on it, is told by whole numbers alone.
    #[test]
    fn the_average_is_exact(values in population(), percent in percent(300), exclude: bool) {
        let ties = if exclude { Ties::Exclude } else { Ties::Include };
        let cut = Cut { ties, nothing: Nothing::Count, ..Cut::new(CutAt::AboveAverage(Above { percent })) };
        let cutoff = cut.of(&values, &[]).unwrap_or_else(|error| panic!("{error}")).cutoffs[0];
        let hundredths = |value: &Amount| value.rescaled(2).unwrap_or(*value).units();
        let sum: i64 = values.iter().map(hundredths).sum();
        let count = i64::try_from(values.len()).unwrap_or(0);
        for value in &values {
            let (mine, line) = (hundredths(value) * count * 10_000, sum * percent.units());
            let is_in = if exclude { mine > line } else { mine >= line };
            prop_assert_eq!(*value >= cutoff.value, is_in, "{} and {:?}", value, cutoff);
        }
    }

    /// Who ordered later, more often, or for more, is in no lower band; bands are numbered from 1 to one more than borders.
    #[test]
    fn bands_are_monotone(
        mut borders in proptest::collection::vec((0_i64..600, 0_u8..2), 0..6)
            .prop_map(|all| all.into_iter().map(|(units, digits)| amount(units, digits)).collect::<Vec<_>>()),
        mut members in proptest::collection::vec((0_u64..60, 0_u64..60, 0_i64..60), 2..6),
    ) {
        borders.sort_unstable();
        let bands = SegmentBands {
            window: "90 days".parse().ok(),
            recency: borders.clone(),
            frequency: borders.clone(),
            monetary: borders.iter().copied().map(Money).collect(),
            ..SegmentBands::default()
        };
        let bands_of = |(days, orders, spend): (u64, u64, i64)| {
            let today = "2026-05-01".parse().map(|day: dangol::Day| day.0);
            let on = today.ok().and_then(|day| day.checked_sub_days(chrono::Days::new(days)));
            let on = on.map(dangol::Day).unwrap_or_else(|| panic!("no such day"));
            let mut member = Member::new("m1".parse().unwrap_or_else(|error| panic!("{error}")));
            member.last_order_on = Some(on);
            let spend = Money(amount(spend, 0));
            member.activity = vec![read(&json!({ "on": on, "spend": spend, "orders": orders }))];
            let at = "2026-05-01T00:00:00Z".parse().unwrap_or_else(|_| panic!("no such instant"));
            let told = shop().segments(&member, at, &bands).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(told.days.map(u64::from), Some(days));
            [told.recency, told.frequency, told.monetary]
        };
        members.sort_unstable();
        for pair in members.windows(2) {
            let ((later, a, b), (earlier, c, d)) = (pair[0], pair[1]);
            let worse = bands_of((earlier, a.min(c), b.min(d)));
            let better = bands_of((later, a.max(c), b.max(d)));
            for (worse, better) in worse.into_iter().zip(better) {
                prop_assert!(worse <= better, "{:?} and {:?}", pair[0], pair[1]);
                prop_assert_eq!(worse.is_none(), borders.is_empty());
                let last = u32::try_from(borders.len() + 1).unwrap_or(0);
                prop_assert!(better.is_none_or(|band| (1..=last).contains(&band)));
            }
        }
    }
}

fn shop() -> Program {
    let program = r#"{ "format": 1, "id": "t", "version": "1", "currency": "USD",
        "tiers": { "window": "90 days", "tiers": [{ "id": "basic" }] } }"#;
    Program::from_json(program).unwrap_or_else(|error| panic!("{error}"))
}
