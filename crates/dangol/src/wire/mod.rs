//! The one door for every language: JSON text in, JSON text out, one request and one reply for each verb.
//!
//! A binding that has values instead of text reads the same request types and runs them ([`Request::run`]); it holds
//! no rule and no check of its own.
//!
//! ```
//! let program = dangol::Program::from_json(r#"{ "format": 1, "id": "cafe", "version": "1", "currency": "KRW" }"#)?;
//! let request = r#"{ "member": { "id": "m1" }, "now": "2026-01-31T09:00:00+09:00",
//!     "basket": { "lines": [{ "sku": "latte", "price": 48.5 }] } }"#;
//! let failure = dangol::wire::call(&program, "quote", request).unwrap_err();
//! assert_eq!((failure.code.as_str(), failure.path.as_str()), ("floating_point", "basket.lines[0].price"));
//! # Ok::<(), dangol::ProgramError>(())
//! ```

mod codes;
mod failure;
mod report;
mod request;
mod returns;
mod segments;

pub use codes::{Codes, CodesRequest};
pub use failure::Failure;
pub use report::{
    BalanceRequest, Balances, DescribeRequest, Described, LiabilityRequest, Notices, NoticesRequest,
    StatementRequest, Statements, TierStandings, TiersRequest,
};
pub use request::{
    ActRequest, AdvanceRequest, ApplyRequest, Events, ExplainRequest, PlaceRequest, QuoteRequest, Request,
};
pub use returns::{ExchangeRequest, Exchanged, MergeRequest, RefundRequest, Refunded};
pub use segments::{CutoffRequest, SegmentsRequest};

use serde::de::Deserializer;

use crate::document;
use crate::error::{Code, Problem, suggestion};
use crate::program::Program;

/// The verbs of [`call`].
pub const VERBS: [&str; 18] = [
    "quote",
    "place",
    "apply",
    "act",
    "refund",
    "exchange",
    "merge",
    "codes",
    "advance",
    "balance",
    "tiers",
    "statement",
    "notices",
    "liability",
    "explain",
    "describe",
    "segments",
    "cutoff",
];

/// Runs a verb on a request in JSON and returns its reply in JSON.
///
/// # Errors
/// A [`Failure`] with code, path and message, the same in every language.
pub fn call(program: &Program, verb: &str, request: &str) -> Result<String, Failure> {
    match verb {
        "quote" => run::<QuoteRequest>(program, request),
        "place" => run::<PlaceRequest>(program, request),
        "apply" => run::<ApplyRequest>(program, request),
        "act" => run::<ActRequest>(program, request),
        "refund" => run::<RefundRequest>(program, request),
        "exchange" => run::<ExchangeRequest>(program, request),
        "merge" => run::<MergeRequest>(program, request),
        "codes" => run::<CodesRequest>(program, request),
        "advance" => run::<AdvanceRequest>(program, request),
        "balance" => run::<BalanceRequest>(program, request),
        "tiers" => run::<TiersRequest>(program, request),
        "statement" => run::<StatementRequest>(program, request),
        "notices" => run::<NoticesRequest>(program, request),
        "liability" => run::<LiabilityRequest>(program, request),
        "explain" => run::<ExplainRequest>(program, request),
        "describe" => run::<DescribeRequest>(program, request),
        "segments" => run::<SegmentsRequest>(program, request),
        "cutoff" => run::<CutoffRequest>(program, request),
        unknown => {
            let near = suggestion(unknown, VERBS);
            Err(Problem::new(Code::UnknownVerb, "", format!("no such verb: `{unknown}`{near}")).into())
        }
    }
}

fn run<R: Request>(program: &Program, request: &str) -> Result<String, Failure> {
    let request: R = document::request(request)?;
    let reply = request.run(program)?;
    serde_json::to_string(&reply)
        .map_err(|error| Problem::new(Code::InvalidValue, "", error.to_string()).into())
}

/// The text of a file from its bytes, which are UTF-8; a byte order mark before it is left out.
///
/// # Errors
/// A [`Failure`] of code `not_utf8` whose message tells line, column and cure.
pub fn text(bytes: &[u8]) -> Result<&str, Failure> {
    document::text(bytes).map_err(Failure::from)
}

/// Why a request of this type cannot be read from JSON text; nothing where it can.
///
/// For bindings that read requests from their language's own values: on failure they write those as JSON and get the
/// very code, path and message that the text would have got.
pub fn why_unreadable<R: Request>(request: &str) -> Option<Failure> {
    document::request::<R>(request).err().map(Failure::from)
}

/// A deserializer that takes objects only as objects, never as a list of their fields in their order.
///
/// For bindings that read a part of a request from JSON text by themselves: it is then read as the text of a whole request.
pub fn strict<'de, D: Deserializer<'de>>(deserializer: D) -> impl Deserializer<'de, Error = D::Error> {
    document::Strict(deserializer)
}
