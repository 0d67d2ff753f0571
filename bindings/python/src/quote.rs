//! `Quote`: an answer whose fields turn into Python objects when they are read.

use dangol::wire;
use pyo3::prelude::*;
use serde::{Deserialize, Serialize};

use crate::door::{self, Alone};
use crate::fault;
use crate::placed::Placed;
use crate::shape::{self, Given, Made};
use crate::write::made;

/// What a basket costs and earns, line by line, with the reason of every rule that applied, and of every other.
///
/// What the cart shows and what the order books are the same quote: ``place`` only names it. A quote never changes.
/// Each field becomes Python objects when it is read, so a till that shows only ``due`` pays for no more.
#[pyclass(frozen, eq, module = "dangol")]
#[derive(PartialEq)]
pub(crate) struct Quote(pub(crate) dangol::Quote);

#[pymethods]
impl Quote {
    /// The order of this quote, and the events that it causes: to be stored together, then applied to the member.
    ///
    /// ``order`` is the id that the host gives it; placing the same order twice changes nothing.
    fn place(&self, py: Python<'_>, order: Given<'_, shape::Text>) -> PyResult<Placed> {
        let Alone(Naming { order }) = door::named(py, &[("order", &order.object)])?;
        Ok(Placed(self.0.place(order)))
    }

    /// A quote from the text that ``to_json`` gave.
    #[staticmethod]
    fn from_json(py: Python<'_>, text: &str) -> PyResult<Quote> {
        if let Some(failure) = wire::why_unreadable::<Alone<dangol::Quote>>(text) {
            return Err(fault::failed(py, &failure));
        }
        let quote = serde_json::from_str(text);
        quote.map(Quote).map_err(|error| fault::error(py, "syntax", "", &error.to_string()))
    }

    /// A quote from the dict that ``to_dict`` gave, such as the one that an order holds.
    #[staticmethod]
    fn from_dict(py: Python<'_>, quote: Given<'_, shape::Quote>) -> PyResult<Quote> {
        door::whole(py, &quote.object).map(|Alone(quote)| Quote(quote))
    }

    /// The quote as JSON text, to be stored or sent.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        fault::json(py, &self.0)
    }

    /// All fields as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Quote>> {
        made(py, &self.0)
    }

    /// The program that decided: its id, version and hash.
    #[getter]
    fn program<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::ProgramRef>> {
        made(py, &self.0.program)
    }

    /// The member's id.
    #[getter]
    fn member(&self) -> &str {
        self.0.member.as_str()
    }

    /// The member's version that was quoted.
    #[getter]
    fn member_version(&self) -> u64 {
        self.0.member_version
    }

    /// Whether it is nobody who is known: such an order earns nothing and makes no events.
    #[getter]
    fn guest(&self) -> bool {
        self.0.guest
    }

    /// When.
    #[getter]
    fn at<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Instant>> {
        made(py, &self.0.at)
    }

    /// The civil day of it in the program's zone.
    #[getter]
    fn on<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Day>> {
        made(py, &self.0.on)
    }

    /// The currency of every amount of money.
    #[getter]
    fn currency<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Text>> {
        made(py, &self.0.currency)
    }

    /// The lines, in the order of the basket.
    #[getter]
    fn lines<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::QuotedLines>> {
        made(py, &self.0.lines)
    }

    /// The sum of the lines before anything.
    #[getter]
    fn gross<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Amount>> {
        made(py, &self.0.gross)
    }

    /// What all offers take off.
    #[getter]
    fn discount<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Amount>> {
        made(py, &self.0.discount)
    }

    /// What is left of it: gross less discount.
    #[getter]
    fn net<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Amount>> {
        made(py, &self.0.net)
    }

    /// What points pay.
    #[getter]
    fn paid_with_points<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Amount>> {
        made(py, &self.0.paid_with_points)
    }

    /// What delivery costs: part of what is due.
    #[getter]
    fn shipping<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Amount>> {
        made(py, &self.0.shipping)
    }

    /// What offers take off delivery.
    #[getter]
    fn shipping_discount<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Amount>> {
        made(py, &self.0.shipping_discount)
    }

    /// What is charged for delivery, each way of it.
    #[getter]
    fn deliveries<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Deliveries>> {
        made(py, &self.0.deliveries)
    }

    /// Where the best combination is not proved: the most that any could take off.
    #[getter]
    fn discount_bound<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::MaybeAmount>> {
        made(py, &self.0.discount_bound)
    }

    /// The offers that come closest to applying, the closest first.
    #[getter]
    fn near<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::NearOffers>> {
        made(py, &self.0.near)
    }

    /// What is charged beside the goods: part of what is due.
    #[getter]
    fn fees<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Amount>> {
        made(py, &self.0.fees)
    }

    /// What comes to each tax rate after all discounts, lowest rate first.
    #[getter]
    fn taxes<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::TaxSums>> {
        made(py, &self.0.taxes)
    }

    /// The taxes that no amount contains: part of what is due.
    #[getter]
    fn tax_added<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Amount>> {
        made(py, &self.0.tax_added)
    }

    /// What rounding adds to what is due in all; negative where it takes off.
    #[getter]
    fn rounding<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Amount>> {
        made(py, &self.0.rounding)
    }

    /// What is left to pay.
    #[getter]
    fn due<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Amount>> {
        made(py, &self.0.due)
    }

    /// The offers that took effect, in the order in which they did.
    #[getter]
    fn applied<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::AppliedOffers>> {
        made(py, &self.0.applied)
    }

    /// What points of each wallet pay, or could pay.
    #[getter]
    fn tenders<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Tenders>> {
        made(py, &self.0.tenders)
    }

    /// The rules that grant points.
    #[getter]
    fn accruals<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Accruals>> {
        made(py, &self.0.accruals)
    }

    /// What rules counted without granting points, to be carried on.
    #[getter]
    fn carried<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Carryings>> {
        made(py, &self.0.carried)
    }

    /// The coupons that the order issues.
    #[getter]
    fn issued<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::IssuedCoupons>> {
        made(py, &self.0.issued)
    }

    /// The points that the order earns, by wallet.
    #[getter]
    fn earned<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::AmountsByName>> {
        made(py, &self.0.earned)
    }

    /// What can be used of each wallet after the order.
    #[getter]
    fn balances<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::AmountsByName>> {
        made(py, &self.0.balances)
    }

    /// What did not apply, and why.
    #[getter]
    fn refused<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Refusals>> {
        made(py, &self.0.refused)
    }

    /// Where the member stands on each ladder; a guest stands on none.
    #[getter]
    fn tiers<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::TierPreviews>> {
        made(py, &self.0.tiers)
    }

    /// Whether the combination of offers is proved to be the best one; otherwise it is the best one found.
    #[getter]
    fn optimal(&self) -> bool {
        self.0.optimal
    }

    /// What the passing of time changes before the order: expiry and tier reviews that were not written yet.
    #[getter]
    fn overdue<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Overdues>> {
        made(py, &self.0.overdue)
    }

    /// Activity before this day no longer matters to any rule.
    #[getter]
    fn forget_before<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::MaybeDay>> {
        made(py, &self.0.forget_before)
    }

    /// How many of the earned points make up for a deficit, by wallet.
    #[getter]
    fn absorbed<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::AmountsByName>> {
        made(py, &self.0.absorbed)
    }

    /// The household whose points were used, where the member has one.
    #[getter]
    fn pool<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::MaybePool>> {
        made(py, &self.0.pool)
    }

    /// The points that can be used longer because of this order.
    #[getter]
    fn extended<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Changes>> {
        made(py, &self.0.extended)
    }

    /// What happens when goods come back, as the program said; empty where it said nothing.
    #[getter]
    fn returns<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::ReturnPolicy>> {
        made(py, &self.0.returns)
    }

    /// What a return needs in order to come back to the state before the order.
    #[getter]
    fn before<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Before>> {
        made(py, &self.0.before)
    }

    /// How money pays: the amount of each tender, as the basket said it.
    #[getter]
    fn paid_by<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::AmountsByName>> {
        made(py, &self.0.paid_by)
    }

    /// What a return asks the rules again with, where the program's ``returns`` say so.
    #[getter]
    fn rules<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::MaybeRules>> {
        made(py, &self.0.rules)
    }

    fn __repr__(&self) -> String {
        let dangol::Quote { member, due, currency, .. } = &self.0;
        format!("<Quote for '{member}': {due} {currency} due>")
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((py.get_type::<Quote>().getattr("from_json")?, (self.to_json(py)?,)))
    }
}

/// The argument of `place`.
#[derive(Serialize, Deserialize)]
struct Naming {
    order: dangol::Id,
}
