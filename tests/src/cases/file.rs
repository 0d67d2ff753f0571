//! The files: what they look like, and which part of a case is translated.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::Stop;

/// The only format that is known.
const SCHEMA: &str = "loyalty-cases/1";

/// A file: what else it says about itself is not about any case.
#[derive(Debug, Deserialize)]
struct File {
    schema: String,
    source_key: String,
    cases: Vec<Map<String, Value>>,
}

/// What every case says about itself, for the report.
#[derive(Debug, Deserialize)]
struct Label {
    id: String,
    area: String,
    #[serde(default)]
    idiosyncratic: bool,
}

/// A case: its label, and what is translated of it.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) id: String,
    pub(super) area: String,
    pub(super) idiosyncratic: bool,
    pub(super) given: Result<Given, Stop>,
}

/// What a case is translated from: nothing else of it is ever looked at.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) setup: Setup,
    pub(super) steps: Vec<Value>,
    pub(super) expected: Map<String, Value>,
}

/// What holds before the first step.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Setup {
    pub(super) currency: CaseCurrency,
    #[serde(default)]
    pub(super) clock: Option<String>,
    #[serde(default)]
    pub(super) rules: Vec<Value>,
    #[serde(default)]
    pub(super) policy: Map<String, Value>,
    #[serde(default)]
    pub(super) member: Map<String, Value>,
    #[serde(default)]
    pub(super) basket: Option<Map<String, Value>>,
    #[serde(default)]
    pub(super) tiers: Vec<Value>,
    #[serde(default)]
    pub(super) redemption: Option<Map<String, Value>>,
    #[serde(default)]
    pub(super) member_multiplier: Option<Value>,
    #[serde(default)]
    pub(super) multiplier_rounding: Option<String>,
    #[serde(default)]
    pub(super) tolerance: Option<Value>,
    #[serde(default)]
    pub(super) delivery_fees: Option<Value>,
}

/// The currency of every amount of money.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseCurrency {
    pub(super) code: String,
    pub(super) minor_digits: u8,
}

/// The fields of a case beside its label: setup, steps, what is expected, and what people wrote about it.
const PROSE: [&str; 7] = ["id", "area", "idiosyncratic", "description", "notes", "fidelity", "verification"];

/// Every file of a folder by its name, with its cases in their order.
pub(super) fn read(folder: &Path) -> Result<Vec<(String, Vec<Case>)>> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        paths.push(entry?.path());
    }
    paths.retain(|path| path.is_file() && path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    if paths.is_empty() {
        bail!("no .json file in {}", folder.display());
    }
    paths.iter().map(|path| one(path).with_context(|| path.display().to_string())).collect()
}

fn one(path: &Path) -> Result<(String, Vec<Case>)> {
    let file: File = serde_json::from_str(&fs::read_to_string(path)?)?;
    if file.schema != SCHEMA {
        bail!("the schema is `{}`, not `{SCHEMA}`", file.schema);
    }
    let cases: Result<Vec<Case>> = file.cases.into_iter().map(case).collect();
    Ok((file.source_key, cases?))
}

fn case(fields: Map<String, Value>) -> Result<Case> {
    let label: Label = serde_json::from_value(Value::Object(fields.clone()))?;
    let Label { id, area, idiosyncratic } = label;
    Ok(Case { id, area, idiosyncratic, given: given(fields) })
}

fn given(mut fields: Map<String, Value>) -> Result<Given, Stop> {
    let mut take = |name: &str| fields.remove(name).unwrap_or_default();
    let (setup, steps, expected) = (take("setup"), take("steps"), take("expected"));
    take("source");
    if let Some(unknown) = fields.keys().find(|key| !PROSE.contains(&key.as_str())) {
        return Err(Stop::unsupported(unknown));
    }
    let setup = serde_json::from_value(setup).map_err(|error| unknown("setup", &error.to_string()))?;
    let steps = serde_json::from_value(steps).map_err(|error| unknown("steps", &error.to_string()))?;
    let expected =
        serde_json::from_value(expected).map_err(|error| unknown("expected", &error.to_string()))?;
    Ok(Given { setup, steps, expected })
}

/// The field that serde does not know, or what else it says.
fn unknown(part: &str, message: &str) -> Stop {
    let field = message.split('`').nth(1).filter(|_| message.starts_with("unknown field"));
    Stop::Unsupported(field.map_or_else(|| format!("{part}: {message}"), |field| format!("{part}.{field}")))
}
