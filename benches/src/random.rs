//! Numbers that look random and are the same everywhere.

/// Marsaglia's xorshift.
#[derive(Debug)]
pub(crate) struct Random(u64);

impl Random {
    /// Always the same row of numbers.
    pub(crate) fn new() -> Random {
        Random(88_172_645_463_325_252)
    }

    /// Another row for each number.
    pub(crate) fn seeded(seed: u64) -> Random {
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        (0..8).for_each(|_| _ = random.below(2));
        random
    }

    /// A number below the limit.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20).checked_rem(limit).unwrap_or(0)
    }

    /// One of so many numbers from `first` on.
    pub(crate) fn between(&mut self, first: u64, count: u64) -> u64 {
        self.below(count).saturating_add(first)
    }
}
