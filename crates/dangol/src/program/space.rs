//! Whether codes are long enough for as many coupons as may be issued.

use super::parts::Parts;
use crate::check::Check;
use crate::error::Code;
use crate::value::CodeShape;

impl Parts {
    /// There must be codes for all coupons that the host issues by hand and that are limited in number; the others have no
    /// codes, or nobody knows how many there will be.
    pub(super) fn enough_codes(&self, codes: CodeShape, check: &mut Check) {
        let mut lengths = CodeShape::MIN_LENGTH..=CodeShape::MAX_LENGTH;
        let by_hand = self.offers.iter().filter_map(|(_, offer)| offer.coupon.as_ref());
        let by_hand = by_hand.filter(|terms| terms.issue.is_empty()).filter_map(|terms| terms.limit?.total);
        let wanted = by_hand.fold(0_u64, u64::saturating_add);
        let (length, room) = (codes.length, codes.capacity());
        if wanted <= room || !lengths.contains(&length) {
            return;
        }
        let suffices = |length: &u32| wanted <= CodeShape { length: *length, ..codes }.capacity();
        let enough = lengths.find(suffices).unwrap_or(CodeShape::MAX_LENGTH);
        let message = format!(
            "{wanted} coupons may be issued, and of codes with {length} signs {room} may be given out, so that guessing does \
             not pay: make them {enough} long, or lower `coupon.limit.total`"
        );
        check.at("codes.length", |check| check.problem(Code::Contradiction, message));
    }
}
