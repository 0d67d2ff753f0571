//! The WebAssembly module inside the npm package `dangol`: JSON text in, JSON text out, through
//! the core's one door. It knows no rule and no verb; `js/program.js` gives the verbs their names.

use dangol::wire::{self, Failure};
use wasm_bindgen::prelude::wasm_bindgen;

/// A checked program, held on the module's side.
#[wasm_bindgen]
pub struct Program(dangol::Program);

#[wasm_bindgen]
impl Program {
    /// Reads a program from JSON.
    ///
    /// # Errors
    /// Throws the failure's JSON text, which `js/failure.js` turns into a `DangolError`.
    #[wasm_bindgen(js_name = fromJson)]
    pub fn from_json(text: &str) -> Result<Program, String> {
        dangol::Program::from_json(text).map(Program).map_err(thrown)
    }

    /// Reads a program from TOML.
    ///
    /// # Errors
    /// As [`Program::from_json`].
    #[wasm_bindgen(js_name = fromToml)]
    pub fn from_toml(text: &str) -> Result<Program, String> {
        dangol::Program::from_toml(text).map(Program).map_err(thrown)
    }

    /// Answers one request.
    ///
    /// # Errors
    /// As [`Program::from_json`].
    pub fn call(&self, verb: &str, request: &str) -> Result<String, String> {
        wire::call(&self.0, verb, request).map_err(thrown)
    }

    /// The program's own name for itself.
    #[wasm_bindgen(getter)]
    pub fn id(&self) -> String {
        self.0.id().to_string()
    }

    /// The version that its author gave it.
    #[wasm_bindgen(getter)]
    pub fn version(&self) -> String {
        self.0.version().to_string()
    }

    /// The hash of its content.
    #[wasm_bindgen(getter)]
    pub fn hash(&self) -> String {
        self.0.hash().to_string()
    }
}

fn thrown(failure: impl Into<Failure>) -> String {
    let failure = failure.into();
    // Four texts cannot fail to serialise; if they ever do, the message alone is thrown.
    serde_json::to_string(&failure).unwrap_or(failure.message)
}
