//! The architecture as tests: what may import what, how long a file may be, and which files belong together.

#![expect(
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a test that panics has failed, which is its purpose"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folders of the core from left to right: a module imports only from its left, or from itself.
const LAYERS: [&str; 12] = [
    "value", "error", "document", "ledger", "model", "apply", "check", "rule", "program", "decide",
    "explain", "wire",
];

/// What bindings may name: the door, the program, failures, and the plain nouns that pass through.
const DOOR: [&str; 17] = [
    "wire",
    "Program",
    "ProgramError",
    "InputError",
    "ApplyError",
    "Code",
    "Problem",
    "Member",
    "Basket",
    "Quote",
    "Order",
    "Placed",
    "Event",
    "Id",
    "Instant",
    "Day",
    "Lang",
];

const MOST_LINES: usize = 300;

/// Vocabularies: one enum each, its sentences, or the classes that have one method for each verb or field: no easier to read in
/// pieces.
const VOCABULARIES: [&str; 6] = [
    "bindings/python/src/program.rs",
    "bindings/python/src/quote.rs",
    "crates/dangol/src/explain/reason.rs",
    "crates/dangol/src/model/action.rs",
    "crates/dangol/src/model/change.rs",
    "crates/dangol/src/model/reason.rs",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All files with that ending below a folder, by their path from the folder.
fn files(folder: &Path, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
                found.push((name, fs::read_to_string(&path).unwrap_or_default()));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no .{ending} file in {}", folder.display());
    found
}

/// The source without its comments.
fn code(source: &str) -> String {
    let lines = source.lines().map(|line| line.split_once("//").map_or(line, |(code, _)| code));
    lines.collect::<Vec<_>>().join("\n")
}

/// The first names of all paths that begin with `start`, also of those in braces.
fn named(code: &str, start: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (place, _) in code.match_indices(start) {
        let before = code[..place].chars().next_back();
        if before.is_some_and(|before| before.is_alphanumeric() || before == '_' || before == '"') {
            continue;
        }
        let rest = &code[place + start.len()..];
        let mut depth = 0;
        let mut first = true;
        for (at, char) in rest.char_indices() {
            match char {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => {}
                _ if char.is_alphabetic() && first => {
                    let name: String = rest[at..]
                        .chars()
                        .take_while(|char| char.is_alphanumeric() || *char == '_')
                        .collect();
                    names.insert(name);
                }
                _ => {}
            }
            // A name stands at the beginning, after a brace of the first level, or after a comma there.
            first = (depth == 1 && matches!(char, '{' | ',')) || (first && char.is_whitespace());
            if depth == 0 {
                break;
            }
        }
    }
    names
}

/// What is wrong with the imports of one file of the core.
fn imports(file: &str, code: &str) -> Vec<String> {
    let own = file.split('/').next().unwrap_or(file).trim_end_matches(".rs");
    let place = |layer: &str| LAYERS.iter().position(|known| *known == layer);
    let Some(home) = place(own) else { return vec![format!("{file} is in none of the layers")] };
    let mut used = named(code, "crate::");
    if !file.contains('/') {
        // Above a file of the first level there is the crate.
        used.extend(named(code, "super::").into_iter().filter(|name| place(name).is_some()));
    }
    let right = used.iter().filter(|layer| place(layer).is_none_or(|layer| layer > home));
    let mut wrong: Vec<String> = right.map(|layer| format!("{file} uses {layer}")).collect();
    if code.contains("super::super") {
        wrong.push(format!("{file} uses super::super"));
    }
    wrong
}

#[test]
fn a_module_imports_only_from_its_left() {
    let mut wrong = Vec::new();
    for (file, source) in files(&root().join("crates/dangol/src"), "rs") {
        if file != "lib.rs" {
            wrong.extend(imports(&file, &code(&source)));
        }
    }
    assert!(wrong.is_empty(), "the layers are {}:\n{}", LAYERS.join(" ← "), wrong.join("\n"));
}

#[test]
fn imports_are_seen_however_they_are_written() {
    assert_eq!(imports("rule/tier.rs", "use crate::program::Program;"), ["rule/tier.rs uses program"]);
    assert_eq!(imports("rule/tier.rs", "let x: crate::wire::Failure;"), ["rule/tier.rs uses wire"]);
    assert_eq!(
        imports("rule/tier.rs", "use crate::{\n  decide::{a, explain},\n  value,\n};"),
        ["rule/tier.rs uses decide"]
    );
    assert_eq!(imports("apply.rs", "use super::rule::Tier;"), ["apply.rs uses rule"]);
    assert_eq!(
        imports("rule/tier.rs", "use super::super::check::Check;"),
        ["rule/tier.rs uses super::super"]
    );
    assert_eq!(
        imports("model/order.rs", &code("// crate::rule is to the right\nuse crate::value::Id;")),
        [""; 0]
    );
}

#[test]
fn no_file_is_longer_than_it_may_be() {
    let list =
        Command::new("git").args(["ls-files", "-co", "--exclude-standard"]).current_dir(root()).output();
    let list = String::from_utf8(list.expect("git lists the files").stdout).unwrap();
    let kinds = [".rs", ".py", ".ts", ".mjs"];
    let mut long = Vec::new();
    let mut seen = 0;
    for name in list.lines().filter(|name| kinds.iter().any(|kind| name.ends_with(kind))) {
        // A file that was deleted is still listed until that is committed.
        let Ok(text) = fs::read_to_string(root().join(name)) else { continue };
        seen += 1;
        let generated = text.lines().next().is_some_and(|line| line.contains("generated"));
        if !generated && !VOCABULARIES.contains(&name) && text.lines().count() > MOST_LINES {
            long.push(format!("{name} has {} lines", text.lines().count()));
        }
    }
    assert!(seen > 0, "git lists no file");
    assert!(long.is_empty(), "at most {MOST_LINES} lines:\n{}", long.join("\n"));
}

#[test]
fn every_kind_has_its_vectors() {
    let mut missing = Vec::new();
    for area in ["condition", "award", "benefit", "expiry"] {
        let folder = root().join("crates/dangol/src/rule").join(area);
        let words = fs::read_to_string(folder.join("mod.rs")).unwrap();
        for (file, _) in files(&folder, "rs") {
            let kind = file.trim_end_matches(".rs");
            // A kind is a file with a public word; others stand beside it.
            let is_kind = words.contains(&format!("pub use {kind}::"));
            let vectors = format!("tests/vectors/{area}/{kind}.json");
            if is_kind && !root().join(&vectors).is_file() {
                missing.push(format!("rule/{area}/{file} has no {vectors}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn bindings_name_no_rule() {
    let mut wrong = Vec::new();
    for language in ["python", "wasm"] {
        for (file, source) in files(&root().join("bindings").join(language).join("src"), "rs") {
            let others =
                named(&code(&source), "dangol::").into_iter().filter(|name| !DOOR.contains(&name.as_str()));
            wrong.extend(others.map(|name| format!("bindings/{language}/src/{file} uses dangol::{name}")));
        }
    }
    assert!(wrong.is_empty(), "bindings see only {}:\n{}", DOOR.join(", "), wrong.join("\n"));
}
