//! The coupons that a member holds as of an instant, without changing anything.

use crate::decide::overdue::current;
use crate::error::InputError;
use crate::model::{CouponBalance, HeldCoupon, Member};
use crate::program::{Compiled, Program};
use crate::rule::window_refusal;
use crate::value::{Day, Instant, Lang};

use super::{by_end, offer, on_day};

impl Program {
    /// The coupons that the member holds as of an instant, whether or not anybody wrote what time did: those that end first
    /// in front, as baskets use them, and of each why no basket can use it now.
    ///
    /// What was used, taken back, given away or has ended is not among them. Names are in that language.
    ///
    /// # Errors
    /// An [`InputError`] where the instant lies before the member's latest event.
    pub fn coupons(
        &self,
        member: &Member,
        at: Instant,
        lang: Lang,
    ) -> Result<Vec<CouponBalance>, InputError> {
        let program = self.compiled();
        let member = current(program, member, at, "at")?.member;
        let today = program.zone().day(at);
        let mut held: Vec<&HeldCoupon> = member.coupons.iter().collect();
        held.sort_by_key(|coupon| by_end(coupon));
        Ok(held.into_iter().map(|coupon| standing(program, coupon, today, lang)).collect())
    }
}

fn standing(program: &Compiled, coupon: &HeldCoupon, today: Day, lang: Lang) -> CouponBalance {
    // Coupons whose offer is no coupon any more have its name all the same.
    let name = program.offer_of(&coupon.offer).and_then(|offer| offer.name.as_ref());
    let name = name.map_or(coupon.offer.as_str(), |name| name.get(lang)).to_owned();
    let found = offer(program, coupon);
    let last = found.as_ref().ok().and_then(|(_, offer)| offer.until);
    let until = [coupon.expires_on, last].into_iter().flatten().min();
    let refused = match found {
        Err(reason) => Some(reason),
        Ok((_, offer)) => {
            on_day(coupon, None, today).or_else(|| window_refusal(offer.from, offer.until, today))
        }
    };
    CouponBalance { coupon: coupon.clone(), name, until, usable: refused.is_none(), refused }
}
