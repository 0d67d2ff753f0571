//! Vector files: what passes, what fails, and what must not pass by mistake.

use std::path::Path;

use dangol_cli::vectors::run_file;

use super::{dangol, file, sample};

/// A vector file about the shop with these cases.
fn vectors(name: &str, cases: &str) -> anyhow::Result<String> {
    let path = file(name, &format!("{{ \"program\": \"shop.toml\",\n  \"cases\": [{cases}] }}"))?;
    std::fs::copy(sample("shop.toml"), Path::new(&path).with_file_name("shop.toml"))?;
    Ok(path)
}

const GOOD: &str = r#"
  { "name": "points are earned and die",
    "steps": [
      { "when": { "quote": { "basket": { "lines": [{ "sku": "rice", "price": "12900" }] } },
                  "now": "2026-03-02T10:00:00+09:00", "place": "o1" },
        "then": { "earned": { "points": "120" }, "order": { "id": "o1" },
                  "events": [{ "type": "order_placed" }, { "lot": "o1/base", "points": "120" }],
                  "member": { "version": 2, "orders": 1 } } },
      { "when": { "quote": { "basket": { "lines": [] } }, "now": "2026-03-02T11:00:00+09:00" },
        "then": { "error": { "code": "empty", "path": "basket.lines" } } },
      { "when": { "advance": {}, "now": "2027-04-01T00:00:00+09:00" },
        "then": { "events": [{ "type": "points_expired", "points": "120" }], "member": { "version": 3 } } },
      { "when": { "raw": { "verb": "quote", "text": ["{ \"member\": ", { "repeat": "[", "times": 200 }] } },
        "then": { "error": { "code": "too_deep" } } }] },
  { "name": "a program in the file itself", "then": { "loads": true },
    "program": { "format": 1, "id": "x", "version": "1", "currency": "KRW" } },
  { "name": "a program as text", "program": { "text": ["format = 1\n", "id = 'x'\n"], "format": "toml" },
    "then": { "error": { "code": "missing_field", "path": "version" } } }"#;

#[test]
fn what_is_as_written_passes() -> anyhow::Result<()> {
    let path = vectors("good.json", GOOD)?;
    let run = dangol(&["test", &path], "")?;
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.out);
    assert_eq!(run.out, format!("{path}: 3 passed\n3 passed, 0 failed\n"));
    Ok(())
}

#[test]
fn the_example_of_the_help_passes() -> anyhow::Result<()> {
    let help = dangol(&["test", "--help"], "")?.out;
    let example: String = help
        .lines()
        .skip_while(|line| !line.starts_with("  { \"program\""))
        .take_while(|line| line.starts_with("  "))
        .collect();
    let path = vectors("help.json", "")?;
    std::fs::write(&path, &example)?;
    let run = dangol(&["test", &path], "")?;
    assert_eq!(run.code, Some(0), "{example}\n{}", run.out);
    Ok(())
}

#[test]
fn what_is_not_as_written_is_told_where_it_is_written() -> anyhow::Result<()> {
    let cases = r#"
  { "name": "one too many", "steps": [
    { "when": { "quote": { "basket": { "lines": [{ "sku": "rice", "price": "12900" }] } },
                "now": "2026-03-02T10:00:00+09:00" },
      "then": { "earned": { "points": "121" },
                "lines": [], "tiers": [{ "now": "gold" }] } }] },
  { "name": "not expected", "steps": [
    { "when": { "quote": { "basket": {} }, "now": "2026-03-02T10:00:00+09:00" }, "then": {} }] },
  { "name": "expected in vain", "program": "shop.toml", "then": { "error": {} } }"#;
    let path = vectors("bad.json", cases)?;
    let run = dangol(&["test", &path], "")?;
    assert_eq!(run.code, Some(1));
    for head in [
        r#":6:39: one too many: steps[0].then.earned.points: expected "121", found "120""#,
        ":7:26: one too many: steps[0].then.lines: expected 0 items, found 1 item",
        ":9:15: not expected: steps[0].when: basket.lines: ",
        ":10:65: expected in vain: then: expected a failure",
    ] {
        assert!(run.out.contains(&format!("{path}{head}")), "{head}\n{}", run.out);
    }
    assert!(run.out.ends_with("0 passed, 3 failed\n"), "{}", run.out);
    Ok(())
}

#[test]
fn nothing_passes_by_mistake() -> anyhow::Result<()> {
    for (cases, said) in [
        ("", "the file has no case"),
        (r#"{ "name": "x", "steps": [] }"#, "a case has `steps`"),
        (r#"{ "name": "x" }"#, "a case has `steps`"),
        (r#"{ "name": "x", "thne": {} }"#, "unknown field `thne`"),
        (r#"{ "name": "x", "program": "nowhere.json", "then": { "loads": true } }"#, "no program file"),
        (r#"{ "name": "x", "steps": [{ "when": { "advance": {} } }] }"#, "missing field `then`"),
        (r#"{ "name": "x", "steps": [{ "when": { "advance": {} }, "then": 1 }] }"#, "`then` is an object"),
        (r#"{ "name": "x", "steps": [{ "when": {}, "then": {} }] }"#, "a step does one thing"),
        (
            r#"{ "name": "x", "steps": [{ "when": { "advance": {}, "place": "o1" }, "then": {} }] }"#,
            "only a quote",
        ),
        (
            r#"{ "name": "x", "then": { "loads": true } }, { "name": "x", "then": { "loads": true } }"#,
            "this name",
        ),
        (r#"{ "name": "x", "then": { "loads": true, "error": {} } }"#, "expected a failure"),
        (
            r#"{ "name": "x", "program": { "format": 2 }, "then": { "error": {}, "loads": true } }"#,
            "no such field",
        ),
        (
            r#"{ "name": "x", "program": { "text": "", "fromat": "toml" }, "then": { "error": {} } }"#,
            "`fromat`",
        ),
        (r#"{ "name": "x", "program": { "format": 2 }, "then": { "loads": true } }"#, "missing_field"),
    ] {
        let run = dangol(&["test", &vectors("none.json", cases)?], "")?;
        assert_eq!(run.code, Some(1), "{cases}\n{}", run.out);
        assert!(run.out.contains(said), "{cases}\n{}", run.out);
    }
    Ok(())
}

#[test]
fn programs_are_found_above_the_file_and_from_the_roots() -> anyhow::Result<()> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("vectors/topic/deep");
    std::fs::create_dir_all(&folder)?;
    std::fs::copy(sample("cafe.json"), folder.join("../../above.json"))?;
    let path = folder.join("case.json");
    let case = |program: &str| {
        format!(r#"{{ "cases": [{{ "name": "x", "program": "{program}", "then": {{ "loads": true }} }}] }}"#)
    };
    std::fs::write(&path, case("above.json"))?;
    assert!(run_file(&path, &[])?.passed());
    std::fs::write(&path, case("bistro.json"))?;
    assert!(!run_file(&path, &[])?.passed());
    assert!(run_file(&path, &[&Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")])?.passed());
    Ok(())
}
