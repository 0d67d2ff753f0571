//! Writes `bound/w2_tables.rs`: the supermarket's names as rows of bits.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use dangol::Amount;

use crate::Outcome;
use crate::answer::cents;
use crate::convert::days;
use crate::fixture::{Coupon, Program, Rule, RuleKind, Scope};

/// The text of the file.
pub fn w2(program: &Program) -> Outcome<String> {
    let (rules, coupons) = (ordered_rules(program)?, ordered_coupons(program));
    let scopes = rules.iter().map(|rule| &rule.lines).chain(coupons.iter().map(|coupon| &coupon.lines));
    let scopes: Vec<&Scope> = scopes.collect();
    let mut out = String::from(
        "//! Written by `cargo run -p dangol-benches -- generate` from `fixtures/w2.json`. The rows of names start with that of\n//! every name which no rule mentions.\n\nuse super::w2::Coupon;\n",
    );
    let ids = |ids: Vec<&str>| ids.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>();
    list(&mut out, "RULES", "&str", &ids(rules.iter().map(|rule| rule.id.as_str()).collect()))?;
    list(&mut out, "COUPON_IDS", "&str", &ids(coupons.iter().map(|coupon| coupon.id.as_str()).collect()))?;
    list(&mut out, "TIERS", "&str", &ids(program.tiers.iter().map(String::as_str).collect()))?;
    list(&mut out, "CHANNELS", "&str", &ids(vec!["pos", "app"]))?;
    let dimensions: [(&str, &str, Names, &str); 3] = [
        ("SKUS", "OF_SKU", |scope| scope.skus.as_ref(), ""),
        ("CATEGORIES", "OF_CATEGORY", |scope| scope.categories.as_ref(), ""),
        ("BRANDS", "OF_BRAND", |scope| scope.brands.as_ref(), "brand:"),
    ];
    for (list_name, row_name, names_of, prefix) in dimensions {
        let known: BTreeSet<&String> = scopes.iter().filter_map(|scope| names_of(scope)).flatten().collect();
        let named: Vec<String> = known.iter().map(|name| format!("\"{prefix}{name}\"")).collect();
        list(&mut out, list_name, "&str", &named)?;
        let all = || std::iter::once(None).chain(known.iter().map(|name| Some(*name)));
        let matches = |scope: &Scope, name: Option<&String>| {
            names_of(scope).is_none_or(|names| name.is_some_and(|name| names.contains(name)))
        };
        let of_rules = all().map(|name| row(&rules, |rule| matches(&rule.lines, name)));
        list(&mut out, row_name, "u64", &of_rules.collect::<Vec<_>>())?;
        let of_coupons = all().map(|name| row(&coupons, |coupon| matches(&coupon.lines, name)));
        list(&mut out, &format!("COUPONS_{row_name}"), "u32", &of_coupons.collect::<Vec<_>>())?;
    }
    contexts(&mut out, program, &rules)?;
    worths(&mut out, &rules, &coupons)?;
    Ok(out)
}

type Names = fn(&Scope) -> Option<&Vec<String>>;

/// The discounts first, the highest percentage before the others, so that the first bit of a row is the best discount.
fn ordered_rules(program: &Program) -> Outcome<Vec<&Rule>> {
    let mut keyed = Vec::new();
    for rule in &program.rules {
        keyed.push((rule.kind != RuleKind::Discount, worth(rule)?.saturating_neg(), rule));
    }
    keyed.sort_by_key(|(earns, rate, _)| (*earns, if *earns { 0 } else { *rate }));
    Ok(keyed.into_iter().map(|(_, _, rule)| rule).collect())
}

fn ordered_coupons(program: &Program) -> Vec<&Coupon> {
    let mut coupons: Vec<&Coupon> = program.coupons.iter().collect();
    coupons.sort_by_key(|coupon| (coupon.priority, &coupon.id));
    coupons
}

/// Hundredths of a percent, thousandths of a point, or points.
fn worth(rule: &Rule) -> Outcome<i64> {
    let units =
        |amount: Option<Amount>, digits| amount.and_then(|amount| amount.rescaled(digits)).map(Amount::units);
    let worth = match rule.kind {
        RuleKind::Discount => units(rule.pct.map(|percent| percent.0), 2),
        RuleKind::EarnRate => units(rule.rate.map(|rate| rate.0), 3),
        RuleKind::EarnBonus => rule.points,
    };
    worth.ok_or_else(|| format!("rule {} is worth nothing", rule.id).into())
}

/// The rows of what a visit is like.
fn contexts(out: &mut String, program: &Program, rules: &[&Rule]) -> Outcome<()> {
    let named = |names: &Option<Vec<String>>, name: &str| {
        names.as_ref().is_none_or(|names| names.iter().any(|known| known == name))
    };
    let tiers = program.tiers.iter().map(|tier| row(rules, |rule| named(&rule.when.tiers, tier)));
    list(out, "OF_TIER", "u64", &tiers.collect::<Vec<_>>())?;
    let channels = ["pos", "app"].map(|channel| row(rules, |rule| named(&rule.when.channels, channel)));
    list(out, "OF_CHANNEL", "u64", &channels)?;
    let weekdays = (1_u8..=7)
        .map(|day| row(rules, |rule| rule.when.weekdays.as_ref().is_none_or(|days| days.contains(&day))));
    list(out, "OF_WEEKDAY", "u64", &weekdays.collect::<Vec<_>>())?;
    let minutes: BTreeSet<u16> =
        rules.iter().filter_map(|rule| rule.when.minutes).flatten().chain([0]).collect();
    let minutes = minutes.iter().map(|minute| {
        let holds =
            |rule: &Rule| rule.when.minutes.is_none_or(|[from, until]| (from..until).contains(minute));
        format!("({minute}, {})", row(rules, holds))
    });
    list(out, "FROM_MINUTE", "(i64, u64)", &minutes.collect::<Vec<_>>())?;
    let mut spends = BTreeSet::from([0]);
    for spend in rules.iter().filter_map(|rule| rule.when.min_spend) {
        spends.insert(cents(spend)?);
    }
    let spends = spends.iter().map(|spend| {
        let holds = |rule: &Rule| {
            rule.when
                .min_spend
                .is_none_or(|required| cents(required).is_ok_and(|required| required <= *spend))
        };
        format!("({spend}, {})", row(rules, holds))
    });
    list(out, "FROM_SPEND", "(i64, u64)", &spends.collect::<Vec<_>>())
}

/// What each rule and coupon is worth, and what it may stand beside.
fn worths(out: &mut String, rules: &[&Rule], coupons: &[&Coupon]) -> Outcome<()> {
    let worth = rules.iter().map(|rule| Ok(worth(rule)?.to_string())).collect::<Outcome<Vec<_>>>()?;
    list(out, "WORTH", "i64", &worth)?;
    let mut groups: Vec<&str> = Vec::new();
    let mut number = |group| {
        let known = groups.iter().position(|known| *known == group);
        known.unwrap_or_else(|| {
            groups.push(group);
            groups.len().saturating_sub(1)
        })
    };
    let group = rules.iter().map(|rule| number(rule.group.as_deref().unwrap_or(&rule.id)).to_string());
    list(out, "GROUP", "u8", &group.collect::<Vec<_>>())?;
    writeln!(out, "\npub(super) const GROUPS: usize = {};", groups.len())?;
    for (name, kind) in [("DISCOUNTS", RuleKind::Discount), ("RATES", RuleKind::EarnRate)] {
        writeln!(out, "pub(super) const {name}: u64 = {};", row(rules, |rule| rule.kind == kind))?;
    }
    let mut groups: Vec<&str> = coupons.iter().map(|coupon| coupon.group.as_str()).collect();
    groups.sort_unstable();
    groups.dedup();
    writeln!(out, "\npub(super) static COUPONS: [Coupon; {}] = [", coupons.len())?;
    for coupon in coupons {
        let (first, last) = days(coupon)?;
        let number = |day: dangol::Day| day.0.to_epoch_days();
        let percent = coupon.pct.and_then(|percent| percent.0.rescaled(2)).map(Amount::units);
        let amount = coupon.amount.map(cents).transpose()?;
        let group = groups.iter().position(|group| *group == coupon.group).unwrap_or(0);
        writeln!(
            out,
            "    Coupon {{ worth: {}, is_percent: {}, spend: {}, first_day: {}, last_day: {}, group: {group}, exclusive: {} }},",
            percent.or(amount).ok_or_else(|| format!("coupon {} is worth nothing", coupon.id))?,
            percent.is_some(),
            cents(coupon.min_spend)?,
            number(first),
            number(last),
            coupon.exclusive,
        )?;
    }
    Ok(writeln!(out, "];")?)
}

/// A bit for each entry for which that holds.
fn row<T>(entries: &[&T], holds: impl Fn(&T) -> bool) -> String {
    let set = entries.iter().zip(0_u32..).filter(|(entry, _)| holds(entry));
    let bits = set.fold(0_u64, |row, (_, bit)| row | 1_u64.checked_shl(bit).unwrap_or(0));
    format!("{bits:#x}")
}

/// A static list, as many entries to a line as fit.
fn list(out: &mut String, name: &str, kind: &str, entries: &[String]) -> Outcome<()> {
    write!(out, "\npub(super) static {name}: [{kind}; {}] = [", entries.len())?;
    let mut width = usize::MAX;
    for entry in entries {
        width = width.saturating_add(entry.len()).saturating_add(2);
        if width > 110 {
            out.push_str("\n   ");
            width = entry.len().saturating_add(5);
        }
        write!(out, " {entry},")?;
    }
    Ok(writeln!(out, "\n];")?)
}
