//! Fractions of whole numbers, rounding and splitting, by the book.

use serde_json::Value;

/// A fraction in lowest terms; what is below the line is more than nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Q {
    above: i128,
    below: i128,
}

fn common(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs().max(1) } else { common(b, a % b) }
}

impl Q {
    pub(crate) const ZERO: Q = Q { above: 0, below: 1 };
    pub(crate) const ONE: Q = Q { above: 1, below: 1 };

    pub(crate) fn new(above: i128, below: i128) -> Q {
        let common = common(above, below);
        let sign = if below < 0 { -1 } else { 1 };
        Q { above: sign * above / common, below: sign * below / common }
    }

    pub(crate) fn whole(number: i64) -> Q {
        Q::new(number.into(), 1)
    }

    /// The number that a text or a whole number of JSON stands for; nothing stands for 0.
    pub(crate) fn of(value: &Value) -> Q {
        let text = match value {
            Value::Null => return Q::ZERO,
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let digits: i128 = format!("{whole}{part}").parse().unwrap_or_else(|_| panic!("{text} is no number"));
        Q::new(digits, 10_i128.pow(u32::try_from(part.len()).unwrap()))
    }

    pub(crate) fn plus(self, other: Q) -> Q {
        Q::new(self.above * other.below + other.above * self.below, self.below * other.below)
    }

    pub(crate) fn minus(self, other: Q) -> Q {
        self.plus(Q { above: -other.above, below: other.below })
    }

    pub(crate) fn times(self, other: Q) -> Q {
        Q::new(self.above * other.above, self.below * other.below)
    }

    pub(crate) fn over(self, other: Q) -> Q {
        Q::new(self.above * other.below, self.below * other.above)
    }

    pub(crate) fn floor(self) -> Q {
        Q { above: self.above.div_euclid(self.below), below: 1 }
    }

    /// What is left above the whole number below it.
    pub(crate) fn rest(self) -> Q {
        self.minus(self.floor())
    }

    /// The whole number that it is.
    pub(crate) fn to_whole(self) -> i64 {
        assert_eq!(self.below, 1, "{self:?} is no whole number");
        i64::try_from(self.above).unwrap()
    }

    /// As text, with three digits where it is no whole number.
    pub(crate) fn to_text(self) -> String {
        if self.below == 1 {
            return self.above.to_string();
        }
        let thousandths = self.times(Q::whole(1_000)).to_whole();
        format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000)
    }

    pub(crate) fn is_zero(self) -> bool {
        self.above == 0
    }

    /// The nearest multiple of `unit` by that mode. The number is not negative.
    pub(crate) fn rounded(self, mode: &str, unit: Q) -> Q {
        let steps = self.over(unit);
        let (below, rest) = (steps.floor(), steps.rest());
        let half = Q::new(1, 2);
        let odd = below.above % 2 == 1;
        let up = match mode {
            "down" => false,
            "up" => !rest.is_zero(),
            "half_up" => rest >= half,
            "half_down" => rest > half,
            "half_even" => rest > half || (rest == half && odd),
            "half_odd" => rest > half || (rest == half && !odd),
            other => panic!("no such mode: {other}"),
        };
        (if up { below.plus(Q::ONE) } else { below }).times(unit)
    }
}

impl PartialOrd for Q {
    fn partial_cmp(&self, other: &Q) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Q {
    fn cmp(&self, other: &Q) -> std::cmp::Ordering {
        (self.above * other.below).cmp(&(other.above * self.below))
    }
}

pub(crate) fn sum(all: impl IntoIterator<Item = Q>) -> Q {
    all.into_iter().fold(Q::ZERO, Q::plus)
}

/// The smallest unit of an amount with so many digits.
pub(crate) fn smallest(digits: &Value) -> Q {
    Q::new(1, 10_i128.pow(u32::try_from(digits.as_u64().unwrap_or(0)).unwrap()))
}

/// Spreads a total, which is a multiple of the unit, over weights, the way that a program's `split` says.
pub(crate) fn split(how: &Value, total: Q, weights: &[Q], unit: Q) -> Vec<Q> {
    let all = sum(weights.iter().copied());
    if all.is_zero() {
        return vec![Q::ZERO; weights.len()];
    }
    let mode = how["shares"].as_str().unwrap_or("down");
    let rest = how["rest"].as_str().unwrap_or("largest_fractions");
    let share = |weight: Q| total.times(weight).over(all);
    if rest == "cumulative" {
        let (mut upto, mut placed, mut parts) = (Q::ZERO, Q::ZERO, vec![]);
        for weight in weights {
            upto = upto.plus(*weight);
            let whole = share(upto).rounded(mode, unit);
            parts.push(whole.minus(placed));
            placed = whole;
        }
        return parts;
    }
    let mut parts: Vec<Q> = weights.iter().map(|weight| share(*weight).rounded(mode, unit)).collect();
    let mut lines: Vec<usize> = (0..parts.len()).filter(|line| !weights[*line].is_zero()).collect();
    match rest {
        "last_line" => lines.reverse(),
        "dearest_first" => lines.sort_by_key(|line| std::cmp::Reverse(weights[*line])),
        _ => {}
    }
    let mut turn = lines.iter().cycle();
    while sum(parts.iter().copied()) != total {
        let short = sum(parts.iter().copied()) < total;
        let missing = |index: &usize| share(weights[*index]).minus(parts[*index]);
        let next = match rest {
            // A unit each to the largest fractions; of equal ones the earlier first.
            "largest_fractions" if short => (0..parts.len()).rev().max_by_key(missing).unwrap(),
            "largest_fractions" => (0..parts.len()).rev().min_by_key(missing).unwrap(),
            // All of it to the last line, as far as there is something to take.
            "last_line" => *lines.iter().find(|line| short || !parts[**line].is_zero()).unwrap(),
            _ => *turn.next().unwrap(),
        };
        parts[next] = if short { parts[next].plus(unit) } else { parts[next].minus(unit) };
    }
    parts
}
