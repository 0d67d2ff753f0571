//! The page as far as it is written, and what each kind of type looks like on it.

use super::super::limits::Limit;
use super::super::model::Model;
use super::super::shape::{Body, Case, Field, Key, Kind, Shape, Way, Word};
use super::super::text::{capital, first_sentence};
use super::table::{Table, anchor, code, escaped, grouped, of, presence, remark};

pub(super) struct Page<'a> {
    model: &'a Model,
    text: String,
    sections: Vec<String>,
}

impl<'a> Page<'a> {
    pub(super) fn new(model: &'a Model) -> Page<'a> {
        Page { model, text: String::new(), sections: Vec::new() }
    }

    pub(super) fn text(self) -> String {
        self.text.trim_end().to_owned() + "\n"
    }

    /// Links to the sections, each with its first sentence.
    pub(super) fn contents(&self) -> String {
        self.sections.concat()
    }

    /// A section with a title of its own.
    pub(super) fn section(&mut self, title: &str, about: &str) {
        self.heading(2, title, about);
        self.paragraph(about);
    }

    /// A type with a section of its own.
    pub(super) fn type_section(&mut self, title: &str, shape: &Shape) {
        self.heading(2, title, &shape.about);
        self.content(shape);
    }

    /// A type that is part of the section before, and where it stands there.
    pub(super) fn part(&mut self, shape: &Shape, places: &[String]) {
        self.heading(3, &shape.name, "");
        if !places.is_empty() {
            let places: Vec<String> = places.iter().map(|place| code(place)).collect();
            self.paragraph(&format!("Stands at {}.", places.join(", ")));
        }
        self.content(shape);
    }

    fn heading(&mut self, level: usize, title: &str, about: &str) {
        self.text.push_str(&format!("{} {title}\n\n", "#".repeat(level)));
        if level == 2 {
            let sentence = escaped(first_sentence(about).0);
            self.sections.push(format!("- [{title}](#{}): {sentence}\n", anchor(title)));
        }
    }

    /// What a type is, and a row for each of its parts.
    fn content(&mut self, shape: &Shape) {
        self.paragraph(&shape.about);
        match &shape.body {
            Body::Fields(fields) => self.fields(fields, shape.way),
            Body::Keyed(keys) => self.vocabulary(keys, shape.way),
            Body::Tagged { tag, head, cases } => self.tagged(shape, tag, head, cases),
            Body::Words(words) => self.words(words),
            Body::Alias(_) => {}
        }
    }

    fn paragraph(&mut self, about: &str) {
        if !about.is_empty() {
            self.text.push_str(&format!("{}\n\n", escaped(about)));
        }
    }

    fn table(&mut self, table: Table) {
        self.text.push_str(&table.text());
    }

    fn fields(&mut self, fields: &[Field], way: Way) {
        let when = if way == Way::Made { "When" } else { "Default" };
        let mut rows = Table::new(&["Field", "Holds", when, "Meaning"]);
        for field in fields {
            let holds = of(&field.kind, self.model);
            rows.row(&[&code(&field.name), &holds, &presence(field, way), &escaped(&field.about)]);
        }
        self.table(rows);
    }

    /// The fields of something, for one cell.
    fn lines(&self, fields: &[Field], way: Way) -> String {
        let line = |field: &Field| {
            let holds = of(&field.kind, self.model) + &remark(field, way);
            format!("{} ({holds}): {}", code(&field.name), escaped(&field.about))
        };
        fields.iter().map(line).collect::<Vec<_>>().join("<br>")
    }

    /// A row for each word of a closed vocabulary; below it what the rows have no place for.
    fn vocabulary(&mut self, keys: &[Key], way: Way) {
        let mut rows = Table::new(&["Word", "Meaning", "Takes"]);
        let mut notes = String::new();
        for Key { word, about, content } in keys {
            let inner = if let Kind::Named(name) = content { self.model.shape(name) } else { None };
            let takes = match inner.map(|inner| &inner.body) {
                Some(Body::Fields(fields)) => self.lines(fields, way),
                Some(Body::Words(words)) => meanings(words),
                _ => of(content, self.model),
            };
            let (meaning, rest) = first_sentence(about);
            rows.row(&[&code(word), &escaped(meaning), &takes]);
            if !rest.is_empty() {
                notes.push_str(&format!("- {}: {}\n", code(word), rest.replace("\n\n", " ")));
            }
        }
        self.table(rows);
        self.paragraph(notes.trim_end());
    }

    /// A row for each case of a tagged object.
    fn tagged(&mut self, shape: &Shape, tag: &str, head: &[Field], cases: &[Case]) {
        if !head.is_empty() {
            self.fields(head, shape.way);
        }
        if let Some(base) = self.model.same_cases(shape) {
            let link = of(&Kind::Named(base.name.clone()), self.model);
            self.paragraph(&format!("Beside these it has the fields of {link}: `{tag}` tells which."));
            return;
        }
        let mut rows = Table::new(&[&code(tag), "Meaning", "Fields"]);
        for Case { word, about, fields } in cases {
            rows.row(&[&code(word), &escaped(about), &self.lines(fields, shape.way)]);
        }
        self.table(rows);
    }

    fn words(&mut self, words: &[Word]) {
        let mut rows = Table::new(&["Word", "Meaning"]);
        words.iter().for_each(|word| rows.row(&[&code(&word.word), &escaped(&word.about)]));
        self.table(rows);
    }

    pub(super) fn verbs(&mut self) {
        let mut rows = Table::new(&["Verb", "Meaning", "Request", "Reply"]);
        for verb in &self.model.verbs {
            let request = self.model.shape(&verb.request);
            let about = request.map(|shape| first_sentence(&shape.about).0).unwrap_or_default();
            // The doc comment begins with the verb, which has a column of its own here.
            let meaning = capital(about.split_once("`: ").map_or(about, |(_, meaning)| meaning));
            let link = |name: &str| of(&Kind::Named(name.to_owned()), self.model);
            rows.row(&[&code(verb.name), &escaped(&meaning), &link(&verb.request), &link(&verb.reply)]);
        }
        self.table(rows);
    }

    pub(super) fn choices(&mut self, listed: impl Fn(&Shape) -> bool) {
        let mut rows = Table::new(&["Choice", "Meaning", "Words"]);
        for shape in self.model.shapes.iter().filter(|shape| listed(shape)) {
            if let Body::Words(words) = &shape.body {
                rows.named_row(&shape.name, &[&in_cell(&shape.about), &meanings(words)]);
            }
        }
        self.table(rows);
    }

    pub(super) fn values(&mut self) {
        let mut rows = Table::new(&["Value", "Meaning"]);
        for shape in self.model.shapes.iter().filter(|shape| matches!(shape.body, Body::Alias(_))) {
            rows.named_row(&shape.name, &[&in_cell(&shape.about)]);
        }
        self.table(rows);
    }

    pub(super) fn limits(&mut self, limits: &[Limit]) {
        let mut rows = Table::new(&["Limit", "Value", "In Rust"]);
        for limit in limits {
            let name = if limit.public { code(&limit.name) } else { String::new() };
            rows.row(&[&escaped(&limit.about), &grouped(limit.value), &name]);
        }
        self.table(rows);
    }
}

/// Words and what they mean, for one cell.
fn meanings(words: &[Word]) -> String {
    let word = |word: &Word| match word.about.as_str() {
        "" => code(&word.word),
        about => format!("{}: {}", code(&word.word), escaped(about)),
    };
    let silent = words.iter().all(|word| word.about.is_empty());
    words.iter().map(word).collect::<Vec<_>>().join(if silent { ", " } else { "<br>" })
}

fn in_cell(about: &str) -> String {
    escaped(about).replace("\n\n", "<br>")
}
