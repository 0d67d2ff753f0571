//! By what offers are there that do not apply by themselves.

use crate::model::{BearerCoupon, CouponHolder, HeldCoupon};

/// By what an offer is there that does not apply by itself: the public code that was shown, or a coupon.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::decide) struct Shown<'a> {
    /// The code, as it was shown.
    pub(in crate::decide) code: Option<&'a str>,
    /// The coupon, of the member or as the host has looked it up.
    pub(in crate::decide) coupon: Option<&'a HeldCoupon>,
    /// How the host has looked it up, where somebody else holds it.
    pub(in crate::decide) other: Option<&'a BearerCoupon>,
}

impl Shown<'_> {
    /// Whose the coupon is, where it is another member's.
    pub(in crate::decide) fn holder(&self) -> Option<CouponHolder> {
        let other = self.other?;
        Some(CouponHolder { member: other.holder.clone()?, member_version: other.holder_version? })
    }
}

/// The offers that need a code or a coupon and have one, by their numbers.
#[derive(Debug, Default)]
pub(in crate::decide) struct ShownOffers<'a>(Vec<(usize, Shown<'a>)>);

impl<'a> ShownOffers<'a> {
    fn place(&self, offer: usize) -> Result<usize, usize> {
        self.0.binary_search_by_key(&offer, |(known, _)| *known)
    }

    /// By what an offer is there.
    pub(in crate::decide) fn get(&self, offer: usize) -> Option<Shown<'a>> {
        let place = self.place(offer).ok()?;
        self.0.get(place).map(|(_, shown)| *shown)
    }

    /// Whether an offer is there.
    pub(super) fn has(&self, offer: usize) -> bool {
        self.place(offer).is_ok()
    }

    /// Notes by what an offer is there that was not before.
    pub(super) fn add(&mut self, offer: usize, shown: Shown<'a>) {
        if let Err(place) = self.place(offer) {
            self.0.insert(place, (offer, shown));
        }
    }
}
