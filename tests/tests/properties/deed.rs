//! What is done to the points of two members, one deed after the other.

use dangol::{Acted, Action, Event, Id, Instant, Member, Order, Outcome, Program, Quote, Returned};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use super::keeping::{BUDGET, EVENT, REWARDS, SIGNAL, keeping};
use super::parts::divided;
use super::selling::terms;
use super::shop::{Shop, decimal, lean};
use super::visit::{at, basket, member, read};

/// A shop, two members, and what happens to them.
#[derive(Clone, Debug)]
pub(crate) struct Life {
    pub(crate) shop: Shop,
    pub(crate) members: [Value; 2],
    pub(crate) deeds: Vec<Deed>,
}

/// Hours pass, and then one of the two does something.
#[derive(Clone, Debug)]
pub(crate) struct Deed {
    pub(crate) hours: i64,
    pub(crate) who: usize,
    pub(crate) what: What,
}

#[derive(Clone, Debug)]
pub(crate) enum What {
    Order(Value),
    Act(Dice),
    /// Goods of one of the orders so far come back, or the latest return of it is taken back.
    Return(Dice),
    Pass,
}

/// What decides an action, once it is known which lots and holds there are.
#[derive(Clone, Debug)]
pub(crate) struct Dice {
    word: &'static str,
    units: i64,
    days: i64,
    pick: Index,
    choice: usize,
    yes: bool,
}

/// A deed as it happened. `me` is who did it.
pub(crate) struct Done<'a> {
    pub(crate) program: &'a Program,
    pub(crate) now: Instant,
    pub(crate) me: usize,
    pub(crate) before: [Member; 2],
    pub(crate) after: [Member; 2],
    pub(crate) events: Vec<Event>,
    pub(crate) quote: Option<Quote>,
    pub(crate) acted: Option<(Action, Acted)>,
}

const WORDS: [&str; 19] = [
    "grant",
    "grant",
    "spend",
    "spend",
    "revoke",
    "hold",
    "hold",
    "capture",
    "release",
    "transfer",
    "transfer",
    "claim",
    "signal",
    "extend",
    "reinstate",
    "expire",
    "enrol",
    "refer",
    "event",
];

/// Up to so many deeds of two members of one shop.
pub(crate) fn life(most: usize) -> impl Strategy<Value = Life> {
    let shop = (keeping(), terms()).prop_map(|(mut shop, terms)| {
        shop.file["returns"] = terms;
        shop
    });
    shop.prop_flat_map(move |shop| {
        let order =
            (basket(&shop), 0..300_u32, 0..900_u32, 0..90_u32).prop_map(|(mut basket, used, charge, tax)| {
                basket["budgets"][BUDGET] = json!(used);
                basket["fees"] = json!(charge / 3);
                if basket.get("deliveries").is_none() {
                    basket["shipping"] = json!(charge);
                }
                let line = &basket["lines"][0];
                if line.get("gross").is_none() && line.get("taxes").is_none() && tax.is_multiple_of(2) {
                    (basket["lines"][0]["gross"], basket["lines"][0]["tax"]) =
                        (json!(charge + tax), json!(tax));
                }
                What::Order(basket)
            });
        let hours = prop_oneof![3 => Just(0_i64), 4 => 0..40_i64, 3 => 0..1_500_i64, 1 => 0..12_000_i64];
        let what = prop_oneof![3 => order, 8 => dice().prop_map(What::Act), 3 => dice().prop_map(What::Return), 1 => Just(What::Pass)];
        let deed = (hours, prop::bool::weighted(0.3), what);
        let deed = deed.prop_map(|(hours, who, what)| Deed { hours, who: usize::from(who), what });
        let deeds = proptest::collection::vec(deed, 1..most);
        (Just(shop.clone()), member(&shop), member(&shop), deeds).prop_map(|(shop, one, mut two, deeds)| {
            two["id"] = json!("m2");
            Life { shop, members: [one, two], deeds }
        })
    })
}

fn dice() -> impl Strategy<Value = Dice> {
    let days = prop_oneof![Just(-1_i64), 0..30_i64, 0..900_i64];
    (select(WORDS.to_vec()), 1..900_i64, days, any::<Index>(), 0..12_usize, any::<bool>())
        .prop_map(|(word, units, days, pick, choice, yes)| Dice { word, units, days, pick, choice, yes })
}

/// The action that the dice make of what there is.
fn action(dice: &Dice, me: &Member, other: &Member, now: Instant, digits: u8) -> Value {
    let Dice { word, units, days, pick, choice, yes } = dice;
    let stamps = choice.is_multiple_of(4);
    let wallet = if stamps { json!("stamps") } else { Value::Null };
    let points = decimal(*units, if stamps { 0 } else { digits });
    let day = |days: i64| (now.0.date_naive() + chrono::TimeDelta::days(days)).to_string();
    let account = me.account(if stamps { "stamps" } else { "points" });
    let one = |ids: Vec<String>| ids.get(pick.index(ids.len().max(1))).cloned();
    let lot =
        one(account.into_iter().flat_map(dangol::Account::lots).map(|lot| lot.id.to_string()).collect());
    let operation =
        lot.as_ref().and_then(|lot| lot.rsplit_once('/')).map(|(operation, _)| operation.to_owned());
    let hold =
        one(me.wallets.values().flat_map(dangol::Account::holds).map(|hold| hold.id.to_string()).collect());
    let hold = hold.unwrap_or_else(|| "none".into());
    let shortfall = ["refuse", "reduce", "deficit"][choice % 3];
    let some = |value: Value| if *yes { value } else { Value::Null };
    let asked = match *word {
        "grant" => json!({
            "wallet": wallet, "points": points, "reason": "r", "expires_on": some(json!(day(*days))),
            "usable_from": if *choice < 3 { json!(day(days / 3)) } else { Value::Null },
            "awaits": if *choice > 9 { json!(SIGNAL) } else { Value::Null },
        }),
        "spend" => json!({ "wallet": wallet, "points": points, "shortfall": shortfall }),
        "revoke" => json!({
            "wallet": wallet, "reason": "r", "points": some(json!(points)), "of": operation, "shortfall": shortfall,
        }),
        "hold" => json!({
            "wallet": wallet, "points": points,
            "until": some(json!(Instant(now.0 + chrono::TimeDelta::hours(days * 5 + 5)))),
        }),
        "capture" => json!({ "hold": hold, "points": some(json!(points)) }),
        "release" => json!({ "hold": hold }),
        "transfer" => json!({ "wallet": wallet, "points": points, "to": other }),
        "claim" => json!({ "reward": REWARDS[choice % 2], "times": choice / 5 + 1 }),
        "signal" => json!({ "signal": SIGNAL, "of": some(json!(operation)) }),
        "extend" => {
            json!({ "wallet": wallet, "to": day(*days), "lots": some(json!(lot.as_ref().map(|lot| [lot]))) })
        }
        "reinstate" => json!({ "wallet": wallet }),
        "expire" => json!({ "wallet": wallet, "lots": lot.map_or(vec![], |lot| vec![lot]) }),
        "enrol" => json!({ "birthday": some(json!("--02-29")) }),
        "refer" => json!({ "friend": other }),
        _ => {
            json!({ "name": EVENT, "amount": some(json!(units)), "units": choice + 1, "budgets": { BUDGET: "1" } })
        }
    };
    json!({ *word: lean(asked) })
}

/// Applies the events of each member, all or none.
pub(crate) fn applied(members: &[Member; 2], events: &[Event]) -> [Member; 2] {
    let mut after = members.clone();
    for member in &mut after {
        let own: Vec<Event> = events.iter().filter(|event| event.member == member.id).cloned().collect();
        let outcome = member.apply_all(&own).unwrap_or_else(|error| panic!("{error}: {own:#?}"));
        assert_eq!(outcome == Outcome::Changed, !own.is_empty());
    }
    after
}

pub(crate) fn id(text: &str) -> Id {
    text.parse().unwrap_or_else(|_| panic!("{text} is no id"))
}

/// What comes back by the dice: some goods, all, or the latest return goes the other way.
fn returned(
    program: &Program,
    me: &Member,
    order: &mut Order,
    dice: &Dice,
    now: Instant,
    operation: Id,
) -> Vec<Event> {
    let asked = match dice.choice {
        0 => Returned::Cancel,
        1 => Returned::Void,
        2 | 3 => Returned::Reopen,
        _ => match divided(order, 1, dice.yes, &[dice.pick, dice.pick]).first() {
            Some(part) => part.asked(),
            None => Returned::Cancel,
        },
    };
    let refund = program.refund(me, order, &asked, now, operation);
    let refund = refund.unwrap_or_else(|error| panic!("{error}: {asked:?}"));
    order.record(&refund).unwrap_or_else(|error| panic!("{error}"));
    refund.events
}

impl Life {
    fn digits(&self) -> u8 {
        let digits = self.shop.file["wallets"][0]["digits"].as_u64();
        digits.and_then(|digits| u8::try_from(digits).ok()).unwrap_or(0)
    }

    /// Lets it happen and hands over each deed; the members in the end, and the hour.
    pub(crate) fn live(&self, mut look: impl FnMut(&Done<'_>)) -> ([Member; 2], i64) {
        let program = self.shop.program();
        let mut members: [Member; 2] = [read(&self.members[0]), read(&self.members[1])];
        let mut hours = 0;
        let mut orders: Vec<(usize, Order)> = Vec::new();
        for (number, deed) in self.deeds.iter().enumerate() {
            hours += deed.hours;
            let (now, operation) = (at(hours), id(&format!("op{number}")));
            let (me, other) = (&members[deed.who], &members[1 - deed.who]);
            let (mut quote, mut acted) = (None, None);
            let events = match &deed.what {
                What::Pass => program.advance(me, now).unwrap_or_else(|error| panic!("{error}")),
                What::Order(basket) => {
                    let quoted =
                        program.quote(me, &read(basket), now).unwrap_or_else(|error| panic!("{error}"));
                    let placed = quoted.place(operation);
                    orders.push((deed.who, placed.order));
                    quote = Some(quoted);
                    placed.events
                }
                What::Return(dice) => {
                    let own = orders.iter_mut().filter(|(who, _)| *who == deed.who).map(|(_, order)| order);
                    let mut own: Vec<&mut Order> = own.collect();
                    if own.is_empty() {
                        continue;
                    }
                    let place = dice.pick.index(own.len());
                    returned(&program, me, own.swap_remove(place), dice, now, operation)
                }
                What::Act(dice) => {
                    let action: Action = read(&action(dice, me, other, now, self.digits()));
                    match program.act(me, &action, now, operation) {
                        Ok(done) => {
                            let events = done.events.clone();
                            acted = Some((action, done));
                            events
                        }
                        // What the dice ask for need not be there, but what is there must fit.
                        Err(error) if error.0.path.starts_with("action.") => continue,
                        Err(error) => panic!("{error}: {action:?}"),
                    }
                }
            };
            let after = applied(&members, &events);
            let before = std::mem::replace(&mut members, after.clone());
            look(&Done { program: &program, now, me: deed.who, before, after, events, quote, acted });
        }
        (members, hours)
    }
}
