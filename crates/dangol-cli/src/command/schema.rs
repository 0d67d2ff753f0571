//! `dangol schema`: the JSON Schema of program files.

use dangol::ProgramFile;

use super::{Console, Outcome};
use crate::args::{Schema, SchemaArgs};

pub(super) fn run(args: &SchemaArgs, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let schema = match args.of {
        Schema::Program => schemars::schema_for!(ProgramFile),
    };
    writeln!(console.out, "{}", serde_json::to_string_pretty(&schema)?)?;
    Ok(Outcome::Fine)
}
