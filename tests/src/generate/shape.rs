//! What a type looks like in any language: the one model that every generated file is written from.
//!
//! It knows neither JSON Schema nor a target language.

/// A named type.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Its name, unique in the model.
    pub name: String,
    /// What it is, in Markdown; paragraphs stand apart by an empty line.
    pub about: String,
    /// Which way its values go.
    pub way: Way,
    /// The looser type that a host may write in its place, where there is one.
    pub twin: Option<String>,
    /// What it consists of.
    pub body: Body,
}

/// Which way values of a type go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A host writes it, so everything that the library reads is allowed.
    Given,
    /// The library writes it, in one form; it reads that form again.
    Made,
    /// Both, in the same form.
    Both,
}

/// What a type consists of.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Another name for something simple.
    Alias(Kind),
    /// One of several words.
    Words(Vec<Word>),
    /// An object with these fields.
    Fields(Vec<Field>),
    /// An object whose field `tag` tells which further fields it has.
    Tagged {
        /// The field that holds the word.
        tag: String,
        /// The fields that it has in every case.
        head: Vec<Field>,
        /// The cases.
        cases: Vec<Case>,
    },
    /// An object with one field, whose name is the word and whose content is what the word needs; where it needs
    /// nothing, the word itself.
    Keyed(Vec<Key>),
}

/// A word without content.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// As it is written.
    pub word: String,
    /// What it means; empty where the word says it.
    pub about: String,
}

/// One case of a tagged object.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The value of the tag.
    pub word: String,
    /// What it means.
    pub about: String,
    /// Its fields, without the tag and those of every case.
    pub fields: Vec<Field>,
}

/// One word of a closed vocabulary, and what it needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// As it is written.
    pub word: String,
    /// What it means.
    pub about: String,
    /// What stands below it.
    pub content: Kind,
}

/// One field of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// As it is written.
    pub name: String,
    /// What it is.
    pub about: String,
    /// What it holds.
    pub kind: Kind,
    /// Whether it is always there.
    pub required: bool,
    /// Whether it may be `null`.
    pub nullable: bool,
    /// What stands for it where it is left out, as JSON; empty where nothing does, or an object whose fields say it.
    pub default: String,
}

/// What a field or list holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Nothing: a word that stands by itself.
    Nothing,
    /// Any text.
    Text,
    /// An integer.
    Whole,
    /// Yes or no.
    Truth,
    /// One of these words.
    Words(Vec<String>),
    /// What each language has its own type for, under the name that says what it counts.
    Native(Native, String),
    /// The type of that name.
    Named(String),
    /// A list.
    List(Box<Kind>),
    /// An object whose field names are free.
    Map(Box<Kind>),
    /// One of several.
    Either(Vec<Kind>),
}

/// What the bindings convert: the core names these values when it writes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Native {
    /// An exact decimal.
    Amount,
    /// A point in time.
    Instant,
    /// A civil day.
    Day,
}

impl Native {
    /// What a type of that name is defined as.
    #[must_use]
    pub fn defined_as(name: &str) -> Option<Native> {
        match name {
            "Amount" => Some(Native::Amount),
            "Instant" => Some(Native::Instant),
            "Day" => Some(Native::Day),
            _ => None,
        }
    }
}

impl Shape {
    /// Calls a function on every kind that it mentions, in their order.
    pub fn kinds<'a>(&'a self, visit: &mut impl FnMut(&'a Kind)) {
        let mut fields = |fields: &'a [Field]| fields.iter().for_each(|field| visit(&field.kind));
        match &self.body {
            Body::Alias(kind) => visit(kind),
            Body::Words(_) => {}
            Body::Fields(all) => fields(all),
            Body::Tagged { head, cases, .. } => {
                fields(head);
                cases.iter().for_each(|case| fields(&case.fields));
            }
            Body::Keyed(keys) => keys.iter().for_each(|key| visit(&key.content)),
        }
    }

    /// Changes every kind that it mentions.
    pub fn change(&mut self, by: &impl Fn(&mut Kind)) {
        let fields = |fields: &mut [Field]| fields.iter_mut().for_each(|field| field.kind.change(by));
        match &mut self.body {
            Body::Alias(kind) => kind.change(by),
            Body::Words(_) => {}
            Body::Fields(all) => fields(all),
            Body::Tagged { head, cases, .. } => {
                fields(head);
                cases.iter_mut().for_each(|case| fields(&mut case.fields));
            }
            Body::Keyed(keys) => keys.iter_mut().for_each(|key| key.content.change(by)),
        }
    }

    /// The names of other types that it mentions, in their order.
    #[must_use]
    pub fn mentions(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.kinds(&mut |kind| kind.names(&mut names));
        names
    }
}

impl Kind {
    fn names<'a>(&'a self, names: &mut Vec<&'a str>) {
        match self {
            Kind::Named(name) | Kind::Native(_, name) => names.push(name),
            Kind::List(inner) | Kind::Map(inner) => inner.names(names),
            Kind::Either(kinds) => kinds.iter().for_each(|kind| kind.names(names)),
            Kind::Nothing | Kind::Text | Kind::Whole | Kind::Truth | Kind::Words(_) => {}
        }
    }

    fn change(&mut self, by: &impl Fn(&mut Kind)) {
        by(self);
        match self {
            Kind::List(inner) | Kind::Map(inner) => inner.change(by),
            Kind::Either(kinds) => kinds.iter_mut().for_each(|kind| kind.change(by)),
            Kind::Nothing
            | Kind::Text
            | Kind::Whole
            | Kind::Truth
            | Kind::Words(_)
            | Kind::Native(..)
            | Kind::Named(_) => {}
        }
    }

    /// Whether it holds several of something.
    #[must_use]
    pub fn is_container(&self) -> bool {
        matches!(self, Kind::List(_) | Kind::Map(_))
    }
}
