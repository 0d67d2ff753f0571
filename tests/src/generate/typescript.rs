//! `types.d.ts`: the types for JavaScript's editors and for TypeScript.
//!
//! What a host writes may be looser than what the library writes: an amount comes in as text, number or bigint and
//! leaves as text; a field that may be left out may also be `undefined`.

use std::fmt::Write as _;

use super::model::Model;
use super::notice;
use super::shape::{Body, Case, Field, Key, Kind, Native, Shape, Way, Word};
use super::text::{capitals, wrapped};

const WIDTH: usize = 100;

pub(super) fn text(model: &Model) -> String {
    let mut text = format!("// {}\n", notice());
    for shape in &model.shapes {
        text.push('\n');
        let written = match &shape.body {
            Body::Alias(kind) => alias(shape, kind),
            Body::Words(words) => union_of_words(shape, words),
            Body::Fields(fields) => interface(&shape.about, &shape.name, "", &members(fields, shape.way)),
            Body::Tagged { tag, head, cases } => tagged(model, shape, tag, head, cases),
            Body::Keyed(keys) => keyed(shape, keys),
        };
        text.push_str(&written);
    }
    text
}

fn alias(shape: &Shape, kind: &Kind) -> String {
    let target = match kind {
        // Where the type is defined, not where it is named.
        Kind::Native(native, name) if *name == shape.name => match native {
            Native::Amount => "string | number | bigint".into(),
            Native::Instant => "string | Date".into(),
            Native::Day => "string".into(),
        },
        other => of(other, shape.way),
    };
    format!("{}export type {} = {target};\n", comment(&shape.about, ""), shape.name)
}

fn union_of_words(shape: &Shape, words: &[Word]) -> String {
    let members: Vec<String> = words.iter().map(|word| format!("'{}'", word.word)).collect();
    union(&with_meanings(&shape.about, words), &shape.name, &members)
}

/// A description with those of its words.
fn with_meanings(about: &str, words: &[Word]) -> String {
    let mut text = about.to_owned();
    let documented = words.iter().filter(|word| !word.about.is_empty());
    for (index, Word { word, about }) in documented.enumerate() {
        let _ = write!(text, "{}\n- `{word}`: {about}", if index == 0 { "\n" } else { "" });
    }
    text
}

/// An object for each word that needs something, and the union of them and of the others.
fn keyed(shape: &Shape, keys: &[Key]) -> String {
    let mut text = String::new();
    let mut names = Vec::new();
    let alone = keys.iter().filter(|key| key.content == Kind::Nothing);
    let alone: Vec<Word> =
        alone.map(|key| Word { word: key.word.clone(), about: key.about.clone() }).collect();
    for Key { word, about, content } in keys {
        if *content == Kind::Nothing {
            names.push(format!("'{word}'"));
            continue;
        }
        let name = format!("{}{}", shape.name, capitals(word));
        let member = format!("  {word}: {};\n", of(content, shape.way));
        let _ = writeln!(text, "{}", interface(about, &name, "", &member));
        names.push(name);
    }
    text + &union(&with_meanings(&shape.about, &alone), &shape.name, &names)
}

/// An interface for each case, and the union of them, which the tag tells apart.
fn tagged(model: &Model, shape: &Shape, tag: &str, head: &[Field], cases: &[Case]) -> String {
    let mut text = String::new();
    let mut names = Vec::new();
    let head_name = format!("{}Head", shape.name);
    if !head.is_empty() {
        let about = format!("What every `{}` has.", shape.name);
        let _ = writeln!(text, "{}", interface(&about, &head_name, "", &members(head, shape.way)));
    }
    let base = model.same_cases(shape);
    for case in cases {
        let name = format!("{}{}", shape.name, capitals(&case.word));
        let mut bases = if head.is_empty() { Vec::new() } else { vec![head_name.clone()] };
        let mut own = String::new();
        match base {
            Some(base) => bases.push(format!("{}{}", base.name, capitals(&case.word))),
            None => own = format!("  {tag}: '{}';\n{}", case.word, members(&case.fields, shape.way)),
        }
        let _ = writeln!(text, "{}", interface(&case.about, &name, &bases.join(", "), &own));
        names.push(name);
    }
    text + &union(&shape.about, &shape.name, &names)
}

fn interface(about: &str, name: &str, bases: &str, members: &str) -> String {
    let extends = if bases.is_empty() { String::new() } else { format!(" extends {bases}") };
    let body = if members.is_empty() { String::new() } else { format!("\n{members}") };
    format!("{}export interface {name}{extends} {{{body}}}\n", comment(about, ""))
}

fn union(about: &str, name: &str, members: &[String]) -> String {
    let line = format!("export type {name} = {};\n", members.join(" | "));
    let several = || {
        let mut text = format!("export type {name} =\n");
        members.iter().for_each(|member| text.push_str(&format!("  | {member}\n")));
        text.truncate(text.len().saturating_sub(1));
        text + ";\n"
    };
    let fits = line.chars().count() <= WIDTH;
    format!("{}{}", comment(about, ""), if fits { line } else { several() })
}

fn members(fields: &[Field], way: Way) -> String {
    fields.iter().map(|field| member(field, way)).collect()
}

fn member(field: &Field, way: Way) -> String {
    let mut about = field.about.clone();
    if way == Way::Given && !field.default.is_empty() && field.default != "[]" {
        let _ = write!(about, "\n\n@default {}", field.default);
    }
    let mut kind = of(&field.kind, way);
    // What the library writes is left out rather than null, unless it always stands there.
    if field.nullable && (field.required || way != Way::Made) {
        kind.push_str(" | null");
    }
    if !field.required && way != Way::Made {
        kind.push_str(" | undefined");
    }
    let optional = if field.required { "" } else { "?" };
    format!("{}  {}{optional}: {kind};\n", comment(&about, "  "), field.name)
}

fn of(kind: &Kind, way: Way) -> String {
    match kind {
        Kind::Nothing => "null".into(),
        Kind::Text => "string".into(),
        Kind::Whole => "number".into(),
        Kind::Truth => "boolean".into(),
        Kind::Words(words) => words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" | "),
        Kind::Native(..) if way == Way::Made => "string".into(),
        Kind::Native(_, name) | Kind::Named(name) => name.clone(),
        Kind::List(inner) => match of(inner, way) {
            several if several.contains(' ') => format!("({several})[]"),
            one => format!("{one}[]"),
        },
        Kind::Map(inner) => format!("Record<string, {}>", of(inner, way)),
        Kind::Either(kinds) => kinds.iter().map(|kind| of(kind, way)).collect::<Vec<_>>().join(" | "),
    }
}

/// A description as a comment; nothing where there is none.
fn comment(about: &str, indent: &str) -> String {
    let about = about.replace("*/", "*\\/");
    if about.is_empty() {
        return String::new();
    }
    let lines = wrapped(&about, WIDTH.saturating_sub(indent.len()).saturating_sub(7));
    match lines.as_slice() {
        [line] => format!("{indent}/** {line} */\n"),
        lines => {
            let mut text = format!("{indent}/**\n");
            lines
                .iter()
                .for_each(|line| text.push_str(&format!("{}\n", format!("{indent} * {line}").trim_end())));
            text + indent + " */\n"
        }
    }
}
