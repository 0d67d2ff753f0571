//! Tables of Markdown, and what stands in their cells.

use super::super::model::Model;
use super::super::shape::{Field, Kind, Way};

/// A table that is being put together.
pub(super) struct Table {
    text: String,
}

impl Table {
    pub(super) fn new(titles: &[&str]) -> Table {
        let mut table = Table { text: String::new() };
        table.row(titles);
        table.text.push_str(&format!("|{}\n", "---|".repeat(titles.len())));
        table
    }

    /// A row of cells, whose text is Markdown already.
    pub(super) fn row(&mut self, cells: &[&str]) {
        for cell in cells {
            let space = if cell.is_empty() { "" } else { " " };
            self.text.push_str(&format!("|{space}{} ", cell.replace('|', "\\|")));
        }
        self.text.push_str("|\n");
    }

    /// A row that links can lead to.
    pub(super) fn named_row(&mut self, name: &str, cells: &[&str]) {
        let place = format!("<a id=\"{}\"></a>{name}", anchor(name));
        self.row(&[&[place.as_str()], cells].concat());
    }

    pub(super) fn text(self) -> String {
        self.text + "\n"
    }
}

/// A description as Markdown: outside of code, angle brackets stand for themselves.
pub(super) fn escaped(about: &str) -> String {
    let mut escaped = String::new();
    for (index, part) in about.split('`').enumerate() {
        let code = index.checked_rem(2) == Some(1);
        if index > 0 {
            escaped.push('`');
        }
        escaped.push_str(&if code { part.to_owned() } else { part.replace('<', "&lt;") });
    }
    escaped
}

pub(super) fn code(text: &str) -> String {
    format!("`{text}`")
}

/// The place of a heading or named row, as GitHub and rustdoc name it.
pub(super) fn anchor(title: &str) -> String {
    title.to_lowercase().replace(' ', "-")
}

/// What a field holds, with links to where that is described.
pub(super) fn of(kind: &Kind, model: &Model) -> String {
    let link = |name: &str| {
        let twin = model.shape(name).and_then(|shape| shape.twin.as_deref());
        let name = twin.unwrap_or(name);
        format!("[{name}](#{})", anchor(name))
    };
    match kind {
        Kind::Nothing => "nothing: the word stands by itself".into(),
        Kind::Text => "text".into(),
        Kind::Whole => "integer".into(),
        Kind::Truth => "boolean".into(),
        Kind::Words(words) => words.iter().map(|word| code(word)).collect::<Vec<_>>().join(", "),
        Kind::Native(_, name) | Kind::Named(name) => link(name),
        Kind::List(inner) => format!("list of {}", of(inner, model)),
        Kind::Map(inner) => format!("by name: {}", of(inner, model)),
        Kind::Either(kinds) => kinds.iter().map(|kind| of(kind, model)).collect::<Vec<_>>().join(" or "),
    }
}

/// Whether a field must be there, and what stands for it where it is not.
pub(super) fn presence(field: &Field, way: Way) -> String {
    match (field.required, way, field.default.as_str()) {
        (true, Way::Made, _) if field.nullable => "always, or `null`".into(),
        (true, Way::Made, _) => "always".into(),
        (true, ..) => "required".into(),
        (false, Way::Made, _) => "if any".into(),
        (false, _, "") => "optional".into(),
        (false, _, "[]") => "empty".into(),
        (false, _, default) => code(default),
    }
}

/// The same for a field that has no cell of its own; nothing where it is simply there.
pub(super) fn remark(field: &Field, way: Way) -> String {
    match presence(field, way).as_str() {
        "always" | "required" => String::new(),
        "always, or `null`" => " or `null`".into(),
        default if default.starts_with('`') => format!(", default {default}"),
        other => format!(", {other}"),
    }
}

/// A number as people read it: `16,777,216`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        let left = digits.len().saturating_sub(index);
        if index > 0 && left.checked_rem(3) == Some(0) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
