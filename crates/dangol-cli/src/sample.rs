//! The sample that a newcomer sees: a café and a basket, part of the program.

use std::path::Path;

use dangol::Lang;

use crate::paper::Labels;
use crate::source::Source;

const FOLDER: &str = "crates/dangol-cli/samples";

/// The café's loyalty program.
pub(crate) fn program() -> Source {
    Source::built_in("cafe.json", include_str!("../samples/cafe.json"))
}

/// What a customer of the café buys.
pub(crate) fn request() -> Source {
    Source::built_in("cafe-quote.json", include_str!("../samples/cafe-quote.json"))
}

/// What to try next: commands that work where the reader stands.
pub(crate) fn hints(lang: Lang) -> String {
    let labels = Labels::of(lang);
    // `cargo run` says so to the program that it starts.
    let dangol = if std::env::var_os("CARGO").is_some() { "cargo run --" } else { "dangol" };
    let hints = if Path::new(FOLDER).is_dir() {
        [
            ("hint.edit", format!("quote {FOLDER}/cafe-quote.json")),
            ("hint.check", format!("check {FOLDER}/shop.toml")),
        ]
    } else {
        [("hint.json", "quote --json".to_owned()), ("hint.help", "--help".to_owned())]
    };
    let line =
        |(key, command): (&'static str, String)| format!("  # {}\n  {dangol} {command}\n", labels.get(key));
    format!("\n{}\n{}", labels.get("hint"), hints.map(line).concat())
}
