//! Events that do not fit a member.

use super::Code;
use crate::value::{Amount, Id, Instant, Overflow, Points};

/// An event does not fit the member: nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// The member has seen events up to `have`; this one makes version `got`.
    #[error("the member is at version {have}, so the next event makes {}, not {got}", have.saturating_add(1))]
    Gap {
        /// The member's version.
        have: u64,
        /// The version that the event makes.
        got: u64,
    },
    /// The operation was already done with other events.
    #[error("operation `{operation}` was done before")]
    OperationReused {
        /// The operation.
        operation: Id,
    },
    /// The event is about somebody else.
    #[error("the event is about member `{got}`, not `{have}`")]
    WrongMember {
        /// The member at hand.
        have: Id,
        /// The member that the event names.
        got: Id,
    },
    /// The lot does not exist, or exists already.
    #[error("wallet `{wallet}` {} lot `{lot}`", if *exists { "already has" } else { "has no" })]
    WrongLot {
        /// The wallet.
        wallet: Id,
        /// The lot.
        lot: Id,
        /// Whether it exists.
        exists: bool,
    },
    /// The event makes a lot that no member can have.
    #[error("in wallet `{wallet}` {fault}")]
    ImpossibleLot {
        /// The wallet.
        wallet: Id,
        /// What is wrong with it.
        fault: String,
    },
    /// The lot holds less than the event takes.
    #[error("lot `{lot}` of wallet `{wallet}` has {have} left, {need} are to go")]
    LotTooSmall {
        /// The wallet.
        wallet: Id,
        /// The lot.
        lot: Id,
        /// What is left.
        have: Points,
        /// What the event takes.
        need: Points,
    },
    /// The member has seen another event in this place: two bookings were made from the same version.
    #[error("version {version} was made by operation `{have}`, not `{got}`")]
    Conflict {
        /// The version that the event makes.
        version: u64,
        /// The operation that made it.
        have: Id,
        /// The operation of the event.
        got: Id,
    },
    /// The points of an event are not the sum of its lots.
    #[error("{points} points are said to be spent, but the lots make {lots}")]
    Unbalanced {
        /// What the event says.
        points: Points,
        /// What its lots make.
        lots: Points,
    },
    /// The operation starts in the middle: its first events are missing.
    #[error("operation `{operation}` starts with its event number {step}")]
    MissingStep {
        /// The operation.
        operation: Id,
        /// The number of the event within it.
        step: u32,
    },
    /// An amount that must be more than nothing is not, or one that may be nothing is negative.
    #[error("`{field}` of an event cannot be {amount}")]
    OutOfRange {
        /// The field.
        field: &'static str,
        /// What it holds.
        amount: Amount,
    },
    /// The hold does not exist, or exists already.
    #[error("wallet `{wallet}` {} hold `{hold}`", if *exists { "already has" } else { "has no" })]
    WrongHold {
        /// The wallet.
        wallet: Id,
        /// The hold.
        hold: Id,
        /// Whether it exists.
        exists: bool,
    },
    /// The coupon is not there, is there already, or is set aside or free where it must not be.
    #[error("the member {} coupon `{coupon}`", if *exists { "already has" } else { "has no free" })]
    WrongCoupon {
        /// The coupon.
        coupon: Id,
        /// Whether it exists.
        exists: bool,
    },
    /// More is said to make up for a deficit than is missing.
    #[error("wallet `{wallet}` has a deficit of {have}, {need} are to make up for it")]
    DeficitTooSmall {
        /// The wallet.
        wallet: Id,
        /// What is missing.
        have: Points,
        /// What the event takes.
        need: Points,
    },
    /// More points are said to be there again than had gone.
    #[error("wallet `{wallet}` has spent or lost {have}, {need} of them are to be there again")]
    NothingToRestore {
        /// The wallet.
        wallet: Id,
        /// What had gone.
        have: Points,
        /// What the event brings back.
        need: Points,
    },
    /// The event took effect before the member's latest one.
    #[error("the member's latest event took effect at {have}, this one at {got}: time cannot run backwards")]
    TimeBackwards {
        /// When the member's latest event took effect.
        have: Instant,
        /// When this one did.
        got: Instant,
    },
    /// A total no longer fits into 15 digits.
    #[error("{0}")]
    Overflow(#[from] Overflow),
}

impl ApplyError {
    /// Its stable code.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            ApplyError::Gap { .. } | ApplyError::MissingStep { .. } => Code::EventGap,
            ApplyError::OutOfRange { .. } => Code::OutOfRange,
            ApplyError::Conflict { .. } => Code::EventConflict,
            ApplyError::Unbalanced { .. } => Code::Contradiction,
            ApplyError::OperationReused { .. } => Code::OperationReused,
            ApplyError::WrongMember { .. } => Code::WrongMember,
            ApplyError::WrongLot { .. } | ApplyError::ImpossibleLot { .. } => Code::WrongLot,
            ApplyError::LotTooSmall { .. } => Code::LotTooSmall,
            ApplyError::WrongHold { .. } => Code::WrongHold,
            ApplyError::WrongCoupon { .. } => Code::WrongCoupon,
            ApplyError::DeficitTooSmall { .. } => Code::DeficitTooSmall,
            ApplyError::NothingToRestore { .. } => Code::NothingToRestore,
            ApplyError::TimeBackwards { .. } => Code::TimeRunsBackwards,
            ApplyError::Overflow(_) => Code::Overflow,
        }
    }
}
