//! W3: points redeemed from lots that lie sorted, a list for each field.

/// The lots, what is gone soonest first.
#[derive(Clone, Debug, Default)]
pub struct Lots {
    ids: Vec<u32>,
    remaining: Vec<i64>,
    /// The first day on which each is gone.
    expires: Vec<i32>,
}

impl Lots {
    /// The lots of a fixture, sorted.
    #[must_use]
    pub fn new(lots: &[crate::fixture::Lot]) -> Lots {
        let mut sorted = lots.to_vec();
        sorted.sort_by_key(|lot| (lot.expires_day, lot.id));
        Lots {
            ids: sorted.iter().map(|lot| lot.id).collect(),
            remaining: sorted.iter().map(|lot| lot.remaining).collect(),
            expires: sorted.iter().map(|lot| lot.expires_day).collect(),
        }
    }

    /// What is left, lot by lot.
    pub fn open(&self) -> impl Iterator<Item = (u32, i64)> {
        self.ids.iter().copied().zip(self.remaining.iter().copied()).filter(|(_, left)| *left > 0)
    }

    /// Takes points, or nothing where there are not enough; which lots they come from is left in `draws`.
    #[inline(never)]
    pub fn redeem(&mut self, points: i64, today: i32, draws: &mut Vec<(u32, i64)>) -> bool {
        draws.clear();
        let first = self.expires.partition_point(|day| *day <= today);
        if self.remaining[first..].iter().sum::<i64>() < points {
            return false;
        }
        let mut needed = points;
        for (id, left) in self.ids[first..].iter().zip(&mut self.remaining[first..]) {
            let taken = needed.min(*left);
            if taken > 0 {
                *left -= taken;
                needed -= taken;
                draws.push((*id, taken));
            }
            if needed == 0 {
                break;
            }
        }
        true
    }
}
