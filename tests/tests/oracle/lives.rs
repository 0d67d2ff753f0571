//! Generated lives of two members: after every deed the oracle and the core have the same lots.

use dangol::{Action, Event, Instant, Member, Order, Program, Returned};
use proptest::prelude::*;
use proptest::sample::select;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::account::Account;
use super::back::Sold;
use super::calendar::{Day, Minute, written};
use super::compare::{expected, found};
use super::config;
use super::deeds::Short;
use super::terms::{Terms, terms};

/// One deed, as dice.
#[derive(Clone, Debug)]
struct Deed {
    wait: i64,
    who: usize,
    word: &'static str,
    points: i64,
    number: i64,
    pick: usize,
    short: Short,
    some: bool,
}

const WORDS: [&str; 20] = [
    "order",
    "order",
    "order",
    "back",
    "back",
    "event",
    "grant",
    "grant",
    "spend",
    "revoke",
    "hold",
    "hold",
    "capture",
    "release",
    "transfer",
    "signal",
    "extend",
    "reinstate",
    "expire",
    "advance",
];

fn deed() -> impl Strategy<Value = Deed> {
    // Often to the minute at which a day begins somewhere.
    let hours = |most: i64| (0..most).prop_map(|hours| hours * 60);
    let wait = prop_oneof![Just(0_i64), Just(1_i64), hours(48), hours(2_000), hours(9_000), 0..90_000_i64];
    let short = select(vec![Short::Refuse, Short::Reduce, Short::Deficit]);
    let dice = (1..400_i64, 0..60_i64, 0..9_usize, short, any::<bool>());
    (wait, prop::bool::weighted(0.25), select(WORDS.to_vec()), dice).prop_map(
        |(wait, who, word, (points, number, pick, short, some))| Deed {
            wait,
            who: usize::from(who),
            word,
            points,
            number,
            pick,
            short,
            some,
        },
    )
}

fn read<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error} in {value}"))
}

fn instant(at: Minute) -> Instant {
    read(&json!(written(at)))
}

fn word(short: Short) -> &'static str {
    match short {
        Short::Refuse => "refuse",
        Short::Reduce => "reduce",
        Short::Deficit => "deficit",
    }
}

/// The core's side: the members, and what they were asked.
struct Core {
    program: Program,
    members: [Member; 2],
    orders: [Vec<Order>; 2],
}

impl Core {
    fn apply(&mut self, events: &[Event]) {
        for member in &mut self.members {
            let own: Vec<Event> = events.iter().filter(|event| event.member == member.id).cloned().collect();
            member.apply_all(&own).unwrap_or_else(|error| panic!("{error}: {own:#?}"));
        }
    }

    /// Whether the action was done.
    fn act(&mut self, who: usize, action: &Value, now: Minute, op: &str) -> bool {
        let action: Action = read(action);
        let acted = self.program.act(&self.members[who], &action, instant(now), read(&json!(op)));
        match acted {
            Ok(acted) => {
                self.apply(&acted.events);
                acted.refused.is_none()
            }
            // Points that can be used only after their end are a mistake, and not just refused.
            Err(error) if error.0.path == "action.grant.usable_from" => false,
            Err(error) => panic!("{error}: {action:?}"),
        }
    }

    fn order(&mut self, who: usize, (units, price, offered): (i64, i64, i64), now: Minute, op: &str) {
        let lines = json!([{ "sku": "s", "price": price, "quantity": units }]);
        let basket = json!({ "lines": lines, "points": { "points": offered } });
        let quote = self.program.quote(&self.members[who], &read(&basket), instant(now));
        let placed = quote.unwrap_or_else(|error| panic!("{error}")).place(read(&json!(op)));
        self.apply(&placed.events);
        self.orders[who].push(placed.order);
    }

    /// So many units of an order come back; whether anything did.
    fn back(&mut self, who: usize, order: usize, units: i64, now: Minute, op: &str) -> bool {
        let returned: Returned = read(&json!({ "goods": { "lines": { "1": units } } }));
        let known = &self.orders[who][order];
        let refund =
            self.program.refund(&self.members[who], known, &returned, instant(now), read(&json!(op)));
        let refund = refund.unwrap_or_else(|error| panic!("{error}"));
        self.apply(&refund.events);
        self.orders[who][order].record(&refund).unwrap_or_else(|error| panic!("{error}"));
        refund.refused.is_none()
    }

    fn advance(&mut self, who: usize, now: Minute) {
        let events = self.program.advance(&self.members[who], instant(now));
        self.apply(&events.unwrap_or_else(|error| panic!("{error}")));
    }
}

/// What is asked of the core, and whether the oracle does it; nothing where it makes no sense.
fn done(deed: &Deed, accounts: &mut [Account; 2], core: &Core, op: &str) -> Option<(Value, bool)> {
    let [one, two] = accounts;
    let (me, other) = if deed.who == 0 { (one, two) } else { (two, one) };
    let (points, today, some) = (deed.points, me.today(), deed.some);
    let day = |days: i64| today + chrono::Days::new(days.unsigned_abs());
    let lot = (!me.lots.is_empty()).then(|| deed.pick % me.lots.len().max(1));
    let op_of = lot.map(|lot| me.lots[lot].id.rsplit_once('/').unwrap().0.to_owned());
    let hold = (!me.holds.is_empty()).then(|| deed.pick % me.holds.len().max(1));
    Some(match deed.word {
        "event" => (json!({ "event": { "name": "review" } }), me.event(op)),
        "grant" => {
            let last = some.then(|| day(deed.number));
            let from = (deed.pick < 3).then(|| day(deed.number / 2));
            let awaits = deed.pick == 8;
            let mut grant = json!({ "points": points, "reason": "r" });
            for (field, value) in [("expires_on", last), ("usable_from", from)] {
                if let Some(value) = value {
                    grant[field] = json!(value);
                }
            }
            if awaits {
                grant["awaits"] = json!("delivered");
            }
            (json!({ "grant": grant }), me.grant(op, points, last, from, awaits))
        }
        "spend" => (
            json!({ "spend": { "points": points, "shortfall": word(deed.short) } }),
            me.spend(points, deed.short),
        ),
        "revoke" => {
            let of = op_of.filter(|_| deed.pick < 6);
            let points = (some || of.is_none()).then_some(points);
            let mut asked = json!({ "reason": "r", "shortfall": word(deed.short) });
            if let Some(of) = &of {
                asked["of"] = json!(of);
            }
            if let Some(points) = points {
                asked["points"] = json!(points);
            }
            (json!({ "revoke": asked }), me.revoke(points, of.as_deref(), deed.short))
        }
        "hold" => {
            let until = some.then(|| me.now + 60 + deed.number * 360);
            let mut asked = json!({ "points": points });
            if let Some(until) = until {
                asked["until"] = json!(written(until));
            }
            (json!({ "hold": asked }), me.hold(op, points, until))
        }
        "capture" => {
            let hold = hold?;
            let mut asked = json!({ "hold": me.holds[hold].id });
            if some {
                asked["points"] = json!(points / 4 + 1);
            }
            (json!({ "capture": asked }), me.capture(hold, some.then_some(points / 4 + 1)))
        }
        "release" => (json!({ "release": { "hold": me.holds[hold?].id } }), me.release(hold?)),
        "transfer" => {
            let to = &core.members[1 - deed.who];
            (json!({ "transfer": { "points": points, "to": to } }), me.transfer(other, op, points))
        }
        "signal" => {
            let of = op_of.filter(|_| some);
            let mut asked = json!({ "signal": "delivered" });
            if let Some(of) = &of {
                asked["of"] = json!(of);
            }
            (json!({ "signal": asked }), me.signal(of.as_deref()))
        }
        "extend" => {
            let lot = lot.filter(|_| some);
            let mut asked = json!({ "to": day(deed.number * 8) });
            if let Some(lot) = lot {
                asked["lots"] = json!([me.lots[lot].id]);
            }
            (json!({ "extend": asked }), me.extend(lot, day(deed.number * 8)))
        }
        "reinstate" => (json!({ "reinstate": {} }), me.reinstate()),
        _ => (json!({ "expire": { "lots": [me.lots[lot?].id] } }), me.expire(lot?)),
    })
}

proptest! {
    #![proptest_config(config(192))]

    /// Two members live, and each deed leaves the same lots, holds and totals with the oracle and with the core.
    #[test]
    fn the_ledger_is_as_the_oracle_says(terms in terms(), leap in any::<bool>(), deeds in proptest::collection::vec(deed(), 1..24)) {
        live(&terms, leap, None, &deeds);
    }

    /// The same where goods of their orders come back, some or all, at any time; but nothing keeps points up or wears them off.
    #[test]
    fn returns_leave_the_ledger_as_the_oracle_says(terms in terms(), of_goods in any::<bool>(), deeds in proptest::collection::vec(deed(), 1..24)) {
        let terms = Terms { extension: None, decay: None, ..terms };
        live(&terms, false, Some(of_goods), &deeds);
    }
}

fn live(terms: &Terms, leap: bool, returns: Option<bool>, deeds: &[Deed]) {
    let joined = Day::from_ymd_opt(2025, 12, 20).unwrap();
    let birthday = if leap { (2, 29) } else { (5, 17) };
    let member = |id: &str| {
        let birthday = format!("--{:02}-{:02}", birthday.0, birthday.1);
        read::<Member>(&json!({ "id": id, "joined_on": joined, "birthday": birthday }))
    };
    let mut file = terms.program();
    if returns == Some(true) {
        file["returns"] = json!({ "earned": "of_goods" });
    }
    let program = Program::from_json(&file.to_string()).unwrap_or_else(|error| panic!("{error}"));
    let mut core = Core { program, members: [member("m1"), member("m2")], orders: [vec![], vec![]] };
    let mut accounts = [(); 2].map(|()| Account::new(terms, Some(birthday), joined));
    let mut now = 0;
    for (number, deed) in deeds.iter().enumerate() {
        now += deed.wait;
        let op = format!("op{number}");
        accounts.iter_mut().for_each(|account| account.pass(now));
        let before = accounts.clone();
        if deed.word == "order" {
            let offered = if deed.some { deed.number * 4 } else { 0 };
            let (units, price) = (1 + deed.number % 4, deed.points * 3);
            accounts[deed.who].order(&op, units, price, offered);
            core.order(deed.who, (units, price, offered), now, &op);
        } else if deed.word == "back" {
            let (Some(of_goods), account) = (returns, &mut accounts[deed.who]) else { continue };
            let open = |(number, sold): (usize, &Sold)| (sold.back < sold.units).then_some(number);
            let open: Vec<usize> = account.orders.iter().enumerate().filter_map(open).collect();
            let Some(order) = open.get(deed.pick % open.len().max(1)) else { continue };
            let left = account.orders[*order].units - account.orders[*order].back;
            let units = if deed.some { 1 + deed.number % left } else { left };
            assert!(account.back(*order, units, of_goods));
            assert!(core.back(deed.who, *order, units, now, &op));
        } else if deed.word == "advance" {
            core.advance(deed.who, now);
        } else if let Some((action, does)) = done(deed, &mut accounts, &core, &op) {
            let did = core.act(deed.who, &action, now, &op);
            assert_eq!(did, does, "{action} at {}", written(now));
            if !does {
                accounts = before;
            }
        }
        for (account, member) in accounts.iter().zip(&core.members) {
            // The core writes what time did when it is next asked: the oracle has it at once.
            let mut member = member.clone();
            member.apply_all(&core.program.advance(&member, instant(now)).unwrap()).unwrap();
            let mut account = account.clone();
            account.pass(now);
            assert_eq!(found(&member, account.today()), expected(&account), "{} after {deed:?}", member.id);
        }
    }
}
