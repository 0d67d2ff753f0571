//! What a quote says of an offer can be repeated with pencil and paper, and the sentences say the same.

use dangol::{Applied, Arithmetic, CapOf, Lang, Money, Percent, Quote, Reduction};
use proptest::prelude::*;
use serde_json::Value;

use super::config;
use super::shop::Shop;
use super::visit::{quoted, visit};

fn minor(money: Money, digits: u8) -> i128 {
    money.0.rescaled(digits).unwrap_or_else(|| panic!("{money} has more digits")).units().into()
}

/// A share in millionths of the smallest unit of money.
fn share(percent: Percent, of: Money, digits: u8) -> i128 {
    minor(of, digits) * i128::from(percent.0.rescaled(4).map_or(0, dangol::Amount::units))
}

/// The shares not rounded, where the arithmetic is about shares and nothing else.
fn exact(how: &Arithmetic, digits: u8) -> Option<i128> {
    match how {
        Arithmetic::Percent { percent, of }
        | Arithmetic::BuyGet { each: Reduction::PercentOff(percent), of, .. } => {
            Some(share(*percent, *of, digits))
        }
        Arithmetic::Bands { parts, .. } => {
            Some(parts.iter().map(|part| share(part.percent, part.of, digits)).sum())
        }
        _ => None,
    }
}

/// The most that the arithmetic can come to; nothing where it says nothing about money.
fn most(how: &Arithmetic, digits: u8) -> Option<i128> {
    let money = |money: &Money| minor(*money, digits);
    let reduced = |each: &Reduction, count: u64, of: &Money| match each {
        Reduction::AmountOff(amount) => money(of).min(money(amount) * i128::from(count)),
        _ => money(of),
    };
    Some(match how {
        Arithmetic::Amount { amount, of } => money(amount).min(money(of)),
        Arithmetic::AmountEach { amount, times, of } => money(of).min(money(amount) * i128::from(*times)),
        Arithmetic::Percent { of, .. } | Arithmetic::Bands { of, .. } | Arithmetic::FixedPrice { of, .. } => {
            money(of)
        }
        Arithmetic::BuyGet { each, units, of, .. } => reduced(each, *units, of),
        Arithmetic::UnitBands { parts, .. } => {
            parts.iter().map(|part| reduced(&part.each, part.units, &part.of)).sum()
        }
        _ => return None,
    })
}

/// The offer, its arithmetic, what rounding took of it, and what cut it fit one another.
fn fits(applied: &Applied, offer: &Value, digits: u8) {
    let whole = minor(applied.capped.unwrap_or(applied.discount), digits);
    assert!(most(&applied.how, digits).is_none_or(|most| whole <= most), "{applied:?}");
    if let Some(lost) = applied.lost_to_rounding {
        let lost: i128 = lost.0.rescaled(digits + 6).map_or(0, dangol::Amount::units).into();
        assert_eq!(exact(&applied.how, digits), Some(whole * 1_000_000 + lost), "{applied:?}");
    }
    assert_eq!(applied.capped.is_some(), applied.capped_by.is_some());
    if let Some(capped) = applied.capped {
        assert!(capped > applied.discount, "{applied:?}");
    }
    if applied.capped_by == Some(CapOf::Offer) {
        assert_eq!(
            offer["at_most"].as_str().and_then(|most| most.parse().ok()),
            Some(applied.discount),
            "{applied:?}"
        );
    }
    let named = |percent: Percent| offer["benefit"].to_string().contains(&format!("\"{percent}\""));
    match &applied.how {
        Arithmetic::Percent { percent, .. } => assert!(named(*percent), "{applied:?}"),
        Arithmetic::BuyGet { times, units, of, .. } => {
            let each = offer["benefit"]["buy_get"]["get"]["units"].as_u64().unwrap_or(1);
            assert_eq!(units.div_ceil(each), *times);
            assert_eq!(applied.units, Some(*units));
            assert!(*of > Money::ZERO);
        }
        Arithmetic::FixedPrice { price, times, of } if offer["benefit"].get("bundle_price").is_some() => {
            // A bundle costs its price, but for what floors keep back.
            assert!(whole <= minor(*of, digits) - minor(*price, digits) * i128::from(*times), "{applied:?}");
        }
        _ => {}
    }
}

fn offer_of<'a>(shop: &'a Shop, applied: &Applied) -> &'a Value {
    let mut offers = shop.file["offers"].as_array().into_iter().flatten();
    offers.find(|offer| offer["id"] == applied.offer.as_str()).unwrap_or(&Value::Null)
}

/// The least that offers may leave of each line, in the smallest units.
fn floors(quote: &Quote, basket: &Value, digits: u8) -> Vec<(i128, i128)> {
    let lines = basket["lines"].as_array().into_iter().flatten().zip(&quote.lines);
    let floor = |(line, quoted): (&Value, &dangol::QuotedLine)| {
        let each: Money = line["floor"].as_str()?.parse().ok()?;
        let thousandths: i128 = quoted.quantity.0.rescaled(3)?.units().into();
        let floor = (minor(each, digits) * thousandths + 999) / 1_000;
        Some((floor.min(minor(quoted.gross, digits)), minor(quoted.net, digits)))
    };
    lines.filter_map(floor).collect()
}

proptest! {
    #![proptest_config(config(192))]

    /// Every amount is at most what its arithmetic says, is exactly that with what rounding and caps took, and no line is
    /// below its floor.
    #[test]
    fn arithmetic_is_what_happened((shop, member, basket, hours) in visit()) {
        let quote = quoted(&shop.program(), &member, &basket, hours);
        for applied in &quote.applied {
            fits(applied, offer_of(&shop, applied), shop.digits);
        }
        for (floor, net) in floors(&quote, &basket, shop.digits) {
            prop_assert!(floor <= net, "{} below {}", net, floor);
        }
    }

    /// For each offer that took effect there is one sentence, and it tells the amount; so do both languages.
    #[test]
    fn sentences_tell_the_amounts((shop, member, basket, hours) in visit()) {
        let program = shop.program();
        let quote = quoted(&program, &member, &basket, hours);
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        for lang in [Lang::En, Lang::Ko] {
            let told = program.explain(&quote, lang);
            prop_assert_eq!(told.applied.len(), quote.applied.len());
            for (sentence, applied) in told.applied.iter().zip(&quote.applied) {
                prop_assert_eq!(&sentence.id, applied.offer.as_str());
                let points = matches!(applied.how, Arithmetic::Points | Arithmetic::Factor { .. });
                let amount = digits(&applied.discount.to_string());
                prop_assert!(points || digits(&sentence.text).contains(&amount), "{:?} {:?}", sentence, applied);
            }
            prop_assert_eq!(told.refused.len(), quote.refused.len());
            prop_assert_eq!(told.near.len(), quote.near.len());
            for sentence in told.applied.iter().chain(&told.refused).chain(&told.near) {
                prop_assert!(!sentence.text.contains(['{', '}']) && !sentence.text.is_empty(), "{:?}", sentence);
            }
        }
    }
}
