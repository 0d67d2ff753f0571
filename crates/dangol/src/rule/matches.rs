//! Which lines of a basket each selector of the program matches.

use std::ops::Range;

/// A row of bits for each selector: the lines that it matches.
#[derive(Debug, Default)]
pub(crate) struct Matches {
    /// How many words of 64 bits a row has.
    words: usize,
    rows: Vec<u64>,
}

impl Matches {
    /// No selector matches any of so many lines yet.
    pub(crate) fn new(selectors: usize, lines: usize) -> Matches {
        let words = lines.div_ceil(64);
        Matches { words, rows: vec![0; selectors.saturating_mul(words)] }
    }

    /// Notes the selectors that match a line, a bit for each of them.
    pub(crate) fn note(&mut self, line: usize, selectors: &[u64]) {
        let (word, bit) = place_of_bit(line);
        let mut first = 0_usize;
        for group in selectors {
            let mut left = *group;
            while left != 0 {
                let selector = first.saturating_add(usize::try_from(left.trailing_zeros()).unwrap_or(0));
                if let Some(row) = self.rows.get_mut(selector.saturating_mul(self.words).saturating_add(word))
                {
                    *row |= bit;
                }
                left &= left.wrapping_sub(1);
            }
            first = first.saturating_add(64);
        }
    }

    /// The numbers of those lines of a range that a selector matches, or all, and that none of the exceptions matches.
    pub(crate) fn lines<'a>(
        &'a self,
        range: Range<usize>,
        selector: Option<u32>,
        except: &'a [u32],
    ) -> Lines<'a> {
        let own = selector.map(|selector| self.row(selector));
        let next = range.start.checked_div(64).unwrap_or(0);
        Lines { matches: self, own, except, range, next, first: 0, bits: 0 }
    }

    fn row(&self, selector: u32) -> &[u64] {
        let start = usize::try_from(selector).unwrap_or(usize::MAX).saturating_mul(self.words);
        self.rows.get(start..start.saturating_add(self.words)).unwrap_or_default()
    }
}

/// The word of a row in which a line or a selector has its bit, and the bit there.
pub(crate) fn place_of_bit(number: usize) -> (usize, u64) {
    let bit = u32::try_from(number.checked_rem(64).unwrap_or(0)).unwrap_or(0);
    (number.checked_div(64).unwrap_or(0), 1_u64.wrapping_shl(bit))
}

/// The numbers of matching lines, ascending.
#[derive(Clone, Debug)]
pub(crate) struct Lines<'a> {
    matches: &'a Matches,
    /// The row of the selector; nothing where every line counts.
    own: Option<&'a [u64]>,
    except: &'a [u32],
    range: Range<usize>,
    /// The next word to look at.
    next: usize,
    /// The number of the first line of this word.
    first: usize,
    /// What is left of this word.
    bits: u64,
}

impl Lines<'_> {
    /// How many there are.
    pub(crate) fn total(&self) -> usize {
        let words = self.range.start.checked_div(64).unwrap_or(0)..self.range.end.div_ceil(64);
        let lines = words.map(|word| self.load(word).count_ones()).fold(0_u32, u32::saturating_add);
        usize::try_from(lines).unwrap_or(usize::MAX)
    }

    /// The lines of a word that match.
    fn load(&self, word: usize) -> u64 {
        let mut bits = self.own.map_or(u64::MAX, |own| own.get(word).copied().unwrap_or(0));
        for selector in self.except {
            bits &= !self.matches.row(*selector).get(word).copied().unwrap_or(0);
        }
        let (first_word, first) = place_of_bit(self.range.start);
        if word == first_word {
            bits &= !first.wrapping_sub(1);
        }
        let (last_word, end) = place_of_bit(self.range.end);
        if word == last_word { bits & end.wrapping_sub(1) } else { bits }
    }
}

impl Iterator for Lines<'_> {
    type Item = usize;
    fn next(&mut self) -> Option<usize> {
        while self.bits == 0 {
            self.first = self.next.saturating_mul(64);
            if self.first >= self.range.end {
                return None;
            }
            self.bits = self.load(self.next);
            self.next = self.next.saturating_add(1);
        }
        let line = self.first.saturating_add(usize::try_from(self.bits.trailing_zeros()).unwrap_or(0));
        self.bits &= self.bits.wrapping_sub(1);
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_range_match_and_are_no_exceptions() {
        let mut matches = Matches::new(70, 200);
        for line in 0..200 {
            let (even, third) = (u64::from(line % 2 == 0), u64::from(line % 3 == 0));
            matches.note(line, &[even, third << 1]);
        }
        let found = |range: Range<usize>, selector, except: &[u32]| {
            matches.lines(range, selector, except).collect::<Vec<_>>()
        };
        let plain = |range: Range<usize>, keep: fn(usize) -> bool| {
            range.filter(|line| keep(*line)).collect::<Vec<_>>()
        };
        for range in [0..200, 0..0, 0..64, 63..65, 64..128, 190..200, 5..5] {
            assert_eq!(found(range.clone(), None, &[]), plain(range.clone(), |_| true));
            assert_eq!(found(range.clone(), Some(0), &[]), plain(range.clone(), |line| line % 2 == 0));
            assert_eq!(found(range.clone(), Some(65), &[0]), plain(range.clone(), |line| line % 6 == 3));
            assert_eq!(
                found(range.clone(), None, &[0, 65]),
                plain(range.clone(), |line| line % 2 != 0 && line % 3 != 0)
            );
            assert_eq!(
                matches.lines(range.clone(), Some(0), &[65]).total(),
                found(range.clone(), Some(0), &[65]).len()
            );
            assert_eq!(found(range, Some(1), &[]), Vec::<usize>::new());
        }
    }
}
