//! Any text as a program: it is refused with its problems or accepted, and an accepted one reads back as itself.
#![no_main]

use dangol::Program;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Err(error) = Program::from_toml(text) {
        assert!(!error.problems().is_empty());
    }
    match Program::from_json(text) {
        Err(error) => assert!(!error.problems().is_empty()),
        Ok(program) => {
            let written = serde_json::to_string(program.file()).expect("a program is JSON");
            let again = Program::from_json(&written).expect("an accepted program is accepted again");
            assert_eq!(again.hash(), program.hash());
        }
    }
});
