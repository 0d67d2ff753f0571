//! Baskets of a table of members quoted, as columns.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Schema};
use dangol::wire::Failure;
use dangol::{Amount, Id, Instant, Program, Quote};
use serde_json::{Value, json};

use crate::fault::Fault;
use crate::rows::{Baskets, Members};
use crate::run::{self, Options, rejected_table};
use crate::schema::{amount, field, instant, map};
use crate::write;

/// What the baskets of a batch cost and earn.
#[derive(Clone, Debug)]
pub struct Quoted {
    /// A row for each basket: see [`quote_schema`].
    pub quotes: Vec<RecordBatch>,
    /// The rows that could not be read: see [`crate::rejected_schema`].
    pub rejected: Vec<RecordBatch>,
}

/// The columns of a table of quotes; the last one is the whole quote as JSON text, where that is asked for.
#[must_use]
pub fn quote_schema(program: &Program, whole: bool) -> Schema {
    let file = program.file();
    let money = amount(file.currency.digits());
    let points = amount(file.wallets.iter().map(|wallet| wallet.digits).max().unwrap_or(0));
    let mut fields = vec![
        field("member", DataType::Utf8),
        field("member_version", DataType::Int64),
        field("at", instant()),
        field("gross", money.clone()),
        field("discount", money.clone()),
        field("net", money.clone()),
        field("paid_with_points", money.clone()),
        field("shipping", money.clone()),
        field("fees", money.clone()),
        field("tax_added", money.clone()),
        field("rounding", money.clone()),
        field("due", money.clone()),
        field("earned", map(points)),
        field("discounts", map(money)),
    ];
    if whole {
        fields.push(field("quote", DataType::Utf8));
    }
    Schema::new(fields)
}

/// What baskets cost and earn: the same as [`Program::quote`] row by row. `members` and `baskets` have as many rows, and
/// `first` is the number of the first one.
///
/// # Errors
/// A [`Fault`] where a column means nothing here, the tables do not have as many rows, or a row has a mistake and those are
/// not kept.
pub fn quote(
    program: &Program,
    (members, baskets): (&RecordBatch, &RecordBatch),
    first: u64,
    now: Instant,
    whole: bool,
    options: &Options,
) -> Result<Quoted, Fault> {
    if members.num_rows() != baskets.num_rows() {
        let message = format!(
            "{} members and {} baskets: each basket has its member",
            members.num_rows(),
            baskets.num_rows()
        );
        return Err(Fault::of_column("contradiction", "", message));
    }
    let (members, baskets) = (Members::new(members, first)?, Baskets::new(baskets, first)?);
    let schema = Arc::new(quote_schema(program, whole));
    let quoted = |row: usize| -> Result<Value, Fault> {
        let (member, basket) = (members.member(row)?, baskets.basket(row)?);
        let quote = program.quote(&member, &basket, now).map_err(|error| {
            let failure = Failure::from(error);
            if failure.path.starts_with("basket") {
                baskets.misfit(row, &failure)
            } else {
                members.misfit(row, &failure)
            }
        })?;
        quote_row(&quote, whole).map_err(|error| {
            Fault::of_column("invalid_value", "", error.to_string()).at_row(members.number(row))
        })
    };
    let parts = run::over(members.len(), options, |rows| {
        let (mut made, mut rejected) = (Vec::new(), Vec::new());
        for row in rows {
            match quoted(row) {
                Ok(quote) => made.push(quote),
                Err(fault) => run::reject(options, &mut rejected, || members.id(row), fault)?,
            }
        }
        Ok((write::table(&schema, &made)?, rejected_table(&rejected)?))
    })?;
    let full = |batch: &RecordBatch| batch.num_rows() > 0;
    let (quotes, rejected): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    Ok(Quoted {
        quotes: quotes.into_iter().filter(full).collect(),
        rejected: rejected.into_iter().filter(full).collect(),
    })
}

/// A quote as a row.
fn quote_row(quote: &Quote, whole: bool) -> Result<Value, serde_json::Error> {
    let mut discounts: BTreeMap<&Id, Amount> = BTreeMap::new();
    for applied in &quote.applied {
        let sum = discounts.entry(&applied.offer).or_insert(Amount::ZERO);
        *sum = sum.plus(applied.discount.0).map_err(serde::ser::Error::custom)?;
    }
    let mut row = json!({
        "member": quote.member,
        "member_version": quote.member_version,
        "at": quote.at,
        "gross": quote.gross,
        "discount": quote.discount,
        "net": quote.net,
        "paid_with_points": quote.paid_with_points,
        "shipping": quote.shipping,
        "fees": quote.fees,
        "tax_added": quote.tax_added,
        "rounding": quote.rounding,
        "due": quote.due,
        "earned": quote.earned,
        "discounts": discounts,
    });
    if whole && let Value::Object(row) = &mut row {
        row.insert("quote".to_owned(), serde_json::to_string(quote)?.into());
    }
    Ok(row)
}
