//! Where a program of a vector comes from: a file, the vector itself, or a text in it.

use std::path::{Path, PathBuf};

use dangol::Program;
use dangol::wire::Failure;
use serde_json::Value;
use serde_json::value::RawValue;

use super::file::{Format, Written};
use super::reason;

/// The folders in which program files are looked for, nearest first.
#[derive(Debug)]
pub(super) struct Folders(Vec<PathBuf>);

impl Folders {
    /// The folder of a vector file, each folder above it, and the roots.
    pub(super) fn of(file: &Path, roots: &[&Path]) -> Folders {
        let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let above = file.ancestors().skip(1).map(Path::to_owned);
        Folders(above.chain(roots.iter().map(|root| (*root).to_owned())).collect())
    }

    fn find(&self, name: &str) -> Option<PathBuf> {
        self.0.iter().map(|folder| folder.join(name)).find(|path| path.is_file())
    }
}

/// Why there is no program: it was refused, or there is nothing to read.
#[derive(Debug)]
pub(super) enum NoProgram {
    Refused(Failure),
    Unreadable(String),
}

/// The program that a vector names.
pub(super) fn program(raw: &RawValue, folders: &Folders) -> Result<Program, NoProgram> {
    let (text, format) = match serde_json::from_str(raw.get()) {
        Ok(Value::String(name)) => read(&name, folders)?,
        // A program has no field `text`: what has one tells of a text.
        Ok(Value::Object(fields)) if fields.contains_key("text") => {
            let written: Written = serde_json::from_str(raw.get())
                .map_err(|error| NoProgram::Unreadable(format!("`program`: {}", reason(&error))))?;
            (written.text.joined(), written.format)
        }
        _ => (raw.get().to_owned(), Format::Json),
    };
    let loaded = match format {
        Format::Json => Program::from_json(&text),
        Format::Toml => Program::from_toml(&text),
    };
    loaded.map_err(|error| NoProgram::Refused(error.into()))
}

fn read(name: &str, folders: &Folders) -> Result<(String, Format), NoProgram> {
    let Some(path) = folders.find(name) else {
        let message = format!("no program file `{name}` in the folder of this file or in any above it");
        return Err(NoProgram::Unreadable(message));
    };
    let text = std::fs::read_to_string(&path)
        .map_err(|error| NoProgram::Unreadable(format!("cannot read `{}`: {error}", path.display())))?;
    let toml = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
    Ok((text, if toml { Format::Toml } else { Format::Json }))
}
