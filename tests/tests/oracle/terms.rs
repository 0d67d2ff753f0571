//! What a program says about its one wallet, for the oracle and for the core.

use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use super::calendar::{Day, Ends, Term, Zone};

/// The words of the wallet and of the rules that grant its points.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    pub(crate) zone: Zone,
    pub(crate) burn: Burn,
    pub(crate) expiry: Option<Ends>,
    pub(crate) grace: Option<Term>,
    pub(crate) extension: Option<Extension>,
    pub(crate) decay: Option<Decay>,
    /// For how long points can be brought back, and how long they are good for then.
    pub(crate) again: Option<(Term, Term)>,
    pub(crate) renewed_gifts: bool,
    /// A period, a signal, or both.
    pub(crate) vesting: Option<(Option<Term>, bool)>,
    pub(crate) from_vesting: bool,
    /// How many points a birthday brings, and how many days early.
    pub(crate) birthday: Option<(i64, u64)>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Burn {
    Soonest,
    Oldest,
    Newest,
    Smallest,
}

#[derive(Clone, Debug)]
pub(crate) struct Extension {
    pub(crate) expiry: Ends,
    pub(crate) at_most: Option<Term>,
    /// Accrual, redemption, orders.
    pub(crate) on: [bool; 3],
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Decay {
    pub(crate) after: Term,
    pub(crate) every: Term,
    pub(crate) percent: i64,
    pub(crate) at_least: i64,
}

/// The points that an event brings.
pub(crate) const EVENT: i64 = 45;

fn term() -> impl Strategy<Value = Term> {
    prop_oneof![(1..70_u64).prop_map(Term::Days), (1..15_u32).prop_map(Term::Months)]
}

fn day() -> impl Strategy<Value = Day> {
    (0..900_u64).prop_map(|days| Day::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(days))
}

fn ends() -> impl Strategy<Value = Ends> {
    prop_oneof![
        4 => term().prop_map(Ends::After),
        2 => of(term()).prop_map(Ends::EndOfMonth),
        1 => day().prop_map(Ends::On),
        1 => (term(), day()).prop_map(|(term, day)| Ends::Latest(term, day)),
        1 => (term(), day()).prop_map(|(term, day)| Ends::Earliest(term, day)),
    ]
}

pub(crate) fn terms() -> impl Strategy<Value = Terms> {
    let zones = [("UTC", 0), ("Asia/Seoul", 540), ("+09:30", 570), ("-03:30", -210)];
    let zone = select(zones.map(|(name, ahead)| Zone { name, ahead }).to_vec());
    let burn = select(vec![Burn::Soonest, Burn::Oldest, Burn::Newest, Burn::Smallest]);
    let on = (0..7_usize).prop_map(|ways| [ways != 1 && ways != 2, ways != 0 && ways != 2, ways > 1]);
    let extension =
        (ends(), of(term()), on).prop_map(|(expiry, at_most, on)| Extension { expiry, at_most, on });
    let decay = (term(), term(), 1..=100_i64, 0..40_i64)
        .prop_map(|(after, every, percent, at_least)| Decay { after, every, percent, at_least });
    let vesting = (of(term()), any::<bool>()).prop_map(|(after, signal)| (after, signal || after.is_none()));
    let dates = (of(ends()), of(term()), of(extension), of(decay), of((term(), term())));
    let more = (any::<bool>(), of(vesting), any::<bool>(), of((1..90_i64, 0..=60_u64)));
    (zone, burn, dates, more).prop_map(|(zone, burn, dates, more)| {
        let (expiry, grace, extension, decay, again) = dates;
        let (renewed_gifts, vesting, from_vesting, birthday) = more;
        Terms {
            zone,
            burn,
            expiry,
            grace,
            extension,
            decay,
            again,
            renewed_gifts,
            vesting,
            from_vesting,
            birthday,
        }
    })
}

impl Extension {
    /// The last day of points that were earned on that day, after activity on `today`.
    pub(crate) fn last(&self, earned: Day, today: Day) -> Day {
        let last = self.expiry.last(today);
        self.at_most.map_or(last, |most| last.min(most.after(earned)))
    }

    fn json(&self) -> Value {
        let ways = ["accrual", "redemption", "order"].iter().zip(self.on);
        let on: Vec<&str> = ways.filter(|(_, on)| *on).map(|(way, _)| *way).collect();
        let mut value = json!({ "on": on, "expiry": self.expiry.json() });
        put(&mut value, "at_most", self.at_most.map(Term::json));
        value
    }
}

impl Decay {
    fn json(&self) -> Value {
        let mut value = json!({ "after": self.after.json(), "every": self.every.json(), "percent": self.percent.to_string() });
        put(&mut value, "at_least", (self.at_least > 0).then(|| json!(self.at_least)));
        value
    }
}

fn put(object: &mut Value, field: &str, value: Option<Value>) {
    if let Some(value) = value {
        object[field] = value;
    }
}

impl Terms {
    /// The program that says it: 10 % of what is paid with money, so many points for an event and for a birthday.
    pub(crate) fn program(&self) -> Value {
        let order = match self.burn {
            Burn::Soonest => "soonest_expiry",
            Burn::Oldest => "oldest_first",
            Burn::Newest => "newest_first",
            Burn::Smallest => "smallest_first",
        };
        let mut wallet = json!({
            "id": "points", "burn_order": order, "tender": { "value": "1", "excess": "reduce" },
            "transfer": { "expiry": if self.renewed_gifts { "renew" } else { "keep" } },
            "expiry_from": if self.from_vesting { "vesting" } else { "earning" },
        });
        put(&mut wallet, "expiry", self.expiry.map(Ends::json));
        put(&mut wallet, "grace", self.grace.map(Term::json));
        put(&mut wallet, "extension", self.extension.as_ref().map(Extension::json));
        put(&mut wallet, "decay", self.decay.as_ref().map(Decay::json));
        let again =
            |(within, good): (Term, Term)| json!({ "within": within.json(), "good_for": good.json() });
        put(&mut wallet, "reinstatement", self.again.map(again));
        put(
            &mut wallet,
            "vesting",
            self.vesting.map(|(after, signal)| {
                let mut vesting = Value::Object(Map::new());
                put(&mut vesting, "after", after.map(Term::json));
                put(&mut vesting, "signal", signal.then(|| json!("delivered")));
                vesting
            }),
        );
        let mut rules = vec![
            json!({ "id": "base", "award": { "percent": "10" } }),
            json!({ "id": "ev", "on": { "event": "review" }, "award": { "fixed": EVENT } }),
        ];
        if let Some((points, days)) = self.birthday {
            rules.push(
                json!({ "id": "bday", "on": "birthday", "award": { "fixed": points }, "days_before": days }),
            );
        }
        json!({
            "format": 1, "id": "o", "version": "1", "currency": "KRW", "zone": self.zone.name,
            "wallets": [wallet], "accruals": rules,
        })
    }
}
