//! What offers and lanes must be together.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::in_order;
use super::known::Known;
use super::parts::Parts;
use crate::check::Check;
use crate::error::{Code, Problem, suggestion};
use crate::rule::{Benefit, Choose, Lane, Offer};
use crate::value::Id;

impl Parts {
    /// Offers must be of a kind that their lane can choose among, and what they say of one another must have a sense.
    pub(super) fn fitting_offers(&self, check: &mut Check) {
        for (index, offer) in &self.offers {
            let mut misfit = |field: &str, code: Code, message: String| {
                let path = format!("offers[{index}].{field}");
                check.problems.push(Problem::new(code, path, message));
            };
            if let Some(lane) = self.home(offer).filter(|lane| lane.choose == Choose::BestPerLine) {
                for (field, message) in not_per_line(offer, lane) {
                    misfit(field, Code::Contradiction, message);
                }
            }
            let compares = |lane: &&Lane| matches!(lane.choose, Choose::Best | Choose::BestPerLine);
            if let Some(lane) = self.home(offer).filter(compares).filter(|_| !offer.benefit.takes_money()) {
                let message = format!(
                    "lane `{}` compares what offers take off, and this takes nothing off: put it into a lane that \
                     chooses `all` or `first`",
                    lane.id
                );
                misfit("benefit", Code::Contradiction, message);
            }
            if let Some(section) = self.named_alike(offer) {
                let message = format!("grants points under its own id, which one of `{section}` has already");
                misfit("id", Code::DuplicateId, message);
            }
            for (field, message) in self.unknown(offer) {
                misfit(&field, Code::UnknownName, message);
            }
            if let Some(circle) = self.circle(offer) {
                let message = format!(
                    "excludes in a circle ({circle}): give them the same `group`, of which one takes effect"
                );
                misfit("excludes", Code::Contradiction, message);
            }
        }
        self.told_apart(check);
    }

    /// The section that has a rule of the same id, where the offer makes points.
    fn named_alike(&self, offer: &Offer) -> Option<&'static str> {
        let accrual = || self.accruals.iter().any(|(_, rule)| rule.id == offer.id);
        let multiplier = || self.multipliers.iter().any(|(_, one)| one.id == offer.id);
        match offer.benefit {
            Benefit::BonusPoints(_) if accrual() => Some("accruals"),
            Benefit::MultiplyPoints(_) if multiplier() => Some("multipliers"),
            _ => None,
        }
    }

    /// The lane of an offer, where it could be read.
    fn home(&self, offer: &Offer) -> Option<&Lane> {
        let first = self.known.lanes.as_ref().and_then(|lanes| lanes.first());
        let id = offer.lane.as_ref().or(first)?;
        self.lanes.iter().map(|(_, lane)| lane).find(|lane| lane.id == *id)
    }

    /// Names in `excludes` that nothing has.
    fn unknown(&self, offer: &Offer) -> Vec<(String, String)> {
        let Some(excludes) = &offer.excludes else { return Vec::new() };
        let Known { offers, groups, lanes, .. } = &self.known;
        let lists = [
            ("offers", "offer", &excludes.offers, offers),
            ("groups", "group", &excludes.groups, groups),
            ("lanes", "lane", &excludes.lanes, lanes),
        ];
        let mut unknown = Vec::new();
        for (field, what, names, known) in lists {
            let Some(known) = known else { continue };
            let known: BTreeSet<&Id> = known.iter().collect();
            for (place, name) in names.iter().enumerate().filter(|(_, name)| !known.contains(name)) {
                let near = suggestion(name.as_str(), known.iter().map(|id| id.as_str()));
                unknown
                    .push((format!("excludes.{field}[{place}]"), format!("no such {what}: `{name}`{near}")));
            }
        }
        unknown
    }

    /// The offers by which an offer excludes itself, as a text.
    fn circle(&self, offer: &Offer) -> Option<String> {
        let excluded = |by: &Offer| {
            let by = by.clone();
            self.offers
                .iter()
                .map(|(_, other)| other)
                .filter(move |other| self.home(other).is_some_and(|lane| by.drives_out(other, &lane.id)))
        };
        offer.excludes.as_ref()?;
        let mut seen: BTreeSet<&Id> = BTreeSet::new();
        let mut open: Vec<&Offer> = vec![offer];
        while let Some(next) = open.pop() {
            for other in excluded(next) {
                if other.id == offer.id {
                    return Some(format!("`{}` and `{}`", offer.id, next.id));
                }
                if seen.insert(&other.id) {
                    open.push(other);
                }
            }
        }
        None
    }

    /// Where a lane's order leaves two offers equal, nobody can say which comes first.
    fn told_apart(&self, check: &mut Check) {
        for (_, lane) in self.lanes.iter().filter(|(_, lane)| !lane.order_is_total()) {
            let home = |(_, offer): &&(usize, Offer)| self.home(offer).is_some_and(|home| home.id == lane.id);
            let offers: Vec<&(usize, Offer)> = self.offers.iter().filter(home).collect();
            for (place, (index, offer)) in offers.iter().enumerate() {
                let equal = |(other, earlier): &&&(usize, Offer)| {
                    in_order(&lane.order, (*other, earlier), (*index, offer)) == Ordering::Equal
                };
                if let Some((_, earlier)) = offers.iter().take(place).find(equal) {
                    let message = format!(
                        "the order of lane `{}` does not tell it from `{}`: give them other priorities, or end `order` \
                         in `id` or `document`",
                        lane.id, earlier.id
                    );
                    check.problems.push(Problem::new(
                        Code::Contradiction,
                        format!("offers[{index}].priority"),
                        message,
                    ));
                }
            }
        }
    }
}

/// Why a lane that chooses for each line cannot choose an offer.
fn not_per_line(offer: &Offer, lane: &Lane) -> Vec<(&'static str, String)> {
    let together = offer.benefit.is_for_order();
    let found = [
        ("benefit", together, "and this is for all lines together: use another lane"),
        ("units", offer.units.is_some(), "so its offers choose no units: leave it out, or use another lane"),
        ("at_most", offer.at_most.is_some(), "so its offers have no cap: leave it out, or use another lane"),
        ("budget", offer.budget.is_some(), "so its offers have no budget: leave it out, or use another lane"),
        ("cost", offer.cost.is_some(), "so its offers cannot cost points: leave it out, or use another lane"),
        ("group", offer.group.is_some(), "so its offers have no groups: leave it out, or use another lane"),
        (
            "exclusive",
            offer.exclusive,
            "so none of its offers is exclusive: leave it out, or use another lane",
        ),
    ];
    let found = found.into_iter().filter(|(_, holds, _)| *holds);
    found.map(|(field, _, why)| (field, format!("lane `{}` chooses for each line, {why}", lane.id))).collect()
}
