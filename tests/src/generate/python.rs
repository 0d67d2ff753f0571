//! `types.py`: the types for Python's editors and type checkers, from Python 3.10 on and without a dependency.
//!
//! Fields that may be left out stand in a base class of their own (`NotRequired` needs 3.11), and fields that no class
//! can have (`from`, `not`, `$schema`) in a base of the other notation. What a host writes may be any sequence or
//! mapping. Types that come back as `…Out` have read-only fields, so that what came back is accepted again: without
//! that, a `TypedDict` takes only exactly the same types.

mod layout;

use super::model::Model;
use super::notice;
use super::shape::{Body, Case, Field, Key, Kind, Native, Shape, Way, Word};
use super::text::capitals;
use layout::{Class, comment};

const WIDTH: usize = 110;

const HEAD: &str = r#""""What goes in and what comes out, for editors and type checkers; at run time all of it is dicts.

What a host writes may be any sequence or mapping, with amounts as ``str``, ``int`` or ``Decimal``. What the library
writes are lists and dicts with ``Decimal``, ``datetime`` (in UTC) and ``date``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict

if TYPE_CHECKING:
    from typing_extensions import ReadOnly
else:

    class ReadOnly:
        """For type checkers only: at run time the type inside stands for itself."""

        def __class_getitem__(cls, inside: object) -> object:
            return inside

"#;

pub(super) fn text(model: &Model) -> String {
    let mut text = format!("# {}\n{HEAD}", notice());
    for shape in in_order(&model.shapes) {
        let writer = Writer { way: shape.way, read_only: model.has_twin(&shape.name) };
        text.push_str(&match &shape.body {
            Body::Alias(kind) => alias(shape, &writer.alias(kind, &shape.name)),
            Body::Words(words) => words_of(shape, words),
            Body::Fields(fields) => writer.class(&shape.name, &shape.about, &[], fields).text(),
            Body::Tagged { tag, head, cases } => writer.tagged(model, shape, tag, head, cases),
            Body::Keyed(keys) => writer.keyed(shape, keys),
        });
    }
    text
}

/// The types so that an alias stands below everything that it names: Python evaluates it where it stands.
fn in_order(shapes: &[Shape]) -> Vec<&Shape> {
    let mut ordered: Vec<&Shape> = Vec::new();
    let mut waiting: Vec<&Shape> = Vec::new();
    for shape in shapes {
        waiting.push(shape);
        let ready = |ordered: &[&Shape], shape: &Shape| match &shape.body {
            Body::Alias(kind) => is_known(kind, &shape.name, ordered),
            _ => true,
        };
        while let Some(next) = waiting.iter().position(|shape| ready(&ordered, shape)) {
            ordered.push(waiting.remove(next));
        }
    }
    ordered.extend(waiting);
    ordered
}

/// Whether everything that an alias of that name stands for is above it.
fn is_known(kind: &Kind, alias: &str, above: &[&Shape]) -> bool {
    match kind {
        Kind::Native(_, name) | Kind::Named(name) => {
            name == alias || above.iter().any(|shape| shape.name == *name)
        }
        Kind::List(inner) | Kind::Map(inner) => is_known(inner, alias, above),
        Kind::Either(kinds) => kinds.iter().all(|kind| is_known(kind, alias, above)),
        _ => true,
    }
}

/// How the fields of one type are written.
#[derive(Clone, Copy)]
struct Writer {
    way: Way,
    read_only: bool,
}

fn alias(shape: &Shape, target: &str) -> String {
    format!("\n{}{}: TypeAlias = {target}\n", comment(&shape.about, "# "), shape.name)
}

fn words_of(shape: &Shape, words: &[Word]) -> String {
    let members: Vec<String> = words.iter().map(|word| literal(&word.word)).collect();
    union(&with_meanings(&shape.about, words), &shape.name, &members)
}

/// A description with those of its words.
fn with_meanings(about: &str, words: &[Word]) -> String {
    let documented = words.iter().filter(|word| !word.about.is_empty());
    documented.fold(about.to_owned(), |about, Word { word, about: meaning }| {
        format!("{about}\n- `{word}`: {meaning}")
    })
}

/// One literal for each word: mypy's stubtest does not accept a single one for several as an alias.
fn literal(word: &str) -> String {
    format!("Literal[\"{word}\"]")
}

fn union(about: &str, name: &str, members: &[String]) -> String {
    let text = format!("\n{}{name}: TypeAlias = ", comment(about, "# "));
    let line = members.join(" | ");
    if name.len().saturating_add(line.len()).saturating_add(14) <= WIDTH {
        return format!("{text}{line}\n");
    }
    let members: Vec<String> = members.iter().map(|member| format!("{member}\n")).collect();
    format!("{text}(\n    {})\n", members.join("    | "))
}

impl Writer {
    fn alias(self, kind: &Kind, name: &str) -> String {
        match kind {
            // Where the type is defined, not where it is named.
            Kind::Native(native, own) if own == name => match native {
                Native::Amount => "str | int | Decimal".into(),
                Native::Instant => "str | datetime".into(),
                Native::Day => "str | date".into(),
            },
            other => self.of(other),
        }
    }

    /// A class for each word that needs something, and the union of them and of the others.
    fn keyed(self, shape: &Shape, keys: &[Key]) -> String {
        let mut text = String::new();
        let mut names = Vec::new();
        let alone = keys.iter().filter(|key| key.content == Kind::Nothing);
        let alone: Vec<Word> =
            alone.map(|key| Word { word: key.word.clone(), about: key.about.clone() }).collect();
        for Key { word, about, content } in keys {
            if *content == Kind::Nothing {
                names.push(literal(word));
                continue;
            }
            let name = format!("{}{}", shape.name, capitals(word));
            let mut class = Class::new(&name, about, &[]);
            class.add(word, "", self.of(content), true);
            text.push_str(&class.text());
            names.push(name);
        }
        text + "\n" + &union(&with_meanings(&shape.about, &alone), &shape.name, &names)
    }

    /// A class for each case, and the union of them, which the tag tells apart.
    fn tagged(self, model: &Model, shape: &Shape, tag: &str, head: &[Field], cases: &[Case]) -> String {
        let mut text = String::new();
        let mut names = Vec::new();
        let head_name = format!("{}Head", shape.name);
        if !head.is_empty() {
            let about = format!("What every `{}` has.", shape.name);
            text.push_str(&self.class(&head_name, &about, &[], head).text());
        }
        let base = model.same_cases(shape);
        for case in cases {
            let name = format!("{}{}", shape.name, capitals(&case.word));
            let class = match base {
                Some(base) => {
                    let base = format!("{}{}", base.name, capitals(&case.word));
                    Class::new(&name, &case.about, &[&head_name, &base])
                }
                None => {
                    let bases = if head.is_empty() { Vec::new() } else { vec![head_name.as_str()] };
                    let mut class = self.class(&name, &case.about, &bases, &case.fields);
                    class.add_first(tag, literal(&case.word));
                    class
                }
            };
            text.push_str(&class.text());
            names.push(name);
        }
        text + "\n" + &union(&shape.about, &shape.name, &names)
    }

    fn class(self, name: &str, about: &str, bases: &[&str], fields: &[Field]) -> Class {
        let mut class = Class::new(name, about, bases);
        for field in fields {
            let mut kind = self.of(&field.kind);
            // What the library writes is left out rather than None, unless it always stands there.
            if field.nullable && (field.required || self.way != Way::Made) {
                kind.push_str(" | None");
            }
            if self.read_only {
                kind = format!("ReadOnly[{kind}]");
            }
            class.add(&field.name, &field.about, kind, field.required);
        }
        class
    }

    fn of(self, kind: &Kind) -> String {
        let made = self.way == Way::Made;
        match kind {
            Kind::Nothing => "None".into(),
            Kind::Text => "str".into(),
            Kind::Whole => "int".into(),
            Kind::Truth => "bool".into(),
            Kind::Words(words) => words.iter().map(|word| literal(word)).collect::<Vec<_>>().join(" | "),
            Kind::Native(native, _) if made => match native {
                Native::Amount => "Decimal".into(),
                Native::Instant => "datetime".into(),
                Native::Day => "date".into(),
            },
            Kind::Native(_, name) | Kind::Named(name) => name.clone(),
            Kind::List(inner) => format!("{}[{}]", if made { "list" } else { "Sequence" }, self.of(inner)),
            Kind::Map(inner) => format!("{}[str, {}]", if made { "dict" } else { "Mapping" }, self.of(inner)),
            Kind::Either(kinds) => kinds.iter().map(|kind| self.of(kind)).collect::<Vec<_>>().join(" | "),
        }
    }
}
