//! `dangol-pack MODULE.wasm OUT_DIR`: writes `dangol.js` and `dangol_bg.wasm` for the npm package.
//!
//! It runs wasm-bindgen as a library, so that nobody has to install a `wasm-bindgen` command of
//! exactly the version that the module was built with: Cargo.lock keeps the two together.

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let module = args.next().context("usage: dangol-pack MODULE.wasm OUT_DIR")?;
    let out = args.next().context("usage: dangol-pack MODULE.wasm OUT_DIR")?;
    Bindgen::new()
        .input_path(&module)
        .out_name("dangol")
        // One module for browsers and Node: only this flavour can be given its bytes (`initSync`).
        .web(true)?
        // The types are js/index.d.ts, written for people.
        .typescript(false)
        // Unlike the command, the library leaves out where the .wasm lies, and `init()` fails.
        .omit_default_module_path(false)
        // What `strip` would take, without the section that tells which features are in use.
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&out)
        .with_context(|| format!("cannot pack `{module}`"))
}
