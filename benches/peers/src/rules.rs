//! The rules part of a workload: which rule matches which line.

use std::collections::BTreeSet;
use std::hint::black_box;

use dangol_benches::Outcome;
use dangol_benches::fixture::{Line, Rule, Work};
use dangol_benches::measure::Task;
use serde_json::{Map, Value, json};

/// A rule by its place, and a line by its place.
pub type Pair = (usize, usize);

/// What the engines are given, and what they must find.
pub struct Shop {
    pub rules: Vec<Rule>,
    /// The facts of the whole visit: tier, channel, weekday (Monday is 1), minute of the day, subtotal.
    pub visit: Value,
    /// The facts of each line: sku, category, brand.
    pub lines: Vec<Value>,
    /// Found by comparing plainly.
    pub pairs: BTreeSet<Pair>,
}

impl Shop {
    pub fn new(work: &Work) -> Outcome<Shop> {
        let Work { program, member, basket, now } = work;
        let subtotal = basket.lines.iter().map(cents).sum::<Outcome<i64>>()?;
        let minute = now.rem_euclid(86_400) / 60;
        let weekday = (now.div_euclid(86_400) + 3).rem_euclid(7) + 1;
        let mut pairs = BTreeSet::new();
        for (number, rule) in program.rules.iter().enumerate() {
            let when = &rule.when;
            let enough = when.min_spend.map(|spend| minor(&spend.to_string())).transpose()?;
            let holds = named(&when.tiers, &member.tier)
                && named(&when.channels, &basket.channel)
                && when.weekdays.as_ref().is_none_or(|days| days.iter().any(|day| i64::from(*day) == weekday))
                && when.minutes.is_none_or(|[from, until]| (from.into()..until.into()).contains(&minute))
                && enough.is_none_or(|enough| enough <= subtotal);
            for (place, line) in basket.lines.iter().enumerate().filter(|_| holds) {
                let scope = &rule.lines;
                if named(&scope.categories, &line.category)
                    && named(&scope.skus, &line.sku)
                    && named(&scope.brands, &line.brand)
                {
                    pairs.insert((number, place));
                }
            }
        }
        let subtotal = subtotal as f64 / 100.0;
        let visit = json!({
            "tier": member.tier, "channel": basket.channel, "weekday": weekday, "minute": minute, "subtotal": subtotal,
        });
        let line = |line: &Line| json!({ "sku": line.sku, "category": line.category, "brand": line.brand });
        Ok(Shop { rules: program.rules.clone(), visit, lines: basket.lines.iter().map(line).collect(), pairs })
    }

    /// The facts of each line with those of the visit beside them.
    pub fn joined(&self) -> Vec<Value> {
        let join = |line: &Value| {
            let maps = [line, &self.visit].into_iter().filter_map(Value::as_object);
            Value::from(maps.flat_map(Clone::clone).collect::<Map<String, Value>>())
        };
        self.lines.iter().map(join).collect()
    }

    /// The task of an engine that a loop drives to fill in the pairs, where it finds the right ones.
    pub fn driven(&self, name: &str, mut run: impl FnMut(&mut Vec<Pair>) + 'static) -> Outcome<Task> {
        let mut pairs = Vec::new();
        run(&mut pairs);
        self.check(name, pairs.iter().copied())?;
        Ok(Task::new(name, move || {
            run(&mut pairs);
            black_box(&pairs);
        }))
    }

    /// An error where an engine finds other pairs.
    pub fn check(&self, name: &str, found: impl IntoIterator<Item = Pair>) -> Outcome<()> {
        let found: BTreeSet<Pair> = found.into_iter().collect();
        let differs = || format!("{name} finds {} pairs, which are not the {} right ones", found.len(), self.pairs.len());
        if found == self.pairs { Ok(()) } else { Err(differs().into()) }
    }
}

/// Whether a list that may be left out has the name.
fn named(names: &Option<Vec<String>>, name: &str) -> bool {
    names.as_ref().is_none_or(|names| names.iter().any(|known| known == name))
}

/// The price of a line, rounded half up.
fn cents(line: &Line) -> Outcome<i64> {
    let (quantity, price) = (line.qty.0.rescaled(3).ok_or("a quantity is too fine")?, minor(&line.unit_price.to_string())?);
    Ok((quantity.units() * price + 500) / 1_000)
}

/// Money in cents.
fn minor(text: &str) -> Outcome<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    Ok(whole.parse::<i64>()? * 100 + format!("{part:0<2}").parse::<i64>()?)
}
