//! The places of a document's values and fields, and the way from a path such as `offers[2].when` to one of them.

use std::ops::Range;

/// The bytes of a value, those of its field's name, and what stands below it.
#[derive(Debug, Default)]
pub(crate) struct Place {
    pub(crate) span: Range<usize>,
    pub(super) name: Option<Range<usize>>,
    pub(super) below: Below,
}

/// What stands below a value.
#[derive(Debug, Default)]
pub(super) enum Below {
    #[default]
    Nothing,
    Fields(Vec<(String, Place)>),
    Items(Vec<Place>),
}

impl Place {
    /// A value without a name.
    pub(super) fn of(span: Range<usize>, below: Below) -> Place {
        Place { span, name: None, below }
    }

    /// The field of that name.
    pub(crate) fn field(&self, name: &str) -> Option<&Place> {
        self.fields().iter().find(|(known, _)| known == name).map(|(_, place)| place)
    }

    /// Its fields, where it is an object.
    pub(crate) fn fields(&self) -> &[(String, Place)] {
        match &self.below {
            Below::Fields(fields) => fields,
            _ => &[],
        }
    }

    /// Whether it is an object.
    pub(crate) fn is_object(&self) -> bool {
        matches!(self.below, Below::Fields(_))
    }

    /// The value at a path, or the nearest one above it.
    pub(crate) fn at(&self, path: &str) -> Range<usize> {
        self.find(path).0.mark()
    }

    /// What a mark stands under: a value, or where an object or list begins.
    fn mark(&self) -> Range<usize> {
        match self.below {
            Below::Nothing => self.span.clone(),
            Below::Fields(_) | Below::Items(_) => self.span.start..self.span.start.saturating_add(1),
        }
    }

    /// The name of the field at a path, or of the field `word` below it, or the value itself.
    pub(super) fn word(&self, path: &str, word: &str) -> Range<usize> {
        let (place, whole) = self.find(path);
        let name = match place.field(word) {
            Some(below) if whole => below.name.as_ref(),
            _ if whole && path.ends_with(word) => place.name.as_ref(),
            _ => None,
        };
        name.cloned().unwrap_or_else(|| place.mark())
    }

    /// The place of the longest part of the path that exists, and whether that is the whole path.
    fn find(&self, path: &str) -> (&Place, bool) {
        if path.is_empty() {
            return (self, true);
        }
        let next = match &self.below {
            Below::Nothing => None,
            Below::Fields(fields) => step_into(fields, path.strip_prefix('.').unwrap_or(path)),
            Below::Items(items) => item(items, path),
        };
        next.map_or((self, false), |(place, rest)| place.find(rest))
    }
}

/// The field that the path starts with, and the rest. A name may hold points itself, so the longest one wins.
fn step_into<'a, 'p>(fields: &'a [(String, Place)], path: &'p str) -> Option<(&'a Place, &'p str)> {
    let starts = fields.iter().filter_map(|(name, place)| {
        let rest = path.strip_prefix(name.as_str())?;
        (rest.is_empty() || rest.starts_with(['.', '['])).then_some((place, rest))
    });
    starts.min_by_key(|(_, rest)| rest.len())
}

fn item<'a, 'p>(items: &'a [Place], path: &'p str) -> Option<(&'a Place, &'p str)> {
    let (number, rest) = path.strip_prefix('[')?.split_once(']')?;
    Some((items.get(number.parse::<usize>().ok()?)?, rest))
}
