//! What the READMEs print of a terminal is what is printed there, and their programs load.

use std::process::Command;

use dangol::Program;

/// A README, one of its headings, and its language.
pub(crate) type Section = (&'static str, &'static str, &'static str);

/// The first block of that kind below a heading.
pub(crate) fn block((name, heading, _): Section, kind: &str) -> anyhow::Result<String> {
    let readme = std::fs::read_to_string(format!("{}/../../{name}", env!("CARGO_MANIFEST_DIR")))?;
    let (_, below) = readme.split_once(heading).unwrap_or_default();
    let (_, block) = below.split_once(&format!("```{kind}\n")).unwrap_or_default();
    Ok(block.split_once("```").unwrap_or_default().0.to_owned())
}

/// Runs the command of a section's text, and finds there what the text shows, part by part.
pub(crate) fn printed(section: Section) -> anyhow::Result<()> {
    let text = block(section, "text")?;
    // The README is 72 columns wide, as a terminal is at most.
    let mut command = Command::new(env!("CARGO_BIN_EXE_dangol"));
    let words = text.lines().next().unwrap_or_default().strip_prefix("$ cargo run -- ").unwrap_or_default();
    command.args(words.split(' ')).env("COLUMNS", "72").env("LANG", section.2);
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let run = super::run(command, "")?;
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let parts: Vec<&str> = text.split("…\n").skip(1).collect();
    assert!(!parts.is_empty(), "{section:?} shows nothing");
    for part in parts {
        assert!(run.out.contains(part), "{section:?}: {part}\n{}", run.out);
    }
    Ok(())
}

#[test]
fn the_readmes_tell_of_ladders_that_load() -> anyhow::Result<()> {
    for section in [("README.md", "## Tiers", "en"), ("README.ko.md", "## 등급", "ko")] {
        let ladder = block(section, "toml")?;
        let head = "format = 1\nid = \"salon\"\nversion = \"1\"\ncurrency = \"KRW\"\n";
        let program = Program::from_toml(&format!("{head}{ladder}"))?;
        assert_eq!(program.file().tiers.0.len(), 1, "{section:?}");
        printed(section)?;
    }
    Ok(())
}
