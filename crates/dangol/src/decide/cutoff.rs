//! Where a population is cut. It needs no program and knows no member: values go in, numbers come out.
//!
//! Everything is counted in whole smallest units, so that nobody is in or out by a rounding that is not stated.

use crate::check;
use crate::error::{Code, InputError, Problem};
use crate::model::{Above, Counted, Cut, CutAt, Cutoff, Cutoffs, Nothing, Ties};
use crate::value::{Amount, Mode, Overflow, Percent, Rounding};

/// The most percent of a measure of the middle.
const MOST_PERCENT: i32 = 10_000;
/// How many digits a rate has after the point.
const RATE_DIGITS: u8 = 4;

impl Cut {
    /// Cuts a population: the values by themselves, and values with how many have them, which is how the parts of a large
    /// population are put together. Neither their order nor their division between the two changes anything.
    ///
    /// It sorts them once, in 8 bytes for each value and 16 for each count.
    ///
    /// # Errors
    /// An [`InputError`] where nobody is left to be counted, a value is negative or has more digits than the cut, a number
    /// of the cut is out of its range, or a cutoff goes beyond 15 digits.
    pub fn of(&self, values: &[Amount], counted: &[Counted]) -> Result<Cutoffs, InputError> {
        self.check()?;
        let given = values.iter().copied().chain(counted.iter().map(|counted| counted.value));
        let digits = self.digits.or_else(|| given.map(Amount::digits).max()).unwrap_or(0);
        let (ranks, left_out) = Ranks::new(values, counted, digits, self.nothing)?;
        if ranks.total == 0 {
            let message = match left_out {
                0 => "expected at least one value".to_owned(),
                _ => format!("all {left_out} are nothing, and those are left out"),
            };
            return Err(InputError::new(Code::Empty, "values", message));
        }
        let cutoffs = self.least(&ranks).and_then(|least| {
            let cutoff = |least| ranks.cutoff(least, digits);
            least.into_iter().map(cutoff).collect()
        });
        let beyond = |overflow: Overflow| InputError::new(Code::Overflow, "values", overflow.to_string());
        Ok(Cutoffs { cutoffs: cutoffs.map_err(beyond)?, values: ranks.total, left_out })
    }

    /// The least that is in, at each cut.
    fn least(&self, ranks: &Ranks) -> Result<Vec<i64>, Overflow> {
        let one = |least: Result<i64, Overflow>| least.map(|least| vec![least]);
        match self.at {
            CutAt::TopPercent(percent) => {
                one(ranks.share(percent.units().into(), percent.scale()?, self.ties))
            }
            CutAt::TopCount(count) => one(ranks.best(count.min(ranks.total), self.ties)),
            CutAt::AboveAverage(Above { percent }) => {
                one(above(ranks.sum, ranks.total.into(), percent, self.ties))
            }
            CutAt::AboveMedian(Above { percent }) => one(above(ranks.middles()?, 2, percent, self.ties)),
            CutAt::Groups(groups) => {
                (1..groups).rev().map(|above| ranks.share(above.into(), groups.into(), self.ties)).collect()
            }
        }
    }

    fn check(&self) -> Result<(), InputError> {
        let wrong = |code, path: &str, message| Err(InputError::new(code, path, message));
        let range = |path: &str, range: String, found: String| {
            wrong(Code::OutOfRange, path, format!("must be {range}, found `{found}`"))
        };
        let rate = |path: &str, percent: Percent, most: i32| {
            if percent <= Percent::ZERO || percent.0 > Amount::from(most) {
                return range(path, format!("more than 0 and at most {most}"), percent.to_string());
            }
            if percent.0.rescaled(RATE_DIGITS).is_none() {
                let message = format!("at most {RATE_DIGITS} digits after the point, found `{percent}`");
                return wrong(Code::TooManyDigits, path, message);
            }
            Ok(())
        };
        match self.at {
            CutAt::TopPercent(percent) => rate("cut.at.top_percent", percent, 100)?,
            CutAt::TopCount(0) => range("cut.at.top_count", "at least 1".into(), "0".into())?,
            CutAt::TopCount(_) => {}
            CutAt::AboveAverage(Above { percent }) => {
                rate("cut.at.above_average.percent", percent, MOST_PERCENT)?;
            }
            CutAt::AboveMedian(Above { percent }) => {
                rate("cut.at.above_median.percent", percent, MOST_PERCENT)?;
            }
            CutAt::Groups(groups) if !(2..=Cut::MAX_GROUPS).contains(&groups) => {
                range("cut.at.groups", format!("from 2 to {}", Cut::MAX_GROUPS), groups.to_string())?;
            }
            CutAt::Groups(_) => {}
        }
        match self.digits {
            Some(digits) if digits > Amount::MAX_DIGITS => {
                range("cut.digits", format!("at most {}", Amount::MAX_DIGITS), digits.to_string())
            }
            _ => Ok(()),
        }
    }
}

/// The least whole number that is not below so many percent of a quotient, or that is above it.
fn above(sum: i128, count: i128, percent: Percent, ties: Ties) -> Result<i64, Overflow> {
    let numerator = sum.checked_mul(percent.units().into()).ok_or(Overflow)?;
    let denominator = count.checked_mul(percent.scale()?).ok_or(Overflow)?;
    match ties {
        Ties::Include => Rounding::to_unit(Mode::Up).ratio(numerator, denominator, 0),
        Ties::Exclude => {
            let below = Rounding::to_unit(Mode::Down).ratio(numerator, denominator, 0)?;
            below.checked_add(1).ok_or(Overflow)
        }
    }
}

/// A population in order, in smallest units.
struct Ranks {
    /// The values that came by themselves, ascending.
    alone: Vec<i64>,
    /// The values that came with counts, ascending, each with how many have that or a later one of them.
    counted: Vec<(i64, u64)>,
    total: u64,
    sum: i128,
}

impl Ranks {
    /// The population, and how many were left out of it.
    fn new(
        values: &[Amount],
        counted: &[Counted],
        digits: u8,
        nothing: Nothing,
    ) -> Result<(Ranks, u64), InputError> {
        let mut left_out = 0_u64;
        let mut ranks =
            Ranks { alone: Vec::with_capacity(values.len()), counted: Vec::new(), total: 0, sum: 0 };
        for (index, value) in values.iter().enumerate() {
            let units = units(*value, digits, || format!("values[{index}]"))?;
            if units == 0 && nothing == Nothing::LeaveOut {
                left_out = left_out.saturating_add(1);
                continue;
            }
            ranks.add(units, 1)?;
            ranks.alone.push(units);
        }
        for (index, Counted { value, count }) in counted.iter().enumerate() {
            let units = units(*value, digits, || format!("counted[{index}].value"))?;
            if *count == 0 {
                let path = format!("counted[{index}].count");
                return Err(InputError::new(Code::OutOfRange, path, "must be at least 1, found `0`"));
            }
            if units == 0 && nothing == Nothing::LeaveOut {
                left_out = left_out.saturating_add(*count);
                continue;
            }
            ranks.add(units, *count)?;
            ranks.counted.push((units, *count));
        }
        ranks.alone.sort_unstable();
        ranks.counted.sort_unstable();
        let mut reach = 0_u64;
        for (_, count) in ranks.counted.iter_mut().rev() {
            reach = reach.saturating_add(*count);
            *count = reach;
        }
        Ok((ranks, left_out))
    }

    fn add(&mut self, units: i64, count: u64) -> Result<(), InputError> {
        let part = i128::from(units).checked_mul(count.into());
        let sum = part.and_then(|part| self.sum.checked_add(part));
        let (Some(sum), Some(total)) = (sum, self.total.checked_add(count)) else {
            return Err(InputError::new(
                Code::Overflow,
                "counted",
                "the counts are too large to be added up",
            ));
        };
        (self.sum, self.total) = (sum, total);
        Ok(())
    }

    /// How many have so much or more.
    fn reach(&self, least: i64) -> u64 {
        let below = self.alone.partition_point(|value| *value < least);
        let alone = u64::try_from(self.alone.len().saturating_sub(below)).unwrap_or(u64::MAX);
        let below = self.counted.partition_point(|(value, _)| *value < least);
        alone.saturating_add(self.counted.get(below).map_or(0, |(_, reach)| *reach))
    }

    /// A number of so many digits, and how many reach it.
    fn cutoff(&self, least: i64, digits: u8) -> Result<Cutoff, Overflow> {
        let value = Amount::new(least, digits).map_err(|_| Overflow)?;
        let reached_by = self.reach(least);
        let above = least.checked_add(1).map_or(0, |next| self.reach(next));
        Ok(Cutoff { value, reached_by, tied: reached_by.saturating_sub(above) })
    }

    /// The highest value that so many reach: the last of them has it.
    fn highest(&self, reach: u64) -> Option<i64> {
        let alone = self.alone.partition_point(|value| self.reach(*value) >= reach);
        let counted = self.counted.partition_point(|(value, _)| self.reach(*value) >= reach);
        let alone = alone.checked_sub(1).and_then(|place| self.alone.get(place));
        let counted = counted.checked_sub(1).and_then(|place| self.counted.get(place));
        alone.copied().max(counted.map(|(value, _)| *value))
    }

    /// The lowest value that no more than so many reach; nothing where everybody at the top has the same.
    fn lowest(&self, reach: u64) -> Option<i64> {
        let alone = self.alone.partition_point(|value| self.reach(*value) > reach);
        let counted = self.counted.partition_point(|(value, _)| self.reach(*value) > reach);
        let counted = self.counted.get(counted).map(|(value, _)| *value);
        self.alone.get(alone).copied().into_iter().chain(counted).min()
    }

    /// The least that is in where so many are to be: 1 or more with ties, and no more than there are.
    fn best(&self, count: u64, ties: Ties) -> Result<i64, Overflow> {
        match ties {
            Ties::Include => self.highest(count).ok_or(Overflow),
            Ties::Exclude => match self.lowest(count) {
                Some(value) => Ok(value),
                None => self.highest(1).and_then(|highest| highest.checked_add(1)).ok_or(Overflow),
            },
        }
    }

    /// The least that is in where a share of all is to be: at least it, or at most.
    fn share(&self, part: i128, whole: i128, ties: Ties) -> Result<i64, Overflow> {
        let numerator = part.checked_mul(self.total.into()).ok_or(Overflow)?;
        let mode = if ties == Ties::Include { Mode::Up } else { Mode::Down };
        let count = Rounding::to_unit(mode).ratio(numerator, whole, 0)?;
        self.best(u64::try_from(count).map_err(|_| Overflow)?, ties)
    }

    /// The sum of the two values in the middle, which are the same one where their number is odd.
    fn middles(&self) -> Result<i128, Overflow> {
        let half = self.total.checked_div(2).ok_or(Overflow)?;
        let (upper, lower) = (self.total.saturating_sub(half), half.saturating_add(1));
        let value = |reach: u64| self.highest(reach).map(i128::from).ok_or(Overflow);
        value(upper)?.checked_add(value(lower)?).ok_or(Overflow)
    }
}

/// A value in smallest units.
fn units(value: Amount, digits: u8, path: impl Fn() -> String) -> Result<i64, InputError> {
    if value.is_negative() {
        let message = format!("must be nothing or more, found `{value}`");
        return Err(InputError::new(Code::OutOfRange, path(), message));
    }
    let exact = check::exact(value, digits, "the cut");
    let exact = exact.map_err(|(code, message)| InputError(Problem::new(code, path(), message)))?;
    Ok(exact.units())
}
