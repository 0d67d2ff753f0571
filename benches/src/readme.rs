//! The tables of the README, from what was measured last.

use std::fmt::Write as _;

use crate::growth::{COUPONS, LINES, RULES, Size, TOGETHER};
use crate::record::{Row, row};
use crate::worst::{self, Kind};
use crate::{Outcome, figures, record};

/// Makes a table of what was measured.
type Table = fn(&[Row]) -> Outcome<String>;

/// The text of the README with every table as it was measured last.
pub fn filled(text: &str) -> Outcome<String> {
    let mut text = text.to_owned();
    let tables: [(&str, Table); 4] =
        [("workloads", workloads), ("peers", peers), ("growth", growth), ("worst", worst_size)];
    for (name, table) in tables {
        let (start, end) = (format!("<!-- measured: {name} -->\n"), format!("<!-- end: {name} -->"));
        let parts =
            text.split_once(&start).and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
        let (before, after) = parts.ok_or_else(|| format!("the README has no place for `{name}`"))?;
        text = format!("{before}{start}\n{}\n{end}{after}", table(&record::read(name)?)?);
    }
    Ok(text)
}

/// The engine beside code written by hand.
fn workloads(rows: &[Row]) -> Outcome<String> {
    let mut out = String::from(
        "| instructions | engine | ÷ by hand, from values | ÷ by hand, from integers | wire |\n|---|--:|--:|--:|--:|\n",
    );
    for (title, name) in
        [("W1 café", "W1"), ("W2 supermarket", "W2"), ("W2, 256 baskets", "W2x256"), ("W3 ledger", "W3")]
    {
        let engine = row(rows, &format!("{name} engine"))?;
        let times = |what: &str| {
            row(rows, &format!("{name} by hand{what}"))
                .map_or_else(|_| String::new(), |hand| engine.times_of(hand))
        };
        let integers = if name == "W3" { "" } else { ", from integers" };
        let (values, integers) = (times(", from values"), times(integers));
        let wire = row(rows, &format!("{name} wire"))?.count();
        writeln!(out, "| {title} | {} | {values} | {integers} | {wire} |", engine.count())?;
    }
    let hoard = row(rows, "W3x10000 engine")?;
    let act = row(rows, "W3x10000 act, and its event applied")?;
    write!(
        out,
        "\nA member with 10,000 lots spends from 40 of them in {} instructions ({}), and by `act`, which first looks what\n\
         time has done and copies the member, in {}.\n",
        hoard.count(),
        figures::time(hoard.times.minimum),
        figures::time(act.times.minimum),
    )?;
    let (review, hand) = (row(rows, "W4 engine")?, row(rows, "W4 by hand")?);
    let tiers = row(rows, "W4 tiers")?;
    let bytes = crate::reviews::bytes()?.1;
    write!(
        out,
        "\nThe monthly review of a member who has ordered every day for ten years takes {} instructions ({}), {} times the\n\
         sum over his days alone; where he stands, with what is missing and what the next two years will find, {}. He has\n\
         {} bytes as JSON, and no more than after one year.\n",
        review.count(),
        figures::time(review.times.minimum),
        review.times_of(hand),
        figures::time(tiers.times.minimum),
        figures::count(u64::try_from(bytes)?),
    )?;
    let (all, units) = (row(rows, "Returns engine")?, row(rows, "Returns unit by unit")?);
    let half = row(rows, "Returns unit by unit, half the lines")?;
    write!(
        out,
        "\nAn order of 1,000 lines comes back as a whole in {} instructions ({}), events applied; in 1,000 returns of one unit\n\
         it costs {} times that, {} ({}) for each, most of it for events of its own. That grows with the lines: twice as many\n\
         cost {} times as much.\n",
        all.count(),
        figures::time(all.times.minimum),
        units.times_of(all),
        figures::count(units.cost().checked_div(1_000).unwrap_or(0)),
        figures::time(units.times.minimum.checked_div(1_000).unwrap_or(0)),
        units.times_of(half),
    )?;
    Ok(out)
}

/// The engine beside other rule engines.
fn peers(rows: &[Row]) -> Outcome<String> {
    let mut out = String::from("| | instructions | ÷ Dangol | time | ÷ Dangol |\n|---|--:|--:|--:|--:|\n");
    for title in ["W1", "W2"] {
        let own = row(rows, &format!("{title} Dangol, the whole quote"))?;
        for row in rows.iter().filter(|row| row.name.split(' ').next() == Some(title)) {
            let time = figures::fine_ratio(row.times.minimum, own.times.minimum);
            let times = figures::fine_ratio(row.cost(), own.cost());
            let (name, count) = (&row.name, row.count());
            writeln!(out, "| {name} | {count} | {times} | {} | {time} |", figures::time(row.times.minimum))?;
        }
    }
    Ok(out)
}

/// The cost of other sizes of W2.
fn growth(rows: &[Row]) -> Outcome<String> {
    let mut out = String::new();
    for (what, numbers, sizes) in
        [("lines, 60 rules", LINES, Size::of_lines()), ("rules, 40 lines", RULES, Size::of_rules())]
    {
        let head = numbers.map(|number| format!(" {number} |")).concat();
        writeln!(out, "| {what} |{head}\n|---|{}", "--:|".repeat(numbers.len()))?;
        let (counts, times) = cells(rows, &sizes)?;
        writeln!(out, "| instructions |{counts}\n| time |{times}\n")?;
    }
    let steepest = figures::fine_ratio(steepest(rows)?, 100);
    writeln!(out, "More lines or rules cost at most {steepest} times what in proportion they would.\n")?;
    let head = COUPONS.map(|number| format!(" {number} |")).concat();
    writeln!(out, "| coupons in 5 groups |{head}\n|---|{}", "--:|".repeat(COUPONS.len()))?;
    for together in TOGETHER {
        let (counts, times) = cells(rows, &Size::of_coupons(together))?;
        writeln!(out, "| instructions, the best {together} |{counts}\n| time, the best {together} |{times}")?;
    }
    Ok(out)
}

/// Instructions and times of these sizes, as cells.
fn cells(rows: &[Row], sizes: &[Size]) -> Outcome<(String, String)> {
    let (mut counts, mut times) = (String::new(), String::new());
    for size in sizes {
        let row = row(rows, &size.name())?;
        write!(counts, " {} |", row.count())?;
        write!(times, " {} |", figures::time(row.times.minimum))?;
    }
    Ok((counts, times))
}

/// The largest quotient of the growth of cost and the growth of lines or rules, in hundredths.
pub fn steepest(rows: &[Row]) -> Outcome<u64> {
    let mut steepest = 0;
    for (numbers, sizes) in [(LINES, Size::of_lines()), (RULES, Size::of_rules())] {
        let mut sized: Vec<(u64, u64)> = Vec::new();
        for (number, size) in numbers.into_iter().zip(sizes) {
            sized.push((u64::try_from(number)?, row(rows, &size.name())?.cost()));
        }
        for [(few, cheap), (many, dear)] in sized.array_windows() {
            let grown = dear.saturating_mul(*few).saturating_mul(100);
            steepest = steepest.max(grown.checked_div(cheap.saturating_mul(*many)).unwrap_or(0));
        }
    }
    Ok(steepest)
}

/// The worst documented size, by kind.
fn worst_size(rows: &[Row]) -> Outcome<String> {
    let mut out = String::from("| kind | proved optimal | fastest | slowest |\n|---|--:|--:|--:|\n");
    for (name, _) in Kind::ALL {
        let start = format!("worst {name} ");
        let own: Vec<&Row> = rows.iter().filter(|row| row.name.starts_with(&start)).collect();
        let proved = own.iter().filter(|row| row.name.ends_with(", optimal")).count();
        let times = || own.iter().map(|row| row.times.minimum);
        let (fastest, slowest) = (times().min().unwrap_or(0), times().max().unwrap_or(0));
        let (fastest, slowest) = (figures::time(fastest), figures::time(slowest));
        writeln!(out, "| {name} | {proved} of {} | {fastest} | {slowest} |", own.len())?;
    }
    writeln!(out, "\nAt most {} are promised.", figures::time(worst::LIMIT))?;
    Ok(out)
}
