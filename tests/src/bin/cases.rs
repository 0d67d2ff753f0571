//! Runs worked cases of other systems: `cargo run --release -p dangol-tests --bin cases -- FOLDER [--area accrual,expiry]`.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use dangol_tests::cases::report::{self, Counts};
use dangol_tests::cases::{self};

const USAGE: &str = "usage: cases FOLDER [--area AREA,AREA]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((folder, areas)) = asked(&arguments) else {
        return complain(USAGE);
    };
    match cases::check(&folder, &areas) {
        Ok(checked) => {
            let failed = Counts::of(&checked).failed > 0;
            match write!(io::stdout().lock(), "{}", report::text(&checked)) {
                Ok(()) if failed => ExitCode::FAILURE,
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => complain(&error.to_string()),
            }
        }
        Err(error) => complain(&format!("{error:#}")),
    }
}

/// The folder and the areas.
fn asked(arguments: &[String]) -> Option<(PathBuf, Vec<String>)> {
    let (mut folder, mut areas) = (None, Vec::new());
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == "--area" {
            areas.extend(rest.next()?.split(',').map(str::to_owned));
        } else if argument.starts_with('-') || folder.replace(PathBuf::from(argument)).is_some() {
            return None;
        }
    }
    Some((folder?, areas))
}

fn complain(message: &str) -> ExitCode {
    // Where not even this can be written, the exit code still says it.
    let _: Result<(), io::Error> = writeln!(io::stderr(), "{message}");
    ExitCode::from(2)
}
