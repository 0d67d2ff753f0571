//! What a program is read from: text, and its format.

use std::ffi::OsStr;
use std::path::PathBuf;

use dangol::wire;
use pyo3::prelude::*;

use crate::fault;

/// The format of a program's text.
#[derive(Clone, Copy)]
pub(crate) enum Format {
    Json,
    Toml,
}

impl Format {
    /// The method of `Program` that reads it.
    pub(crate) fn reader(self) -> &'static str {
        match self {
            Format::Json => "from_json",
            Format::Toml => "from_toml",
        }
    }
}

/// The text of a program file and its format, which its name tells.
pub(crate) fn file(py: Python<'_>, path: PathBuf) -> PyResult<(String, Format)> {
    let format = match path.extension().and_then(OsStr::to_str) {
        Some("json") => Format::Json,
        Some("toml") => Format::Toml,
        _ => {
            let message = format!("`{}`: a program file ends in `.json` or `.toml`", path.display());
            return Err(fault::error(py, "unsupported_format", "", &message));
        }
    };
    // Python reads it, so that a missing file is the FileNotFoundError that everybody knows.
    let file = py.import("pathlib")?.getattr("Path")?.call1((&path,))?;
    let bytes: Vec<u8> = file.call_method0("read_bytes")?.extract()?;
    let text = wire::text(&bytes).map_err(|failure| {
        let message = format!("`{}`: {}", path.display(), failure.message);
        fault::error(py, failure.code.as_str(), &failure.path, &message)
    })?;
    Ok((text.to_owned(), format))
}
