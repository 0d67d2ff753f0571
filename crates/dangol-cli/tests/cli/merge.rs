//! What tills did on their own: what is printed of it, and how wrong operations are told.

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use super::{dangol, file};

/// 10 % of what is paid in points; ₩1,000 off with a coupon.
const PROGRAM: &str = r#"{ "format": 1, "id": "t", "version": "1", "currency": "KRW", "zone": "Asia/Seoul",
    "name": { "ko": "시장", "en": "The market" },
    "wallets": [{ "id": "points", "name": { "ko": "포인트", "en": "points" }, "tender": { "value": "1" } }],
    "accruals": [{ "id": "base", "award": { "percent": "10" } }],
    "offers": [{ "id": "gift", "coupon": {}, "benefit": { "amount_off": "1000" } }] }"#;

const MEMBER: &str = r#"{ "id": "m1",
    "coupons": [{ "id": "c/gift", "offer": "gift", "issued_at": "2025-12-01T00:00:00Z" }],
    "wallets": { "points": { "lots": [{ "id": "g/1", "earned_at": "2025-12-01T00:00:00Z", "points": "5000" }] } } }"#;

/// The program, and what a till sold to the member as all of them know him.
fn sell(program: &str, at: &str, price: &str, points: &str, order: &str) -> anyhow::Result<Value> {
    let member: Value = serde_json::from_str(MEMBER)?;
    let basket = json!({ "lines": [{ "sku": "x", "price": price }], "points": { "points": points } });
    let request = json!({ "member": member, "now": at, "basket": basket }).to_string();
    let placed = dangol(&["quote", "-p", program, "--json", "--place", order, "-"], &request)?;
    anyhow::ensure!(placed.code == Some(0), "{}", placed.err);
    let mut placed: Value = serde_json::from_str(&placed.out)?;
    Ok(placed.get_mut("order").map(Value::take).unwrap_or_default())
}

/// The program and the member; then two orders: ₩6,000 with the coupon and 5,000 points, and ₩8,000 with the coupon again
/// and 4,000 of the same points, which earns 300 for the ₩3,000 that are left.
fn two_tills() -> anyhow::Result<([String; 2], [Value; 2])> {
    let program = file("program.json", PROGRAM)?;
    let a1 = sell(&program, "2026-01-01T10:00:00+09:00", "6000", "5000", "a1")?;
    let b1 = sell(&program, "2026-01-01T11:00:00+09:00", "8000", "4000", "b1")?;
    Ok(([program, file("member.json", MEMBER)?], [a1, b1]))
}

fn refund(order: &Value, day: &str, operation: &str) -> Value {
    let now = format!("{day}T10:00:00+09:00");
    json!({ "refund": { "order": order, "returned": "cancel", "now": now, "operation": operation } })
}

fn act(action: Value, operation: &str) -> Value {
    json!({ "action": { "action": action, "now": "2026-01-01T12:00:00+09:00", "operation": operation } })
}

/// 300 that were earned and 200 that were granted make up for 500 of the 4,000 that were spent twice.
#[test]
fn operation_by_operation() -> anyhow::Result<()> {
    let ([program, member], [a1, b1]) = two_tills()?;
    let grant = json!({ "grant": { "points": "200", "reason": "sorry" } });
    let spend = json!({ "spend": { "points": "900" } });
    let done = json!([
        act(grant.clone(), "g1"),
        { "order": b1 },
        act(spend, "s1"),
        { "order": a1 },
        { "order": b1 },
        act(grant, "z1"),
        refund(&a1, "2026-01-02", "z1"),
    ]);
    // The grant under the name of the return came first, and is what counts.
    for (lang, told) in [
        (
            "en",
            "                         The market
                       Account of m1
------------------------------------------------------------
2026-01-01 10:00  a1                                 counted
2026-01-01 11:00  b1                                 counted
  points spent twice, on credit until later ones make up for
    them: 4,000
  coupon used twice: c/gift
2026-01-01 11:00  b1                          counted before
2026-01-01 12:00  g1                                 counted
2026-01-01 12:00  s1                                not done
  needs a balance of 900, the member can use 0
2026-01-01 12:00  z1                                 counted
2026-01-02 10:00  z1                            cannot count
  ",
        ),
        (
            "ko",
            "                            시장
                          m1 회원
------------------------------------------------------------
2026-01-01 10:00  a1                                    반영
2026-01-01 11:00  b1                                    반영
  두 번 쓴 포인트, 이후 적립으로 상계: 4,000
  두 번 쓴 쿠폰: c/gift
2026-01-01 11:00  b1                             이미 반영됨
2026-01-01 12:00  g1                                    반영
2026-01-01 12:00  s1                           처리되지 않음
  900 이상 있어야 합니다. 사용 가능 0
2026-01-01 12:00  z1                                    반영
2026-01-02 10:00  z1                          반영할 수 없음
  ",
        ),
    ] {
        let run = dangol(&["merge", &program, &member, "-", "--lang", lang], &done.to_string())?;
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        let below = run.out.strip_prefix(told);
        let below = below.ok_or_else(|| anyhow::anyhow!("{told}\n{}", run.out))?;
        assert!(below.contains("[operation_reused]\n"), "{below}");
        for line in run.out.lines() {
            assert!(line.width() <= 60, "{line}");
        }
        let balance = if lang == "en" {
            "------------------------------------------------------------
Balance after all of it
  points                                                   0
    On credit                                          3,300\n"
        } else {
            "------------------------------------------------------------
모두 반영한 후 잔액
  포인트                                                   0
    부족                                               3,300\n"
        };
        assert!(below.ends_with(balance), "{below}");
    }
    Ok(())
}

/// What is printed as JSON is the member to go on from; what came back is noted in its order.
#[test]
fn the_answer_as_json() -> anyhow::Result<()> {
    let ([program, member], [a1, b1]) = two_tills()?;
    let some = json!({ "done": [{ "order": b1 }, refund(&b1, "2026-01-02", "rb")] });
    let some = file("some.json", &some.to_string())?;
    let merged = dangol(&["merge", &program, &member, &some, "--json"], "")?;
    let answer: Value = serde_json::from_str(&merged.out)?;
    assert_eq!(answer["orders"][0]["back"]["refunded"].as_str(), Some("3000"));
    assert_eq!(answer["member"]["wallets"]["points"]["lots"][0]["points"].as_str(), Some("5000"));
    let counted: Vec<_> =
        answer["outcomes"].as_array().into_iter().flatten().map(|one| one["operation"].as_str()).collect();
    assert_eq!(counted, [Some("b1"), Some("rb")]);

    // All of it came back, so that nothing is spent twice.
    let merged = file("merged.json", &merged.out)?;
    let late = json!([{ "order": a1 }]).to_string();
    let run = dangol(&["merge", &program, &merged, "-", "--lang", "en"], &late)?;
    assert!(
        run.out.contains("\n2026-01-02 10:00  a1                                 counted\n---"),
        "{}",
        run.out
    );
    assert!(!run.out.contains("twice"), "{}", run.out);

    let nothing = dangol(&["merge", &program, &member, "-", "--lang", "ko"], "[]")?;
    assert!(nothing.out.ends_with("---\n합칠 것이 없습니다.\n"), "{}", nothing.out);
    Ok(())
}

#[test]
fn what_is_wrong_is_told_where_it_is_written() -> anyhow::Result<()> {
    let ([program, member], [a1, b1]) = two_tills()?;
    let mut changed = b1.clone();
    changed["hash"] = "0".repeat(32).into();
    let odd = file("odd.json", r#"{ "id": "m1", "wallets": { "points": 5 } }"#)?;
    let beside = json!({ "order": a1, "events": [] });
    for (member, done, head) in [
        (&member, json!([{ "sale": a1 }]), "[0].sale: "),
        (&member, json!([{ "action": 5 }]), "[0].action: "),
        (&member, beside, "expected a list"),
    ] {
        let run = dangol(&["merge", &program, member, "-"], &done.to_string())?;
        assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{head}");
        let (place, said) = run.err.split_once(": ").unwrap_or_default();
        assert!(place.starts_with("<stdin>:1:") && said.starts_with(head), "{head}\n{}", run.err);
    }
    let run = dangol(
        &["merge", &program, &member, "-", "--lang", "en"],
        &json!([{ "order": a1 }, { "order": changed }]).to_string(),
    )?;
    assert_eq!(run.code, Some(0));
    assert!(run.out.contains("a1                                 counted\n"), "{}", run.out);
    assert!(run.out.contains("b1                            cannot count\n"), "{}", run.out);
    assert!(run.out.contains("[wrong_hash]\n"), "{}", run.out);
    let run = dangol(&["merge", &program, &odd, "-"], "[]")?;
    assert!(
        run.code == Some(1) && run.err.starts_with(&format!("{odd}:1:38: wallets.points: ")),
        "{}",
        run.err
    );
    let piped = dangol(&["merge", &program, "-", "-"], "[]")?;
    assert!(piped.code == Some(2) && piped.err.contains("only one file can be `-`"), "{}", piped.err);
    Ok(())
}
