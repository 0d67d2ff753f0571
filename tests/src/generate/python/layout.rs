//! A `TypedDict` as text: its bases, its docstring, and its fields with theirs.

use std::fmt::Write as _;

use crate::generate::text::wrapped;

use super::WIDTH;

/// The words of Python that no field of a class can be called.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Whether a field of a class can be called so.
fn is_name(name: &str) -> bool {
    let letters = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    letters && !KEYWORDS.contains(&name)
}

/// A class that is being put together.
pub(super) struct Class {
    name: String,
    about: String,
    bases: Vec<String>,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    about: String,
    kind: String,
    required: bool,
}

impl Class {
    pub(super) fn new(name: &str, about: &str, bases: &[&str]) -> Class {
        let bases = bases.iter().map(|base| (*base).to_owned()).collect();
        Class { name: name.into(), about: about.into(), bases, fields: Vec::new() }
    }

    pub(super) fn add(&mut self, name: &str, about: &str, kind: String, required: bool) {
        self.fields.push(Field { name: name.into(), about: about.into(), kind, required });
    }

    pub(super) fn add_first(&mut self, name: &str, kind: String) {
        let field = Field { name: name.into(), about: String::new(), kind, required: true };
        self.fields.insert(0, field);
    }

    /// The class below the bases that it needs.
    pub(super) fn text(mut self) -> String {
        let (odd, plain): (Vec<Field>, Vec<Field>) =
            self.fields.drain(..).partition(|field| !is_name(&field.name));
        let (required, optional): (Vec<Field>, Vec<Field>) =
            plain.into_iter().partition(|field| field.required);
        let mut text = String::new();
        for (total, suffix) in [(true, "Named"), (false, "OptionalNamed")] {
            let fields: Vec<&Field> = odd.iter().filter(|field| field.required == total).collect();
            if !fields.is_empty() {
                let base = format!("_{}{suffix}", self.name);
                text.push_str(&functional(&base, &fields, total));
                self.bases.push(base);
            }
        }
        let only_optional = required.is_empty() && self.bases.is_empty() && !optional.is_empty();
        if !optional.is_empty() && !only_optional {
            let base = format!("_{}Optional", self.name);
            let _ = write!(text, "\n\nclass {base}(TypedDict, total=False):\n{}", body(&optional));
            self.bases.push(base);
        }
        let own = if only_optional { &optional } else { &required };
        let bases = match (self.bases.is_empty(), only_optional) {
            (true, true) => "TypedDict, total=False".into(),
            (true, false) => "TypedDict".into(),
            (false, _) => self.bases.join(", "),
        };
        let about = odd.iter().filter(|field| !field.about.is_empty());
        let about =
            about.fold(self.about, |about, field| format!("{about}\n\n`{}`: {}", field.name, field.about));
        let gap = if own.is_empty() { "" } else { "\n" };
        let (name, docs) = (&self.name, docstring(&about));
        let _ = write!(text, "\n\nclass {name}({bases}):\n{docs}{gap}{}", body(own));
        text
    }
}

/// The notation that takes any field name. Nothing is said there about the fields: the class below does.
fn functional(name: &str, fields: &[&Field], total: bool) -> String {
    let fields: Vec<String> = fields
        .iter()
        .map(|field| format!("\"{}\": \"{}\"", field.name, field.kind.replace('"', "'")))
        .collect();
    let total = if total { "" } else { ", total=False" };
    format!("\n\n{name} = TypedDict(\"{name}\", {{{}}}{total})\n", fields.join(", "))
}

fn body(fields: &[Field]) -> String {
    let mut text = String::new();
    for Field { name, about, kind, .. } in fields {
        let _ = writeln!(text, "    {name}: {kind}");
        if !about.is_empty() {
            text.push_str(&docstring(about));
        }
    }
    text
}

fn docstring(about: &str) -> String {
    let about = about.replace('\\', "\\\\").replace("\"\"\"", "'''").replace('`', "``");
    let lines = wrapped(&about, WIDTH.saturating_sub(8));
    let ends_in_quote = about.ends_with('"');
    if let ([line], false) = (lines.as_slice(), ends_in_quote) {
        return format!("    \"\"\"{line}\"\"\"\n");
    }
    let mut text = String::from("    \"\"\"");
    for (index, line) in lines.iter().enumerate() {
        let indent = if index == 0 || line.is_empty() { "" } else { "    " };
        let _ = writeln!(text, "{indent}{line}");
    }
    text + "    \"\"\"\n"
}

/// The lines of a text behind that sign; nothing where there is none.
pub(super) fn comment(about: &str, sign: &str) -> String {
    let about = about.replace('`', "``");
    let lines = if about.is_empty() { Vec::new() } else { wrapped(&about, WIDTH.saturating_sub(sign.len())) };
    lines.iter().map(|line| format!("{}\n", format!("{sign}{line}").trim_end())).collect()
}
