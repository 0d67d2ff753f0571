//! What fuzzing starts from: seeds that the library accepts, and that say every word of a program.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is its purpose")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use dangol::{Program, wire};
use serde_json::Value;

fn fuzz() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// The names and texts of the seeds of a target, in order.
fn seeds(target: &str) -> Vec<(String, String)> {
    let folder = fuzz().join("seeds").join(target);
    let mut seeds: Vec<(String, String)> = fs::read_dir(&folder)
        .unwrap()
        .map(|file| {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect();
    seeds.sort();
    assert!(!seeds.is_empty());
    seeds
}

/// A file of the fuzzed workspace is this text; with `UPDATE` it becomes so.
fn fresh(path: &PathBuf, text: &str) {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, text).unwrap();
    }
    let found = fs::read_to_string(path).unwrap_or_default();
    let hint = "UPDATE=1 cargo test -p dangol-tests --test seeds";
    assert!(found == text, "{}: {hint}", path.display());
}

#[test]
fn the_door_accepts_every_seed_of_its_own() {
    let program = fs::read_to_string(fuzz().join("program.json")).unwrap();
    let program = Program::from_json(&program).unwrap();
    let mut verbs = BTreeSet::new();
    for (name, seed) in seeds("wire") {
        let verb = name.split('-').next().unwrap_or_default();
        let place = wire::VERBS.iter().position(|known| *known == verb).unwrap();
        let request: String = seed.chars().skip(1).collect();
        // The first byte chooses the verb, and verbs may move.
        let byte = char::from(u8::try_from(place).unwrap());
        fresh(&fuzz().join("seeds/wire").join(&name), &format!("{byte}{request}"));
        if let Err(failure) = wire::call(&program, verb, &request) {
            panic!("{name}: {failure}");
        }
        verbs.insert(verb.to_owned());
    }
    let missing: Vec<&str> = wire::VERBS.into_iter().filter(|verb| !verbs.contains(*verb)).collect();
    assert!(missing.is_empty(), "no seed of {missing:?}");
}

#[test]
fn every_program_of_the_seeds_loads() {
    for (name, seed) in seeds("program") {
        let json = seed.trim_start().starts_with('{');
        let loaded = if json { Program::from_json(&seed) } else { Program::from_toml(&seed) };
        assert!(loaded.is_ok(), "{name}: {:?}", loaded.err());
    }
    let everything = fs::read_to_string(fuzz().join("program.json")).unwrap();
    fresh(&fuzz().join("seeds/program/everything"), &everything);
    let samples = fuzz().join("../../crates/dangol-cli/samples");
    for (name, sample) in [("cafe", "cafe.json"), ("shop", "shop.toml"), ("bakery", "bakery.toml")] {
        fresh(&fuzz().join("seeds/program").join(name), &fs::read_to_string(samples.join(sample)).unwrap());
    }
}

/// The names of fields and the words that the schema of programs knows.
fn vocabulary(schema: &Value, words: &mut BTreeSet<String>) {
    match schema {
        Value::Object(fields) => {
            for (field, inner) in fields {
                match (field.as_str(), inner) {
                    ("properties", Value::Object(named)) => words.extend(named.keys().cloned()),
                    ("enum", Value::Array(values)) => {
                        words.extend(values.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    ("const", Value::String(word)) => drop(words.insert(word.clone())),
                    _ => {}
                }
                vocabulary(inner, words);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| vocabulary(item, words)),
        _ => {}
    }
}

#[test]
fn the_seeds_say_every_word_of_a_program() {
    let schema = fs::read_to_string(fuzz().join("../../crates/dangol/docs/program.schema.json")).unwrap();
    let mut words = BTreeSet::new();
    vocabulary(&serde_json::from_str(&schema).unwrap(), &mut words);
    assert!(words.len() > 200, "{} words", words.len());
    let said: String = seeds("program").into_iter().map(|(_, text)| text).collect();
    words.retain(|word| !said.contains(&format!("\"{word}\"")));
    assert!(words.is_empty(), "no seed says {words:?}: add it to tests/fuzz/program.json");
}

/// Every name and every short text of a document.
fn tokens(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (field, inner) in fields {
                found.insert(field.clone());
                tokens(inner, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| tokens(item, found)),
        Value::String(text) if text.len() < 30 => drop(found.insert(text.clone())),
        _ => {}
    }
}

/// libFuzzer puts these together: `-dict=fuzz/words.dict`.
#[test]
fn the_dictionary_has_the_words_of_the_seeds() {
    let mut found = BTreeSet::new();
    let wire = seeds("wire").into_iter().map(|(_, seed)| seed.chars().skip(1).collect());
    for text in seeds("program").into_iter().map(|(_, seed)| seed).chain(wire) {
        if let Ok(value) = serde_json::from_str(&text) {
            tokens(&value, &mut found);
        }
    }
    let plain = |word: &&String| {
        word.bytes().all(|byte| (0x20..0x7f).contains(&byte) && byte != b'"' && byte != b'\\')
    };
    let lines: Vec<String> = found.iter().filter(plain).map(|word| format!("\"\\\"{word}\\\"\"\n")).collect();
    fresh(&fuzz().join("words.dict"), &lines.concat());
}
