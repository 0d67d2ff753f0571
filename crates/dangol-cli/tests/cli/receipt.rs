//! Receipts in both languages.

use super::{dangol, file, sample};

/// What every line of a receipt may be wide.
const WIDTH: usize = 60;

#[test]
fn without_arguments_it_is_the_sample_in_english() -> anyhow::Result<()> {
    let run = dangol(&[], "")?;
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    for line in [
        "                         Café Haru",
        "             2026-11-20 (Fri) 12:20 Asia/Seoul",
        "latte                                    2 × ₩4,800   ₩9,600",
        "  A drink for ten stamps                             -₩4,300",
        "coffee-beans                        0.250 × ₩52,000  ₩13,000",
        "Subtotal                                             ₩33,400",
        "Discounts                                            -₩7,300",
        "Paid with points                                     -₩1,730",
        "Amount due                                           ₩24,370",
        "Points earned",
        "Balance after this order",
        "  points                                               2,436",
        "  stamps                                                   3",
        "Did not apply",
        "Try next:",
    ] {
        assert!(run.out.lines().any(|found| found == line), "{line}\n{}", run.out);
    }
    assert!(run.out.contains("2027-11-20"), "the points' last day");
    assert!(run.out.contains("2026-08-31"), "why the coupon does not apply");
    Ok(())
}

#[test]
fn in_korean_by_argument_or_locale() -> anyhow::Result<()> {
    let run = dangol(&["--lang", "ko"], "")?;
    assert_eq!(run.code, Some(0));
    for line in [
        "                         카페 하루",
        "              2026-11-20 (금) 12:20 Asia/Seoul",
        "latte                                  2 × 4,800원   9,600원",
        "  스탬프 10개로 음료 한 잔                          -4,300원",
        "합계                                                33,400원",
        "할인                                                -7,300원",
        "포인트 결제                                         -1,730원",
        "받을 금액                                           24,370원",
        "적립",
        "주문 후 잔액",
        "적용되지 않음",
        "  포인트                                               2,436",
    ] {
        assert!(run.out.lines().any(|found| found == line), "{line}\n{}", run.out);
    }
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dangol"));
    for variable in ["LANGUAGE", "LC_ALL", "LC_MESSAGES", "CARGO"] {
        command.env_remove(variable);
    }
    command.env("LANG", "ko_KR.UTF-8").env("COLUMNS", "60").current_dir(env!("CARGO_TARGET_TMPDIR"));
    assert_eq!(super::run(command, "")?.out, run.out);
    Ok(())
}

#[test]
fn no_line_is_wider_than_the_paper() -> anyhow::Result<()> {
    use unicode_width::UnicodeWidthStr;
    let request = file(
        "wide.json",
        r#"{ "member": { "id": "m1" }, "now": "2026-05-02T12:00:00+09:00", "basket": { "codes": ["nope"], "lines": [
            { "sku": "아주아주 긴 이름을 가진 유기농 무농약 제주 한라봉 선물 세트 (특대)", "price": "39900", "quantity": 12 },
            { "sku": "ramen", "price": "1200", "quantity": 5 }, { "sku": "kimchi", "gross": "15200" }] } }"#,
    )?;
    for lang in ["ko", "en"] {
        let run = dangol(&["quote", &request, "--program", &sample("shop.toml"), "--lang", lang], "")?;
        assert_eq!(run.code, Some(0), "{}", run.err);
        for line in run.out.lines() {
            assert!(line.width() <= WIDTH, "{line}");
        }
    }
    Ok(())
}

#[test]
fn what_time_changed_and_the_tier_are_on_it() -> anyhow::Result<()> {
    let request = file(
        "overdue.json",
        r#"{ "member": { "id": "m1", "tiers": { "status": { "tier": "silver" } }, "activity": [{ "on": "2025-03-01", "spend": "350000" }],
               "wallets": { "points": { "lots": [{ "id": "a/base", "points": "1200",
                 "earned_at": "2025-03-01T10:00:00+09:00", "expires_on": "2026-03-31" }] } } },
             "basket": { "lines": [{ "sku": "rice", "price": "10000" }] }, "now": "2026-05-04T12:00:00+09:00" }"#,
    )?;
    let run = dangol(&["quote", &request, "-p", &sample("shop.toml"), "--lang", "ko"], "")?;
    for text in ["주문 전에 바뀐 것", "포인트 1,200 소멸 (2026-03-31", "등급 우수 → 일반", "\n등급\n"]
    {
        assert!(run.out.contains(text), "{text}\n{}", run.out);
    }
    Ok(())
}

#[test]
fn tax_on_top_and_rounding_are_told_before_what_is_due() -> anyhow::Result<()> {
    let program = file(
        "taxed.json",
        r#"{ "format": 1, "id": "t", "version": "1", "currency": "CHF", "tax": { "rounding": { "mode": "half_up" } },
            "due_rounding": { "mode": "half_up", "unit": "0.05" } }"#,
    )?;
    let request = file(
        "taxes.json",
        r#"{ "member": { "id": "m1" }, "now": "2026-05-02T12:00:00Z", "basket": { "lines": [
            { "sku": "tea", "price": "9.99", "taxes": [{ "rate": "8.1", "included": false }] },
            { "sku": "cup", "price": "5.03", "taxes": [{ "rate": "8.1" }] }] } }"#,
    )?;
    let english = dangol(&["quote", &request, "--program", &program, "--lang", "en"], "")?;
    let korean = dangol(&["quote", &request, "--program", &program, "--lang", "ko"], "")?;
    for (run, rows) in [
        (english, [("Subtotal", "15.02"), ("Tax", "0.81"), ("Rounding", "0.02"), ("Amount due", "15.85")]),
        (korean, [("합계", "15.02"), ("세금", "0.81"), ("단수 조정", "0.02"), ("받을 금액", "15.85")]),
    ] {
        assert_eq!(run.code, Some(0), "{}", run.err);
        let found: Vec<&str> = run.out.lines().collect();
        let place = |(label, amount): &(&str, &str)| {
            found.iter().position(|line| line.starts_with(label) && line.ends_with(amount))
        };
        let places: Vec<Option<usize>> = rows.iter().map(place).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{}", run.out);
    }
    Ok(())
}
