//! The Python types that stand in the signatures of the generated stubs.
//!
//! At run time an argument is any object and the core says what is wrong with it; these wrappers only
//! tell type checkers which `TypedDict` of `dangol.types` describes it.

use std::convert::Infallible;
use std::marker::PhantomData;

use pyo3::prelude::*;

#[cfg(feature = "inspect")]
use pyo3::inspect::PyStaticExpr;
#[cfg(feature = "inspect")]
use pyo3::{type_hint_identifier as named, type_hint_subscript as filled, type_hint_union};

/// What a type checker sees.
pub(crate) trait Shape {
    #[cfg(feature = "inspect")]
    const HINT: PyStaticExpr;
}

/// An argument of that shape.
pub(crate) struct Given<'py, S> {
    pub(crate) object: Bound<'py, PyAny>,
    shape: PhantomData<S>,
}

impl<'py, S: Shape> FromPyObject<'_, 'py> for Given<'py, S> {
    type Error = Infallible;
    #[cfg(feature = "inspect")]
    const INPUT_TYPE: PyStaticExpr = S::HINT;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> Result<Self, Infallible> {
        Ok(Given { object: object.to_owned(), shape: PhantomData })
    }
}

/// An answer of that shape.
pub(crate) struct Made<'py, S> {
    object: Bound<'py, PyAny>,
    shape: PhantomData<S>,
}

impl<'py, S> From<Bound<'py, PyAny>> for Made<'py, S> {
    fn from(object: Bound<'py, PyAny>) -> Self {
        Made { object, shape: PhantomData }
    }
}

impl<'py, S: Shape> IntoPyObject<'py> for Made<'py, S> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = Infallible;
    #[cfg(feature = "inspect")]
    const OUTPUT_TYPE: PyStaticExpr = S::HINT;

    fn into_pyobject(self, _: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(self.object)
    }
}

macro_rules! shapes {
    ($($name:ident = $hint:expr;)*) => { $(
        pub(crate) enum $name {}
        impl Shape for $name {
            #[cfg(feature = "inspect")]
            const HINT: PyStaticExpr = $hint;
        }
    )* };
}

shapes! {
    Text = named!("builtins", "str");
    Count = named!("builtins", "int");
    TextsIn = filled!(named!("collections.abc", "Sequence"), named!("builtins", "str"));
    Texts = filled!(named!("builtins", "list"), named!("builtins", "str"));
    Lang = named!("dangol.types", "Lang");
    Amount = named!("decimal", "Decimal");
    Instant = named!("datetime", "datetime");
    InstantIn = type_hint_union!(named!("datetime", "datetime"), named!("builtins", "str"));
    Day = named!("datetime", "date");
    DayIn = type_hint_union!(named!("datetime", "date"), named!("builtins", "str"));
    PercentIn = named!("dangol.types", "Percent");
    MaybeDay = type_hint_union!(named!("datetime", "date"), named!("builtins", "None"));
    Definition = named!("dangol.types", "ProgramFile");
    MemberIn = named!("dangol.types", "Member");
    MembersIn = filled!(named!("collections.abc", "Sequence"), named!("dangol.types", "Member"));
    ActionIn = named!("dangol.types", "Action");
    BasketIn = named!("dangol.types", "Basket");
    EventsIn = filled!(named!("collections.abc", "Sequence"), named!("dangol.types", "Event"));
    ChangesIn = filled!(named!("collections.abc", "Sequence"), named!("dangol.types", "Change"));
    ReasonsIn = filled!(named!("collections.abc", "Sequence"), named!("dangol.types", "Reason"));
    Member = named!("dangol.types", "MemberOut");
    Order = named!("dangol.types", "Order");
    Events = filled!(named!("builtins", "list"), named!("dangol.types", "Event"));
    ReturnedIn = named!("dangol.types", "Returned");
    Exchanged = named!("dangol.types", "Exchanged");
    DoneIn = filled!(named!("collections.abc", "Sequence"), named!("dangol.types", "Done"));
    Merged = named!("dangol.types", "Merged");
    Refunded = named!("dangol.types", "Refunded");
    Acted = named!("dangol.types", "Acted");
    Balances = filled!(named!("builtins", "list"), named!("dangol.types", "Balance"));
    CouponBalances = filled!(named!("builtins", "list"), named!("dangol.types", "CouponBalance"));
    Statements = filled!(named!("builtins", "list"), named!("dangol.types", "Statement"));
    TierStandings = named!("dangol.types", "TierStandings");
    Notices = filled!(named!("builtins", "list"), named!("dangol.types", "Notice"));
    SegmentBandsIn = named!("dangol.types", "SegmentBands");
    Segments = named!("dangol.types", "Segments");
    CutIn = named!("dangol.types", "Cut");
    AmountsIn = filled!(named!("collections.abc", "Sequence"), named!("dangol.types", "Amount"));
    CountedIn = filled!(named!("collections.abc", "Sequence"), named!("dangol.types", "Counted"));
    Cutoffs = named!("dangol.types", "Cutoffs");
    Liability = named!("dangol.types", "Liability");
    Sentences = filled!(named!("builtins", "list"), named!("builtins", "str"));
    Anything = named!("builtins", "object");
    Pair = filled!(named!("builtins", "tuple"), named!("builtins", "object"), named!("builtins", "object"));
    ColumnsIn = named!("dangol.columns", "ColumnsIn");
    Errors = named!("dangol.columns", "Errors");
    Progress = named!("dangol.columns", "Progress");
    MemberIter = filled!(named!("collections.abc", "Iterable"), named!("dangol.types", "Member"));
    MemberList = filled!(named!("builtins", "list"), named!("dangol.types", "MemberOut"));
    Quote = named!("dangol.types", "Quote");
    Placed = named!("dangol.types", "Placed");
    Explanation = named!("dangol.types", "Explanation");
    ProgramRef = named!("dangol.types", "ProgramRef");
    QuotedLines = filled!(named!("builtins", "list"), named!("dangol.types", "QuotedLine"));
    AppliedOffers = filled!(named!("builtins", "list"), named!("dangol.types", "Applied"));
    Tenders = filled!(named!("builtins", "list"), named!("dangol.types", "Tender"));
    TaxSums = filled!(named!("builtins", "list"), named!("dangol.types", "TaxSum"));
    Deliveries = filled!(named!("builtins", "list"), named!("dangol.types", "QuotedDelivery"));
    NearOffers = filled!(named!("builtins", "list"), named!("dangol.types", "NearOffer"));
    MaybeAmount = type_hint_union!(named!("decimal", "Decimal"), named!("builtins", "None"));
    Accruals = filled!(named!("builtins", "list"), named!("dangol.types", "Accrual"));
    Refusals = filled!(named!("builtins", "list"), named!("dangol.types", "Refused"));
    Overdues = filled!(named!("builtins", "list"), named!("dangol.types", "Overdue"));
    AmountsByName = filled!(named!("builtins", "dict"), named!("builtins", "str"), named!("decimal", "Decimal"));
    IssuedCoupons = filled!(named!("builtins", "list"), named!("dangol.types", "IssuedCoupon"));
    Carryings = filled!(named!("builtins", "list"), named!("dangol.types", "Carried"));
    Changes = filled!(named!("builtins", "list"), named!("dangol.types", "Change"));
    MaybePool = type_hint_union!(named!("dangol.types", "Pool"), named!("builtins", "None"));
    TierPreviews = filled!(named!("builtins", "list"), named!("dangol.types", "TierPreview"));
    ReturnPolicy = named!("dangol.types", "ReturnPolicy");
    Before = named!("dangol.types", "Before");
    MaybeRules = type_hint_union!(named!("dangol.types", "AskedRules"), named!("builtins", "None"));
}
