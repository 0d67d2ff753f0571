//! Measures and prints: `cargo run --release -p dangol-benches`. See the README beside it.
#![expect(clippy::print_stdout, reason = "its tables are what this program is for")]

use dangol_benches::growth::Size;
use dangol_benches::measure::{self, Task, Times};
use dangol_benches::{Outcome, convert, figures, fixture, growth, tables, workloads};

/// How often each task is timed.
const ROUNDS: usize = 101;
/// What a quote of W2 may take, in picoseconds.
const W2_LIMIT: u64 = 100_000_000;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => {
            workloads::agree()?;
            println!("engine, hand-written code and reference agree\n");
            let counts = measure::has_valgrind();
            if !counts {
                println!("valgrind is not on the path: no instructions are counted\n");
            }
            workload_table(counts)?;
            growth_table(counts)
        }
        ["generate"] => generate(),
        ["repeat", name] => repeat(name),
        _ => Err("expected no argument, or `generate`".into()),
    }
}

/// Writes what is made from the fixtures.
fn generate() -> Outcome<()> {
    let folder = env!("CARGO_MANIFEST_DIR");
    let (cafe, supermarket) = (fixture::cafe()?.0.program, fixture::supermarket()?.0.program);
    std::fs::write(format!("{folder}/programs/w1.json"), convert::program("w1", &cafe)?)?;
    std::fs::write(format!("{folder}/programs/w2.json"), convert::program("w2", &supermarket)?)?;
    std::fs::write(format!("{folder}/src/bound/w2_tables.rs"), tables::w2(&supermarket)?)?;
    Ok(())
}

/// Runs one task inside callgrind.
fn repeat(name: &str) -> Outcome<()> {
    let mut tasks = workloads::tasks()?.into_iter().flat_map(|(_, tasks)| tasks);
    let task = match tasks.find(|task| task.name == name) {
        Some(task) => Some(task),
        None => Size::named(name).map(Size::task).transpose()?,
    };
    measure::repeat(&mut task.ok_or_else(|| format!("no such task: `{name}`"))?);
    Ok(())
}

/// A measured task.
struct Row {
    name: String,
    times: Times,
    instructions: Option<u64>,
}

impl Row {
    /// Its name without that of the workload.
    fn what(&self) -> &str {
        self.name.split_once(' ').map_or(&self.name, |(_, what)| what)
    }
}

fn rows(mut tasks: Vec<Task>, counts: bool) -> Outcome<Vec<Row>> {
    let times = measure::times(&mut tasks, ROUNDS);
    let mut rows = Vec::with_capacity(tasks.len());
    for (task, times) in tasks.into_iter().zip(times) {
        let instructions = if counts { Some(measure::instructions(&task.name)?) } else { None };
        rows.push(Row { name: task.name, times, instructions });
    }
    Ok(rows)
}

fn workload_table(counts: bool) -> Outcome<()> {
    println!("{:<34}{:>12}{:>12}{:>14}", "", "minimum", "median", "instructions");
    for (title, tasks) in workloads::tasks()? {
        println!("\n{title}");
        let rows = rows(tasks, counts)?;
        for row in &rows {
            let (minimum, median) = (figures::time(row.times.minimum), figures::time(row.times.median));
            let instructions = row.instructions.map(figures::count).unwrap_or_default();
            println!("  {:<32}{minimum:>12}{median:>12}{instructions:>14}", row.what());
        }
        let Some((engine, others)) = rows.split_first() else { continue };
        for other in others.iter().filter(|other| other.what().starts_with("by hand")) {
            let time = figures::ratio(engine.times.minimum, other.times.minimum);
            let median = figures::ratio(engine.times.median, other.times.median);
            let count = engine.instructions.zip(other.instructions);
            let count = count.map(|(engine, other)| figures::ratio(engine, other)).unwrap_or_default();
            println!("  {:<32}{time:>12}{median:>12}{count:>14}", format!("engine ÷ {}", other.what()));
        }
        if engine.name == "W2 engine" {
            let kept = if engine.times.minimum < W2_LIMIT { "kept" } else { "BROKEN" };
            println!("  limit of {}: {kept}", figures::time(W2_LIMIT));
        }
    }
    Ok(())
}

fn growth_table(counts: bool) -> Outcome<()> {
    let unit = if counts { "instructions" } else { "nanoseconds" };
    println!(
        "\nW2 in other sizes, no coupon shown: {unit} of a quote (and how many times those of half the rules)"
    );
    let headings = growth::LINES.map(|lines| format!("{lines} lines"));
    println!("{:>12}{}", "", headings.map(|heading| format!("{heading:>22}")).concat());
    let mut above: Option<Vec<u64>> = None;
    let mut worst = 0;
    for rules in growth::RULES {
        let costs = costs(growth::LINES.map(|lines| Size { lines, rules, coupons: 0 }), counts)?;
        print!("{:>12}", format!("{rules} rules"));
        for (place, cost) in costs.iter().enumerate() {
            let before = above.as_ref().and_then(|above| above.get(place));
            let grown = before.map(|before| format!(" ({})", figures::fine_ratio(*cost, *before)));
            print!("{:>22}", format!("{}{:>7}", figures::count(*cost), grown.unwrap_or_default()));
            let left = place.checked_sub(1).and_then(|left| costs.get(left));
            for smaller in before.into_iter().chain(left) {
                worst = worst.max(cost.saturating_mul(100).checked_div(*smaller).unwrap_or(0));
            }
        }
        println!();
        above = Some(costs);
    }
    // A clock is less exact than a counter.
    let linear = if counts { 205 } else { 260 };
    let verdict = if worst <= linear { "no step is worse than linear" } else { "WORSE THAN LINEAR" };
    println!(
        "twice the lines or rules cost at most {} times as much: {verdict}",
        figures::fine_ratio(worst, 100)
    );

    println!("\n40 lines, 60 rules, the best three of so many coupons: {unit} of a quote");
    let sizes = growth::COUPONS.map(|coupons| Size { lines: 40, rules: 60, coupons });
    for (size, cost) in sizes.iter().zip(costs(sizes, counts)?) {
        println!("{:>12}{:>15}", format!("{} coupons", size.coupons), figures::count(cost));
    }
    Ok(())
}

/// What a quote costs in each size.
fn costs<const N: usize>(sizes: [Size; N], counts: bool) -> Outcome<Vec<u64>> {
    if counts {
        return sizes.iter().map(|size| measure::instructions(&size.name())).collect();
    }
    let mut tasks = sizes.iter().map(|size| size.task()).collect::<Outcome<Vec<_>>>()?;
    Ok(measure::times(&mut tasks, ROUNDS).iter().map(|times| times.minimum / 1_000).collect())
}
