//! What came of the steps.

use dangol::{Amount, Points};
use serde_json::Value;

use crate::cases::Stop;
use crate::cases::engine::{Engine, list, text};
use crate::cases::keys::number;
use crate::cases::translate::POINTS;

/// Notes on every step, in their order.
#[derive(Clone, Debug, Default)]
pub(in crate::cases) struct Log {
    /// The points that each step earned which earns some.
    pub(in crate::cases) earned: Vec<Amount>,
    /// What was spent of points, step by step.
    pub(in crate::cases) spent: Vec<Amount>,
    pub(in crate::cases) expired: Vec<Amount>,
    pub(in crate::cases) revoked: Vec<Amount>,
    pub(in crate::cases) decayed: Vec<Amount>,
    /// Whether each action and each order was taken as it was asked for.
    pub(in crate::cases) accepted: Vec<bool>,
    pub(in crate::cases) refusals: Vec<String>,
    pub(in crate::cases) balances: Vec<Amount>,
    /// The last balance that was asked for since something was written off.
    pub(in crate::cases) since_expiry: Option<Amount>,
    pub(in crate::cases) lots_asked: Vec<Vec<Amount>>,
    pub(in crate::cases) expiring: Option<Amount>,
    /// The last quote, and whether it was placed.
    pub(in crate::cases) quoted: Option<Value>,
    /// Every quote, in their order.
    pub(in crate::cases) quotes: Vec<Value>,
    pub(in crate::cases) placed: bool,
    /// What came back, step by step.
    pub(in crate::cases) returned: Vec<Value>,
    /// What is on the gift card after each order and each return.
    pub(in crate::cases) cards: Vec<Amount>,
    /// Why each tier changed or was reviewed.
    pub(in crate::cases) reviewed: Vec<String>,
    /// The lots of points in the order of issue.
    issued: Vec<String>,
}

impl Log {
    /// The lots that are there before the first step.
    pub(super) fn opening(&mut self, lots: &[Value]) {
        self.issued.extend(lots.iter().map(|lot| text(lot, "id").to_owned()));
    }

    /// What a quote earns and refuses.
    pub(super) fn quote(&mut self, quote: &Value) -> Result<(), Stop> {
        let earned = quote.pointer(&format!("/earned/{POINTS}"));
        self.earned.push(earned.map_or(Some(Amount::ZERO), number).ok_or_else(|| odd("earned"))?);
        let refused = list(quote, "refused");
        let tenders = refused.iter().filter(|refused| text(refused, "what") == "wallet");
        let codes: Vec<String> = tenders
            .filter_map(|refused| refused.pointer("/reason/code")?.as_str().map(str::to_owned))
            .collect();
        self.accepted.push(codes.is_empty());
        self.refusals.extend(codes);
        Ok(())
    }

    /// What events say of points and tiers.
    pub(super) fn events(&mut self, events: &[Value]) -> Result<(), Stop> {
        let tiers = events.iter().filter(|event| text(event, "type").starts_with("tier_"));
        self.reviewed.extend(tiers.map(|event| text(event, "because").to_owned()));
        for event in events.iter().filter(|event| text(event, "wallet") == POINTS) {
            let points = || event.get("points").and_then(number).ok_or_else(|| odd("points"));
            match text(event, "type") {
                "points_earned" | "points_granted" => self.issued.push(text(event, "lot").to_owned()),
                "points_spent" => self.spent.push(points()?),
                "points_expired" => self.expired.push(points()?),
                "points_revoked" => self.revoked.push(points()?),
                "points_decayed" => self.decayed.push(points()?),
                _ => {}
            }
        }
        Ok(())
    }

    /// What is left of each lot of points, in the order of issue.
    pub(in crate::cases) fn lots(&self, engine: &Engine) -> Vec<Amount> {
        self.issued.iter().map(|lot| engine.lot(POINTS, lot)).collect()
    }

    /// The name of a lot by its number.
    pub(super) fn lot(&self, number: u32) -> Result<String, Stop> {
        let lot = usize::try_from(number).ok().and_then(|number| self.issued.get(number));
        lot.cloned().ok_or_else(|| Stop::Unsupported(format!("steps.lot: {number}")))
    }
}

/// The points of all events of a kind that are about a wallet.
pub(super) fn sum(events: &[Value], kind: &str, wallet: &str) -> Result<Amount, Stop> {
    let of = events.iter().filter(|event| text(event, "type") == kind && text(event, "wallet") == wallet);
    let points: Option<Vec<Amount>> = of.map(|event| number(event.get("points")?)).collect();
    total(&points.ok_or_else(|| odd("points"))?)
}

/// The sum of amounts.
pub(in crate::cases) fn total(amounts: &[Amount]) -> Result<Amount, Stop> {
    let sum = Points::sum(amounts.iter().map(|amount| Points(*amount)));
    sum.map(|sum| sum.0).map_err(|overflow| Stop::Failed(overflow.to_string()))
}

fn odd(field: &str) -> Stop {
    Stop::Failed(format!("`{field}` is no number"))
}
