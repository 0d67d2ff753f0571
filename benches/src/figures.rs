//! Figures as people read them, without floats.

/// Picoseconds: `28.5 ns`, `1.10 µs`, `2.45 ms`.
#[must_use]
pub fn time(picoseconds: u64) -> String {
    match picoseconds {
        0..1_000_000 => format!("{} ns", tenths(picoseconds, 1_000)),
        1_000_000..1_000_000_000 => format!("{} µs", hundredths(picoseconds, 1_000_000)),
        _ => format!("{} ms", hundredths(picoseconds, 1_000_000_000)),
    }
}

/// A number in groups of three: `21,034`.
#[must_use]
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.char_indices() {
        let left = digits.len().saturating_sub(index);
        if index > 0 && left.is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// How many times larger, to a tenth: `5.3`.
#[must_use]
pub fn ratio(number: u64, of: u64) -> String {
    tenths(number, of)
}

/// How many times larger, to a hundredth: `1.97`.
#[must_use]
pub fn fine_ratio(number: u64, of: u64) -> String {
    hundredths(number, of)
}

fn tenths(number: u64, of: u64) -> String {
    let rounded = rounded(number, of, 10);
    format!("{}.{}", rounded / 10, rounded % 10)
}

fn hundredths(number: u64, of: u64) -> String {
    let rounded = rounded(number, of, 100);
    format!("{}.{:02}", rounded / 100, rounded % 100)
}

fn rounded(number: u64, of: u64, parts: u64) -> u64 {
    number.saturating_mul(parts).saturating_add(of / 2).checked_div(of).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_three_digits_or_so() {
        assert_eq!(time(28_480), "28.5 ns");
        assert_eq!(time(1_104_000), "1.10 µs");
        assert_eq!(count(21_034), "21,034");
        assert_eq!(count(100), "100");
        assert_eq!(ratio(456, 100), "4.6");
    }
}
