//! What rules that grant points, multipliers and budgets must be together.

use std::collections::BTreeMap;

use super::parts::Parts;
use crate::check::Check;
use crate::error::{Code, Problem, suggestion};
use crate::rule::{AccrualRule, Multiplier};
use crate::value::Id;

impl Parts {
    /// Rules of one group are compared, so they must grant the same kind of points.
    pub(super) fn fitting_groups(&self, check: &mut Check) {
        self.same_wallet(check, "group", |rule| rule.group.as_ref());
    }

    /// Points of different kinds cannot be counted together.
    pub(super) fn fitting_budgets(&self, check: &mut Check) {
        self.same_wallet(check, "budget", |rule| rule.budget.as_ref());
    }

    /// Rules that share a name in that field must be of one wallet.
    fn same_wallet(&self, check: &mut Check, field: &str, shared: impl Fn(&AccrualRule) -> Option<&Id>) {
        let mut wallets = BTreeMap::new();
        if self.known.wallets.is_none() {
            return;
        }
        for (index, rule) in &self.accruals {
            let Some(name) = shared(rule) else { continue };
            let wallet = self.wallet(rule.wallet.as_ref());
            if *wallets.entry(name).or_insert(wallet) != wallet {
                let path = format!("accruals[{index}].{field}");
                let message = format!("other rules of {field} `{name}` grant points of another wallet");
                check.problems.push(Problem::new(Code::Contradiction, path, message));
            }
        }
    }

    /// The wallet that is named, or the first.
    pub(super) fn wallet<'a>(&'a self, named: Option<&'a Id>) -> Option<&'a Id> {
        named.or_else(|| self.known.wallets.as_ref()?.first())
    }

    /// Multipliers name rules that exist, are of their wallet, and can be multiplied.
    pub(super) fn fitting_multipliers(&self, check: &mut Check) {
        for (index, multiplier) in &self.multipliers {
            for (place, id) in multiplier.accruals.iter().flatten().enumerate() {
                if let Some((code, message)) = self.misfit(multiplier, id) {
                    let path = format!("multipliers[{index}].accruals[{place}]");
                    check.problems.push(Problem::new(code, path, message));
                }
            }
        }
    }

    fn misfit(&self, multiplier: &Multiplier, id: &Id) -> Option<(Code, String)> {
        let Some((_, rule)) = self.accruals.iter().find(|(_, rule)| rule.id == *id) else {
            let known = self.known.accruals.as_ref().filter(|known| !known.contains(id))?;
            let near = suggestion(id.as_str(), known.iter().map(Id::as_str));
            return Some((Code::UnknownName, format!("no such accrual: `{id}`{near}")));
        };
        let same = self.wallet(rule.wallet.as_ref()) == self.wallet(multiplier.wallet.as_ref());
        if !same && self.known.wallets.is_some() {
            return Some((Code::Contradiction, format!("accrual `{id}` grants points of another wallet")));
        }
        let why = Multiplier::misfit(rule)?;
        Some((Code::Contradiction, format!("nothing multiplies accrual `{id}`: {why}")))
    }
}
