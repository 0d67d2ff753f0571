//! Many members at once: the events of a night, the preview of an edited ladder, and how wrong members are told.

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::{dangol, file, sample};

const JUNE: &str = "2026-06-01T00:00:00+09:00";

/// A ladder that is reviewed on the first of the month, with these thresholds of silver and gold.
fn program(version: &str, silver: &str, gold: &str) -> anyhow::Result<String> {
    let text = format!(
        r#"
        format = 1
        id = "shop"
        version = "{version}"
        name = {{ en = "The shop", ko = "상점" }}
        currency = "KRW"
        zone = "Asia/Seoul"
        [tiers]
        window = "6 months"
        review = "calendar_month"
        upgrade = "at_review"
        tiers = [
            {{ id = "basic", name = {{ en = "Basic", ko = "일반" }} }},
            {{ id = "silver", name = {{ en = "Silver", ko = "우수" }}, enter = {{ spend_at_least = "{silver}" }} }},
            {{ id = "gold", name = {{ en = "Gold", ko = "최우수" }}, enter = {{ spend_at_least = "{gold}" }} }},
        ]"#
    );
    file(&format!("shop-{version}.toml"), &text)
}

/// A member of a tier, reviewed until May, who spent something in that month.
fn member(id: &str, tier: &str, on: &str, spend: &str) -> String {
    format!(
        r#"{{ "id": "{id}", "at": "2026-05-20T03:00:00Z", "tiers": {{ "status": {{ "tier": "{tier}" }} }}, "activity": [{{ "on": "{on}", "spend": "{spend}" }}] }}"#
    )
}

fn members() -> Vec<String> {
    let gold = member("m1", "gold", "2026-02-10", "650000");
    let silver = member("m2", "silver", "2026-02-10", "320000");
    let basic = member("m3", "basic", "2026-05-10", "720000");
    let safe = member("m4", "silver", "2026-05-10", "420000");
    vec![gold, silver, basic, safe, r#"{ "id": "m5" }"#.to_owned()]
}

/// What stands below the names at the top.
fn below(out: &str) -> Vec<&str> {
    out.lines().skip_while(|line| !line.starts_with('-')).skip(1).collect()
}

/// An edited ladder shows what it changes before anything is stored, and the night then does exactly that.
#[test]
fn an_edited_ladder_is_previewed() -> anyhow::Result<()> {
    let members = file("members.jsonl", &members().join("\n"))?;
    let (now, edited) = (program("1", "300000", "600000")?, program("2", "400000", "700000")?);

    let run = dangol(&["review", &now, &members, "--at", JUNE, "--dry"], "")?;
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let told = [
        "Members                                                    5",
        "",
        "Tier                                           Before  After",
        "Basic                                               2      1",
        "Silver                                              2      2",
        "Gold                                                1      2",
        "",
        "2026-06-01  m3: tier Basic → Gold (reached: ₩720,000 of",
        "  ₩600,000)",
        "",
        "The next change that a review finds is due on 2026-09-01,",
        "  for 2 members.",
    ];
    assert_eq!(below(&run.out), told);

    // The same members under the edited ladder: what was reached is no longer enough for two of them.
    let run = dangol(&["review", &edited, &members, "--at", JUNE, "--dry"], "")?;
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let told = [
        "Members                                                    5",
        "",
        "Tier                                           Before  After",
        "Basic                                               2      2",
        "Silver                                              2      2",
        "Gold                                                1      1",
        "",
        "2026-06-01  m1: tier Gold → Silver (no longer reached:",
        "  ₩650,000 of ₩700,000)",
        "2026-06-01  m2: tier Silver → Basic (no longer reached:",
        "  ₩320,000 of ₩400,000)",
        "2026-06-01  m3: tier Basic → Gold (reached: ₩720,000 of",
        "  ₩700,000)",
        "",
        "The next change that a review finds is due on 2026-09-01,",
        "  for 1 member.",
    ];
    assert_eq!(below(&run.out), told);

    let run = dangol(&["review", &edited, &members, "--at", JUNE], "")?;
    let events: Vec<Value> = run.out.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let moved: Vec<_> = events.iter().map(|event| [&event["member"], &event["from"], &event["to"]]).collect();
    assert_eq!(moved, [["m1", "gold", "silver"], ["m2", "silver", "basic"], ["m3", "basic", "gold"]]);
    Ok(())
}

/// On a day on which no review is due nothing changes yet, and the preview says when something will.
#[test]
fn a_preview_says_when_something_changes() -> anyhow::Result<()> {
    let edited = program("2", "400000", "700000")?;
    let members = members().join("\n");
    let run = dangol(&["review", &edited, "-", "--at", "2026-05-21T00:00:00+09:00", "--dry"], &members)?;
    let told = [
        "Nothing changes until then.",
        "",
        "The next change that a review finds is due on 2026-06-01,",
        "  for 3 members.",
    ];
    assert!(below(&run.out).ends_with(&told), "{}", run.out);
    Ok(())
}

#[test]
fn a_preview_in_korean_with_few_lines_is_no_wider_than_the_paper() -> anyhow::Result<()> {
    let edited = program("2", "400000", "700000")?;
    let mut members = members();
    members.push(member("m6", "platinum", "2026-05-10", "450000"));
    let seventh = r#"{ "id": "m7", "at": "2026-05-20T03:00:00Z", "tiers": { "club": { "tier": "baby" }, "status":
        { "tier": "gold", "floor": { "tier": "gold", "since": "2026-05-01", "until": "2026-05-25", "earned": "basic" } } } }"#;
    members.push(seventh.replace('\n', " "));
    let args = ["review", &edited, "-", "--at", JUNE, "--dry", "--lang", "ko"];
    let run = dangol(&args, &members.join("\n"))?;
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let told = [
        "회원                                                       7",
        "",
        "등급                                                  전  후",
        "일반                                                   2   3",
        "우수                                                   2   3",
        "최우수                                                 2   1",
        "알 수 없는 등급                                        1   0",
        "",
        "2026-06-01  m1: 등급 최우수 → 우수 (기준 미달: 700,000원 중",
        "  650,000원)",
        "2026-06-01  m2: 등급 우수 → 일반 (기준 미달: 400,000원 중",
        "  320,000원)",
        "2026-06-01  m3: 등급 일반 → 최우수 (기준 달성: 700,000원 중",
        "  720,000원)",
        "m6: “platinum” 등급은 이 프로그램에 없습니다",
        "2026-05-20  m6: 등급 platinum → 우수 (프로그램 변경)",
        "m7: “club” 등급 체계는 이 프로그램에 없습니다",
        "2026-05-26  m7: 등급 최우수 → 일반 (직접 지정 종료)",
        "",
        "다음 심사로 바뀌는 날: 2026-09-01, 1명",
    ];
    assert_eq!(below(&run.out), told);
    for line in run.out.lines() {
        assert!(line.width() <= 60, "{line}");
    }
    let run = dangol(&[&args[..], &["--limit", "1"]].concat(), &members.join("\n"))?;
    assert!(run.out.contains("650,000원)\n… 외 6건\n\n다음"), "{}", run.out);
    Ok(())
}

/// A list, a member alone, one that goes on over lines, and a byte order mark: the events are the same.
#[test]
fn members_stand_in_lines_or_in_a_list() -> anyhow::Result<()> {
    let program = program("1", "300000", "600000")?;
    let members = members();
    let args = ["review", &program, "-", "--at", JUNE];
    let lines = dangol(&args, &members.join("\r\n\n"))?;
    assert_eq!((lines.code, lines.out.lines().count(), lines.err.as_str()), (Some(0), 1, ""));
    for input in [
        format!("[{}]", members.join(",")),
        format!("\u{feff}[\n  {}\n]\n", members.join(",\n  ")),
        members.concat(),
        serde_json::to_string_pretty(&serde_json::from_str::<Value>(&members[2])?)?,
        serde_json::to_string_pretty(&serde_json::from_str::<Vec<Value>>(&format!(
            "[{}]",
            members.join(",")
        ))?)?,
    ] {
        let run = dangol(&args, &input)?;
        assert_eq!((run.code, &run.out, run.err.as_str()), (Some(0), &lines.out, ""), "{input}");
    }
    for nothing in ["", "\n", "[]", " [ ] "] {
        let run = dangol(&args, nothing)?;
        assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (Some(0), "", ""), "{nothing}");
    }
    let alone = ["review", &sample("shop.toml"), &sample("shop-member.json"), "--at", JUNE];
    let events = dangol(&alone, "")?.out;
    let advance = ["advance", alone[1], alone[2], "--until", JUNE, "--json"];
    let one: Value = serde_json::from_str(&dangol(&advance, "")?.out)?;
    let events: Vec<Value> = events.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    assert_eq!(one["events"].as_array(), Some(&events));
    Ok(())
}

/// What is wrong with one member keeps no other from being reviewed.
#[test]
fn wrong_members_are_told_and_the_others_reviewed() -> anyhow::Result<()> {
    let program = program("1", "300000", "600000")?;
    let good = member("good", "basic", "2026-05-10", "720000");
    for (wrong, said) in [
        (r#"{ "id": "m1", "orders": "many" }"#, "<stdin>:2:25: orders: expected a whole number"),
        (r#"  { "id": "m1", "tears": {} }"#, "<stdin>:2:17: tears: no such field: `tears`"),
        (r#"{ "id": "m1", "tiers": { "status": { "tier": "go"#, "<stdin>:2:"),
        (r#"{ "id": "m1", "activity": ["#, "<stdin>:"),
        ("a member, or so", "<stdin>:2:1: expected value"),
        ("[]", "<stdin>:2:1: expected an object with fields"),
        (
            r#"{ "id": "m1", "at": "2027-01-01T00:00:00Z" }"#,
            "<stdin>:2:1: m1: --at 2026-05-31T15:00:00Z: lies before 2027-01-01T00:00:00Z",
        ),
    ] {
        let input = format!("{good}\n{wrong}\n{good}\n");
        let run = dangol(&["review", &program, "-", "--at", JUNE], &input)?;
        assert_eq!((run.code, run.out.lines().count()), (Some(1), 2), "{wrong}\n{}", run.err);
        assert!(run.err.starts_with(said), "{said}\n{}", run.err);
        assert_eq!(run.err.matches("<stdin>:").count(), 1, "{}", run.err);
        let dry = dangol(&["review", &program, "-", "--at", JUNE, "--dry"], &input)?;
        assert_eq!((dry.code, &dry.err), (Some(1), &run.err));
        assert!(
            dry.out.contains("Gold                                                0      2"),
            "{}",
            dry.out
        );
    }
    Ok(())
}

#[test]
fn a_list_that_was_cut_off_is_told() -> anyhow::Result<()> {
    let program = program("1", "300000", "600000")?;
    let good = member("good", "basic", "2026-05-10", "720000");
    for (input, lines, said) in [
        (format!("[{good},\n  {{ \"id\": 5 }},\n{good}]"), 2, "<stdin>:2:11: id: expected"),
        (format!("[{good},\n"), 1, "<stdin>:2:1: the list is not closed: the file was cut off"),
        (format!("[{good},\n{{ \"id\": \"m"), 1, "<stdin>:2:10: EOF"),
        (format!("[{good}]\n{good}"), 1, "<stdin>:2:1: nothing may stand after the list"),
    ] {
        let run = dangol(&["review", &program, "-", "--at", JUNE], &input)?;
        assert_eq!((run.code, run.out.lines().count()), (Some(1), lines), "{}", run.err);
        assert!(run.err.contains(said), "{said}\n{}", run.err);
    }
    Ok(())
}

#[test]
fn text_that_is_no_text_is_told() -> anyhow::Result<()> {
    let (program, members) = (program("1", "300000", "600000")?, file("members.jsonl", "")?);
    let good = member("good", "basic", "2026-05-10", "720000");
    let bytes = [&b"{ \"id\": \"\xff\" }\n"[..], good.as_bytes()].concat();
    std::fs::write(&members, bytes)?;
    let run = dangol(&["review", &program, &members, "--at", JUNE], "")?;
    assert_eq!((run.code, run.out.lines().count()), (Some(1), 1), "{}", run.err);
    assert!(run.err.starts_with(&format!("{members}:1:1: is not UTF-8 text")), "{}", run.err);
    Ok(())
}

/// A night's worth of members, from a file: events come before the last one is read, and nobody takes them by then.
#[test]
fn many_members_are_reviewed_in_their_order() -> anyhow::Result<()> {
    let program = program("1", "300000", "600000")?;
    let one = |number: i32| member(&format!("m{number}"), "basic", "2026-05-10", "720000");
    let members = file("members.jsonl", &(0..2000).map(one).collect::<Vec<_>>().join("\n"))?;
    let run = dangol(&["review", &program, &members, "--at", JUNE], "")?;
    assert_eq!((run.code, run.err.as_str(), run.out.lines().count()), (Some(0), "", 2000));
    for (number, line) in run.out.lines().enumerate() {
        assert!(line.starts_with(&format!(r#"{{"member":"m{number}","#)), "{line}");
    }
    Ok(())
}

#[test]
fn what_cannot_be_reviewed_ends_with_2_or_1() -> anyhow::Result<()> {
    let program = program("1", "300000", "600000")?;
    for (args, code, said) in [
        (&["review", &program, "-"][..], 2, "--at"),
        (&["review", &program, "-", "--at", "2026-06-01"], 2, "expected an instant"),
        (&["review", "-", "-", "--at", JUNE], 2, "only one file can be `-`"),
        (&["review", &program, "-", "--at", JUNE, "--limit", "3"], 2, "--dry"),
        (&["review", &program, "nobody.jsonl", "--at", JUNE], 2, "`nobody.jsonl`"),
        (&["review", &program, ".", "--at", JUNE], 2, "cannot read `.`"),
        (&["review", "-", &sample("shop-member.json"), "--at", JUNE], 1, "<stdin>:1:1: "),
    ] {
        let run = dangol(args, "{}")?;
        assert_eq!((run.code, run.out.as_str()), (Some(code), ""), "{args:?}\n{}", run.err);
        assert!(run.err.contains(said), "{said}\n{}", run.err);
    }
    Ok(())
}
