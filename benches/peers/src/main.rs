//! Dangol's whole quote beside other rule engines that only tell which rule matches which line: see ../README.md.

mod datalogic;
mod rules;
mod zen;

use dangol_benches::measure::{self, Task};
use dangol_benches::report::{self, Run};
use dangol_benches::{Outcome, fixture, record, workloads};

use rules::Shop;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => run(false),
        ["record"] => run(true),
        ["repeat", name, count] => {
            let task = tasks()?.into_iter().find(|task| task.name == *name);
            measure::repeat(&mut task.ok_or_else(|| format!("no such task: `{name}`"))?, count.parse()?);
            Ok(())
        }
        _ => Err("expected no argument, or `record`".into()),
    }
}

/// One run over all, in turn.
fn run(records: bool) -> Outcome<()> {
    workloads::agree()?;
    let run = Run { counts: measure::has_valgrind(), records };
    let rows = record::rows(tasks()?, run.counts)?;
    report::heading();
    for workload in ["W1", "W2"] {
        println!("\n{workload}");
        let own = |row: &&record::Row| row.name.split(' ').next() == Some(workload);
        report::print(&rows.iter().filter(own).cloned().collect::<Vec<_>>());
    }
    run.note("peers", &rows)
}

/// All tasks; nothing is returned before every engine finds the same pairs.
fn tasks() -> Outcome<Vec<Task>> {
    let mut tasks = Vec::new();
    // How many pairs there are was found by the reference that made the fixtures.
    for (name, work, pairs) in
        [("W1", fixture::cafe()?.0, 9), ("W2", fixture::supermarket()?.0, 443)]
    {
        let shop = Shop::new(&work)?;
        if shop.pairs.len() != pairs {
            return Err(format!("{name} has {} matched pairs, not {pairs}", shop.pairs.len()).into());
        }
        tasks.push(own(name, "engine", "Dangol, the whole quote")?);
        tasks.push(own(name, "by hand, from values", "by hand, the whole quote without reasons")?);
        tasks.push(zen::table(&format!("{name} zen-engine, rules alone"), &shop)?);
        tasks.push(zen::expressions(&format!("{name} zen-expression, rules alone"), &shop)?);
        tasks.push(datalogic::task(&format!("{name} datalogic-rs, rules alone"), &shop)?);
    }
    Ok(tasks)
}

/// A task of the other benches under another name.
fn own(workload: &str, what: &str, name: &str) -> Outcome<Task> {
    let wanted = format!("{workload} {what}");
    let all = workloads::tasks()?.into_iter().flat_map(|(_, tasks)| tasks);
    let task = all.into_iter().find(|task| task.name == wanted);
    let mut task = task.ok_or_else(|| format!("no such task: `{wanted}`"))?;
    task.name = format!("{workload} {name}");
    Ok(task)
}
