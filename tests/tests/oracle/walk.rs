//! Lanes one after the other, and the best over all of them by trying everything.

use serde_json::Value;

use super::account::by_name;
use super::cuts::{Cut, cut, minor, sum, touched};
use super::number::Q;
use super::shelf::{Left, Line, View};

/// What an offer took: its place, and how much of each line.
pub(crate) type Taken = ((usize, usize), Cut);

/// What the offers so far did.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) left: Left,
    pub(crate) taken: Vec<Taken>,
    lane_stopped: bool,
    all_stopped: bool,
}

/// A program and a basket.
pub(crate) struct Sale<'a> {
    pub(crate) program: &'a Value,
    pub(crate) lines: Vec<Line>,
    /// The offers of each lane in their order.
    pub(crate) lanes: Vec<(&'a Value, Vec<&'a Value>)>,
    pub(crate) scale: i64,
}

/// What a way to combine offers is compared by: what is left to pay, how many offers, which.
type Worth = (i64, usize, Vec<(usize, usize)>);

impl<'a> Sale<'a> {
    pub(crate) fn new(program: &'a Value, basket: &Value, scale: i64) -> Sale<'a> {
        let money = |value: &Value| minor(value, scale);
        let mut lines: Vec<Line> = basket["lines"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| {
                let quantity = Q::of(&line["quantity"]);
                let gross = Q::of(&line["price"])
                    .times(quantity)
                    .times(Q::whole(scale))
                    .rounded("down", Q::ONE)
                    .to_whole();
                let floor = Q::whole(money(&line["floor"])).times(quantity).rounded("up", Q::ONE).to_whole();
                Line {
                    sku: line["sku"].as_str().unwrap().to_owned(),
                    gross,
                    units: quantity.rest().is_zero().then(|| quantity.to_whole()),
                    thousandths: quantity.times(Q::whole(1_000)).to_whole(),
                    floor: floor.min(gross),
                    discountable: line["discountable"] != false,
                    delivery: false,
                }
            })
            .collect();
        let shipping = money(&basket["shipping"]);
        if shipping > 0 {
            let (sku, gross) = ("shipping".to_owned(), shipping);
            lines.push(Line {
                sku,
                gross,
                units: None,
                thousandths: 1_000,
                floor: 0,
                discountable: true,
                delivery: true,
            });
        }
        let lanes = program["lanes"].as_array().unwrap().iter().map(|lane| {
            let mut own: Vec<&Value> = program["offers"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|offer| offer["lane"] == lane["id"])
                .collect();
            own.sort_by_key(|offer| {
                (offer["priority"].as_u64().unwrap_or(0), by_name(offer["id"].as_str().unwrap()))
            });
            (lane, own)
        });
        Sale { program, lines, lanes: lanes.collect(), scale }
    }

    fn start(&self) -> State {
        let money: Vec<i64> = self.lines.iter().map(|line| line.gross).collect();
        let count = money.len();
        let left =
            Left { money, free: vec![0; count], base: None, added: vec![Q::ZERO; count], closed: vec![] };
        State { left, taken: vec![], lane_stopped: false, all_stopped: false }
    }

    /// The lines that an offer is about.
    fn own(&self, offer: &Value) -> Vec<usize> {
        let about = |line: &Line| match offer["on"].as_str() {
            Some("shipping") => line.delivery,
            Some("everything") => true,
            _ => !line.delivery,
        };
        let named = |line: &Line| {
            offer["lines"].is_null()
                || offer["lines"]["skus"].as_array().unwrap().contains(&line.sku.as_str().into())
        };
        let fits = |line: &Line| about(line) && named(line) && line.discountable;
        (0..self.lines.len()).filter(|line| fits(&self.lines[*line])).collect()
    }

    fn offer(&self, (lane, number): (usize, usize)) -> &'a Value {
        self.lanes[lane].1[number]
    }

    fn cut(&self, at: (usize, usize), state: &State) -> Cut {
        self.view(at, state, |view, offer| cut(view, offer, self.scale))
    }

    /// Looks at what an offer finds.
    fn view<T>(&self, at: (usize, usize), state: &State, look: impl Fn(&View<'_>, &Value) -> T) -> T {
        let (lane, offer) = (self.lanes[at.0].0, self.offer(at));
        let mut policy =
            if lane["discounts"].is_null() { &self.program["discounts"] } else { &lane["discounts"] }.clone();
        if lane["choose"] == "best_per_line" && policy["at"] != "unit" {
            policy["at"] = "line".into();
        }
        let unit = &policy["rounding"]["unit"];
        let unit = if unit.is_null() { 1 } else { minor(unit, self.scale) };
        let own = self.own(offer);
        let adds = lane["combine"] == "added";
        let view = View { lines: &self.lines, left: &state.left, own: &own, policy: &policy, unit, adds };
        look(&view, offer)
    }

    /// Whether an offer may stand beside those that took effect.
    fn may(&self, at: (usize, usize), state: &State) -> bool {
        let group = &self.offer(at)["group"];
        let rival =
            |(other, _): &Taken| other.0 == at.0 && !group.is_null() && self.offer(*other)["group"] == *group;
        !state.all_stopped && !state.lane_stopped && !state.taken.iter().any(rival)
    }

    fn apply(&self, at: (usize, usize), cut: Cut, state: &mut State) {
        let (lane, offer) = (self.lanes[at.0].0, self.offer(at));
        let in_sequence = lane["combine"].is_null() || lane["combine"] == "in_sequence";
        let touched = self.view(at, state, touched);
        for (portion, amount) in &cut {
            let line = portion.line;
            let free = portion.units.filter(|_| portion.chosen && *amount == portion.basis).unwrap_or(0);
            state.left.money[line] -= amount;
            state.left.free[line] += free;
            if let Some((money, gone)) = state.left.base.as_mut().filter(|_| in_sequence) {
                money[line] -= amount;
                gone[line] += free;
            }
        }
        if lane["combine"] == "added"
            && let Some(rate) = offer["benefit"].get("percent_off")
        {
            // On every line that it touches, also where nothing came of it.
            for portion in touched {
                let added = &mut state.left.added[portion.line];
                *added = added.plus(Q::of(rate).over(Q::whole(100)));
            }
        }
        match offer["stops"].as_str() {
            Some("line") => state.left.closed.extend(cut.iter().map(|(portion, _)| portion.line)),
            Some("lane") => state.lane_stopped = true,
            Some("order") => state.all_stopped = true,
            _ => {}
        }
        state.taken.push((at, cut));
    }

    fn enter(&self, lane: usize, state: &mut State) {
        let known = self.lanes[lane].0;
        let alone = known["combine"].is_null() || known["combine"] == "in_sequence";
        state.left.base = if known["starts_from"] == "original" {
            Some((self.lines.iter().map(|line| line.gross).collect(), vec![0; self.lines.len()]))
        } else if alone && known["choose"] != "best_per_line" {
            None
        } else {
            Some((state.left.money.clone(), state.left.free.clone()))
        };
    }

    fn leave(&self, state: &mut State) {
        state.left.base = None;
        state.left.added = vec![Q::ZERO; self.lines.len()];
        state.lane_stopped = false;
    }

    /// Everything that may be, to its end.
    pub(crate) fn best(&self) -> State {
        let mut ends = vec![];
        self.lane(0, self.start(), &mut ends);
        ends.into_iter().min_by_key(Sale::worth).unwrap()
    }

    fn worth(state: &State) -> Worth {
        (state.left.money.iter().sum(), state.taken.len(), state.taken.iter().map(|(at, _)| *at).collect())
    }

    fn lane(&self, lane: usize, mut state: State, ends: &mut Vec<State>) {
        let Some((known, offers)) = self.lanes.get(lane) else {
            ends.push(state);
            return;
        };
        self.enter(lane, &mut state);
        if known["choose"].is_null() || known["choose"] == "best" {
            return self.try_each(lane, 0, 0, &state, ends);
        }
        if known["choose"] == "best_per_line" {
            self.best_per_line(lane, &mut state);
        } else {
            for at in (0..offers.len()).map(|number| (lane, number)) {
                let cut = if self.may(at, &state) { self.cut(at, &state) } else { vec![] };
                if sum(&cut) > 0 {
                    self.apply(at, cut, &mut state);
                    if known["choose"] == "first" {
                        break;
                    }
                }
            }
        }
        self.leave(&mut state);
        self.lane(lane + 1, state, ends);
    }

    fn best_per_line(&self, lane: usize, state: &mut State) {
        let places: Vec<(usize, usize)> =
            (0..self.lanes[lane].1.len()).map(|number| (lane, number)).collect();
        let cuts: Vec<Cut> = places
            .iter()
            .map(|at| if self.may(*at, state) { self.cut(*at, state) } else { vec![] })
            .collect();
        for (number, cut) in cuts.iter().enumerate() {
            let wins = |line: usize, amount: i64| {
                let of = |cut: &Cut| {
                    cut.iter().find(|(portion, _)| portion.line == line).map_or(0, |(_, amount)| *amount)
                };
                cuts.iter()
                    .enumerate()
                    .all(|(other, cut)| of(cut) < amount || (of(cut) == amount && number <= other))
            };
            let won: Cut =
                cut.iter().copied().filter(|(portion, amount)| wins(portion.line, *amount)).collect();
            if !won.is_empty() {
                self.apply(places[number], won, state);
            }
        }
    }

    /// Goes on as it is, and with each later offer of the lane that may join.
    fn try_each(&self, lane: usize, first: usize, depth: u64, state: &State, ends: &mut Vec<State>) {
        let mut on = state.clone();
        self.leave(&mut on);
        self.lane(lane + 1, on, ends);
        let most = self.lanes[lane].0["at_most"].as_u64().unwrap_or(1);
        let alone = |at: (usize, usize)| self.offer(at)["exclusive"] == true;
        let own = state.taken.iter().filter(|(at, _)| at.0 == lane);
        if depth == most || own.into_iter().any(|(at, _)| alone(*at)) {
            return;
        }
        for at in (first..self.lanes[lane].1.len()).map(|number| (lane, number)) {
            let cut =
                if self.may(at, state) && !(depth > 0 && alone(at)) { self.cut(at, state) } else { vec![] };
            if sum(&cut) > 0 {
                let mut with = state.clone();
                self.apply(at, cut, &mut with);
                self.try_each(lane, at.1 + 1, depth + 1, &with, ends);
            }
        }
    }
}
