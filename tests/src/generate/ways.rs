//! What goes in and what comes out, joined to one list of types.
//!
//! A type whose values go both ways and differ (a member's points may come in as a number and always leave as a text)
//! becomes two: the plain name is what a host may write, `…Out` is what the library writes.

use std::collections::BTreeSet;

use super::shape::{Body, Kind, Native, Shape, Way};

/// The types of both ways.
pub(super) struct Ways<'a> {
    given: &'a [Shape],
    made: &'a [Shape],
    /// The names of the types that become two.
    twins: BTreeSet<&'a str>,
}

pub(super) fn named<'a>(shapes: &'a [Shape], name: &str) -> Option<&'a Shape> {
    shapes.iter().find(|shape| shape.name == name)
}

impl<'a> Ways<'a> {
    pub(super) fn new(given: &'a [Shape], made: &'a [Shape]) -> Ways<'a> {
        let mut ways = Ways { given, made, twins: BTreeSet::new() };
        loop {
            let more = given.iter().filter(|shape| !ways.twins.contains(&*shape.name) && ways.differs(shape));
            let more: Vec<&str> = more.map(|shape| shape.name.as_str()).collect();
            if more.is_empty() {
                return ways;
            }
            ways.twins.extend(more);
        }
    }

    /// Whether a type looks different on the two ways. Languages have their own types for amounts and times, and accept
    /// more kinds of lists and maps than they write.
    fn differs(&self, shape: &Shape) -> bool {
        let mut container = false;
        shape.kinds(&mut |kind| container |= kind.is_container());
        named(self.made, &shape.name).is_some_and(|other| {
            let inside = shape.mentions().into_iter().any(|name| self.twins.contains(name));
            inside || container || self.native(&shape.name).is_some() || other.body != shape.body
        })
    }

    /// All types: those of requests, then those that only come out, then those from `last` on.
    pub(super) fn joined(&self, last: &str) -> Vec<Shape> {
        let only_made = |shape: &&Shape| named(self.given, &shape.name).is_none();
        let made = self.made.iter().filter(|shape| only_made(shape) || self.twins.contains(&*shape.name));
        let made: Vec<Shape> = made.filter_map(|shape| self.out(shape)).collect();
        let mut joined: Vec<Shape> = self.given.iter().map(|shape| self.plain(shape)).collect();
        let place = joined.iter().position(|shape| shape.name == last).unwrap_or(joined.len());
        joined.splice(place..place, made);
        joined
    }

    fn plain(&self, shape: &Shape) -> Shape {
        let both = named(self.made, &shape.name).is_some() && !self.twins.contains(&*shape.name);
        Shape { way: if both { Way::Both } else { Way::Given }, ..shape.clone() }
    }

    /// A type as the library writes it; nothing for what each language has its own type for.
    fn out(&self, shape: &Shape) -> Option<Shape> {
        if self.native(&shape.name).is_some() {
            return None;
        }
        let mut out = Shape { way: Way::Made, name: self.out_name(&shape.name), ..shape.clone() };
        if out.name != shape.name {
            let note = format!("This is how the library writes it; it goes in again as a `{}`.", shape.name);
            out.about = format!("{}\n\n{note}", shape.about);
            out.twin = Some(shape.name.clone());
        }
        out.change(&|kind| {
            if let Kind::Named(name) = kind {
                *kind = match self.native(name) {
                    Some(native) => Kind::Native(native, name.clone()),
                    None => Kind::Named(self.out_name(name)),
                };
            }
        });
        Some(out)
    }

    pub(super) fn out_name(&self, name: &str) -> String {
        if self.twins.contains(name) { format!("{name}Out") } else { name.to_owned() }
    }

    /// What each language has its own type for, where the name stands for that.
    fn native(&self, name: &str) -> Option<Native> {
        match &named(self.made, name)?.body {
            Body::Alias(Kind::Native(native, _)) => Some(*native),
            Body::Alias(Kind::Named(other)) => self.native(other),
            _ => None,
        }
    }
}
