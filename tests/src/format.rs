//! The vector format as types: what a file may say, and nothing else. `tests/README.md` tells what it means.
//!
//! The runner, `dangol_cli::vectors`, keeps requests as the text that was written; these types are there for the
//! schema, and to hold the project's own files to it.

mod steps;

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use steps::{
    ActStep, AdvanceStep, BalanceStep, CutoffStep, ExchangeOf, ExchangeStep, MergeOf, MergeStep, Nothing,
    NoticesOf, NoticesStep, QuoteOf, QuoteStep, RawRequest, RawStep, RefundOf, RefundStep, SegmentsStep,
    StatementStep, TiersOf, TiersStep,
};

/// A file of conformance vectors: one topic, one program, several cases.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Dangol conformance vectors")]
pub struct VectorFile {
    /// For editors: where the schema is.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// What the file is about, in a sentence; where a case stands for a bug of another system, its issue.
    pub about: String,
    /// The program of every case that names none itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<ProgramSource>,
    /// At least one case; names are unique in a file.
    #[serde(deserialize_with = "distinct")]
    #[schemars(length(min = 1))]
    pub cases: Vec<Case>,
}

/// One behaviour: either loading a program, or some steps of one member under it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The behaviour, as a sentence.
    pub name: String,
    /// The program, where it is not that of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<ProgramSource>,
    /// What there was before the first step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<Given>,
    /// What happens, in order; the member is the fold of the steps before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// What loading the program gives, in a case without steps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then: Option<Map<String, Value>>,
}

/// What there was before the first step.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// The member; `{"id": "m1"}` where left out.
    pub member: Value,
}

/// Something that happens, and what must come of it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What happens.
    pub when: When,
    /// What must come of it: the keys that matter. `{"error": {…}}` where it must fail.
    pub then: Map<String, Value>,
}

/// What happens in a step.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "expected a step with `quote`, `act`, `refund`, `exchange`, `merge`, `advance`, `balance`, `tiers`, `notices`, `statement`, `segments`, `cutoff` or `raw`, and no other fields than its own"
)]
pub enum When {
    /// A basket is quoted, and booked where `place` names an order.
    Quote(QuoteStep),
    /// Something is done with points outside of an order.
    Act(ActStep),
    /// Goods of an order come back.
    Refund(RefundStep),
    /// Goods of an order come back for others.
    Exchange(ExchangeStep),
    /// What tills did is put together.
    Merge(MergeStep),
    /// Time passes.
    Advance(AdvanceStep),
    /// The points of every wallet are told.
    Balance(BalanceStep),
    /// Where the member stands on each ladder is told.
    Tiers(TiersStep),
    /// The notices are told that are due in some days.
    Notices(NoticesStep),
    /// What the steps so far have moved is told.
    Statement(StatementStep),
    /// What the member's orders say is told.
    Segments(SegmentsStep),
    /// A population is cut.
    Cutoff(CutoffStep),
    /// A verb of the wire with a request that is not built but given as text.
    Raw(RawStep),
}

/// Where a program comes from.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum ProgramSource {
    /// A file, by its path from `tests/vectors`; TOML where it ends so.
    Path(String),
    /// A text, which need not be a program.
    Text(TextSource),
    /// The program itself.
    Inline(Map<String, Value>),
}

/// A program as text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextSource {
    /// The text.
    pub text: Text,
    /// What it is written in.
    #[serde(default)]
    pub format: Format,
}

/// What a program is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// JSON.
    #[default]
    Json,
    /// TOML.
    Toml,
}

/// A text, whole or in pieces of which some are repeated: for texts too large or too deep to write out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Text {
    /// The text.
    Whole(String),
    /// Its pieces.
    Pieces(Vec<Piece>),
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Piece {
    /// As it is.
    Once(String),
    /// Several times.
    Repeated(Repeated),
}

/// A text several times.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Repeated {
    /// The text.
    pub repeat: String,
    /// How often.
    pub times: usize,
}

impl<'de> Deserialize<'de> for ProgramSource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ProgramSource, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(path) => Ok(ProgramSource::Path(path)),
            // A program has no field `text`, so what has one is not a program.
            Value::Object(fields) if fields.contains_key("text") => {
                serde_json::from_value(Value::Object(fields))
                    .map(ProgramSource::Text)
                    .map_err(D::Error::custom)
            }
            Value::Object(fields) => Ok(ProgramSource::Inline(fields)),
            _ => Err(D::Error::custom("a program is a path, a text, or an object")),
        }
    }
}

fn distinct<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Case>, D::Error> {
    let cases: Vec<Case> = Vec::deserialize(deserializer)?;
    let mut names = BTreeSet::new();
    for case in &cases {
        if !names.insert(&case.name) {
            return Err(D::Error::custom(format!("two cases are called `{}`", case.name)));
        }
        if case.steps.is_empty() == case.then.is_none() {
            return Err(D::Error::custom(format!("`{}` needs either steps or `then`", case.name)));
        }
    }
    if cases.is_empty() { Err(D::Error::custom("a file has at least one case")) } else { Ok(cases) }
}

/// The JSON Schema of the format, as it stands in `tests/vectors.schema.json`.
///
/// # Errors
/// Where it cannot be written as JSON.
pub fn schema() -> serde_json::Result<String> {
    let schema = schemars::schema_for!(VectorFile);
    serde_json::to_string_pretty(&schema).map(|text| text + "\n")
}
