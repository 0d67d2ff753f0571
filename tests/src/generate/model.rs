//! Every type that goes in or comes out, read once from the core's own schemas.

use anyhow::{Context, Result};
use dangol::ProgramFile;
use dangol::wire::{
    ActRequest, AdvanceRequest, ApplyRequest, BalanceRequest, CodesRequest, CutoffRequest, DescribeRequest,
    ExchangeRequest, ExplainRequest, Failure, LiabilityRequest, MergeRequest, NoticesRequest, PlaceRequest,
    QuoteRequest, RefundRequest, Request, SegmentsRequest, StatementRequest, TiersRequest,
};
use schemars::JsonSchema;
use schemars::generate::{SchemaGenerator, SchemaSettings};

use super::read;
use super::shape::{Body, Kind, Shape};
use super::ways::{Ways, named};

/// Types that only the library writes: a host hands them back as it got them.
const ONLY_MADE: [&str; 5] = ["Quote", "Order", "Event", "Change", "Reason"];

/// Everything that goes in or comes out.
#[derive(Clone, Debug)]
pub struct Model {
    /// All types: simple ones first, then in the order in which a reader of the verbs meets them, the program last.
    pub shapes: Vec<Shape>,
    /// The verbs of the wire.
    pub verbs: Vec<Verb>,
}

/// A verb of the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verb {
    /// Its name.
    pub name: &'static str,
    /// The type of its request.
    pub request: String,
    /// The type of its reply.
    pub reply: String,
}

impl Model {
    /// Reads the core's types.
    ///
    /// # Errors
    /// Names the type whose schema has a form that is not known here.
    pub fn read() -> Result<Model> {
        let mut given = SchemaSettings::draft2020_12().into_generator();
        let mut made = SchemaSettings::draft2020_12().for_serialize().into_generator();
        let mut verbs = vec![
            verb::<QuoteRequest>("quote", &mut given, &mut made),
            verb::<PlaceRequest>("place", &mut given, &mut made),
            verb::<ApplyRequest>("apply", &mut given, &mut made),
            verb::<ActRequest>("act", &mut given, &mut made),
            verb::<RefundRequest>("refund", &mut given, &mut made),
            verb::<ExchangeRequest>("exchange", &mut given, &mut made),
            verb::<MergeRequest>("merge", &mut given, &mut made),
            verb::<CodesRequest>("codes", &mut given, &mut made),
            verb::<AdvanceRequest>("advance", &mut given, &mut made),
            verb::<BalanceRequest>("balance", &mut given, &mut made),
            verb::<TiersRequest>("tiers", &mut given, &mut made),
            verb::<StatementRequest>("statement", &mut given, &mut made),
            verb::<NoticesRequest>("notices", &mut given, &mut made),
            verb::<LiabilityRequest>("liability", &mut given, &mut made),
            verb::<ExplainRequest>("explain", &mut given, &mut made),
            verb::<DescribeRequest>("describe", &mut given, &mut made),
            verb::<SegmentsRequest>("segments", &mut given, &mut made),
            verb::<CutoffRequest>("cutoff", &mut given, &mut made),
        ];
        given.subschema_for::<ProgramFile>();
        made.subschema_for::<Failure>();

        let file = ProgramFile::schema_name();
        let roots: Vec<&str> = verbs.iter().map(|verb| verb.request.as_str()).chain([&*file]).collect();
        let given = reached(&definitions(given)?, &roots, &ONLY_MADE)?;
        let failure = Failure::schema_name();
        let roots: Vec<&str> = verbs.iter().map(|verb| verb.reply.as_str()).chain([&*failure]).collect();
        let made = reached(&definitions(made)?, &roots, &[])?;

        let ways = Ways::new(&given, &made);
        let mut shapes = ways.joined(&file);
        shapes.sort_by_key(rank);
        verbs.iter_mut().for_each(|verb| verb.reply = ways.out_name(&verb.reply));
        Ok(Model { shapes, verbs })
    }

    /// The type of that name.
    #[must_use]
    pub fn shape(&self, name: &str) -> Option<&Shape> {
        named(&self.shapes, name)
    }

    /// Whether the library writes values of that type in a form of their own.
    #[must_use]
    pub fn has_twin(&self, name: &str) -> bool {
        self.shapes.iter().any(|shape| shape.twin.as_deref() == Some(name))
    }

    /// The type without a head whose cases these are too.
    #[must_use]
    pub fn same_cases(&self, shape: &Shape) -> Option<&Shape> {
        let Body::Tagged { head, cases, .. } = &shape.body else { return None };
        let same = |other: &&Shape| {
            let Body::Tagged { head, cases: others, .. } = &other.body else { return false };
            head.is_empty() && others == cases
        };
        if head.is_empty() { None } else { self.shapes.iter().find(same) }
    }
}

fn verb<R>(name: &'static str, given: &mut SchemaGenerator, made: &mut SchemaGenerator) -> Verb
where
    R: Request + JsonSchema,
    R::Reply: JsonSchema,
{
    given.subschema_for::<R>();
    made.subschema_for::<R::Reply>();
    Verb { name, request: R::schema_name().into(), reply: R::Reply::schema_name().into() }
}

fn definitions(mut generator: SchemaGenerator) -> Result<Vec<Shape>> {
    read::shapes(&generator.take_definitions(true))
}

/// The types that the roots need, each before what it mentions.
fn reached(definitions: &[Shape], roots: &[&str], stop: &[&str]) -> Result<Vec<Shape>> {
    let mut reached: Vec<Shape> = Vec::new();
    let mut waiting: Vec<&str> = roots.iter().rev().copied().collect();
    while let Some(name) = waiting.pop() {
        if stop.contains(&name) || named(&reached, name).is_some() {
            continue;
        }
        let shape = named(definitions, name).with_context(|| format!("no definition of {name}"))?;
        waiting.extend(shape.mentions().into_iter().rev());
        reached.push(shape.clone());
    }
    Ok(reached)
}

/// Simple types first, so that they are there when others name them.
fn rank(shape: &Shape) -> u8 {
    match &shape.body {
        Body::Alias(Kind::Native(..)) => 0,
        Body::Alias(Kind::Named(_)) => 1,
        Body::Alias(_) => 2,
        Body::Words(_) => 3,
        Body::Fields(_) | Body::Tagged { .. } | Body::Keyed(_) => 4,
    }
}
