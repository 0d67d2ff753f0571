//! The worked cases of other systems: those that passed go on passing.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is its purpose")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use dangol_tests::cases::{self, Checked, Verdict, report};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases")
}

fn all() -> Vec<Checked> {
    cases::check(&folder(), &[]).unwrap()
}

#[test]
fn what_passed_passes() {
    let path = folder().join("passing.txt");
    let text = fs::read_to_string(&path).unwrap_or_default();
    let listed: BTreeSet<&str> = text.lines().collect();
    let cases = all();
    let passes = |case: &&Checked| matches!(case.verdict, Verdict::Passed(_));
    let passing: BTreeSet<&str> = cases.iter().filter(passes).map(|case| case.id.as_str()).collect();
    let broken: Vec<&&str> = listed.difference(&passing).collect();
    assert!(broken.is_empty(), "no longer as expected: {broken:?}\n{}", report::text(&cases));
    let new: Vec<&&str> = passing.difference(&listed).collect();
    if std::env::var_os("UPDATE").is_some() {
        let both: Vec<&str> = passing.union(&listed).copied().collect();
        fs::write(&path, format!("{}\n", both.join("\n"))).unwrap();
    } else {
        assert!(new.is_empty(), "newly as expected: {new:?}; add them with UPDATE=1");
    }
}

#[test]
fn names_are_unique_and_every_case_is_judged() {
    let cases = all();
    let names: BTreeSet<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    assert_eq!((names.len(), cases.len()), (345, 345));
}

/// The same value with another content: every leaf of it once, each with its path.
fn altered(value: &serde_json::Value, path: &str, found: &mut Vec<String>) {
    use serde_json::Value;
    let below = match value {
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().map(|(place, value)| (place.to_string(), value)).collect()
        }
        _ => Vec::new(),
    };
    if below.is_empty() {
        found.push(path.to_owned());
    }
    for (key, value) in below {
        altered(value, &format!("{path}/{}", key.replace('~', "~0").replace('/', "~1")), found);
    }
}

/// Something else than the value.
fn other(value: &serde_json::Value) -> serde_json::Value {
    use serde_json::{Value, json};
    let number = |text: &str| text.parse::<dangol::Amount>().ok();
    match value {
        Value::Bool(flag) => json!(!flag),
        Value::Number(_) => json!(number(&value.to_string()).unwrap().plus(dangol::Amount::from(1)).unwrap()),
        Value::String(text) => match number(text) {
            Some(amount) => json!(amount.plus(dangol::Amount::from(1)).unwrap()),
            None if text.contains('.') => json!("1"),
            None => json!(format!("{text}-other")),
        },
        Value::Array(_) => json!(["other"]),
        Value::Object(_) => json!({ "other": "1" }),
        Value::Null => json!("1"),
    }
}

#[test]
fn every_expected_value_is_compared() {
    use serde_json::{Value, json};
    let path = folder().join("passing.txt");
    let listed = fs::read_to_string(path).unwrap();
    let passing: BTreeSet<&str> = listed.lines().collect();
    let target = std::env::temp_dir().join(format!("dangol-cases-{}-altered", std::process::id()));
    fs::create_dir_all(&target).unwrap();
    let mut count = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let mut file: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let mut cases = Vec::new();
        for case in file["cases"].as_array().unwrap() {
            let id = case["id"].as_str().unwrap();
            let mut leaves = Vec::new();
            altered(&case["expected"], "/expected", &mut leaves);
            for leaf in leaves.iter().filter(|_| passing.contains(id)) {
                let mut case = case.clone();
                let value = case.pointer_mut(leaf).unwrap();
                *value = other(value);
                case["id"] = json!(format!("{id}{leaf}"));
                cases.push(case);
            }
        }
        count += cases.len();
        file["cases"] = json!(cases);
        fs::write(target.join(path.file_name().unwrap()), file.to_string()).unwrap();
    }
    let checked = cases::check(&target, &[]);
    fs::remove_dir_all(&target).unwrap();
    let checked = checked.unwrap();
    let passed = checked.iter().filter(|case| matches!(case.verdict, Verdict::Passed(_)));
    let passed: Vec<&str> = passed.map(|case| case.id.as_str()).collect();
    assert_eq!(passed, Vec::<&str>::new());
    assert_eq!(checked.len(), count);
}

/// A case in a folder of its own, with a word put in its place.
fn judged(name: &str, change: impl Fn(&mut serde_json::Value)) -> Vec<Verdict> {
    let folder = std::env::temp_dir().join(format!("dangol-cases-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let mut file: serde_json::Value = serde_json::from_str(CASE).unwrap();
    change(file.pointer_mut("/cases/0").unwrap());
    fs::write(folder.join("one.json"), file.to_string()).unwrap();
    let checked = cases::check(&folder, &[]);
    fs::remove_dir_all(&folder).unwrap();
    checked.unwrap().into_iter().map(|case| case.verdict).collect()
}

/// Ten percent off, a case that every version of the runner translates.
const CASE: &str = r#"{ "schema": "loyalty-cases/1", "source_key": "own", "cases": [{
    "id": "own-1", "area": "coupon",
    "setup": { "currency": { "code": "EUR", "minor_digits": 2 }, "clock": null, "policy": {},
        "rules": [{ "id": "P", "trigger": { "type": "automatic" }, "conditions": [],
            "effect": { "type": "percent_off", "value": "10", "apply_to": "order" } }],
        "basket": { "lines": [{ "id": "a", "sku": "a", "unit_price": "10", "qty": 1 }] } },
    "steps": [{ "do": "price_basket" }],
    "expected": { "items_total": "9.00" } }] }"#;

#[test]
fn a_case_passes_fails_or_names_its_word() {
    use serde_json::json;
    let passed = Verdict::Passed(Vec::new());
    assert_eq!(judged("passes", |_| {}).as_slice(), std::slice::from_ref(&passed));
    let wrong = judged("fails", |case| case["expected"]["items_total"] = json!("8.99"));
    assert_eq!(wrong, [Verdict::Failed(vec![r#"items_total: expected "8.99", actual "9.00""#.into()])]);
    let near = judged("near", |case| {
        case["expected"]["items_total"] = json!("8.99");
        case["setup"]["tolerance"] = json!("0.01");
    });
    assert_eq!(near, [passed]);
    let odd = judged("odd", |case| case["idiosyncratic"] = json!(true));
    assert_eq!(odd, [Verdict::Idiosyncratic]);
}

#[test]
fn an_unknown_word_anywhere_is_not_passed_over() {
    use serde_json::json;
    let word = |name: &str, path: &str| {
        let verdict = judged(name, |case| {
            let (outer, key) = path.rsplit_once('/').unwrap();
            case.pointer_mut(outer).unwrap()[key] = json!("1");
        });
        match verdict.as_slice() {
            [Verdict::Unsupported(word)] => word.clone(),
            other => panic!("{path}: {other:?}"),
        }
    };
    assert_eq!(word("case", "/wrod"), "wrod");
    assert_eq!(word("setup", "/setup/wrod"), "setup.wrod");
    assert_eq!(word("policy", "/setup/policy/wrod"), "policy.wrod");
    assert_eq!(word("rule", "/setup/rules/0/wrod"), "rules.wrod");
    assert_eq!(word("effect", "/setup/rules/0/effect/wrod"), "rules.effect.wrod");
    assert_eq!(word("line", "/setup/basket/lines/0/wrod"), "lines.wrod");
    assert_eq!(word("step", "/steps/0/wrod"), "steps.wrod");
    assert_eq!(word("expected", "/expected/wrod"), "expected.wrod");
}

/// A case about tiers, of which a step and the number that came out are put in their places.
#[test]
fn tiers_are_worked_out_by_the_engine() {
    use serde_json::{Value, json};
    let steps = [
        (r#"{ "do": "query_tier", "stars_in_year": 5 }"#, r#"{ "tier": "Green" }"#),
        (r#"{ "do": "query_tier", "stars_in_year": "29" }"#, r#"{ "tier": "Green" }"#),
        (r#"{ "do": "query_tier", "stars_in_year": 30 }"#, r#"{ "tier": "Gold" }"#),
        (
            r#"{ "do": "renewal_check", "stars": 30, "stars_toward_drink": 7 }"#,
            r#"{ "tier": "Gold", "stars_toward_drink": 7, "renewed": true }"#,
        ),
        (r#"{ "do": "renewal_check", "stars": 4 }"#, r#"{ "tier": "Welcome", "renewed": false }"#),
        (r#"{ "do": "anniversary", "from": "2024-02-28", "years": 4 }"#, r#"{ "date": "2028-02-28" }"#),
        (r#"{ "do": "anniversary", "from": "2024-02-29", "years": 8 }"#, r#"{ "date": "2032-02-29" }"#),
        (
            r#"{ "do": "next_renewal_check", "anniversary": "10-25", "upgraded_at": "2025-11-01", "min_stay_months": 12 }"#,
            r#"{ "without_min_stay": "2026-10-25", "with_min_stay": "2027-10-25" }"#,
        ),
        (
            r#"{ "do": "next_renewal_check", "anniversary": "10-25", "upgraded_at": "2025-10-26", "min_stay_months": 6 }"#,
            r#"{ "without_min_stay": "2026-10-25", "with_min_stay": "2026-10-25" }"#,
        ),
        (
            r#"{ "do": "tier_validity", "qualified_at": "2004-11-15", "rule": "end of this calendar year" }"#,
            r#"{ "valid_until": "2004-12-31" }"#,
        ),
        (
            r#"{ "do": "qualification_year_end", "at": "2022-02-28", "starts": "03-01" }"#,
            r#"{ "period": ["2021-03-01", "2022-02-28"] }"#,
        ),
        (
            r#"{ "do": "qualification_year_end", "at": "2022-02-28", "starts": "01-01" }"#,
            r#"{ "period": ["2022-01-01", "2022-12-31"] }"#,
        ),
    ];
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    for (number, (step, expected)) in steps.into_iter().enumerate() {
        let verdict = judged(&format!("tier-{number}"), |case| {
            let currency = json!({ "code": "USD", "minor_digits": 2 });
            case["setup"] = json!({ "currency": currency, "clock": null, "rules": [], "policy": {} });
            (case["steps"], case["expected"]) = (json!([read(step)]), read(expected));
        });
        assert!(matches!(verdict[..], [Verdict::Passed(_)]), "{step}: {verdict:?}");
    }
}
