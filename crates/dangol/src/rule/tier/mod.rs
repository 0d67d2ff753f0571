//! Ladders of tiers: what lifts a member, when that is looked at, and what follows.

mod ladder;
mod ladder_check;
mod step;
mod threshold;
mod window;

pub use ladder::{Crossing, Downgrade, TierLadder, Upgrade};
pub use step::{Tier, Trial};
pub use threshold::{EventsThreshold, PointsThreshold, SomeOf, Threshold, Within};
pub use window::{Review, TierWindow};

pub(crate) use window::OwnDays;
