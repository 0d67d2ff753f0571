//! Requests: where they come from, what comes back as JSON, and how wrong ones are told.

use serde_json::Value;

use super::{dangol, file, sample};

const REQUEST: &str = r#"{
  "member": { "id": "m1" },
  "basket": { "lines": [{ "sku": "latte", "price": "4800", "quantity": 2 }] },
  "now": "2026-01-31T23:30:00+09:00"
}"#;

#[test]
fn a_request_comes_from_a_file_or_from_standard_input() -> anyhow::Result<()> {
    let path = file("request.json", REQUEST)?;
    let from_file = dangol(&["quote", "--json", &path], "")?;
    let quote: Value = serde_json::from_str(&from_file.out)?;
    assert_eq!((from_file.code, quote["due"].as_str()), (Some(0), Some("9600")));
    for args in [&["quote", "--json"][..], &["quote", "--json", "-"]] {
        assert_eq!(dangol(args, REQUEST)?.out, from_file.out, "{args:?}");
    }
    let with_mark = dangol(&["quote", "--json"], &format!("\u{feff}{REQUEST}"))?;
    assert_eq!(with_mark.out, from_file.out);
    Ok(())
}

#[test]
fn an_empty_request_is_told() -> anyhow::Result<()> {
    let run = dangol(&["quote"], " \n")?;
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("is empty"), "{}", run.err);
    Ok(())
}

#[test]
fn now_is_replaced_or_supplied() -> anyhow::Result<()> {
    let without = REQUEST.replace(",\n  \"now\": \"2026-01-31T23:30:00+09:00\"", "");
    for request in [REQUEST, &without, "{}"] {
        let run = dangol(&["quote", "--json", "--now", "2026-02-01T00:00:00+09:00"], request)?;
        if request == "{}" {
            assert!(run.err.starts_with("<stdin>:1:1: member: "), "{}", run.err);
        } else {
            let quote: Value = serde_json::from_str(&run.out)?;
            assert_eq!(quote["on"].as_str(), Some("2026-02-01"), "{request}");
        }
    }
    assert_eq!(dangol(&["quote", "--now", "2026-02-01"], REQUEST)?.code, Some(2));
    Ok(())
}

#[test]
fn a_quote_can_be_placed() -> anyhow::Result<()> {
    let run = dangol(&["quote", "--json", "--place", "o1"], REQUEST)?;
    let placed: Value = serde_json::from_str(&run.out)?;
    assert_eq!(placed["order"]["id"].as_str(), Some("o1"));
    assert_eq!(placed["events"][0]["type"].as_str(), Some("order_placed"));
    Ok(())
}

#[test]
fn a_wrong_request_is_told_with_its_line() -> anyhow::Result<()> {
    let path = file("wrong.json", &REQUEST.replace("\"4800\"", "48.5"))?;
    let run = dangol(&["quote", &path], "")?;
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""));
    assert!(run.err.starts_with(&format!("{path}:3:52: basket.lines[0].price: ")), "{}", run.err);
    assert!(run.err.contains("[floating_point]"), "{}", run.err);
    assert!(run.err.ends_with("^^^^\n"), "{}", run.err);

    let wallet = r#"{ "member": { "id": "m1" }, "now": "2026-01-31T23:30:00+09:00",
        "basket": { "lines": [{ "sku": "a", "price": 1 }], "points": { "v1.points": "max" } } }"#;
    let run = dangol(&["quote"], wallet)?;
    assert!(run.err.starts_with("<stdin>:2:85: basket.points.v1.points: "), "{}", run.err);

    let run = dangol(&["quote"], "{ \"member\": { \"id\": \"m1\" }")?;
    assert_eq!(run.code, Some(1));
    assert!(run.err.starts_with("<stdin>:1:26: "), "{}", run.err);
    assert!(run.err.contains("[syntax]"), "{}", run.err);
    Ok(())
}

#[test]
fn nothing_that_was_sent_moves_the_cursor() -> anyhow::Result<()> {
    let run = dangol(&["quote"], &REQUEST.replace("latte", "a\\u001b[31m"))?;
    assert_eq!(run.code, Some(1));
    assert!(!run.err.contains('\u{1b}'), "{}", run.err);
    Ok(())
}

#[test]
fn a_wrong_program_is_told_before_the_request() -> anyhow::Result<()> {
    let text = std::fs::read_to_string(sample("shop.toml"))?.replace("\"KRW\"", "\"WON\"");
    let program = file("won.toml", &text)?;
    let run = dangol(&["quote", "--program", &program], REQUEST)?;
    assert_eq!(run.code, Some(1));
    assert!(run.err.starts_with(&format!("{program}:6:12: currency: ")), "{}", run.err);
    Ok(())
}
