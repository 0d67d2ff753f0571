//! The bounds stay honest: engine, hand-written code and reference agree, and what was generated is what would be.

use dangol_benches::{convert, fixture, readme, tables, workloads};

#[test]
fn engine_and_hand_written_code_agree_with_the_reference() {
    workloads::agree().unwrap();
}

#[test]
fn generated_files_are_fresh() {
    let (cafe, supermarket) = (fixture::cafe().unwrap().0.program, fixture::supermarket().unwrap().0.program);
    assert!(convert::program("w1", &cafe).unwrap() == workloads::CAFE, "run `-- generate`");
    assert!(convert::program("w2", &supermarket).unwrap() == workloads::SUPERMARKET, "run `-- generate`");
    assert!(
        tables::w2(&supermarket).unwrap() == include_str!("../src/bound/w2_tables.rs"),
        "run `-- generate`"
    );
    let text = include_str!("../README.md");
    assert!(readme::filled(text).unwrap() == text, "run `-- generate`");
}

#[test]
fn days_stand_for_the_coupons_seconds() {
    for (work, _) in [fixture::cafe().unwrap(), fixture::supermarket().unwrap()] {
        let today = convert::instant(work.now).unwrap().0.date_naive();
        for coupon in &work.program.coupons {
            let (first, last) = convert::days(coupon).unwrap();
            let valid = coupon.valid_from <= work.now && work.now < coupon.valid_to;
            assert_eq!(valid, first.0 <= today && today <= last.0, "{}", coupon.id);
        }
    }
}
