//! The bakery: why a customer got what she got, and not her birthday coupon.

use super::{dangol, file, readme, sample};

const NOON: &str = "2026-05-15T12:00:00+09:00";

/// What a command prints about the bakery below the line under its head.
fn printed(command: &str, more: &[&str]) -> anyhow::Result<String> {
    let program = sample("bakery.toml");
    let mut args: Vec<&str> = vec![command];
    let (member, quote) = (sample("bakery-member.json"), sample("bakery-quote.json"));
    match command {
        "balance" => args.extend([program.as_str(), &member, "--at", NOON]),
        _ => args.extend([quote.as_str(), "--program", &program]),
    }
    args.extend(more);
    let run = dangol(&args, "")?;
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let (_, below) = run.out.split_once("---\n").unwrap_or_default();
    Ok(below.to_owned())
}

#[test]
fn every_offer_says_what_it_did() -> anyhow::Result<()> {
    let told = "
Offers
  Drinks: buy 2, get 1 [drinks-2-1]                  -₩4,300
    once, 1 unit worth ₩4,300: 100% off = ₩4,300
  Loaves: 5% off from 3, 10% from 5 [loaves]           -₩930
    5% of ₩18,600 = ₩930
  Birthday coupon for cakes [birthday]         did not apply
    ₩3,000 off from ₩20,000 is worth ₩1,180 more
  With our apologies [sorry]                   did not apply
    sorry-7/sorry: the coupon is set aside for another
      payment
  ₩3,000 off from ₩20,000 [hello]                    -₩3,000
    ₩3,000 off ₩36,370
  Free delivery from ₩50,000 [free-delivery]   did not apply
    needs ₩50,000, the basket has ₩41,600: ₩8,400 more
    ₩8,400 more for ₩3,000 off

Rules that grant points
  3% of every purchase [base]                         +1,001
    3% of ₩33,370 = 1,001 points, good until 2027-05-15
";
    assert_eq!(printed("explain", &["--lang", "en"])?, told);
    Ok(())
}

#[test]
fn every_offer_says_it_in_korean() -> anyhow::Result<()> {
    let told = "
혜택
  음료 2+1 [drinks-2-1]                             -4,300원
    1회, 1개(4,300원): 100% 할인 = 4,300원
  식빵 3개부터 5%, 5개부터 10% [loaves]               -930원
    18,600원의 5% = 930원
  생일 케이크 쿠폰 [birthday]                         미적용
    더 유리한 혜택 적용: 2만원 이상 3,000원 할인 (1,180원 더
      할인)
  사과 쿠폰 [sorry]                                   미적용
    sorry-7/sorry: 다른 결제에 예약된 쿠폰입니다
  2만원 이상 3,000원 할인 [hello]                   -3,000원
    36,370원에서 3,000원 할인
  5만원 이상 무료 배송 [free-delivery]                미적용
    50,000원 이상이어야 합니다. 현재 41,600원, 8,400원 부족
    8,400원 더 담으면 3,000원 할인

적립 규칙
  구매 금액의 3% [base]                               +1,001
    33,370원의 3% = 포인트 1,001, 2027-05-15까지 사용
";
    assert_eq!(printed("explain", &["--lang", "ko"])?, told);
    Ok(())
}

/// The question at the counter: her coupon is there, and something else is worth more; or it is over; or she had none.
#[test]
fn why_she_did_not_get_her_coupon() -> anyhow::Result<()> {
    let alone = |reason: &str| {
        format!("\nOffers\n  Birthday coupon for cakes [birthday]         did not apply\n    {reason}\n")
    };
    let asked = ["--lang", "en", "--offer", "birthday"];
    assert_eq!(printed("explain", &asked)?, alone("₩3,000 off from ₩20,000 is worth ₩1,180 more"));
    let july = [&asked[..], &["--now", "2026-07-01T00:00:00+09:00"]].concat();
    let expired = "coupon expired after 2026-06-12: Birthday coupon for\n      cakes";
    assert_eq!(printed("explain", &july)?, alone(expired));

    let coupon = r#"{ "id": "2026-05-13/birthday", "offer": "birthday", "issued_at": "2026-05-12T15:00:00Z",
        "expires_on": "2026-06-12" }"#;
    for (past, reason) in [
        ("", "no coupon for it is held or was shown"),
        (r#""end": "used", "order": "o1""#, "2026-05-13/birthday: the coupon was used"),
        (r#""end": "revoked""#, "2026-05-13/birthday: the coupon was taken back"),
        (r#""end": "sent""#, "2026-05-13/birthday: the coupon is somebody else's"),
        (r#""end": "expired""#, "2026-05-13/birthday: ended on 2026-06-12"),
    ] {
        let past =
            if past.is_empty() { String::new() } else { format!(r#"{{ "coupon": {coupon}, {past} }}"#) };
        let request = format!(
            r#"{{ "member": {{ "id": "m2", "past_coupons": [{past}] }}, "now": "{NOON}",
                "basket": {{ "lines": [{{ "sku": "cheesecake", "categories": ["cake"], "price": "9100" }}] }} }}"#
        );
        let program = sample("bakery.toml");
        let run = dangol(&[&["explain", "--program", &program][..], &asked[..]].concat(), &request)?;
        assert!(run.out.ends_with(&alone(reason)), "{}{}", run.out, run.err);
    }
    Ok(())
}

#[test]
fn a_coupon_of_no_known_offer_stands_alone() -> anyhow::Result<()> {
    let request = file(
        "old.json",
        r#"{ "member": { "id": "m2", "coupons": [{ "id": "x/old", "offer": "old", "issued_at": "2026-05-01T00:00:00Z" }] },
            "basket": { "lines": [{ "sku": "latte", "price": "4800" }] }, "now": "2026-05-15T12:00:00+09:00" }"#,
    )?;
    let run = dangol(&["explain", &request, "--program", &sample("bakery.toml"), "--lang", "en"], "")?;
    let told =
        "  old                                          did not apply\n    there is no offer old any more\n";
    assert!(run.out.contains(told), "{}{}", run.out, run.err);
    Ok(())
}

#[test]
fn the_account_has_the_coupons() -> anyhow::Result<()> {
    for (lang, told) in [
        (
            "en",
            "
Coupons
  Birthday coupon for cakes                 until 2026-06-12
    2026-05-13/birthday
  With our apologies                        until 2026-07-31
    sorry-7/sorry · code HUR2-SB2B-GNJY · held for pay-41
",
        ),
        (
            "ko",
            "
쿠폰
  생일 케이크 쿠폰                            2026-06-12까지
    2026-05-13/birthday
  사과 쿠폰                                   2026-07-31까지
    sorry-7/sorry · 코드 HUR2-SB2B-GNJY · pay-41 예약
",
        ),
    ] {
        let printed = printed("balance", &["--lang", lang])?;
        assert!(printed.ends_with(told), "{printed}");
    }
    Ok(())
}

#[test]
fn coupons_without_a_wallet_that_cannot_be_used_yet_or_never_end() -> anyhow::Result<()> {
    let program = file(
        "coupons.json",
        r#"{ "format": 1, "id": "t", "version": "1", "currency": "KRW", "offers": [
            { "id": "a", "coupon": {}, "benefit": { "amount_off": "100" } }] }"#,
    )?;
    let member = file(
        "m1.json",
        r#"{ "id": "m1", "coupons": [
            { "id": "i/a", "offer": "a", "issued_at": "2026-05-01T00:00:00Z", "usable_from": "2026-06-01" },
            { "id": "j/b", "offer": "b", "issued_at": "2026-05-02T00:00:00Z" }] }"#,
    )?;
    let args = ["balance", &program, &member, "--at", NOON];
    let told = "Coupons
  a                                                   no end
    i/a · starts on 2026-06-01
  b                                                   no end
    j/b · there is no offer b any more
";
    let run = dangol(&args, "")?;
    assert!(run.out.ends_with(told) && !run.out.contains("\n\n"), "{}{}", run.out, run.err);
    let run = dangol(&[&args[..], &["--json"]].concat(), "")?;
    let found: serde_json::Value = serde_json::from_str(&run.out)?;
    assert_eq!((&found["coupons"][0]["usable"], &found["balances"]), (&false.into(), &serde_json::json!([])));
    Ok(())
}

#[test]
fn the_receipt_names_the_code_and_what_is_near() -> anyhow::Result<()> {
    for (lang, lines) in [
        (
            "en",
            [
                "  ₩3,000 off from ₩20,000 (hello 3000): ₩3,000 off ₩36,370",
                "  Free delivery from ₩50,000: ₩8,400 more for ₩3,000 off",
            ],
        ),
        (
            "ko",
            [
                "  2만원 이상 3,000원 할인 (hello 3000): 36,370원에서 3,000원",
                "  5만원 이상 무료 배송: 8,400원 더 담으면 3,000원 할인",
            ],
        ),
    ] {
        let printed = printed("quote", &["--lang", lang])?;
        for line in lines {
            assert!(printed.lines().any(|found| found == line), "{line}\n{printed}");
        }
    }
    Ok(())
}

/// What the READMEs say of the bakery stands in its file, and is what is printed in a terminal.
#[test]
fn the_readmes_tell_of_this_bakery() -> anyhow::Result<()> {
    let program = std::fs::read_to_string(sample("bakery.toml"))?;
    for section in [("README.md", "## Offers and coupons", "en"), ("README.ko.md", "## 혜택과 쿠폰", "ko")]
    {
        let offers = readme::block(section, "toml")?;
        assert!(offers.matches("[[offers]]").count() == 3, "{section:?}: {offers}");
        for offer in offers.trim_end().split("\n\n") {
            assert!(program.contains(offer), "{section:?}: {offer}");
        }
        readme::printed(section)?;
    }
    Ok(())
}
