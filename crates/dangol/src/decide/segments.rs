//! What a member's orders say about the member, without changing anything.

use crate::check;
use crate::error::{Code, InputError, Problem};
use crate::model::{Member, SegmentBands, SegmentRule, Segments};
use crate::program::{Compiled, Program};
use crate::value::{Amount, Day, Instant, Money, Overflow, Period};

use super::overdue::not_before;
use super::tier::forget_before;

impl Program {
    /// How long ago, how often and how much a member ordered as of an instant, in bands whose borders the host gives, and
    /// the segments that the member is in by them.
    ///
    /// The host writes the names into [`Member::segments`], where the condition `segment_in` finds them. Borders are
    /// numbers of its own, or what [`Cut::of`](crate::Cut::of) made of all members: `{"groups": 5}` gives those of five
    /// bands. What the passing of time changes about points and tiers does not matter here. A program that was given a
    /// longer window keeps the days of orders since then: until it has passed, earlier orders may be missing.
    ///
    /// ```
    /// use dangol::{Basket, Line, Member, Program, SegmentBands};
    ///
    /// let program = Program::from_json(r#"{ "format": 1, "id": "cafe", "version": "1", "currency": "KRW",
    ///   "zone": "Asia/Seoul", "tiers": { "window": "12 months", "tiers": [{ "id": "basic" }] },
    ///   "offers": [{ "id": "thanks", "benefit": { "percent_off": "10" }, "when": { "segment_in": ["champion"] } }] }"#)?;
    /// let bands: SegmentBands = serde_json::from_str(r#"{ "window": "6 months",
    ///   "recency": [14, 60], "frequency": [2, 5], "monetary": ["50000", "200000"],
    ///   "segments": [{ "id": "champion", "recency_at_least": 3, "frequency_at_least": 2, "monetary_at_least": 2 }] }"#)?;
    ///
    /// let mut member: Member = serde_json::from_str(r#"{ "id": "m1", "orders": 3, "last_order_on": "2026-04-25",
    ///   "activity": [{ "on": "2026-02-01", "spend": "30000" }, { "on": "2026-04-25", "spend": "45000", "orders": 2 }] }"#)?;
    /// let at = "2026-05-01T04:00:00+09:00".parse()?;
    /// let segments = program.segments(&member, at, &bands)?;
    /// assert_eq!((segments.days, segments.orders, segments.spend), (Some(6), 3, "75000".parse()?));
    /// assert_eq!((segments.recency, segments.frequency, segments.monetary), (Some(3), Some(2), Some(2)));
    ///
    /// member.segments = segments.segments;
    /// let basket = Basket { lines: vec![Line::new("latte".parse()?, "5000".parse()?)], ..Basket::default() };
    /// assert_eq!(program.quote(&member, &basket, at)?.due.to_string(), "4500");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// An [`InputError`] where the instant lies before the member's latest event, the window reaches further back than the
    /// program keeps activity, borders do not ascend, or a rule names a band that there is not.
    pub fn segments(
        &self,
        member: &Member,
        at: Instant,
        bands: &SegmentBands,
    ) -> Result<Segments, InputError> {
        let program = self.compiled();
        let money = checked(program, bands)?;
        not_before(member, at, "at")?;
        let today = program.zone().day(at);
        let last_order_on = member.latest_order_on();
        let days = last_order_on.map(|last| u32::try_from(today.days_since(last)).unwrap_or(0));
        if let Some(window) = bands.window {
            is_kept(program, member, window, today)?;
        }
        let (orders, spend) = done(program, member, bands.window, today)?;
        let dormant = bands.dormant.map(|period| {
            let over = last_order_on.and_then(|last| period.after(last));
            over.is_some_and(|over| over <= today)
        });
        let of = |borders: &[Amount], number: Option<Amount>| {
            number.filter(|_| !borders.is_empty()).map(|number| band(borders, number))
        };
        // Fewer days are better: the bands are numbered from the other end.
        let last = count(bands.recency.len()).saturating_add(1);
        let recency = of(&bands.recency, days.map(|days| whole(days.into())));
        let mut segments = Segments {
            on: today,
            last_order_on,
            days,
            orders,
            spend,
            recency: recency.map(|band| last.saturating_add(1).saturating_sub(band)),
            frequency: of(&bands.frequency, Some(whole(orders))),
            monetary: of(&money, Some(spend.0)),
            dormant,
            segments: Vec::new(),
        };
        let holds = |rule: &&SegmentRule| holds(rule, &segments);
        segments.segments = bands.segments.iter().filter(holds).map(|rule| rule.id.clone()).collect();
        Ok(segments)
    }
}

/// The band of a number: 1 below every border, and one more for each that it reaches.
fn band(borders: &[Amount], number: Amount) -> u32 {
    count(borders.partition_point(|border| *border <= number)).saturating_add(1)
}

fn count(entries: usize) -> u32 {
    u32::try_from(entries).unwrap_or(u32::MAX)
}

/// A whole number to compare borders with; beyond 15 digits, which no border has, 15 nines do as well.
fn whole(number: u64) -> Amount {
    let most = 999_999_999_999_999;
    Amount::new(i64::try_from(number).unwrap_or(most).min(most), 0).unwrap_or_default()
}

/// How often and how much a member ordered in the window, or ever; money in the digits of the program.
fn done(
    program: &Compiled,
    member: &Member,
    window: Option<Period>,
    today: Day,
) -> Result<(u64, Money), InputError> {
    let sum = || {
        let (mut orders, mut spend) = (0_u64, Money::of_units(0, program.currency().digits())?);
        if window.is_none() {
            (orders, spend) = (member.earlier.orders, spend.plus(member.earlier.spend)?);
        }
        for day in member.activity_in(window, today) {
            (orders, spend) = (orders.saturating_add(day.orders), spend.plus(day.spend)?);
        }
        Ok((orders, spend))
    };
    sum().map_err(|overflow: Overflow| {
        InputError::new(Code::Overflow, "member.activity", overflow.to_string())
    })
}

/// An error where the window starts before the first day of which the program keeps activity.
fn is_kept(program: &Compiled, member: &Member, window: Period, today: Day) -> Result<(), InputError> {
    let Some(kept) = forget_before(program, member, today) else { return Ok(()) };
    if window.before(today).and_then(Day::next).is_some_and(|first| kept <= first) {
        return Ok(());
    }
    let message = if kept > today {
        "the program keeps no days one by one: no ladder, `orders_in` or `spend_in` looks back; without a window \
         everything counts"
            .to_owned()
    } else {
        format!(
            "`{window}` reaches further back than days are kept one by one: from {kept} on, as far as the ladders, \
             `orders_in` and `spend_in` of the program look; without a window everything counts"
        )
    };
    Err(InputError::new(Code::OutOfRange, "bands.window", message))
}

/// A bound of a rule, with the bands that there are and the band of the member.
struct Bound {
    measure: &'static str,
    at_least: Option<u32>,
    at_most: Option<u32>,
}

fn bounds(rule: &SegmentRule) -> [Bound; 3] {
    let bound = |measure, at_least, at_most| Bound { measure, at_least, at_most };
    [
        bound("recency", rule.recency_at_least, rule.recency_at_most),
        bound("frequency", rule.frequency_at_least, rule.frequency_at_most),
        bound("monetary", rule.monetary_at_least, rule.monetary_at_most),
    ]
}

fn holds(rule: &SegmentRule, segments: &Segments) -> bool {
    let bands = [segments.recency, segments.frequency, segments.monetary];
    let within = |(bound, band): (Bound, Option<u32>)| {
        let holds = |band| {
            bound.at_least.is_none_or(|least| least <= band) && bound.at_most.is_none_or(|most| band <= most)
        };
        band.map_or(bound.at_least.is_none() && bound.at_most.is_none(), holds)
    };
    bounds(rule).into_iter().zip(bands).all(within)
        && rule.dormant.is_none_or(|dormant| segments.dormant == Some(dormant))
}

/// The borders of spend, where everything that the host gave means something.
fn checked(program: &Compiled, bands: &SegmentBands) -> Result<Vec<Amount>, InputError> {
    let SegmentBands { recency, frequency, monetary, dormant, segments, .. } = bands;
    let money: Vec<Amount> = monetary.iter().map(|border| border.0).collect();
    borders("recency", recency)?;
    borders("frequency", frequency)?;
    borders("monetary", &money)?;
    let currency = program.currency();
    for (index, border) in money.iter().enumerate() {
        check::exact(*border, currency.digits(), currency.code()).map_err(|(code, message)| {
            InputError(Problem::new(code, format!("bands.monetary[{index}]"), message))
        })?;
    }
    if segments.len() > Member::MAX_SEGMENTS {
        let message = format!("at most {} segments, found {}", Member::MAX_SEGMENTS, segments.len());
        return Err(InputError::new(Code::TooMany, "bands.segments", message));
    }
    let counts = [recency.len(), frequency.len(), money.len()];
    for (index, rule) in segments.iter().enumerate() {
        if segments.iter().take(index).any(|before| before.id == rule.id) {
            let message = format!("`{}` is there already", rule.id);
            return Err(InputError::new(Code::DuplicateId, format!("bands.segments[{index}].id"), message));
        }
        rule_checked(rule, counts, dormant.is_some()).map_err(|(code, field, message)| {
            let dot = if field.is_empty() { "" } else { "." };
            InputError::new(code, format!("bands.segments[{index}]{dot}{field}"), message)
        })?;
    }
    Ok(money)
}

/// An error unless there are not too many of them, each nothing or more and not below the one before.
fn borders(measure: &str, borders: &[Amount]) -> Result<(), InputError> {
    let most = SegmentBands::MAX_BORDERS;
    if borders.len() > most {
        let message = format!("at most {most} borders, found {}", borders.len());
        return Err(InputError::new(Code::TooMany, format!("bands.{measure}"), message));
    }
    let mut below = Amount::ZERO;
    for (index, border) in borders.iter().enumerate() {
        let wrong = |code, message| InputError::new(code, format!("bands.{measure}[{index}]"), message);
        if border.is_negative() {
            return Err(wrong(Code::OutOfRange, format!("must be nothing or more, found `{border}`")));
        }
        if *border < below {
            return Err(wrong(Code::OutOfOrder, format!("borders ascend: {border} is below {below}")));
        }
        below = *border;
    }
    Ok(())
}

/// What is wrong with a rule, and with which of its fields.
fn rule_checked(
    rule: &SegmentRule,
    borders: [usize; 3],
    dormant: bool,
) -> Result<(), (Code, String, String)> {
    let mut bounded = rule.dormant.is_some();
    for (Bound { measure, at_least, at_most }, borders) in bounds(rule).into_iter().zip(borders) {
        let last = count(borders).saturating_add(1);
        for (end, bound) in [("at_least", at_least), ("at_most", at_most)] {
            let Some(bound) = bound else { continue };
            bounded = true;
            let field = format!("{measure}_{end}");
            if borders == 0 {
                let message = format!("there are no bands of it: give the borders in `{measure}`");
                return Err((Code::Contradiction, field, message));
            }
            if bound == 0 || bound > last {
                let message = format!("bands are numbered from 1 to {last}, found `{bound}`");
                return Err((Code::OutOfRange, field, message));
            }
        }
        if at_least.zip(at_most).is_some_and(|(least, most)| most < least) {
            let message = format!("is below `{measure}_at_least`: nothing lies between");
            return Err((Code::Contradiction, format!("{measure}_at_most"), message));
        }
    }
    if rule.dormant.is_some() && !dormant {
        let message = "nothing says who is dormant: give `dormant`, such as `90 days`, beside the segments";
        return Err((Code::Contradiction, "dormant".to_owned(), message.to_owned()));
    }
    if !bounded {
        let message = "give at least one bound, or everybody is in it";
        return Err((Code::MissingField, String::new(), message.to_owned()));
    }
    Ok(())
}
