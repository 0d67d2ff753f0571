//! Returns: what is printed of them, in which files they stand in between, and how wrong ones are told.

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::{dangol, file, sample};

pub(crate) const SUNDAY: &str = "2026-05-10T12:00:00+09:00";

/// 10 % of what is paid in points; ₩1,000 off, in proportion to the lines; delivery costs what it costs.
const PROGRAM: &str = r#"{ "format": 1, "id": "t", "version": "1", "currency": "KRW", "zone": "Asia/Seoul",
    "name": { "ko": "시장", "en": "The market" },
    "wallets": [{ "id": "points", "name": { "ko": "포인트", "en": "points" }, "tender": { "value": "1" } }],
    "accruals": [{ "id": "base", "name": { "ko": "10% 적립", "en": "10% of every purchase" }, "award": { "percent": "10" } }],
    "offers": [{ "id": "off", "code": "OFF", "benefit": { "amount_off": "1000" } }] }"#;

const REQUEST: &str = r#"{ "member": { "id": "m1" }, "now": "2026-05-02T12:00:00+09:00", "basket": {
    "lines": [{ "sku": "rice", "price": "2000", "quantity": 3 }, { "sku": "beans", "price": "8000", "quantity": "0.500" }],
    "shipping": "3000", "codes": ["off"], "tenders": { "card": "10000", "cash": "2000" } } }"#;

/// The program, the request, and what `quote --json --place` printed of it.
pub(crate) fn sold() -> anyhow::Result<[String; 3]> {
    let (program, request) = (file("program.json", PROGRAM)?, file("request.json", REQUEST)?);
    let placed = dangol(&["quote", &request, "-p", &program, "--json", "--place", "o1"], "")?;
    assert_eq!(placed.code, Some(0), "{}", placed.err);
    Ok([program, request, file("placed.json", &placed.out)?])
}

/// The command's words about these files.
fn refund<'a>(files: [&'a str; 3], name: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let [program, member, order] = files;
    let mut args = vec!["refund", program, member, order, "--now", SUNDAY, "--operation", name];
    args.extend(more);
    args
}

/// ₩1,000 off ₩10,000 leave ₩5,400 for the rice and ₩3,600 for the beans.
#[test]
fn a_part_of_two_lines_on_paper() -> anyhow::Result<()> {
    let [program, request, placed] = sold()?;
    let args = refund([&program, &request, &placed], "r1", &["--lines", "1=1,2=0.1", "--shipping"]);
    for (lang, told) in [
        (
            "en",
            "                         The market
                   Return r1 of order o1
             2026-05-10 (Sun) 12:00 Asia/Seoul
------------------------------------------------------------
rice                                           1 / 3  ₩1,800
beans                                    0.1 / 0.500    ₩720
------------------------------------------------------------
Goods                                                 ₩2,520
Delivery                                              ₩3,000
------------------------------------------------------------
Refund                                                ₩5,520
  card                                                ₩4,600
  cash                                                  ₩920
",
        ),
        (
            "ko",
            "                            시장
                      주문 o1 반품 r1
              2026-05-10 (일) 12:00 Asia/Seoul
------------------------------------------------------------
rice                                          1 / 3  1,800원
beans                                   0.1 / 0.500    720원
------------------------------------------------------------
상품                                                 2,520원
배송비                                               3,000원
------------------------------------------------------------
환불 금액                                            5,520원
  card                                               4,600원
  cash                                                 920원
",
        ),
    ] {
        let run = dangol(&[&args[..], &["--lang", lang]].concat(), "")?;
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert!(run.out.starts_with(told), "{told}\n{}", run.out);
        for line in run.out.lines() {
            assert!(line.width() <= 60, "{line}");
        }
        // Of 900 points those of ₩6,480 stay.
        let ends: [&str; 2] = match lang {
            "en" => ["\nIn detail\n", "  10% of every purchase: 252 points taken back of 900\n"],
            _ => ["\n반품 내역\n", "  10% 적립: 적립 포인트 900 중 포인트 252 회수, 포인트 648\n"],
        };
        for end in ends {
            assert!(run.out.contains(end), "{end}\n{}", run.out);
        }
        let balance = if lang == "en" {
            "Balance after this return\n  points"
        } else {
            "반품 후 잔액\n  포인트"
        };
        let (_, below) = run.out.split_once(balance).unwrap_or_default();
        assert_eq!(below.trim(), "648", "{}", run.out);
    }
    Ok(())
}

/// What is printed as JSON goes in again: order and member both, so that the next return follows.
#[test]
fn one_return_follows_the_other() -> anyhow::Result<()> {
    let [program, request, placed] = sold()?;
    let some = ["--lines", "1=1", "--json", "--apply"];
    let first = dangol(&refund([&program, &request, &placed], "r1", &some), "")?;
    let answer: Value = serde_json::from_str(&first.out)?;
    assert_eq!(answer["returned"]["money"].as_str(), Some("1800"));
    assert_eq!(answer["member"]["wallets"]["points"]["revoked"].as_str(), Some("180"));
    assert_eq!(answer["order"]["back"]["lines"]["1"].as_str(), Some("1"));

    let first = file("first.json", &first.out)?;
    let rest = dangol(&refund([&program, &first, &first], "r2", &["--cancel", "--lang", "en"]), "")?;
    assert!(
        rest.out.contains("Refund                                               ₩10,200\n"),
        "{}",
        rest.out
    );
    let again = dangol(&refund([&program, &first, &first], "r1", &["--lines", "1=1", "--lang", "en"]), "")?;
    let told = "This return was made before: there is nothing to pay again.";
    assert!(again.out.lines().any(|line| line == told), "{}", again.out);

    let undone = dangol(&refund([&program, &first, &first], "r3", &["--reopen", "--json"]), "")?;
    let undone: Value = serde_json::from_str(&undone.out)?;
    assert_eq!(undone["returned"]["money"].as_str(), Some("-1800"));
    assert!(undone.get("member").is_none());
    Ok(())
}

#[test]
fn a_no_is_an_answer() -> anyhow::Result<()> {
    let [program, request, placed] = sold()?;
    let whole = ["--cancel", "--json", "--apply"];
    let whole = dangol(&refund([&program, &request, &placed], "r1", &whole), "")?;
    let whole = file("whole.json", &whole.out)?;
    let run = dangol(&refund([&program, &whole, &whole], "r2", &["--void", "--lang", "en"]), "")?;
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.ends_with("---\nnot done: there is nothing left of it\n"), "{}", run.out);
    Ok(())
}

/// A member and an order as they are stored, and a household that gets its points back.
#[test]
fn others_take_part() -> anyhow::Result<()> {
    let program =
        file("pool.json", &PROGRAM.replace("\"id\": \"points\",", "\"id\": \"points\", \"shared\": true,"))?;
    let family = r#"{ "id": "family", "wallets": { "points": { "lots": [
        { "id": "g/1", "earned_at": "2026-01-01T00:00:00Z", "points": "500" }] } } }"#;
    let basket = r#"{ "lines": [{ "sku": "rice", "price": "2000" }], "points": { "points": "500" } }"#;
    let request = format!(
        r#"{{ "member": {{ "id": "m1" }}, "pool": {family}, "now": "2026-05-02T12:00:00+09:00", "basket": {basket} }}"#
    );
    let placed = dangol(&["quote", "-p", &program, "--json", "--place", "o1", "-"], &request)?;
    let placed = file("placed.json", &placed.out)?;
    let member = file("m1.json", r#"{ "id": "m1" }"#)?;
    let args = refund([&program, &member, &placed], "r1", &["--cancel", "--lang", "en"]);
    let alone = dangol(&args, "")?;
    assert_eq!(alone.code, Some(1));
    assert!(alone.err.starts_with("--other: "), "{}", alone.err);

    // What the household is after the order.
    let events: Value = serde_json::from_str(&std::fs::read_to_string(&placed)?)?;
    let of_family =
        events["events"].as_array().into_iter().flatten().filter(|event| event["member"] == "family");
    let of_family: Vec<Value> = of_family.cloned().collect();
    let mut after: dangol::Member = serde_json::from_str(family)?;
    after.apply_all(&serde_json::from_value::<Vec<dangol::Event>>(of_family.into())?)?;
    let after = file("family.json", &serde_json::to_string(&after)?)?;
    let run = dangol(&[&args[..], &["--other", &after]].concat(), "")?;
    assert!(run.out.contains("  500 points come back, which had paid ₩500\n"), "{}{}", run.out, run.err);
    Ok(())
}

#[test]
fn what_is_wrong_is_told_where_it_is_written() -> anyhow::Result<()> {
    let [program, request, placed] = sold()?;
    let stored: Value = serde_json::from_str(&std::fs::read_to_string(&placed)?)?;
    let text = serde_json::to_string_pretty(&stored["order"])?;
    let order = file("order.json", &text)?;
    let whose = text.lines().take_while(|line| *line != "    \"member\": \"m1\",").count() + 1;
    let changed =
        file("changed.json", &serde_json::to_string_pretty(&stored)?.replace("\"12000\"", "\"12001\""))?;
    let stranger = file("m2.json", r#"{ "id": "m2" }"#)?;
    let later = file("later.json", r#"{ "id": "m1", "at": "2026-06-01T00:00:00Z" }"#)?;
    let odd = file("odd.json", r#"{ "member": { "id": "m1", "wallets": { "points": 5 } } }"#)?;
    let cases: [([&str; 3], &[&str], String); 9] = [
        ([&program, &request, &placed], &["--lines", "1=4"], "--lines: 3 of 3 is left".into()),
        (
            [&program, &request, &placed],
            &["--lines", "3=1"],
            "--lines: no such line in the order: `3`".into(),
        ),
        ([&program, &request, &placed], &["--fees"], "--fees: the order was charged nothing for it".into()),
        ([&program, &request, &changed], &["--cancel"], format!("{changed}:")),
        ([&program, &stranger, &placed], &["--cancel"], format!("{placed}:")),
        ([&program, &stranger, &order], &["--cancel"], format!("{order}:{whose}:15: quote.member: ")),
        ([&program, &later, &order], &["--cancel"], "--now 2026-05-10T03:00:00Z: lies before".into()),
        ([&program, &odd, &placed], &["--cancel"], format!("{odd}:1:50: member.wallets.points: ")),
        ([&program, &request, &request], &["--cancel"], format!("{request}:1:")),
    ];
    for (files, more, head) in cases {
        let run = dangol(&refund(files, "r1", more), "")?;
        assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{files:?}");
        assert!(run.err.starts_with(&head), "{head}\n{}", run.err);
    }
    Ok(())
}

#[test]
fn what_cannot_be_asked_ends_with_2() -> anyhow::Result<()> {
    let [program, request, placed] = sold()?;
    for (more, said) in [
        (&[][..], "--cancel"),
        (&["--cancel", "--void"], "cannot be used with"),
        (&["--lines", "1=1", "--reopen"], "cannot be used with"),
        (&["--lines", "1"], "such as 1=2"),
        (&["--lines", "1=0.1.2"], "exact decimal"),
        (&["--lines", "1=1,1=2"], "names `1` twice"),
        (&["--cancel", "--apply"], "--json"),
    ] {
        let run = dangol(&refund([&program, &request, &placed], "r1", more), "")?;
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{more:?}");
        assert!(run.err.contains(said), "{said}\n{}", run.err);
    }
    let bare = dangol(&["refund", &program, "-", "-", "--cancel", "--now", SUNDAY, "--operation", "r1"], "")?;
    assert!(bare.code == Some(2) && bare.err.contains("only one file can be `-`"), "{}", bare.err);
    let sample = dangol(&refund([&sample("shop.toml"), &request, &placed], "r1", &["--cancel"]), "")?;
    assert_eq!(sample.code, Some(1), "another shop's order");
    Ok(())
}
