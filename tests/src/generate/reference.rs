//! `reference.md`: a row for every word of a program and for everything that goes in or comes out.
//!
//! The wire looks the same in every language, so types that are written in two forms stand here once.

mod page;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use dangol::ProgramFile;
use schemars::JsonSchema;

use super::limits::limits;
use super::model::Model;
use super::notice;
use super::shape::{Body, Key, Kind, Shape};
use page::Page;

const INTRODUCTION: &str = "\
# Reference

What a program file may say, and what the verbs take and answer. It is written from the types themselves, so it cannot
lag behind them.
";

pub(super) fn text(model: &Model) -> Result<String> {
    let file = model.shape(&ProgramFile::schema_name()).context("no program file")?;
    let program = below(model, file);
    let wire = without(model, &program, file);
    let inside = contents_of_words(model);
    let apart =
        |shape: &&&Shape| matches!(shape.body, Body::Fields(_)) && !inside.contains(shape.name.as_str());
    let mut page = Page::new(model);

    page.type_section("Program file", file);
    let mut places = BTreeMap::new();
    stand(model, file, "", &mut places);
    for shape in program.iter().filter(apart) {
        page.part(shape, places.get(shape.name.as_str()).map_or(&[], Vec::as_slice));
    }
    let words = program.iter().filter(|shape| matches!(shape.body, Body::Keyed(_)));
    words.for_each(|shape| page.type_section(&shape.name, shape));
    page.section(
        "Verbs",
        "One request and one reply for each verb: JSON text in every language, at one door.",
    );
    page.verbs();
    wire.iter().filter(apart).for_each(|shape| page.part(shape, &[]));
    let worded = wire.iter().filter(|shape| matches!(shape.body, Body::Tagged { .. } | Body::Keyed(_)));
    worded.for_each(|shape| page.type_section(&shape.name, shape));
    // A choice has its row in the table of choices, unless it is too long for a cell.
    let long = |shape: &&Shape| matches!(&shape.body, Body::Words(words) if words.len() > 12);
    model.shapes.iter().filter(long).for_each(|shape| page.type_section(&shape.name, shape));
    page.section("Choices", "Fields that hold one of a few words.");
    page.choices(|shape| !long(&shape) && !inside.contains(shape.name.as_str()));
    page.section("Values", "How amounts, times and names are written.");
    page.values();
    page.section("Limits", "How much of each thing there may be.");
    page.limits(&limits()?);

    Ok(format!("<!-- {} -->\n\n{INTRODUCTION}\n{}\n{}", notice(), page.contents(), page.text()))
}

/// The types that are described where the word stands that needs them, and that nothing else names.
fn contents_of_words(model: &Model) -> BTreeSet<&str> {
    let keys = model.shapes.iter().filter_map(|shape| match &shape.body {
        Body::Keyed(keys) => Some(keys),
        _ => None,
    });
    let content = |key: &Key| if let Kind::Named(name) = &key.content { model.shape(name) } else { None };
    let shapes = keys.flatten().filter_map(content);
    let plain = shapes.filter(|shape| matches!(shape.body, Body::Fields(_) | Body::Words(_)));
    let others = model.shapes.iter().filter(|shape| !matches!(shape.body, Body::Keyed(_)));
    let named: BTreeSet<&str> = others.flat_map(Shape::mentions).collect();
    let alone = |shape: &&Shape| matches!(shape.body, Body::Words(_)) || !named.contains(shape.name.as_str());
    plain.filter(alone).map(|shape| shape.name.as_str()).collect()
}

/// The types below that one, in the order in which they are met, itself left out.
fn below<'a>(model: &'a Model, root: &'a Shape) -> Vec<&'a Shape> {
    let (mut met, mut waiting): (Vec<&Shape>, Vec<&Shape>) = (Vec::new(), vec![root]);
    while let Some(shape) = waiting.pop() {
        if !met.iter().any(|met| met.name == shape.name) {
            met.push(shape);
            waiting.extend(shape.mentions().into_iter().rev().filter_map(|name| model.shape(name)));
        }
    }
    met.retain(|shape| shape.name != root.name);
    met
}

/// Where in the program file the objects stand, vocabularies left out.
fn stand<'a>(model: &'a Model, shape: &'a Shape, path: &str, places: &mut BTreeMap<&'a str, Vec<String>>) {
    let Body::Fields(fields) = &shape.body else { return };
    if !path.is_empty() {
        places.entry(&shape.name).or_default().push(path.to_owned());
    }
    for field in fields {
        let (kind, list) = match &field.kind {
            Kind::List(inner) => (&**inner, "[]"),
            other => (other, ""),
        };
        let Kind::Named(name) = kind else { continue };
        let dot = if path.is_empty() { "" } else { "." };
        if let Some(inner) = model.shape(name) {
            stand(model, inner, &format!("{path}{dot}{}{list}", field.name), places);
        }
    }
}

/// The types that requests and replies have and a program file has not.
fn without<'a>(model: &'a Model, program: &[&Shape], file: &Shape) -> Vec<&'a Shape> {
    let known: BTreeSet<&str> = program.iter().chain([&file]).map(|shape| shape.name.as_str()).collect();
    let new = model.shapes.iter().filter(|shape| !known.contains(shape.name.as_str()));
    new.filter(|shape| shape.twin.is_none()).collect()
}
