//! Steps that move points or ask about them.

use dangol::{Amount, Instant};
use serde_json::{Value, json};

use super::payments::{GIFT_CARD, POINTS, WALLET};
use super::{Draft, Stop, orders, standing, unstated, words};
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
    /// The terms that rules stand for.
    pub(super) rules: Vec<Value>,
    /// An order that waits for the points that pay for it.
    pub(super) sold: Option<Value>,
}

/// A step that is being read.
pub(super) struct Asked {
    pub(super) keys: Keys,
    pub(super) at: Option<Instant>,
    pub(super) operation: String,
}

/// Translates every step.
pub(super) fn steps(draft: &mut Draft, steps: Vec<Keys>) -> Result<Vec<Step>, Stop> {
    let (steps_made, next, rules) = (Vec::new(), String::new(), Vec::new());
    let mut row = Row { draft, steps: steps_made, offered: None, next, rules, sold: None };
    let mut rest = steps.into_iter().enumerate().peekable();
    while let Some((number, mut keys)) = rest.next() {
        row.next = rest.peek().map(|(_, step)| words::does(step)).unwrap_or_default();
        let word = keys.text("do")?.unwrap_or_default();
        let at = keys.text("at")?.map(|text| dates::instant(&text)).transpose()?;
        let key = keys.text("idempotency_key")?;
        let operation = key.unwrap_or_else(|| format!("step-{}", number.saturating_add(1)));
        let mut asked = Asked { keys, at, operation };
        let done = row.returning(&word, &mut asked)?
            || row.movement(&word, &mut asked)?
            || row.question(&word, &mut asked)?;
        if !done && !standing::step(&mut row, &word, &mut asked)? {
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
                self.known(&name);
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

    /// An event that no rule grants points for is known to the program by a rule that ended long ago.
    fn known(&mut self, event: &str) {
        let on = json!({ "event": event });
        if !self.draft.accruals.iter().any(|rule| rule.get("on") == Some(&on)) {
            let id = format!("ended.{}", self.draft.accruals.len());
            self.draft.expiries.push(None);
            self.draft
                .accruals
                .push(json!({ "id": id, "on": on, "award": { "fixed": "1" }, "until": "1970-01-01" }));
        }
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

    fn credit(&mut self, asked: &mut Asked) -> Result<(), Stop> {
        let points = asked.keys.needed("points")?;
        self.draft.grains.digits(points.digits());
        let mut grant = json!({ "wallet": POINTS, "points": points, "reason": "credit" });
        if let (Some(end), Value::Object(fields)) = (asked.keys.text("expires_at")?, &mut grant) {
            fields.insert("expires_on".into(), json!(self.draft.times.last_day(&end)?));
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
    pub(super) fn purse(&mut self, id: &'static str) {
        if id != POINTS && !self.draft.purses.iter().any(|purse| purse.id == id) {
            let purse =
                super::Purse { id: id.to_owned(), amount: Amount::ZERO, last_day: None, automatic: false };
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
