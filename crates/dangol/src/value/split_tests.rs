//! What a split keeps whatever it is given.

use super::{Split, SplitRest, SplitShares};

const SHARES: [SplitShares; 3] = [SplitShares::Down, SplitShares::HalfUp, SplitShares::HalfDown];
const RESTS: [SplitRest; 5] = [
    SplitRest::LargestFractions,
    SplitRest::FirstLines,
    SplitRest::LastLine,
    SplitRest::DearestFirst,
    SplitRest::Cumulative,
];

fn split(shares: SplitShares, rest: SplitRest) -> Split {
    Split { shares, rest, ..Split::USUAL }
}

fn parts(split: Split, total: i64, weights: &[i64], room: &[i64]) -> Vec<i64> {
    let mut parts = Vec::new();
    split.parts(total, weights, room, &mut parts);
    parts
}

fn shares(split: Split, total: i64, weights: &[i64]) -> Vec<i64> {
    let mut parts = Vec::new();
    split.shares(total, weights, &mut parts);
    parts
}

#[test]
fn what_is_left_goes_where_the_program_says() {
    let down = |rest| split(SplitShares::Down, rest);
    assert_eq!(shares(Split::USUAL, 100, &[1, 1, 1]), [34, 33, 33]);
    assert_eq!(shares(Split::USUAL, 10, &[3, 3, 4]), [3, 3, 4]);
    assert_eq!(shares(Split::USUAL, 5, &[1, 2, 4]), [1, 1, 3]);
    assert_eq!(shares(down(SplitRest::FirstLines), 5, &[1, 2, 4]), [1, 2, 2]);
    assert_eq!(shares(down(SplitRest::LastLine), 101, &[1, 1, 1]), [33, 33, 35]);
    assert_eq!(shares(down(SplitRest::DearestFirst), 5, &[1, 2, 4]), [0, 2, 3]);
    assert_eq!(shares(down(SplitRest::Cumulative), 100, &[1, 1, 1]), [33, 33, 34]);
}

#[test]
fn shares_that_were_rounded_up_are_taken_back() {
    let half_up = |rest| split(SplitShares::HalfUp, rest);
    // 1.5, 1.5 and 3: what was rounded up is one too much.
    assert_eq!(shares(half_up(SplitRest::FirstLines), 6, &[1, 1, 2]), [1, 2, 3]);
    assert_eq!(shares(half_up(SplitRest::LastLine), 6, &[1, 1, 2]), [2, 2, 2]);
    assert_eq!(shares(half_up(SplitRest::LargestFractions), 6, &[1, 1, 2]), [2, 1, 3]);
    assert_eq!(shares(half_up(SplitRest::Cumulative), 6, &[1, 1, 2]), [2, 1, 3]);
    // Sylius: each share to the nearest, a half down; a unit each to the first lines.
    let sylius = split(SplitShares::HalfDown, SplitRest::FirstLines);
    assert_eq!(shares(sylius, 300, &[4300, 1400, 2300]), [162, 52, 86]);
    assert_eq!(shares(sylius, 1000, &[1, 1, 1]), [334, 333, 333]);
}

#[test]
fn a_full_line_leaves_its_share_to_the_others() {
    let sylius = split(SplitShares::HalfDown, SplitRest::FirstLines);
    let (weights, room) = ([1000, 2000, 5000, 3000], [1000, 100, 0, 400]);
    assert_eq!(parts(sylius, 1200, &weights, &room), [700, 100, 0, 400]);
    let (weights, room) = ([10_000, 4000, 3000, 1000], [1000, 1000, 3000, 1000]);
    assert_eq!(parts(sylius, 3600, &weights, &room), [1000, 1000, 1200, 400]);
    // What there is no room for is not placed.
    assert_eq!(parts(Split::USUAL, 100, &[5, 5], &[20, 30]), [20, 30]);
}

#[test]
fn what_weighs_nothing_shares_evenly_once_the_others_are_full() {
    assert_eq!(parts(Split::USUAL, 10, &[0, 0], &[10, 10]), [5, 5]);
    assert_eq!(parts(Split::USUAL, 10, &[0, 0], &[10, 0]), [10, 0]);
    assert_eq!(parts(Split::USUAL, 300, &[0], &[0]), [0]);
    assert_eq!(parts(Split::USUAL, 10, &[1, 0, 0], &[4, 9, 9]), [4, 3, 3]);
    assert_eq!(shares(Split::USUAL, 100, &[0, 0]), [0, 0]);
    assert_eq!(shares(split(SplitShares::Down, SplitRest::Cumulative), 100, &[]), [0; 0]);
}

/// Every split of every small case: the parts sum to the whole, none exceeds its room, and where no room is short each
/// is the exact share but for less than the number of lines.
#[test]
fn the_parts_sum_to_the_whole() {
    let small = 0..4_i64;
    let three = |from: &[i64]| -> Vec<[i64; 3]> {
        let pairs = from.iter().flat_map(|a| from.iter().map(move |b| (*a, *b)));
        pairs.flat_map(|(a, b)| from.iter().map(move |c| [a, b, *c])).collect()
    };
    let all_weights = three(&small.collect::<Vec<_>>());
    let all_room = three(&[0, 1, 2, 5]);
    for (shares, rest) in SHARES.iter().flat_map(|shares| RESTS.map(|rest| (*shares, rest))) {
        let split = split(shares, rest);
        for (weights, room) in all_weights.iter().flat_map(|one| all_room.iter().map(move |room| (one, room)))
        {
            for total in 0..12 {
                let found = parts(split, total, weights, room);
                let case = format!("{split:?} {total} {weights:?} {room:?}: {found:?}");
                assert_eq!(found.iter().sum::<i64>(), total.min(room.iter().sum()), "{case}");
                assert!(found.iter().zip(room).all(|(part, room)| (0..=*room).contains(part)), "{case}");
                let free = parts(split, total, weights, &[99; 3]);
                let sum: i64 = weights.iter().sum();
                let exact = |(part, weight): (&i64, &i64)| (part * sum - total * weight).abs() < 3 * sum;
                assert!(sum == 0 || free.iter().zip(weights).all(exact), "{case}, {free:?}");
            }
        }
    }
}

/// The largest amounts there are: nothing wraps.
#[test]
fn large_amounts_are_split_exactly() {
    let most = 999_999_999_999_999;
    for (shares, rest) in SHARES.iter().flat_map(|shares| RESTS.map(|rest| (*shares, rest))) {
        let weights = vec![most; 1_000];
        let found = parts(split(shares, rest), most, &weights, &weights);
        assert_eq!(found.iter().sum::<i64>(), most);
        let short = vec![1_000_000_000_000; 1_000];
        let found = parts(split(shares, rest), most, &weights, &short);
        assert_eq!(found.iter().sum::<i64>(), most);
        assert!(found.iter().all(|part| *part <= 1_000_000_000_000));
    }
}
