//! Exchanges: two receipts and one amount, the files they stand in between, and how wrong ones are told.

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::refund::{SUNDAY, sold};
use super::{dangol, file};

/// The command's words about the files of `sold` and a basket: a third of the rice comes back, for which ₩1,800 were paid.
fn exchange<'a>([program, member, order]: [&'a str; 3], basket: &'a str, name: &'a str) -> Vec<&'a str> {
    let files = ["exchange", program, member, order, basket];
    [&files[..], &["--lines", "1=1", "--now", SUNDAY, "--operation", name]].concat()
}

fn basket(price: &str) -> anyhow::Result<String> {
    file("basket.json", &format!(r#"{{ "lines": [{{ "sku": "tea", "price": "{price}" }}] }}"#))
}

/// Of 900 points 180 go; 200 of those that are left pay for tea, on whose other ₩2,300 there are 230.
#[test]
fn two_receipts_and_one_amount() -> anyhow::Result<()> {
    let [program, request, placed] = sold()?;
    let tea =
        r#"{ "basket": { "lines": [{ "sku": "tea", "price": "2500" }], "points": { "points": "200" } } }"#;
    let tea = file("tea.json", tea)?;
    for (lang, told, parts) in [
        (
            "en",
            "                         The market
           Return of order o1 in exchange for o2
             2026-05-10 (Sun) 12:00 Asia/Seoul
------------------------------------------------------------
rice                                           1 / 3  ₩1,800
------------------------------------------------------------
Goods                                                 ₩1,800
------------------------------------------------------------
Refund                                                ₩1,800
  card                                                ₩1,500
  cash                                                  ₩300
",
            [
                "\ntea                                       1 × ₩2,500  ₩2,500\n",
                "\nAmount due                                            ₩2,300\n",
                "\n------------------------------------------------------------
To be paid for the exchange                             ₩500\n",
            ],
        ),
        (
            "ko",
            "                            시장
                주문 o1 반품 (교환 주문 o2)
              2026-05-10 (일) 12:00 Asia/Seoul
------------------------------------------------------------
rice                                          1 / 3  1,800원
------------------------------------------------------------
상품                                                 1,800원
------------------------------------------------------------
환불 금액                                            1,800원
  card                                               1,500원
  cash                                                 300원
",
            [
                "\ntea                                     1 × 2,500원  2,500원\n",
                "\n받을 금액                                            2,300원\n",
                "\n------------------------------------------------------------
교환 차액, 받을 금액                                   500원\n",
            ],
        ),
    ] {
        let args = [exchange([&program, &request, &placed], &tea, "o2"), vec!["--lang", lang]].concat();
        let run = dangol(&args, "")?;
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert!(run.out.starts_with(told), "{told}\n{}", run.out);
        for part in parts {
            assert!(run.out.contains(part), "{part}\n{}", run.out);
        }
        assert!(run.out.ends_with(parts[2]), "{}", run.out);
        for line in run.out.lines() {
            assert!(line.width() <= 60, "{line}");
        }
        // One balance, that after both.
        let balance = if lang == "en" {
            "Balance after this order\n  points"
        } else {
            "주문 후 잔액\n  포인트"
        };
        let (_, below) = run.out.split_once(balance).unwrap_or_default();
        assert_eq!(below.trim_start().split_once('\n').unwrap_or_default().0, "750", "{}", run.out);
        let after_return = if lang == "en" { "after this return" } else { "반품 후" };
        assert!(!run.out.contains(after_return), "{}", run.out);
    }
    Ok(())
}

#[test]
fn what_is_cheaper_gives_money_back() -> anyhow::Result<()> {
    let [program, request, placed] = sold()?;
    for (price, en, ko) in [
        (
            "500",
            "To be given back for the exchange                     ₩1,300",
            "교환 차액, 환불할 금액                               1,300원",
        ),
        (
            "1800",
            "Nothing to pay for the exchange                           ₩0",
            "교환 차액 없음                                           0원",
        ),
    ] {
        let tea = basket(price)?;
        for (lang, last) in [("en", en), ("ko", ko)] {
            let args = [exchange([&program, &request, &placed], &tea, "o2"), vec!["--lang", lang]].concat();
            let run = dangol(&args, "")?;
            assert_eq!(run.out.lines().last(), Some(last), "{}", run.err);
        }
    }
    Ok(())
}

/// What is printed as JSON goes in again: the same exchange is made once, and both orders can come back.
#[test]
fn it_goes_on_from_what_was_printed() -> anyhow::Result<()> {
    let [program, request, placed] = sold()?;
    let tea = basket("2500")?;
    let json = ["--json", "--apply"];
    let made = dangol(&[exchange([&program, &request, &placed], &tea, "o2"), json.to_vec()].concat(), "")?;
    let answer: Value = serde_json::from_str(&made.out)?;
    assert_eq!(answer["due"].as_str(), Some("700"));
    assert_eq!(answer["exchanged"]["quote"]["due"].as_str(), Some("2500"));
    assert_eq!(answer["order"]["back"]["lines"]["1"].as_str(), Some("1"));
    let lots = answer["member"]["wallets"]["points"]["lots"].as_array().map(Vec::as_slice);
    let points: Vec<_> = lots.into_iter().flatten().map(|lot| lot["points"].as_str()).collect();
    assert_eq!(points, [Some("720"), Some("250")]);

    let made = file("made.json", &made.out)?;
    let files = [program.as_str(), &made, &made];
    let again = dangol(&[exchange(files, &tea, "o2"), vec!["--lang", "en"]].concat(), "")?;
    let told = "\nThis exchange was made before: there is nothing to pay\n  again.\n";
    assert!(again.out.contains(told), "{}{}", again.out, again.err);
    assert!(!again.out.contains("tea") && !again.out.contains("To be paid"), "{}", again.out);

    let other = dangol(&exchange(files, &basket("2600")?, "o2"), "")?;
    assert!(other.code == Some(1) && other.err.starts_with("--operation o2: "), "{}", other.err);

    let whole = dangol(
        &["refund", &program, &made, &made, "--cancel", "--now", SUNDAY, "--operation", "r3", "--json"],
        "",
    )?;
    let whole: Value = serde_json::from_str(&whole.out)?;
    assert_eq!(whole["returned"]["money"].as_str(), Some("10200"));
    Ok(())
}

#[test]
fn a_no_sells_nothing() -> anyhow::Result<()> {
    let [program, request, placed] = sold()?;
    let whole = ["--cancel", "--now", SUNDAY, "--operation", "r1", "--json", "--apply"];
    let whole = dangol(&[&["refund", &program, &request, &placed], &whole[..]].concat(), "")?;
    let whole = file("whole.json", &whole.out)?;
    let tea = basket("2500")?;
    let more = ["--cancel", "--now", SUNDAY, "--operation", "o2", "--lang", "en"];
    let run = dangol(&[&["exchange", &program, &whole, &whole, &tea], &more[..]].concat(), "")?;
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.ends_with("---\nnot done: there is nothing left of it\n"), "{}", run.out);
    Ok(())
}

#[test]
fn what_is_wrong_is_told_where_it_is_written() -> anyhow::Result<()> {
    let [program, request, placed] = sold()?;
    let tea = basket("2500")?;
    let minus = file("minus.json", r#"{ "lines": [{ "sku": "tea", "price": "-1" }] }"#)?;
    let beside = r#"{ "basket": { "lines": [{ "sku": "tea", "prise": "1" }] } }"#;
    let beside = file("beside.json", beside)?;
    let (files, with) = ([program.as_str(), &request, &placed], |basket, name| (basket, name));
    for ((basket, name), head) in [
        (with(tea.as_str(), "o1"), "--operation o1: ".to_owned()),
        (with(minus.as_str(), "o2"), format!("{minus}:1:38: lines[0].price: ")),
        (with(beside.as_str(), "o2"), format!("{beside}:1:41: basket.lines[0].prise: no such field")),
        (with(placed.as_str(), "o2"), format!("{placed}:")),
    ] {
        let run = dangol(&exchange(files, basket, name), "")?;
        assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{head}");
        assert!(run.err.starts_with(&head), "{head}\n{}", run.err);
    }
    let what = |what| ["exchange", &program, &request, &placed, &tea, what, "--now", SUNDAY];
    let reopen = dangol(&[&what("--reopen")[..], &["--operation", "o2"]].concat(), "")?;
    assert!(reopen.code == Some(1) && reopen.err.starts_with("--reopen: "), "{}", reopen.err);

    let help = dangol(&["exchange", "--help"], "")?;
    assert!(help.out.contains("id of the new order") && !help.out.contains("reopen"), "{}", help.out);
    let piped = dangol(&exchange([&program, "-", &placed], "-", "o2"), "")?;
    assert!(piped.code == Some(2) && piped.err.contains("only one file can be `-`"), "{}", piped.err);
    Ok(())
}
