//! Every combination of offers that a program allows, each as a program that leaves no choice.

use dangol::{Money, Program, Quote};
use serde_json::{Value, json};

use super::shop::Shop;

/// A program in which the offers of one combination take effect one after the other.
pub(crate) struct Try {
    pub(crate) shop: Shop,
    /// The lanes of which one at most may take effect.
    rivals: Vec<Value>,
    /// Whether one of them yields, which it does to another only.
    yields: bool,
}

impl Try {
    pub(crate) fn program(&self) -> Program {
        self.shop.program()
    }

    /// Whether it is allowed as it came out: of rivals one at most took effect.
    pub(crate) fn stands(&self, quote: &Quote) -> bool {
        let used = |lane: &&Value| quote.applied.iter().any(|applied| **lane == applied.lane.as_str());
        let count = self.rivals.iter().filter(used).count();
        count == 1 || (count == 0 && !self.yields)
    }
}

/// Whether a lane chooses the best.
fn is_best(lane: &Value) -> bool {
    lane["choose"].is_null() || lane["choose"] == "best"
}

fn list<'a>(shop: &'a Shop, section: &str) -> &'a [Value] {
    shop.file[section].as_array().map_or(&[], Vec::as_slice)
}

/// All codes of the shop, and those of the basket that are nobody's.
pub(crate) fn shown(shop: &Shop, basket: &Value) -> Value {
    let own = list(shop, "offers").iter().filter_map(|offer| offer.get("code").cloned());
    let mut codes: Vec<Value> =
        own.chain(basket["codes"].as_array().into_iter().flatten().cloned()).collect();
    codes.sort_by_key(Value::to_string);
    codes.dedup();
    json!(codes)
}

/// What a quote is compared by: what goods and delivery cost, the coupons, the offers, and their places.
pub(crate) fn key(shop: &Shop, quote: &Quote) -> (Money, usize, usize, Vec<(usize, usize)>) {
    let costs = quote.net.plus(quote.shipping).unwrap_or_default();
    let coupons = quote.applied.iter().filter(|one| one.code.is_some() || one.coupon.is_some()).count();
    let places: Vec<(usize, usize)> =
        quote.applied.iter().map(|applied| place(shop, applied.offer.as_str())).collect();
    (costs, coupons, places.len(), places)
}

/// The number of an offer's lane, and its own among those of the lane, in the order that the program says.
fn place(shop: &Shop, id: &str) -> (usize, usize) {
    let program = shop.program();
    let lanes = &program.file().lanes;
    let offers = list(shop, "offers");
    let lane =
        offers.iter().find(|offer| offer["id"] == id).map(|offer| offer["lane"].clone()).unwrap_or_default();
    let number = lanes.iter().position(|one| lane == one.id.as_str()).unwrap_or(0);
    (number, ordered(shop, &lane).iter().position(|offer| offer["id"] == id).unwrap_or(0))
}

/// The offers of a lane in its order.
fn ordered<'a>(shop: &'a Shop, lane: &Value) -> Vec<&'a Value> {
    let known = list(shop, "lanes").iter().find(|one| one["id"] == *lane).cloned().unwrap_or_default();
    let usual = vec![json!("priority"), json!("id")];
    let keys = known["order"].as_array().cloned().unwrap_or(usual);
    let mut offers: Vec<&Value> =
        list(shop, "offers").iter().filter(|offer| offer["lane"] == *lane).collect();
    for key in keys.iter().rev() {
        let priority = |offer: &&Value| offer["priority"].as_u64().unwrap_or(0);
        match key.as_str().unwrap_or_default() {
            "priority" => offers.sort_by_key(priority),
            "priority_descending" => offers.sort_by_key(|offer| std::cmp::Reverse(priority(offer))),
            "id" => offers.sort_by_key(|offer| {
                let id = offer["id"].as_str().unwrap_or_default();
                (id.len(), id.to_owned())
            }),
            "specific" => offers.sort_by_key(|offer| {
                let words = ["skus", "tags", "categories"];
                let said = words.iter().position(|word| !offer["lines"][word].is_null());
                said.unwrap_or(if offer["lines"].is_null() { 4 } else { 3 })
            }),
            "scope" => offers.sort_by_key(|offer| breadth(offer)),
            _ => {
                // As they stand in the file.
                let file = list(shop, "offers");
                offers.sort_by_key(|offer| file.iter().position(|one| one["id"] == offer["id"]));
            }
        }
    }
    offers
}

/// Units, lines, the goods together, delivery.
fn breadth(offer: &Value) -> usize {
    let benefit = &offer["benefit"];
    let has = |word: &str| benefit.get(word).is_some();
    let per = |word: &str| benefit.get(word).is_some_and(|it| it["per"].is_null() || it["per"] == "unit");
    let units = !offer["units"].is_null() || has("buy_get") || has("bundle_price");
    match () {
        () if offer["on"] == "shipping" => 3,
        () if units || per("amount_off_each") || per("fixed_price") => 0,
        () if !offer["lines"].is_null() => 1,
        () => 2,
    }
}

/// Whether the first offer drives out the other.
fn drives_out(one: &Value, other: &Value) -> bool {
    let names =
        |kind: &str, name: &Value| one["excludes"][kind].as_array().is_some_and(|names| names.contains(name));
    let named =
        names("offers", &other["id"]) || names("groups", &other["group"]) || names("lanes", &other["lane"]);
    named && one["id"] != other["id"]
}

/// Whether these offers of lanes that choose the best may take effect together.
fn allowed(shop: &Shop, offers: &[&Value]) -> bool {
    let lanes = list(shop, "lanes").iter().all(|lane| {
        let own: Vec<&&Value> = offers.iter().filter(|offer| offer["lane"] == lane["id"]).collect();
        let most = lane["at_most"].as_u64().and_then(|most| usize::try_from(most).ok()).unwrap_or(1);
        let alone = own.len() < 2 || own.iter().all(|offer| offer["exclusive"] != true);
        !is_best(lane) || (own.len() <= most && alone)
    });
    let mut pairs = offers
        .iter()
        .enumerate()
        .flat_map(|(place, one)| offers.iter().skip(place + 1).map(move |two| (one, two)));
    lanes
        && pairs.all(|(one, two)| {
            let grouped =
                !one["group"].is_null() && one["group"] == two["group"] && one["lane"] == two["lane"];
            !grouped && !drives_out(one, two) && !drives_out(two, one)
        })
}

/// Every order of some offers.
fn orders<'a>(offers: &[&'a Value]) -> Vec<Vec<&'a Value>> {
    let Some((first, rest)) = offers.split_first() else { return vec![vec![]] };
    let mut all = Vec::new();
    for order in orders(rest) {
        for place in 0..=order.len() {
            let mut longer = order.clone();
            longer.insert(place, *first);
            all.push(longer);
        }
    }
    all
}

/// The orders in which the offers of each lane come: every one where units are used up, and else that of the lane.
fn sequences<'a>(shop: &Shop, offers: &[&'a Value]) -> Vec<Vec<&'a Value>> {
    let mut all: Vec<Vec<&Value>> = vec![vec![]];
    for lane in list(shop, "lanes") {
        let order = ordered(shop, &lane["id"]);
        let mut own: Vec<&Value> =
            offers.iter().copied().filter(|offer| offer["lane"] == lane["id"]).collect();
        own.sort_by_key(|offer| order.iter().position(|one| one["id"] == offer["id"]));
        let ways = if lane["units"] == "consumed" { orders(&own) } else { vec![own] };
        all = all
            .iter()
            .flat_map(|before| ways.iter().map(|way| [before.as_slice(), way.as_slice()].concat()))
            .collect();
    }
    all
}

/// All combinations, each with every set of rivals that may take part.
pub(crate) fn every_try(shop: &Shop) -> Vec<Try> {
    let best = |id: &Value| list(shop, "lanes").iter().any(|lane| lane["id"] == *id && is_best(lane));
    let offers: Vec<&Value> = list(shop, "offers").iter().filter(|offer| best(&offer["lane"])).collect();
    let rivals: Vec<Value> = list(shop, "lanes")
        .iter()
        .filter(|lane| !lane["rivals"].is_null())
        .map(|lane| lane["id"].clone())
        .collect();
    // One lane alone has nobody to yield to.
    let yielding: Vec<Value> =
        if rivals.len() < 2 { vec![] } else { rivals.iter().filter(|id| !best(id)).cloned().collect() };
    let mut all = Vec::new();
    for bits in 0..1_u32 << offers.len() {
        let chosen: Vec<&Value> =
            (0..).zip(&offers).filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, offer)| *offer).collect();
        if !allowed(shop, &chosen) {
            continue;
        }
        for skipped in 0..1_u32 << yielding.len() {
            let gone: Vec<&Value> =
                (0..).zip(&yielding).filter(|(bit, _)| skipped >> bit & 1 == 1).map(|(_, id)| id).collect();
            for sequence in sequences(shop, &chosen) {
                all.push(Try {
                    shop: reduced(shop, &sequence, &gone),
                    rivals: rivals.clone(),
                    yields: !gone.is_empty(),
                });
            }
        }
    }
    all
}

/// The shop in which these offers take effect and no others of lanes that choose the best, and none of some other lanes.
fn reduced(shop: &Shop, sequence: &[&Value], gone: &[&Value]) -> Shop {
    let mut reduced = shop.clone();
    let mut left: Vec<Value> = Vec::new();
    let best = |id: &Value| list(shop, "lanes").iter().any(|lane| lane["id"] == *id && is_best(lane));
    for offer in list(shop, "offers") {
        let place = sequence.iter().position(|one| one["id"] == offer["id"]);
        let mut offer = offer.clone();
        if (best(&offer["lane"]) && place.is_none()) || gone.contains(&&offer["lane"]) {
            // It has ended, and is still known by its name.
            offer["until"] = json!("2000-01-01");
        }
        if let (Some(place), Some(fields)) = (place, offer.as_object_mut()) {
            fields.remove("group");
            fields.remove("exclusive");
            fields.insert("priority".into(), json!(place));
        }
        left.push(offer);
    }
    for offer in &mut left {
        // Whom it excludes, by name: groups have gone.
        let Some(own) = list(shop, "offers").iter().find(|one| one["id"] == offer["id"]) else { continue };
        let out = list(shop, "offers").iter().filter(|other| drives_out(own, other));
        let names: Vec<&Value> = out.map(|other| &other["id"]).collect();
        if let Some(fields) = offer.as_object_mut() {
            fields.remove("excludes");
            if !names.is_empty() {
                fields.insert("excludes".into(), json!({ "offers": names }));
            }
        }
    }
    reduced.file["offers"] = json!(left);
    for lane in reduced.section("lanes") {
        if let Some(fields) = lane.as_object_mut() {
            fields.remove("rivals");
            if fields.get("choose").is_none_or(|word| word == "best") {
                fields.remove("at_most");
                fields.remove("order");
                fields.insert("choose".into(), json!("all"));
            }
        }
    }
    reduced
}
