//! Balances, statements and what time changes: on paper, as JSON, and how wrong files are told.

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::{dangol, file, sample};

const NEW_YEAR: &str = "2027-01-01T00:00:00+09:00";

fn shop() -> [String; 3] {
    ["shop.toml", "shop-member.json", "shop-events.json"].map(sample)
}

/// Every one of these lines is printed.
fn printed(out: &str, lines: &[&str]) {
    for line in lines {
        assert!(out.lines().any(|found| found == *line), "{line}\n{out}");
    }
}

#[test]
fn a_statement_has_every_movement_and_what_is_left() -> anyhow::Result<()> {
    let [program, member, events] = shop();
    let run = dangol(&["statement", &program, &member, &events, "--until", NEW_YEAR], "")?;
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    printed(
        &run.out,
        &[
            "                 The shop around the corner",
            "                       Account of m1",
            "          until 2027-01-01 (Fri) 00:00 Asia/Seoul",
            "Movement                                     Points  Balance",
            "Opening balance                                        4,300",
            "2026-01-17  o-260117                           +580    4,880",
            "  580 points earned by 10 points per ₩1,000 · o-260117/base",
            "2026-02-21  o-260221                         -2,000    3,380",
            "  2,000 points spent · o-250308/base 2,000",
            "2026-03-14  pay-260314                            0    3,430",
            "  680 points expired after 2026-03-31 · o-250308/base",
            "Closing balance                                       12,390",
            "  Good until",
            "    2027-10-31                                         1,180",
        ],
    );
    Ok(())
}

#[test]
fn a_statement_in_korean_is_no_wider_than_the_paper() -> anyhow::Result<()> {
    let [program, member, events] = shop();
    let run = dangol(&["statement", &program, &member, &events, "--lang", "ko"], "")?;
    assert_eq!(run.code, Some(0), "{}", run.err);
    printed(
        &run.out,
        &[
            "                         동네 상점",
            "                          m1 회원",
            "내역                                          포인트    잔액",
            "기초 잔액                                              4,300",
            "  포인트 580 적립 (1,000원마다 10포인트) · o-260117/base",
            "기말 잔액                                             12,390",
            "  사용 기한",
        ],
    );
    for line in run.out.lines() {
        assert!(line.width() <= 60, "{line}");
    }
    Ok(())
}

/// What `quote --json --place` prints are events too, and they may come through a pipe.
#[test]
fn a_statement_of_what_was_placed() -> anyhow::Result<()> {
    let [program, member, _] = shop();
    let request = r#"{ "member": { "id": "m9" }, "now": "2026-05-04T12:00:00+09:00",
        "basket": { "lines": [{ "sku": "rice", "price": "10000" }] } }"#;
    let placed = dangol(&["quote", "-p", &program, "--json", "--place", "o1", "-"], request)?.out;
    let opening = file("m9.json", r#"{ "id": "m9" }"#)?;
    let run = dangol(&["statement", &program, &opening, "-", "--json"], &placed)?;
    let statements: Value = serde_json::from_str(&run.out)?;
    assert_eq!(statements["statements"][0]["closing"].as_str(), Some("100"));
    assert_eq!(statements["statements"][0]["movements"][0]["change"]["lot"].as_str(), Some("o1/base"));

    let run = dangol(&["statement", &program, &member, "-"], &placed)?;
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""));
    assert!(run.err.starts_with("<stdin>:"), "{}", run.err);
    assert!(
        run.err.contains("events[0]: the event is about member `m9`, not `m1` [wrong_member]"),
        "{}",
        run.err
    );

    let run = dangol(&["statement", &program, &opening, "-"], "[]")?;
    assert_eq!((run.code, run.out.lines().last()), (Some(0), Some("No points and no movements.")));
    Ok(())
}

#[test]
fn a_balance_of_an_instant() -> anyhow::Result<()> {
    let [program, member, _] = shop();
    let args = ["balance", &program, &member, "--at", "2026-04-01T00:00:00+09:00"];
    let run = dangol(&args, "")?;
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    printed(
        &run.out,
        &[
            "          as of 2026-04-01 (Wed) 00:00 Asia/Seoul",
            "  Balance                                                820",
            "  Usable now                                             820",
            "    2026-11-30                                           820",
        ],
    );
    let run = dangol(&[&args[..], &["--json"]].concat(), "")?;
    let balances: Value = serde_json::from_str(&run.out)?;
    assert_eq!(balances["balances"][0]["usable"].as_str(), Some("820"));
    Ok(())
}

const EVERYTHING: &str = r#"{ "format": 1, "id": "bank", "version": "1", "currency": "EUR", "zone": "Europe/Berlin",
    "wallets": [{ "id": "points", "digits": 2, "grace": "10 days", "tender": { "value": "0.01", "step": "1" } }, { "id": "stars" }],
    "rewards": [{ "id": "mug", "name": { "en": "A mug", "ko": "머그잔" }, "cost": { "points": "20" } }] }"#;

#[test]
fn a_balance_says_what_waits_is_held_and_was_taken_on_credit() -> anyhow::Result<()> {
    let program = file("everything.json", EVERYTHING)?;
    let lots = r#"[
        { "id": "a", "points": "50", "held": "12.50", "earned_at": "2026-01-01T00:00:00Z", "expires_on": "2026-12-31",
          "grace_until": "2027-01-10" },
        { "id": "b", "points": "7", "earned_at": "2026-01-02T00:00:00Z", "usable_from": "2026-06-10" },
        { "id": "c", "points": "8", "earned_at": "2026-01-03T00:00:00Z", "awaits": "delivered" },
        { "id": "d", "points": "9", "earned_at": "2026-01-04T00:00:00Z", "usable_from": "2026-06-11",
          "awaits": "delivered" }]"#;
    let holds = r#"[{ "id": "h", "lots": [{ "lot": "a", "points": "12.50" }] }]"#;
    let member = format!(
        r#"{{ "id": "m1", "wallets": {{ "points": {{ "lots": {lots}, "holds": {holds} }},
            "stars": {{ "spent": "3", "deficit": "3" }} }} }}"#
    );
    let member = file("m1.json", &member)?;
    let args = ["balance", &program, &member, "--at", "2026-06-01T12:00:00Z"];
    let run = dangol(&args, "")?;
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.err);
    printed(
        &run.out,
        &[
            "  Balance                                              74.00",
            "  Usable now                                           37.50",
            "  Not usable yet                                       24.00",
            "  Held                                                 12.50",
            "  Worth as payment                                     €0.37",
            "    2026-12-31, with grace until 2027-01-10            50.00",
            "    no end                                             24.00",
            "  Usable later",
            "    from 2026-06-10                                     7.00",
            "    after “delivered”                                   8.00",
            "    “delivered”, then from 2026-06-11                   9.00",
            "    A mug                                                × 1",
            "stars",
            "  On credit                                                3",
        ],
    );
    let run = dangol(&[&args[..], &["--lang", "ko"]].concat(), "")?;
    printed(
        &run.out,
        &[
            "    2026-12-31 (유예 2027-01-10까지)                   50.00",
            "    2026-06-10부터                                      7.00",
            "    “delivered” 후                                      8.00",
            "    “delivered” 후, 2026-06-11부터                      9.00",
            "    머그잔                                               × 1",
        ],
    );
    Ok(())
}

#[test]
fn time_is_told_in_sentences_or_as_events() -> anyhow::Result<()> {
    let [program, member, _] = shop();
    let args = ["advance", &program, &member, "--until", NEW_YEAR];
    printed(
        &dangol(&args, "")?.out,
        &[
            "2026-03-08  tier Silver → Basic (no longer reached: ₩82,000",
            "  of ₩300,000)",
            "2026-04-01  3,480 points expired after 2026-03-31",
        ],
    );
    printed(
        &dangol(&[&args[..], &["--lang", "ko"]].concat(), "")?.out,
        &[
            "            2027-01-01 (금) 00:00 Asia/Seoul까지",
            "2026-03-08  등급 우수 → 일반 (기준 미달: 300,000원 중",
        ],
    );
    let nothing = dangol(&["advance", &program, &member, "--until", "2026-01-01T00:00:00+09:00"], "")?;
    assert_eq!((nothing.code, nothing.out.lines().last()), (Some(0), Some("Nothing changes until then.")));

    let events: Value = serde_json::from_str(&dangol(&[&args[..], &["--json"]].concat(), "")?.out)?;
    assert_eq!(events["events"].as_array().map(Vec::len), Some(3));
    assert!(events.get("member").is_none());
    let applied = dangol(&[&args[..], &["--json", "--apply"]].concat(), "")?;
    let applied: Value = serde_json::from_str(&applied.out)?;
    assert_eq!(applied["events"], events["events"]);
    // The member after it is one that goes in again, to whom nothing more happens until then.
    let again = dangol(&["advance", &program, "-", "--until", NEW_YEAR], &applied["member"].to_string())?;
    assert!(again.out.ends_with("Nothing changes until then.\n"), "{}{}", again.out, again.err);
    Ok(())
}

#[test]
fn what_is_wrong_is_told_where_it_is_written() -> anyhow::Result<()> {
    let [program, member, events] = shop();
    let float = file("float.json", "{ \"id\": \"m1\",\n  \"wallets\": { \"points\": { \"spent\": 1.5 } } }")?;
    let odd = file("odd.json", "[\n  { \"membre\": \"m1\" }\n]")?;
    let torn = file("torn.json", "{ \"id\": \"m1\"")?;
    let cases: [(&[&str], String); 8] = [
        (&["balance", &program, &float, "--at", NEW_YEAR], format!("{float}:2:37: wallets.points.spent: ")),
        (&["balance", &program, &torn, "--at", NEW_YEAR], format!("{torn}:1:")),
        (&["balance", &program, &program, "--at", NEW_YEAR], format!("{program}:1:1: ")),
        (&["balance", &member, &member, "--at", NEW_YEAR], format!("{member}:1:1: ")),
        (
            &["balance", &program, &member, "--at", "2025-01-01T00:00:00Z"],
            "--at 2025-01-01T00:00:00Z: lies before".into(),
        ),
        (
            &["advance", &program, &member, "--until", "2025-01-01T00:00:00Z"],
            "--until 2025-01-01T00:00:00Z: lies before".into(),
        ),
        (&["statement", &program, &member, &odd], format!("{odd}:2:")),
        (
            &["statement", &program, &member, &events, "--until", "2026-01-01T00:00:00Z"],
            "--until 2026-01-01T00:00:00Z: lies before".into(),
        ),
    ];
    for (args, head) in cases {
        let run = dangol(args, "")?;
        assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{args:?}");
        assert!(run.err.starts_with(&head), "{head}\n{}", run.err);
    }
    Ok(())
}

#[test]
fn what_cannot_be_asked_ends_with_2() -> anyhow::Result<()> {
    let [program, member, _] = shop();
    for (args, said) in [
        (&["balance", &program, &member][..], "--at"),
        (&["advance", &program, &member], "--until"),
        (&["advance", &program, &member, "--until", "2027-01-01"], "expected an instant"),
        (&["advance", &program, &member, "--until", NEW_YEAR, "--apply"], "--json"),
        (&["statement", &program, &member], "<EVENTS>"),
        (&["statement", &program, "-", "-"], "only one file can be `-`"),
        (&["balance", &program, "nobody.json", "--at", NEW_YEAR], "`nobody.json`"),
    ] {
        let run = dangol(args, "")?;
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(run.err.contains(said), "{said}\n{}", run.err);
    }
    Ok(())
}
