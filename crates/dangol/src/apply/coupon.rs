//! What events change about coupons.

use crate::error::ApplyError;
use crate::model::{Change, CouponEnd, CouponHold, HeldCoupon, Member, PastCoupon};
use crate::value::Id;

impl Member {
    pub(super) fn change_coupon(&mut self, change: &Change) -> Result<(), ApplyError> {
        match change {
            Change::CouponIssued { coupon, from } => {
                self.receive(coupon)?;
                if from.is_none() {
                    let issued = self.issued.entry(coupon.offer.clone()).or_default();
                    *issued = issued.saturating_add(1);
                }
            }
            Change::CouponRestored { coupon } => {
                self.receive(coupon)?;
                self.past_coupons.retain(|past| past.coupon.id != coupon.id);
            }
            Change::CouponRevoked { coupon, offer, order, .. } => {
                self.lose(coupon, CouponEnd::Revoked, None)?;
                // What an order issued that came back was never issued.
                if let Some(issued) = self.issued.get_mut(offer).filter(|_| order.is_some()) {
                    *issued = issued.saturating_sub(1);
                }
            }
            Change::CouponExpired { coupon, .. } => self.lose(coupon, CouponEnd::Expired, None)?,
            Change::CouponSent { coupon, order, .. } => self.lose(coupon, CouponEnd::Sent, order.clone())?,
            Change::CouponHeld { coupon, hold, until, .. } => {
                let hold = CouponHold { id: hold.clone(), until: *until };
                let held = self.coupons.iter_mut().find(|held| held.id == *coupon && held.hold.is_none());
                held.ok_or_else(|| missing(coupon))?.hold = Some(hold);
            }
            Change::CouponReleased { coupon, hold, .. } => {
                let is_it = |held: &&mut HeldCoupon| {
                    held.id == *coupon && held.hold.as_ref().is_some_and(|known| known.id == *hold)
                };
                self.coupons.iter_mut().find(is_it).ok_or_else(|| missing(coupon))?.hold = None;
            }
            // Everything else is no change of a coupon.
            _ => {}
        }
        Ok(())
    }

    /// The coupon goes with the order that used it; one that nobody held, or somebody else, is not among the member's.
    pub(super) fn use_coupon(&mut self, coupon: &Id, order: &Id) {
        if self.coupons.iter().any(|held| held.id == *coupon) {
            // It is there, so it can go.
            let _ = self.lose(coupon, CouponEnd::Used, Some(order.clone()));
        }
    }

    fn receive(&mut self, coupon: &HeldCoupon) -> Result<(), ApplyError> {
        if self.coupons.iter().any(|held| held.id == coupon.id) {
            return Err(ApplyError::WrongCoupon { coupon: coupon.id.clone(), exists: true });
        }
        self.coupons.push(coupon.clone());
        Ok(())
    }

    fn lose(&mut self, coupon: &Id, end: CouponEnd, order: Option<Id>) -> Result<(), ApplyError> {
        let place = self.coupons.iter().position(|held| held.id == *coupon);
        let coupon = self.coupons.remove(place.ok_or_else(|| missing(coupon))?);
        self.past_coupons.push(PastCoupon { coupon, end, order });
        let excess = self.past_coupons.len().saturating_sub(Member::MAX_PAST_COUPONS);
        self.past_coupons.drain(..excess);
        Ok(())
    }
}

fn missing(coupon: &Id) -> ApplyError {
    ApplyError::WrongCoupon { coupon: coupon.clone(), exists: false }
}
