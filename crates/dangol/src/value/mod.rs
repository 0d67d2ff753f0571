//! Numbers, time and names: exact amounts, money, points, rounding, splitting, periods, zones and ids.
//!
//! Nothing here knows what a loyalty program is.

mod amount;
mod amount_wire;
mod calendar;
mod code;
mod currency;
mod cycle;
mod decimal;
mod fraction;
mod id;
mod label;
mod lang;
mod location;
mod period;
mod points_rounding;
mod rounding;
mod span;
mod split;
#[cfg(test)]
mod split_tests;
mod steps;
mod text;
mod time;
mod zone;

pub use amount::{Amount, AmountError, Overflow};
pub use calendar::{CalendarUnit, LeapDay};
pub use code::CodeShape;
pub use currency::Currency;
pub use cycle::{Cycle, CycleError};
pub use decimal::{Money, Percent, Points, Quantity};
pub use id::{Id, IdError};
pub use label::Label;
pub use lang::{Lang, LangError};
pub use location::Location;
pub use period::{Period, PeriodError};
pub use points_rounding::PointsRounding;
pub(crate) use rounding::Shares;
pub use rounding::{DiscountPlace, LineRounding, Mode, Place, PricePlace, Rounding};
pub use span::Span;
pub use split::{Split, SplitRest, SplitShares, SplitWeights};
pub use steps::Steps;
pub use text::Text;
pub use time::{Clock, Day, Instant, TimeError, Weekday};
pub use zone::{Zone, ZoneError};

pub(crate) use code::normal_code;
pub(crate) use currency::Coinage;
pub(crate) use cycle::CYCLES;
pub(crate) use decimal::{product, ten_to};
pub(crate) use fraction::Fraction;
