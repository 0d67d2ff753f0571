//! Spreading an amount over lines with so much room each, a unit of money at a time.

use serde_json::Value;

use super::number::{Q, sum};

/// The parts of a whole number of units over whole numbers of weights, the way that a program's `split` says. None is
/// above its room; they sum to the total, or to all the room there is.
pub(crate) fn spread(how: &Value, total: i64, weights: &[i64], room: &[i64]) -> Vec<i64> {
    let space: i64 = room.iter().sum();
    if total >= space {
        return room.to_vec();
    }
    if weights.iter().sum::<i64>() > 0 {
        let parts = place(how, total, weights, None);
        if parts.iter().zip(room).all(|(part, room)| part <= room) {
            return parts;
        }
    }
    // Who cannot take his share is full, and the rest is shared anew.
    let mut full = vec![0; room.len()];
    let mut left = total;
    let mut open: Vec<i64> =
        weights.iter().zip(room).map(|(weight, room)| if *room > 0 { *weight } else { 0 }).collect();
    loop {
        let all: i64 = open.iter().sum();
        if all == 0 && left > 0 {
            // Nothing says in what proportion: those that are not full share evenly.
            open = room.iter().zip(&full).map(|(room, full)| i64::from(room > full)).collect();
            continue;
        }
        let share = |line: usize| Q::whole(left).times(Q::whole(open[line])).over(Q::whole(all.max(1)));
        let Some(line) =
            (0..open.len()).find(|line| open[*line] > 0 && share(*line) >= Q::whole(room[*line]))
        else {
            break;
        };
        left -= room[line];
        (full[line], open[line]) = (room[line], 0);
    }
    let parts = place(how, left, &open, Some(room));
    parts.iter().zip(&full).map(|(part, full)| part + full).collect()
}

/// The rounded shares, and the difference to the whole, a unit after the other.
fn place(how: &Value, total: i64, weights: &[i64], room: Option<&[i64]>) -> Vec<i64> {
    let all: i64 = weights.iter().sum();
    if all == 0 {
        return vec![0; weights.len()];
    }
    let mode = how["shares"].as_str().unwrap_or("down");
    let share = |weight: i64| Q::whole(total).times(Q::whole(weight)).over(Q::whole(all));
    let rounded = |weight: i64| share(weight).rounded(mode, Q::ONE).to_whole();
    let rest = how["rest"].as_str().unwrap_or("largest_fractions");
    if rest == "cumulative" {
        let upto = |line: usize| rounded(weights[..line].iter().sum());
        return (0..weights.len()).map(|line| upto(line + 1) - upto(line)).collect();
    }
    let mut parts: Vec<i64> = weights.iter().map(|weight| rounded(*weight)).collect();
    let mut left = total - parts.iter().sum::<i64>();
    let missing: Vec<Q> =
        weights.iter().zip(&parts).map(|(weight, part)| share(*weight).minus(Q::whole(*part))).collect();
    let mut lines: Vec<usize> = (0..weights.len()).filter(|line| weights[*line] > 0).collect();
    match rest {
        "largest_fractions" => {
            lines.retain(|line| !missing[*line].is_zero());
            lines.sort_by_key(|line| std::cmp::Reverse(missing[*line]));
            if left < 0 {
                lines.reverse();
            }
        }
        "last_line" => lines.reverse(),
        "dearest_first" => lines.sort_by_key(|line| std::cmp::Reverse(weights[*line])),
        _ => {}
    }
    let most = |line: usize| room.map_or(i64::MAX, |room| room[line]);
    while left != 0 {
        let before = left;
        for line in &lines {
            let turns = if rest == "last_line" { left.abs() } else { 1 };
            for _ in 0..turns {
                let next = parts[*line] + left.signum();
                if left != 0 && (0..=most(*line)).contains(&next) {
                    parts[*line] = next;
                    left -= left.signum();
                }
            }
        }
        assert!(left != before, "nobody has room for {left} of {total} over {weights:?}");
    }
    assert_eq!(sum(parts.iter().map(|part| Q::whole(*part))), Q::whole(total));
    parts
}
