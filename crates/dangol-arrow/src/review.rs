//! Where a table of members stands on the ladders, as columns.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Schema};
use dangol::{Instant, Program, TierMeasure, TierStanding};
use serde_json::{Value, json};

use crate::fault::Fault;
use crate::rows::Members;
use crate::run::{self, Options, rejected_table};
use crate::schema::{amount, field};
use crate::write;

/// Where the members of a batch stand.
#[derive(Clone, Debug)]
pub struct Reviewed {
    /// A row for each member and ladder, in the order of the members and of the program's ladders: see [`standing_schema`].
    pub standings: Vec<RecordBatch>,
    /// The rows that could not be read: see [`crate::rejected_schema`].
    pub rejected: Vec<RecordBatch>,
}

/// The columns of a table of standings.
///
/// `missing_…` is what is missing to reach the tier `next` on the shortest way: the largest where one measure is asked for
/// more than once. `review_…` is what the next review finds if nothing more is done. `standing` has all of it, as JSON text.
#[must_use]
pub fn standing_schema(program: &Program) -> Schema {
    let file = program.file();
    let points = file.wallets.iter().map(|wallet| wallet.digits).max().unwrap_or(0);
    Schema::new(vec![
        field("member", DataType::Utf8),
        field("ladder", DataType::Utf8),
        field("tier", DataType::Utf8),
        field("since", DataType::Date32),
        field("until", DataType::Date32),
        field("falls_on", DataType::Date32),
        field("next", DataType::Utf8),
        field("next_by", DataType::Date32),
        field("missing_spend", amount(file.currency.digits())),
        field("missing_points", amount(points)),
        field("missing_orders", DataType::Int64),
        field("missing_visits", DataType::Int64),
        field("missing_events", DataType::Int64),
        field("keep_reached", DataType::Boolean),
        field("keep_by", DataType::Date32),
        field("review_on", DataType::Date32),
        field("review_tier", DataType::Utf8),
        field("review_because", DataType::Utf8),
        field("standing", DataType::Utf8),
    ])
}

/// Where the members of a batch stand as of an instant: the same as [`Program::tiers`] row by row. `first` is the number of
/// the batch's first row.
///
/// # Errors
/// A [`Fault`] where a column means nothing here, or a row has a mistake and those are not kept.
pub fn review(
    program: &Program,
    batch: &RecordBatch,
    first: u64,
    at: Instant,
    options: &Options,
) -> Result<Reviewed, Fault> {
    let members = Members::new(batch, first)?;
    let schema = Arc::new(standing_schema(program));
    let standings = |row: usize| -> Result<Vec<Value>, Fault> {
        let member = members.member(row)?;
        let tiers = program.tiers(&member, at).map_err(|error| members.misfit(row, &error.into()))?;
        let broken = |error: serde_json::Error| {
            Fault::of_column("invalid_value", "", error.to_string()).at_row(members.number(row))
        };
        tiers.iter().map(|tier| standing(member.id.as_str(), tier)).collect::<Result<_, _>>().map_err(broken)
    };
    let parts = run::over(members.len(), options, |rows| {
        let (mut made, mut rejected) = (Vec::new(), Vec::new());
        for row in rows {
            match standings(row) {
                Ok(standings) => made.extend(standings),
                Err(fault) => run::reject(options, &mut rejected, || members.id(row), fault)?,
            }
        }
        Ok((write::table(&schema, &made)?, rejected_table(&rejected)?))
    })?;
    let full = |batch: &RecordBatch| batch.num_rows() > 0;
    let (standings, rejected): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    Ok(Reviewed {
        standings: standings.into_iter().filter(full).collect(),
        rejected: rejected.into_iter().filter(full).collect(),
    })
}

/// A standing as a row.
fn standing(member: &str, tier: &TierStanding) -> Result<Value, serde_json::Error> {
    let next = tier.next.as_ref();
    let missing = next.map_or(&[][..], |next| &next.missing);
    let spend = missing.iter().filter_map(|one| match one {
        TierMeasure::Spend { missing, .. } => Some(missing.0),
        _ => None,
    });
    let points = missing.iter().filter_map(|one| match one {
        TierMeasure::Points { missing, .. } => Some(missing.0),
        _ => None,
    });
    let orders = missing.iter().filter_map(|one| match one {
        TierMeasure::Orders { missing, .. } => Some(missing),
        _ => None,
    });
    let visits = missing.iter().filter_map(|one| match one {
        TierMeasure::Visits { missing, .. } => Some(missing),
        _ => None,
    });
    let events = missing.iter().filter_map(|one| match one {
        TierMeasure::Events { missing, .. } => Some(missing),
        _ => None,
    });
    let review = tier.review.as_ref();
    Ok(json!({
        "member": member,
        "ladder": tier.ladder,
        "tier": tier.tier,
        "since": tier.standing.since,
        "until": tier.standing.until,
        "falls_on": tier.standing.falls_on,
        "next": next.map(|next| &next.tier),
        "next_by": next.and_then(|next| next.by),
        "missing_spend": spend.max(),
        "missing_points": points.max(),
        "missing_orders": orders.max(),
        "missing_visits": visits.max(),
        "missing_events": events.max(),
        "keep_reached": tier.keep.as_ref().map(|keep| keep.reached),
        "keep_by": tier.keep.as_ref().and_then(|keep| keep.by),
        "review_on": review.map(|review| review.on),
        "review_tier": review.and_then(|review| review.tier.as_ref()),
        "review_because": review.map(|review| review.because),
        "standing": serde_json::to_string(tier)?,
    }))
}
