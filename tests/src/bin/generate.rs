//! Writes every generated file and names those that changed.

use std::io::Write as _;
use std::{fs, io};

use anyhow::{Context, Result};
use dangol_tests::generate::{outputs, root};

fn main() -> Result<()> {
    for output in outputs()? {
        let path = root().join(output.path);
        let same = fs::read_to_string(&path).is_ok_and(|text| text == output.text);
        if !same {
            fs::write(&path, &output.text).with_context(|| output.path)?;
        }
        writeln!(io::stdout(), "{} {}", if same { "fresh  " } else { "written" }, output.path)?;
    }
    Ok(())
}
