//! Every offer and rule of a program, with what it did to a basket.

use super::{dangol, file, sample};

const PROGRAM: &str = r#"{ "format": 1, "id": "t", "version": "1", "name": { "en": "Shop", "ko": "가게" }, "currency": "KRW", "zone": "Asia/Seoul",
  "wallets": [{ "id": "points", "tender": { "value": "1" } }],
  "accruals": [
    { "id": "base", "name": { "en": "Base", "ko": "기본" }, "award": { "percent": "1" } },
    { "id": "app", "award": { "fixed": "50" }, "when": { "channel_in": ["app"] } },
    { "id": "gift", "on": "birthday", "award": { "fixed": "1000" } }],
  "multipliers": [{ "id": "double", "factor": "2", "when": { "weekdays": ["sun"] } }, { "id": "triple", "factor": "3" }],
  "lanes": [{ "id": "offers", "choose": "all" }],
  "offers": [
    { "id": "ten", "name": { "en": "Ten percent", "ko": "10% 할인" }, "benefit": { "percent_off": "10" }, "at_most": "2000" },
    { "id": "big", "name": { "en": "From ₩30,000", "ko": "3만원 이상" }, "when": { "spend": { "at_least": "30000" } }, "benefit": { "amount_off": "3000" } },
    { "id": "secret", "code": "SECRET", "benefit": { "amount_off": "500" } },
    { "id": "once", "benefit": { "amount_off": "100" }, "limit": { "per_day": 1 } }] }"#;

const REQUEST: &str = r#"{ "member": { "id": "m1", "tallies": [{ "kind": "offer", "of": "once", "per": "day", "since": "2026-03-04", "times": 1 }] },
  "basket": { "lines": [{ "sku": "latte", "price": "21605" }], "codes": ["nope"], "points": { "points": "max" } }, "now": "2026-03-04T12:00:00+09:00" }"#;

#[test]
fn every_offer_and_rule_is_told_in_the_order_of_the_file() -> anyhow::Result<()> {
    let (program, request) = (file("shop.json", PROGRAM)?, file("request.json", REQUEST)?);
    let run = dangol(&["explain", &request, "--program", &program, "--lang", "en"], "")?;
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let told = "
Offers
  Ten percent [ten]                                  -₩2,000
    10% of ₩21,605 = ₩2,160, ₩0.5 lost to rounding, cut to
      ₩2,000 by its cap
  From ₩30,000 [big]                           did not apply
    needs ₩30,000, the basket has ₩21,605: ₩8,395 more
    ₩8,395 more for ₩3,000 off
  secret                                       did not apply
    its code was not shown
  once                                         did not apply
    used 1 of 1 times per day
  nope                                         did not apply
    no offer has this code

Rules that grant points
  Base [base]                                           +588
    1% of ₩19,605 = 588 points, with triple ×3
  app                                          did not apply
    applies in app, the sale is in an unnamed place
  gift                                         did not apply
    grants points on another occasion than an order

Multipliers
  double                                       did not apply
    applies on Sunday, not on Wednesday
  triple                                                  ×3
    base
";
    assert!(run.out.contains(told), "{}", run.out);
    Ok(())
}

#[test]
fn one_offer_alone_in_korean() -> anyhow::Result<()> {
    let (program, request) = (file("shop.json", PROGRAM)?, file("request.json", REQUEST)?);
    let run = dangol(&["explain", &request, "-p", &program, "--lang", "ko", "--offer", "big"], "")?;
    assert_eq!(run.code, Some(0), "{}", run.err);
    let told = "------------------------------------------------------------

혜택
  3만원 이상 [big]                                    미적용
    30,000원 이상이어야 합니다. 현재 21,605원, 8,395원 부족
    8,395원 더 담으면 3,000원 할인
";
    assert!(run.out.ends_with(told), "{}", run.out);
    let rule = dangol(&["explain", &request, "-p", &program, "--lang", "ko", "--offer", "base"], "")?;
    assert!(rule.out.ends_with("\n적립 규칙\n  기본 [base]                                           +588\n    19,605원의 1% = points 588, triple ×3 적용\n"), "{}", rule.out);
    Ok(())
}

#[test]
fn an_offer_that_there_is_not() -> anyhow::Result<()> {
    let run =
        dangol(&["explain", "--offer", "nope", "-"], &std::fs::read_to_string(sample("cafe-quote.json"))?)?;
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(run.err.contains("no offer, rule or multiplier `nope`"), "{}", run.err);
    Ok(())
}

#[test]
fn a_wrong_request_is_told_as_with_a_quote() -> anyhow::Result<()> {
    let wrong = REQUEST.replace("21605", "-1");
    let (explained, quoted) = (dangol(&["explain"], &wrong)?, dangol(&["quote"], &wrong)?);
    assert_eq!((explained.code, explained.err), (Some(1), quoted.err));
    Ok(())
}

#[test]
fn the_receipt_tells_what_is_near() -> anyhow::Result<()> {
    let (program, request) = (file("shop.json", PROGRAM)?, file("request.json", REQUEST)?);
    for (lang, told) in [
        ("en", "\nAlmost there\n  From ₩30,000: ₩8,395 more for ₩3,000 off\n"),
        ("ko", "\n조금만 더\n  3만원 이상: 8,395원 더 담으면 3,000원 할인\n"),
    ] {
        let run = dangol(&["quote", &request, "-p", &program, "--lang", lang], "")?;
        assert!(run.out.contains(told), "{}", run.out);
    }
    Ok(())
}
