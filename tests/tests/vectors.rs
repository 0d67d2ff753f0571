//! The conformance vectors, by Rust: `tests/README.md` tells their format.

use std::fs;
use std::path::{Path, PathBuf};

use dangol_cli::vectors::run_file;
use dangol_tests::format::{self, VectorFile};

/// Where the vectors are.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

/// All vector files with their names; programs that several of them share stand in the folder `programs`.
fn files() -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() && path != root().join("programs") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                let name = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
                found.push((name, path));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_vector_holds() {
    let (mut cases, mut failures) = (0, Vec::new());
    for (name, path) in files() {
        let report = run_file(&path, &[]).unwrap();
        cases += report.cases;
        failures.extend(report.failures.iter().map(|failed| format!("{name} › {failed}")));
    }
    assert!(failures.is_empty(), "{} failures in {cases} cases:\n{}", failures.len(), failures.join("\n"));
    assert!(cases >= 80, "only {cases} cases were found in {}", root().display());
}

#[test]
fn every_file_keeps_to_the_format() {
    for (name, path) in files() {
        let text = fs::read_to_string(path).unwrap();
        let read: Result<VectorFile, _> = serde_json::from_str(&text);
        assert!(read.is_ok(), "{name}: {}", read.unwrap_err());
    }
}

#[test]
fn the_readme_shows_a_vector_that_holds() {
    let readme = include_str!("../README.md");
    let shown = readme.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert_eq!(shown, fs::read_to_string(root().join("coffee.json")).unwrap());
}

#[test]
fn the_schema_is_that_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors.schema.json");
    let schema = format::schema().unwrap();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &schema).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == schema, "{} is out of date: run with UPDATE=1", path.display());
}

#[test]
fn what_the_format_does_not_know_is_refused() {
    let refused = |text: &str| serde_json::from_str::<VectorFile>(text).unwrap_err().to_string();
    let case = |name: &str, rest: &str| format!(r#"{{ "name": "{name}", "program": "p.json", {rest} }}"#);
    let file = |cases: &[String]| format!(r#"{{ "about": "x", "cases": [{}] }}"#, cases.join(","));
    let loads = r#""then": { "loads": true }"#;
    assert!(refused(&file(&[])).contains("at least one case"));
    assert!(refused(&file(&[case("a", loads), case("a", loads)])).contains("two cases are called `a`"));
    assert!(refused(&file(&[case("a", r#""thne": {}"#)])).contains("unknown field `thne`"));
    assert!(refused(&file(&[case("a", r#""steps": []"#)])).contains("either steps or `then`"));
    let step = r#""steps": [{ "when": { "advance": {}, "now": "x", "place": "o1" }, "then": {} }]"#;
    assert!(refused(&file(&[case("a", step)])).contains("no other fields than its own"));
}
