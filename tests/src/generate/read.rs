//! From a JSON Schema to the shape of a type. A schema of another form than the core's is an error, never a guess.

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

use super::shape::{Body, Case, Field, Key, Kind, Native, Shape, Way, Word};
use super::text::plain;

/// A schema's keywords.
type Keywords = Map<String, Value>;

/// The shapes of all definitions, in their order.
///
/// # Errors
/// Names the definition whose schema has a form that is not known here.
pub(super) fn shapes(definitions: &Keywords) -> Result<Vec<Shape>> {
    let mut shapes = Vec::new();
    for (name, schema) in definitions {
        let schema = keywords(schema).with_context(|| name.clone())?;
        let body = match Native::defined_as(name) {
            Some(native) => Body::Alias(Kind::Native(native, name.clone())),
            None => body(schema).with_context(|| name.clone())?,
        };
        shapes.push(Shape { name: name.clone(), about: about(schema), way: Way::Both, twin: None, body });
    }
    inline(&mut shapes);
    Ok(shapes)
}

/// A word's own type is only another name for what the word needs: the word takes over its description and content.
fn inline(shapes: &mut [Shape]) {
    let known = shapes.to_vec();
    for shape in shapes {
        let Body::Keyed(keys) = &mut shape.body else { continue };
        for key in keys {
            let Kind::Named(name) = &key.content else { continue };
            let Some(target) = known.iter().find(|known| known.name == *name) else { continue };
            if key.about.is_empty() {
                key.about.clone_from(&target.about);
            }
            if let Body::Alias(kind) = &target.body {
                key.content = kind.clone();
            }
        }
    }
}

fn body(schema: &Keywords) -> Result<Body> {
    if let Some(words) = schema.get("enum") {
        let words = list(words)?.iter().map(|word| Ok(Word { word: text(word)?, about: String::new() }));
        return words.collect::<Result<_>>().map(Body::Words);
    }
    let head = fields(schema)?;
    let Some(cases) = schema.get("oneOf") else {
        return Ok(if schema.contains_key("properties") {
            Body::Fields(head)
        } else {
            Body::Alias(kind(schema)?)
        });
    };
    let cases: Vec<&Keywords> = list(cases)?.iter().map(keywords).collect::<Result<_>>()?;
    if cases.iter().all(|case| case.contains_key("const")) {
        let word = |case: &&Keywords| Ok(Word { word: constant(case)?, about: about(case) });
        return cases.iter().map(word).collect::<Result<_>>().map(Body::Words);
    }
    match cases.first().and_then(|case| tag(case)) {
        Some(tag) => {
            let cases = cases.iter().map(|case| tagged(case, &tag)).collect::<Result<_>>()?;
            Ok(Body::Tagged { tag, head, cases })
        }
        None => {
            let keys: Vec<Vec<Key>> = cases.iter().map(|case| keyed(case)).collect::<Result<_>>()?;
            Ok(Body::Keyed(keys.concat()))
        }
    }
}

/// The field of a case that can only have one value.
fn tag(case: &Keywords) -> Option<String> {
    let properties = case.get("properties")?.as_object()?;
    properties.iter().find(|(_, schema)| schema.get("const").is_some()).map(|(name, _)| name.clone())
}

fn tagged(case: &Keywords, tag: &str) -> Result<Case> {
    let word = case.get("properties").and_then(|properties| properties.get(tag));
    let word = constant(keywords(word.context("a case without the tag")?)?)?;
    let mut fields = fields(case)?;
    fields.retain(|field| field.name != tag);
    Ok(Case { word, about: about(case), fields })
}

/// A word with its content, or words that stand by themselves.
fn keyed(case: &Keywords) -> Result<Vec<Key>> {
    let alone = |word: String| Key { word, about: about(case), content: Kind::Nothing };
    if case.contains_key("const") {
        return Ok(vec![alone(constant(case)?)]);
    }
    if let Some(words) = case.get("enum") {
        return list(words)?.iter().map(|word| Ok(alone(text(word)?))).collect();
    }
    match fields(case)?.as_slice() {
        [field] => {
            let about = if field.about.is_empty() { about(case) } else { field.about.clone() };
            Ok(vec![Key { word: field.name.clone(), about, content: field.kind.clone() }])
        }
        fields => bail!("a word with {} fields", fields.len()),
    }
}

fn fields(schema: &Keywords) -> Result<Vec<Field>> {
    let Some(properties) = schema.get("properties") else { return Ok(Vec::new()) };
    let required = schema.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|names| names.iter().any(|one| one == name));
    let properties = keywords(properties)?.iter();
    let field = |(name, schema): (&String, &Value)| {
        let schema = keywords(schema)?;
        Ok(Field {
            name: name.clone(),
            about: about(schema),
            kind: kind(schema).with_context(|| name.clone())?,
            required: is_required(name),
            nullable: is_nullable(schema),
            // The fields of an object say theirs themselves.
            default: schema
                .get("default")
                .filter(|one| !one.is_object())
                .map(Value::to_string)
                .unwrap_or_default(),
        })
    };
    properties.map(field).collect()
}

fn kind(schema: &Keywords) -> Result<Kind> {
    if let Some(target) = schema.get("$ref") {
        let target = text(target)?;
        return Ok(Kind::Named(target.rsplit('/').next().unwrap_or_default().to_owned()));
    }
    if let Some(several) = schema.get("anyOf") {
        let several = list(several)?.iter().filter(|one| !is_null(one));
        let mut kinds: Vec<Kind> = several.map(|one| kind(keywords(one)?)).collect::<Result<_>>()?;
        return Ok(if kinds.len() == 1 { kinds.remove(0) } else { Kind::Either(kinds) });
    }
    if let Some(words) = schema.get("enum") {
        return list(words)?.iter().map(text).collect::<Result<_>>().map(Kind::Words);
    }
    match types(schema).as_slice() {
        ["string"] => Ok(Kind::Text),
        ["string", "integer"] => Ok(Kind::Native(Native::Amount, "Amount".into())),
        ["integer"] => Ok(Kind::Whole),
        ["boolean"] => Ok(Kind::Truth),
        ["array"] => Ok(Kind::List(Box::new(kind(keywords(schema.get("items").context("no items")?)?)?))),
        ["object"] => {
            let content = schema.get("additionalProperties").context("an object without fields")?;
            Ok(Kind::Map(Box::new(kind(keywords(content)?)?)))
        }
        _ => bail!("a schema of unknown form: {}", Value::Object(schema.clone())),
    }
}

/// The types that a schema allows beside `null`.
fn types(schema: &Keywords) -> Vec<&str> {
    let types = schema.get("type").map(|types| match types {
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
        one => Vec::from_iter(one.as_str()),
    });
    types.unwrap_or_default().into_iter().filter(|one| *one != "null").collect()
}

fn is_nullable(schema: &Keywords) -> bool {
    let several = |name: &str| schema.get(name).and_then(Value::as_array).into_iter().flatten();
    several("anyOf").any(is_null) || several("type").any(|one| one == "null")
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|one| one == "null")
}

fn about(schema: &Keywords) -> String {
    schema.get("description").and_then(Value::as_str).map(plain).unwrap_or_default()
}

fn constant(schema: &Keywords) -> Result<String> {
    text(schema.get("const").context("a case without its word")?)
}

fn keywords(schema: &Value) -> Result<&Keywords> {
    schema.as_object().with_context(|| format!("expected a schema, found {schema}"))
}

fn list(value: &Value) -> Result<&Vec<Value>> {
    value.as_array().with_context(|| format!("expected a list, found {value}"))
}

fn text(value: &Value) -> Result<String> {
    value.as_str().map(str::to_owned).with_context(|| format!("expected a text, found {value}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(definitions: Value) -> Result<Vec<Shape>> {
        shapes(keywords(&definitions)?)
    }

    #[test]
    fn a_word_says_what_its_own_type_says() {
        let word = json!({ "properties": { "after": { "$ref": "#/$defs/After" } }, "required": ["after"] });
        let silent = json!({ "properties": { "never": { "type": "boolean" } }, "required": ["never"] });
        let after = json!({ "description": "Good\nfor so long.", "$ref": "#/$defs/Period" });
        let shapes = read(json!({ "Expiry": { "oneOf": [word, silent] }, "After": after })).unwrap();
        let Body::Keyed(keys) = &shapes[0].body else { panic!("{:?}", shapes[0]) };
        assert_eq!(
            (keys[0].about.as_str(), &keys[0].content),
            ("Good for so long.", &Kind::Named("Period".into()))
        );
        assert_eq!((keys[1].word.as_str(), keys[1].about.as_str()), ("never", ""));
    }

    #[test]
    fn a_word_may_stand_by_itself() {
        let off = json!({ "description": "None.", "type": "string", "const": "off" });
        let within = json!({ "properties": { "within": { "type": "string" } }, "required": ["within"] });
        let shapes = read(json!({ "Automatic": { "oneOf": [off, within] } })).unwrap();
        let Body::Keyed(keys) = &shapes[0].body else { panic!("{:?}", shapes[0]) };
        let key = |key: &Key| (key.word.clone(), key.about.clone(), key.content.clone());
        let off = ("off".into(), "None.".into(), Kind::Nothing);
        assert_eq!(
            keys.iter().map(key).collect::<Vec<_>>(),
            [off, ("within".into(), String::new(), Kind::Text)]
        );
    }

    #[test]
    fn what_all_cases_have_is_told_apart_from_what_one_has() {
        let case = json!({ "properties": { "type": { "type": "string", "const": "spent" }, "of": { "type": "string" } } });
        let event = json!({ "properties": { "step": { "type": ["integer", "null"] } }, "oneOf": [case] });
        let shapes = read(json!({ "Event": event })).unwrap();
        let Body::Tagged { tag, head, cases } = &shapes[0].body else { panic!("{:?}", shapes[0]) };
        assert_eq!((tag.as_str(), head[0].name.as_str(), head[0].nullable), ("type", "step", true));
        assert_eq!((cases[0].word.as_str(), cases[0].fields.len()), ("spent", 1));
    }

    #[test]
    fn a_schema_of_another_form_is_an_error_and_no_guess() {
        let error = read(json!({ "Odd": { "properties": { "size": { "type": "number" } } } })).unwrap_err();
        assert_eq!(error.chain().map(ToString::to_string).take(2).collect::<Vec<_>>(), ["Odd", "size"]);
    }
}
