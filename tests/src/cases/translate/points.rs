//! Steps that move points or ask about them.

use dangol::{Amount, Instant};
use serde_json::{Map, Value, json};

use super::payments::{GIFT_CARD, POINTS, WALLET};
use super::{Draft, Stop, orders, unstated, words};
use crate::cases::asked::{Act, Role, Step};
use crate::cases::dates;
use crate::cases::keys::{Keys, whole};

/// A row of steps while it is translated.
pub(super) struct Row<'a> {
    pub(super) draft: &'a mut Draft,
    pub(super) steps: Vec<Step>,
    /// Points that are offered for the order that comes next.
    pub(super) offered: Option<Amount>,
    /// What the next step does.
    pub(super) next: String,
    /// How many rules stand for steps.
    rules: Vec<Value>,
}

/// A step that is being read.
pub(super) struct Asked {
    pub(super) keys: Keys,
    pub(super) at: Option<Instant>,
    pub(super) operation: String,
}

/// Translates every step.
pub(super) fn steps(draft: &mut Draft, steps: Vec<Keys>) -> Result<Vec<Step>, Stop> {
    let mut row = Row { draft, steps: Vec::new(), offered: None, next: String::new(), rules: Vec::new() };
    let mut rest = steps.into_iter().enumerate().peekable();
    while let Some((number, mut keys)) = rest.next() {
        row.next = rest.peek().map(|(_, step)| words::does(step)).unwrap_or_default();
        let word = keys.text("do")?.unwrap_or_default();
        let at = keys.text("at")?.map(|text| dates::instant(&text)).transpose()?;
        let key = keys.text("idempotency_key")?;
        let operation = key.unwrap_or_else(|| format!("step-{}", number.saturating_add(1)));
        let mut asked = Asked { keys, at, operation };
        if !row.movement(&word, &mut asked)? && !row.question(&word, &mut asked)? {
            orders::step(&mut row, &word, &mut asked)?;
        }
        asked.keys.finish()?;
    }
    Ok(row.steps)
}

impl Row<'_> {
    /// Steps that move points; false where it is none of them.
    fn movement(&mut self, word: &str, asked: &mut Asked) -> Result<bool, Stop> {
        match word {
            "earn" => self.earn(asked)?,
            "round_points" => self.round(asked)?,
            "extend_expiry" => self.extend(asked)?,
            "activity" => self.activity(asked)?,
            "round_up_balance" => self.round_up(asked)?,
            "event" => {
                let name = asked.keys.text("name")?.unwrap_or_default();
                self.act(asked, json!({ "event": { "name": name } }), Role::Earns);
            }
            "credit" => self.credit(asked)?,
            "redeem" => self.redeem(asked)?,
            "redeem_for_order" => {
                asked.operation = format!("redeem {}", asked.keys.text("order")?.unwrap_or_default());
                self.spend(asked, POINTS, "points")?;
            }
            "redeem_reward" => self.reward(asked)?,
            "clawback" => self.clawback(asked)?,
            "top_up_wallet" => self.top_up(asked)?,
            "pay_with_wallet" => self.spend(asked, WALLET, "amount")?,
            "pay_with_gift_card" => self.spend(asked, GIFT_CARD, "amount")?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Steps about time, and questions.
    fn question(&mut self, word: &str, asked: &mut Asked) -> Result<bool, Stop> {
        let act = match word {
            "run_expiry" => Act::Pass,
            "decay" => {
                let (every, percent, least, term) = unstated::DECAY;
                let decay = json!({ "after": every, "every": every, "percent": percent, "at_least": least });
                self.draft.decay = Some(decay);
                self.draft.unstated.push(term);
                Act::Decay { days: 7 }
            }
            "query_balance" => Act::Balance { wallet: self.asked_wallet()? },
            "query_lots" => Act::Lots,
            "query_expiring" => {
                let until = asked.keys.text("until")?.unwrap_or_default();
                Act::Expiring { until: dates::instant(&until)? }
            }
            "expire_lot" => {
                let lot = whole(asked.keys.needed("lot")?).ok_or_else(|| Stop::unsupported("steps.lot"))?;
                Act::Expire { lot }
            }
            _ => return Ok(false),
        };
        self.push(asked, act, false);
        Ok(true)
    }

    pub(super) fn push(&mut self, asked: &Asked, act: Act, before: bool) {
        self.steps.push(Step { at: asked.at, before, operation: asked.operation.clone(), act });
    }

    pub(super) fn act(&mut self, asked: &Asked, action: Value, role: Role) {
        let before = role == Role::Earns || action.get("grant").is_some();
        self.push(asked, Act::Action { action, role }, before);
    }

    /// The wallet that `query_balance` is about: the only one that there is.
    fn asked_wallet(&self) -> Result<&'static str, Stop> {
        super::write::balance(self.draft, &self.steps)
            .ok_or_else(|| Stop::unsupported("balances of several wallets"))
    }

    /// Grants points by a rule of its own, so that the engine rounds them and dates them; the same terms share a rule.
    fn granted(&mut self, asked: &Asked, award: Value, terms: Map<String, Value>) {
        let content = json!([award, terms]);
        let known = self.rules.iter().position(|rule| *rule == content);
        let number = known.unwrap_or_else(|| {
            self.rules.push(content);
            self.rules.len().saturating_sub(1)
        });
        let id = format!("{}.{number}", "step");
        if known.is_none() {
            let mut rule = terms;
            let expiry = rule.remove("expiry");
            rule.insert("id".into(), json!(id));
            rule.insert("on".into(), json!({ "event": id }));
            rule.insert("award".into(), award);
            self.draft.expiries.push(expiry);
            self.draft.accruals.push(Value::Object(rule));
        }
        self.act(asked, json!({ "event": { "name": id, "amount": "1" } }), Role::Earns);
    }

    /// So many points, which are rounded where they have digits after the point.
    fn award(&mut self, points: Amount) -> Result<Value, Stop> {
        if points <= Amount::ZERO {
            return Err(Stop::Unsupported(format!("steps.points: {points}")));
        }
        if points.rescaled(0).is_some() {
            return Ok(json!({ "fixed": points }));
        }
        self.draft.grains.default = true;
        proportional(points)
    }

    fn earn(&mut self, asked: &mut Asked) -> Result<(), Stop> {
        let points = asked.keys.needed("points")?;
        let award = self.award(points)?;
        let mut terms = Map::new();
        if let Some(expiry) = asked.keys.keys("expiry")? {
            terms.insert("expiry".into(), expiry_of(expiry)?);
        }
        match asked.keys.number("delay_days")?.map(whole) {
            None | Some(Some(0)) => {}
            Some(Some(days)) => {
                terms.insert("vesting".into(), json!({ "after": format!("{days} days") }));
            }
            Some(None) => return Err(Stop::unsupported("steps.delay_days")),
        }
        // What the order was worth matters only to a return, which is not translated.
        asked.keys.pass_over(&["order_amount"]);
        self.granted(asked, award, terms);
        Ok(())
    }

    fn round(&mut self, asked: &mut Asked) -> Result<(), Stop> {
        let value = asked.keys.needed("value")?;
        let digits =
            asked.keys.number("digits")?.and_then(whole).and_then(|digits| u8::try_from(digits).ok());
        let digits = digits.ok_or_else(|| Stop::unsupported("steps.digits"))?;
        let own = self.draft.policy.points_rounding.as_ref().map(|(mode, _)| mode.clone());
        let mode = asked.keys.text("mode")?.or(own).unwrap_or_else(|| "half_up".into());
        self.draft.grains.exactly(&mode, digits)?;
        if value <= Amount::ZERO {
            return Err(Stop::Unsupported(format!("steps.value: {value}")));
        }
        let award = proportional(value)?;
        self.granted(asked, award, Map::new());
        Ok(())
    }

    /// The longest of several extensions counts.
    fn extend(&mut self, asked: &mut Asked) -> Result<(), Stop> {
        let mut longest = Vec::new();
        for months in asked.keys.list("candidates_months").unwrap_or_default() {
            longest.push(json!({ "after": format!("{} months", months) }));
        }
        asked.at = asked.keys.text("from")?.map(|text| dates::instant(&text)).transpose()?;
        let mut terms = Map::new();
        terms.insert("expiry".into(), json!({ "latest_of": longest }));
        self.granted(asked, json!({ "fixed": "1" }), terms);
        Ok(())
    }

    /// The last activity: what it grants lapses with the whole balance.
    fn activity(&mut self, asked: &mut Asked) -> Result<(), Stop> {
        let (period, term) = unstated::LAPSE;
        self.draft.unstated.push(term);
        let mut terms = Map::new();
        terms.insert("expiry".into(), json!({ "after": period }));
        self.granted(asked, json!({ "fixed": "1" }), terms);
        Ok(())
    }

    fn round_up(&mut self, asked: &mut Asked) -> Result<(), Stop> {
        let multiple = asked.keys.needed("multiple")?;
        let mut terms = Map::new();
        if let Some(range) = asked.keys.list("range") {
            let mut between = Map::new();
            for (field, bound) in ["at_least", "at_most"].into_iter().zip(&range) {
                let bound =
                    crate::cases::keys::number(bound).ok_or_else(|| Stop::unsupported("steps.range"))?;
                if !bound.is_zero() {
                    between.insert(field.into(), json!(bound));
                }
            }
            terms.insert("when".into(), json!({ "balance": between }));
        }
        self.granted(asked, json!({ "round_up": multiple }), terms);
        Ok(())
    }

    fn credit(&mut self, asked: &mut Asked) -> Result<(), Stop> {
        let points = asked.keys.needed("points")?;
        self.draft.grains.digits(points.digits());
        let mut grant = json!({ "wallet": POINTS, "points": points, "reason": "credit" });
        if let (Some(end), Value::Object(fields)) = (asked.keys.text("expires_at")?, &mut grant) {
            fields.insert("expires_on".into(), json!(dates::last_day(&end)?));
        }
        self.act(asked, json!({ "grant": grant }), Role::Other);
        Ok(())
    }

    fn top_up(&mut self, asked: &mut Asked) -> Result<(), Stop> {
        let amount = asked.keys.needed("amount")?;
        self.purse(WALLET);
        let grant = json!({ "wallet": WALLET, "points": amount, "reason": "top-up" });
        self.act(asked, json!({ "grant": grant }), Role::Other);
        Ok(())
    }

    /// The wallet is there, even if nothing is in it yet.
    fn purse(&mut self, id: &'static str) {
        if id != POINTS && !self.draft.purses.iter().any(|purse| purse.id == id) {
            let purse = super::Purse { id, amount: Amount::ZERO, last_day: None, automatic: false };
            self.draft.purses.push(purse);
        }
    }

    fn redeem(&mut self, asked: &mut Asked) -> Result<(), Stop> {
        let net = self.draft.policy.accrual_basis.as_deref() == Some("net_of_point_payment");
        if net && ["redeem", "earn_for_basket"].contains(&self.next.as_str()) {
            if self.draft.tender.is_none() || self.offered.is_some() {
                return Err(Stop::unsupported("policy.conversion is not said"));
            }
            self.offered = Some(asked.keys.needed("points")?);
            return Ok(());
        }
        if self.draft.worth.is_some() {
            return orders::redeem(self, asked);
        }
        self.spend(asked, POINTS, "points")
    }

    /// What is taken where there is less: nothing, what there is, or all with a deficit.
    fn spend(&mut self, asked: &mut Asked, wallet: &'static str, key: &str) -> Result<(), Stop> {
        let amount = asked.keys.needed(key)?;
        self.purse(wallet);
        if wallet == POINTS {
            self.draft.grains.digits(amount.digits());
        }
        let shortfall = match self.draft.policy.over_redemption.as_deref() {
            Some("error" | "reject") => "refuse",
            Some("clamp") => "reduce",
            Some(other) => return Err(Stop::Unsupported(format!("policy.over_redemption: {other}"))),
            None if self.draft.policy.deficit && wallet == POINTS => "deficit",
            None => "refuse",
        };
        let spend = json!({ "wallet": wallet, "points": amount, "shortfall": shortfall });
        self.act(asked, json!({ "spend": spend }), Role::Other);
        Ok(())
    }

    /// What a reward costs is what the program says, whatever a till reports.
    fn reward(&mut self, asked: &mut Asked) -> Result<(), Stop> {
        asked.keys.pass_over(&["client_reported_cost"]);
        let cost = asked.keys.needed("cost")?;
        self.draft.grains.digits(cost.digits());
        let id = format!("reward-{}", self.draft.rewards.len());
        self.draft.rewards.push(json!({ "id": id, "cost": { "points": cost } }));
        self.act(asked, json!({ "claim": { "reward": id, "times": 1 } }), Role::Other);
        Ok(())
    }

    fn clawback(&mut self, asked: &mut Asked) -> Result<(), Stop> {
        let shortfall = match self.draft.policy.clawback.as_deref() {
            Some("clamp_to_zero") => "reduce",
            Some("allow_negative") => "deficit",
            other => {
                return Err(Stop::Unsupported(format!("policy.clawback: {}", other.unwrap_or("not said"))));
            }
        };
        asked.operation = format!("clawback {}", asked.keys.text("order")?.unwrap_or_default());
        let points = asked.keys.needed("points")?;
        let revoke =
            json!({ "wallet": POINTS, "points": points, "reason": "clawback", "shortfall": shortfall });
        self.act(asked, json!({ "revoke": revoke }), Role::Other);
        Ok(())
    }
}

/// So many points for 1 of money, with at most four digits in the rate: larger steps stand for more digits.
fn proportional(points: Amount) -> Result<Value, Stop> {
    let digits = points.digits().min(dangol::Wallet::MAX_DIGITS);
    let shift = points.digits().saturating_sub(digits);
    let scaled = Amount::new(points.units(), digits).ok();
    let amount = 10_i64.checked_pow(u32::from(shift)).and_then(|amount| Amount::new(amount, 0).ok());
    let (Some(scaled), Some(amount)) = (scaled, amount) else {
        return Err(Stop::unsupported("steps.points"));
    };
    Ok(json!({ "per_amount": { "points": scaled, "amount": amount, "steps": "proportional" } }))
}

/// How long points can be used.
fn expiry_of(mut keys: Keys) -> Result<Value, Stop> {
    let snap = keys.text("snap")?;
    let fixed = keys.text("fixed")?;
    let mut period = None;
    for unit in ["days", "months", "years"] {
        if let Some(count) = keys.number(unit)? {
            let count = whole(count).filter(|count| *count > 0 && period.is_none());
            period = Some(format!("{} {unit}", count.ok_or_else(|| Stop::unsupported("expiry"))?));
        }
    }
    keys.finish()?;
    let snapped = |unit: &str, period: Option<String>| match period {
        Some(after) => json!({ "end_of": { "unit": unit, "after": after } }),
        None => json!({ "end_of": { "unit": unit } }),
    };
    match (fixed, snap.as_deref(), period) {
        (Some(day), None, None) => Ok(json!({ "on": day })),
        (None, None, Some(after)) => Ok(json!({ "after": after })),
        (None, Some("month_end"), period) => Ok(snapped("month", period)),
        (None, Some("quarter_end"), period) => Ok(snapped("quarter", period)),
        (None, Some("half_year_end"), period) => Ok(snapped("half_year", period)),
        (None, Some("year_end"), period) => Ok(snapped("year", period)),
        (_, snap, _) => Err(Stop::Unsupported(format!("expiry.snap: {}", snap.unwrap_or("none")))),
    }
}
