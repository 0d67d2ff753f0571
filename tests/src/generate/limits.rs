//! The documented limits of the core, read from its source: constants that are called `MAX_…` and say what they are.
//!
//! They are in no schema, and a constant's doc comment can be read nowhere else.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::root;

/// One limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Limit {
    /// Its name in Rust: `Program::MAX_ENTRIES`.
    pub(super) name: String,
    /// Whether Rust programs can name it.
    pub(super) public: bool,
    pub(super) value: u64,
    pub(super) about: String,
}

/// All limits that have a description, in the order of the source's files.
pub(super) fn limits() -> Result<Vec<Limit>> {
    let mut texts = Vec::new();
    sources(&root().join("crates/dangol/src"), &mut texts)?;
    let found: Vec<Constant> = texts.iter().flat_map(|text| constants(text)).collect();
    let mut limits = Vec::new();
    // A constant that another one stands for is not said twice.
    let hidden = |one: &Constant| found.iter().any(|other| other.value.ends_with(&format!("::{}", one.name)));
    for one in found.iter().filter(|one| !one.about.is_empty() && !hidden(one)) {
        let value = value(&one.value, &found).with_context(|| format!("{} = {}", one.name, one.value))?;
        let name =
            if one.owner.is_empty() { one.name.clone() } else { format!("{}::{}", one.owner, one.name) };
        limits.push(Limit { name, public: one.public, value, about: one.about.clone() });
    }
    Ok(limits)
}

struct Constant {
    owner: String,
    name: String,
    public: bool,
    value: String,
    about: String,
}

fn sources(folder: &Path, texts: &mut Vec<String>) -> Result<()> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        paths.push(entry?.path());
    }
    paths.sort();
    for path in paths {
        if path.is_dir() {
            sources(&path, texts)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            texts.push(fs::read_to_string(&path).with_context(|| path.display().to_string())?);
        }
    }
    Ok(())
}

fn constants(source: &str) -> Vec<Constant> {
    let (mut owner, mut about, mut constants) = (String::new(), Vec::new(), Vec::new());
    for line in source.lines() {
        if let Some(name) = line.strip_prefix("impl ").and_then(|rest| rest.strip_suffix(" {")) {
            owner = name.to_owned();
        } else if line == "}" {
            owner.clear();
        }
        let code = line.trim_start();
        if let Some(text) = code.strip_prefix("///") {
            about.push(text.trim());
            continue;
        }
        let named = code.split_once("const MAX_").and_then(|(scope, rest)| {
            let (name, rest) = rest.split_once(':')?;
            let (_, value) = rest.split_once(" = ")?;
            Some((scope, format!("MAX_{name}"), value.strip_suffix(';')?))
        });
        if let Some((scope, name, value)) = named {
            let public = scope == "pub ";
            let about = about.join(" ");
            constants.push(Constant { owner: owner.clone(), name, public, value: value.into(), about });
        }
        about.clear();
    }
    constants
}

/// A whole number, a power of two as `16 << 20`, or the name of another limit.
fn value(written: &str, known: &[Constant]) -> Option<u64> {
    if let Some((number, power)) = written.split_once(" << ") {
        return value(number, known)?.checked_shl(power.parse().ok()?);
    }
    let number = written.replace('_', "").parse();
    number.ok().or_else(|| {
        let name = written.rsplit("::").next()?;
        let other = known.iter().find(|other| other.name == name && other.value != written)?;
        value(&other.value, known)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_and_the_constants_agree() {
        let limits = limits().unwrap();
        let value = |name: &str| limits.iter().find(|limit| limit.name == name).map(|limit| limit.value);
        let known = |limit: usize| Some(u64::try_from(limit).unwrap());
        assert_eq!(value("Program::MAX_BYTES"), known(dangol::Program::MAX_BYTES));
        assert_eq!(value("Program::MAX_ENTRIES"), known(dangol::Program::MAX_ENTRIES));
        assert_eq!(value("Basket::MAX_LINES"), known(dangol::Basket::MAX_LINES));
        assert_eq!(value("Wallet::MAX_DIGITS"), Some(dangol::Wallet::MAX_DIGITS.into()));
        assert_eq!(limits.iter().filter(|limit| limit.name.contains("BYTES")).count(), 2);
    }
}
