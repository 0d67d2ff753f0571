//! The built program as people run it: what it prints, and how it ends.

mod account;
mod bakery;
mod check;
mod cutoff;
mod exchange;
mod explain;
mod merge;
mod quote;
mod readme;
mod receipt;
mod refund;
mod review;
mod samples;
mod vectors;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// How a run of `dangol` ended.
#[derive(Debug)]
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Runs `dangol` in an empty folder, 60 columns wide, without a locale.
fn dangol(args: &[&str], input: &str) -> anyhow::Result<Run> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dangol"));
    for variable in ["LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "CARGO"] {
        command.env_remove(variable);
    }
    command.args(args).env("COLUMNS", "60").current_dir(env!("CARGO_TARGET_TMPDIR"));
    run(command, input)
}

fn run(mut command: Command, input: &str) -> anyhow::Result<Run> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    if let Some(mut pipe) = child.stdin.take() {
        // A program that does not read its input may have ended by now.
        pipe.write_all(input.as_bytes()).ok();
    }
    let ended = child.wait_with_output()?;
    let (out, err) = (String::from_utf8(ended.stdout)?, String::from_utf8(ended.stderr)?);
    Ok(Run { code: ended.status.code(), out, err })
}

/// Writes a file for a test and returns its path. Each has a folder of its own, empty before, since tests run side
/// by side and must not live on what an earlier run left.
fn file(name: &str, text: &str) -> anyhow::Result<String> {
    static FOLDERS: AtomicUsize = AtomicUsize::new(0);
    let number = FOLDERS.fetch_add(1, Ordering::Relaxed).to_string();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(number);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let path = folder.join(name);
    std::fs::write(&path, text)?;
    Ok(path.display().to_string())
}

fn sample(name: &str) -> String {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "samples"].iter().collect();
    folder.join(name).display().to_string()
}

#[test]
fn help_and_version_are_no_failures() -> anyhow::Result<()> {
    for args in [&["--help"][..], &["--version"], &["quote", "--help"], &["help", "test"]] {
        let run = dangol(args, "")?;
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{args:?}");
    }
    assert!(dangol(&["--help"], "")?.out.contains("Exit codes:"));
    Ok(())
}

#[test]
fn a_wrong_command_line_or_an_unreadable_file_ends_with_2() -> anyhow::Result<()> {
    let wrong: [&[&str]; 7] = [
        &["frobnicate"],
        &["check"],
        &["check", "no-such-file.json"],
        &["test", "no-such-file.json"],
        &["quote", "no-such-file.json"],
        &["--lang", "de"],
        &["quote", "--place", "o1", "-"],
    ];
    for args in wrong {
        let run = dangol(args, "")?;
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(!run.err.is_empty(), "{args:?}");
    }
    let missing = dangol(&["check", "no-such-file.json"], "")?;
    assert!(missing.err.contains("`no-such-file.json`"), "{}", missing.err);
    Ok(())
}

#[test]
fn the_schema_is_one_of_programs() -> anyhow::Result<()> {
    let run = dangol(&["schema"], "")?;
    let schema: serde_json::Value = serde_json::from_str(&run.out)?;
    assert_eq!(run.code, Some(0));
    assert_eq!(schema["additionalProperties"], serde_json::Value::Bool(false));
    let program: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(sample("cafe.json"))?)?;
    for field in program.as_object().into_iter().flatten().map(|(field, _)| field) {
        assert!(schema["properties"].get(field).is_some(), "{field}");
    }
    Ok(())
}

/// A reader that goes away, such as `head`, is no failure.
#[test]
fn a_closed_pipe_is_quiet() -> anyhow::Result<()> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dangol"));
    let (reader, writer) = std::io::pipe()?;
    drop(reader);
    let ended = command.arg("schema").stdout(writer).stderr(Stdio::piped()).spawn()?.wait_with_output()?;
    assert_eq!((ended.status.code(), ended.stderr.as_slice()), (Some(0), &b""[..]));
    Ok(())
}
