//! `dangol schema`: the JSON Schema of program files.

use dangol::Program;

use super::{Console, Outcome};
use crate::args::{Schema, SchemaArgs};

pub(super) fn run(args: &SchemaArgs, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let schema = match args.of {
        Schema::Program => Program::SCHEMA,
    };
    write!(console.out, "{schema}")?;
    Ok(Outcome::Fine)
}
