//! Measures and prints: `cargo run --release -p dangol-benches`. See the README beside it.
#![expect(clippy::print_stdout, reason = "its tables are what this program is for")]

use dangol_benches::growth::Size;
use dangol_benches::measure::{self, Task};
use dangol_benches::report::{self, Run};
use dangol_benches::{Outcome, convert, fixture, readme, tables, workloads};

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => run(false),
        ["record"] => run(true),
        ["generate"] => generate(),
        ["repeat", name, count] => {
            measure::repeat(&mut task(name)?, count.parse()?);
            Ok(())
        }
        _ => Err("expected no argument, `record` or `generate`".into()),
    }
}

fn run(records: bool) -> Outcome<()> {
    workloads::agree()?;
    println!("engine, hand-written code and reference agree\n");
    let counts = measure::has_valgrind();
    if !counts {
        println!("valgrind is not on the path: no instructions are counted\n");
    }
    let run = Run { counts, records };
    report::workloads(run)?;
    report::growth(run)?;
    report::worst(run)
}

/// Writes what is made from the fixtures, and the tables of the README from what was measured last.
fn generate() -> Outcome<()> {
    let folder = env!("CARGO_MANIFEST_DIR");
    let (cafe, supermarket) = (fixture::cafe()?.0.program, fixture::supermarket()?.0.program);
    std::fs::write(format!("{folder}/programs/w1.json"), convert::program("w1", &cafe)?)?;
    std::fs::write(format!("{folder}/programs/w2.json"), convert::program("w2", &supermarket)?)?;
    std::fs::write(format!("{folder}/src/bound/w2_tables.rs"), tables::w2(&supermarket)?)?;
    let path = format!("{folder}/README.md");
    Ok(std::fs::write(&path, readme::filled(&std::fs::read_to_string(&path)?)?)?)
}

/// The task of that name, to be run inside callgrind, where it is slow to make others as well.
fn task(name: &str) -> Outcome<Task> {
    if let Some(size) = Size::all().into_iter().find(|size| size.name() == name) {
        return size.task();
    }
    let tasks = workloads::tasks()?.into_iter().flat_map(|(_, tasks)| tasks);
    let found = tasks.into_iter().find(|task| task.name == name);
    found.ok_or_else(|| format!("no such task: `{name}`").into())
}
