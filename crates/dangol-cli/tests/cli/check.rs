//! Checking programs: every problem, each with its line.

use serde_json::Value;

use super::{dangol, file, sample};

const JSON: &str = r#"{
  "format": 1,
  "id": "카페",
  "version": "1", "currency": "KRW",
  "wallets": [{ "id": "points" }],
  "accruals": [
    { "id": "base", "awrd": { "percent": "5" } },
    { "id": "더블", "name": "생일 달 두 배", "award": { "percent": 5.5 } },
    { "id": "c", "award": { "percent": "5" }, "when": { "all": [{ "tier_at_leest": "gold" }] } },
    { "id": "d", "award": { "per_amount": { "amount": "100" } } }
  ]
}"#;

const TOML: &str = r#"format = 1
id = "shop"
version = "1"
currency = "KRW"

[[wallets]]
id = "points"
tender = { value = "1", step = "0" }

[tiers]
window = "12 months"
[[tiers.tiers]]
id = "basic"
[[tiers.tiers]]
id = "silver"

[[accruals]]
id = "base"
award.per_amount = { points = 10, amount = "1000.5" }
when = { tier_at_least = "silber" }

[[offers]]
id = "a"
until = 2026-05-01
from = 2026-05-03
[offers.benefit]
percent_off = "120"
"#;

/// The beginnings of the lines that tell a problem.
fn heads(out: &str, name: &str) -> Vec<String> {
    let told = out.lines().filter_map(|line| line.strip_prefix(&format!("{name}:")));
    told.map(|line| {
        let mut parts = line.splitn(3, ": ");
        let (place, path) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let code = line.rsplit('[').next().unwrap_or_default().trim_end_matches(']');
        format!("{place} {path} {code}")
    })
    .collect()
}

#[test]
fn good_programs_are_summed_up() -> anyhow::Result<()> {
    let (cafe, shop) = (sample("cafe.json"), sample("shop.toml"));
    let run = dangol(&["check", &cafe, &shop], "")?;
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains(&format!("{cafe}: OK: cafe-haru version 2026-01, hash ")), "{}", run.out);
    assert!(run.out.contains(": 1 wallet, 3 tiers, 2 accruals, 2 lanes, 4 offers"), "{}", run.out);
    Ok(())
}

#[test]
fn every_problem_of_json_has_its_line() -> anyhow::Result<()> {
    let path = file("many.json", JSON)?;
    let run = dangol(&["check", &path, &sample("cafe.json")], "")?;
    assert_eq!(run.code, Some(1));
    let mut heads = heads(&run.out, &path);
    // The word of a misspelt condition is marked whether the path ends at it or above it.
    heads[2] = heads[2].replace("[0].tier_at_leest", "[0]");
    assert_eq!(
        heads,
        [
            "7:21 accruals[0].awrd unknown_field",
            "8:61 accruals[1].award.percent floating_point",
            "9:67 accruals[2].when.all[0] unknown_word",
            "10:43 accruals[3].award.per_amount.points missing_field",
        ]
    );
    assert!(
        run.out.contains("    7 |     { \"id\": \"base\", \"awrd\": { \"percent\": \"5\" } },\n"),
        "{}",
        run.out
    );
    assert!(run.out.contains("      |                     ^^^^^^\n"), "{}", run.out);
    assert!(run.out.ends_with("4 problems in 1 file\n"), "{}", run.out);
    Ok(())
}

#[test]
fn every_problem_of_toml_has_its_line() -> anyhow::Result<()> {
    let path = file("many.toml", TOML)?;
    let run = dangol(&["check", &path], "")?;
    assert_eq!(run.code, Some(1));
    assert_eq!(
        heads(&run.out, &path),
        [
            "8:32 wallets[0].tender.step out_of_range",
            "14:1 tiers.tiers[1] missing_field",
            "19:44 accruals[0].award.per_amount.amount too_many_digits",
            "20:26 accruals[0].when.tier_at_least unknown_name",
            "24:9 offers[0].until contradiction",
            "27:15 offers[0].benefit.percent_off out_of_range",
        ]
    );
    Ok(())
}

#[test]
fn standard_input_has_the_format_that_is_said() -> anyhow::Result<()> {
    let toml = std::fs::read_to_string(sample("shop.toml"))?;
    let run = dangol(&["check", "--format", "toml", "-"], &toml)?;
    assert_eq!(run.code, Some(0));
    assert!(run.out.starts_with("<stdin>: OK: dongne-shop"), "{}", run.out);
    assert_eq!(dangol(&["check", "-"], &toml)?.code, Some(1));
    Ok(())
}

#[test]
fn text_that_cannot_be_read_is_told_where_it_stops() -> anyhow::Result<()> {
    for (format, text, head) in [
        ("json", "{\"format\": 1,\n\"id\": \"카페\" x}", "2:12 expected"),
        ("json", "{\"id\": \"a\",\n \"id\": \"b\"}", "2:5 field `id` is given twice"),
        ("toml", "format = 1\nid = \"카페\" x", "2:11 "),
        ("json", "[]", "1:1 "),
        ("json", "", "1:1 "),
        ("toml", "", "1:1 "),
    ] {
        let run = dangol(&["check", "--format", format, "-"], text)?;
        let place = head.split(' ').next().unwrap_or_default();
        assert_eq!(run.code, Some(1));
        assert!(run.out.starts_with(&format!("<stdin>:{place}: ")), "{head}\n{}", run.out);
    }
    Ok(())
}

#[test]
fn a_string_that_is_left_open_is_told_where_it_begins() -> anyhow::Result<()> {
    for (text, place) in [
        ("id = \"카페\nversion = \"1\"\n", "1:6"),
        ("id = 'cafe'\nversion = '1\ncurrency = 'KRW'\n", "2:11"),
        ("wallets = [{ id = \"points }]\nversion = \"1\"\n", "1:19"),
        ("id = \"a\"\nversion = \"\"\"1\ncurrency = \"KRW\"\n", "2:11"),
    ] {
        let run = dangol(&["check", "--format", "toml", "-"], text)?;
        let expected =
            format!("<stdin>:{place}: the string that begins here has no closing quote [syntax]\n");
        assert!(run.out.starts_with(&expected), "{text}\n{}", run.out);
    }
    // Where something else is wrong before it, that is told.
    let run = dangol(&["check", "--format", "toml", "-"], "id = cafe\nversion = \"1\n")?;
    assert!(run.out.starts_with("<stdin>:1:6: "), "{}", run.out);
    Ok(())
}

#[test]
fn a_file_in_another_encoding_is_told_with_its_cure() -> anyhow::Result<()> {
    let path = file("korean.toml", "")?;
    let cp949 = b"format = 1\nid = \"\xc4\xab\xc6\xe4\"\n";
    let utf16: Vec<u8> = "\u{feff}format = 1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, told) in [
        (
            &cp949[..],
            "line 2, column 8: byte 0xc6 is not UTF-8, perhaps CP949 (EUC-KR): save the file as UTF-8",
        ),
        (&utf16, "line 1, column 1: this is UTF-16: save the file as UTF-8"),
    ] {
        std::fs::write(&path, bytes)?;
        let run = dangol(&["check", &path], "")?;
        assert_ne!(run.code, Some(0));
        assert!(run.err.contains(&format!("`{path}`: {told} [not_utf8]")), "{}", run.err);
    }
    let marked = format!("\u{feff}{}", std::fs::read_to_string(sample("shop.toml"))?);
    std::fs::write(&path, marked)?;
    assert_eq!(dangol(&["check", &path], "")?.code, Some(0));
    Ok(())
}

#[test]
fn problems_as_json() -> anyhow::Result<()> {
    let run = dangol(&["check", "--json", "--format", "toml", "-"], TOML)?;
    let found: Value = serde_json::from_str(&run.out)?;
    assert_eq!((run.code, found["ok"].as_bool()), (Some(1), Some(false)));
    let first = &found["problems"][0];
    assert_eq!(first["code"].as_str(), Some("out_of_range"));
    assert_eq!(first["path"].as_str(), Some("wallets[0].tender.step"));
    assert_eq!((first["line"].as_u64(), first["column"].as_u64()), (Some(8), Some(32)));
    assert!(first["message"].is_string());

    let run = dangol(&["check", "--json", &sample("cafe.json")], "")?;
    let found: Value = serde_json::from_str(&run.out)?;
    assert_eq!((run.code, found["ok"].as_bool()), (Some(0), Some(true)));
    assert_eq!(found["programs"][0]["id"].as_str(), Some("cafe-haru"));
    Ok(())
}
