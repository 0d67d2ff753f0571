//! The verbs of `Program` at a till: a basket's quote, what comes back, what tills did apart from each other.

use dangol::wire::{ExchangeRequest, MergeRequest, QuoteRequest, RefundRequest};
use pyo3::prelude::*;

use crate::checked::Program;
use crate::door::{self, ask};
use crate::quote::Quote;
use crate::shape::{self, Given, Made};
use crate::write::made;

#[pymethods]
impl Program {
    /// What a basket costs this member and earns now, and why.
    ///
    /// ``now`` is a datetime with a time zone, or RFC 3339 text. ``pool`` is the household whose points are used, a
    /// member of its own. Raises DangolError where what was given means nothing; a rule that says no is part of the
    /// answer.
    ///
    /// >>> quote = program.quote(member, {"lines": [{"sku": "latte", "price": 4800}], "codes": ["hello"]}, now)
    /// >>> quote.due, quote.earned
    /// (Decimal('3800'), {'points': Decimal('190')})
    #[pyo3(signature = (member, basket, now, *, pool = None))]
    fn quote(
        &self,
        py: Python<'_>,
        member: Given<'_, shape::MemberIn>,
        basket: Given<'_, shape::BasketIn>,
        now: Given<'_, shape::InstantIn>,
        pool: Option<Given<'_, shape::MemberIn>>,
    ) -> PyResult<Quote> {
        let mut arguments =
            vec![("member", &member.object), ("basket", &basket.object), ("now", &now.object)];
        arguments.extend(pool.iter().map(|pool| ("pool", &pool.object)));
        ask::<QuoteRequest>(py, &self.core, &arguments).map(Quote)
    }

    /// What comes back of an order, what is refunded for it and why, and what that undoes: points, coupons, tiers.
    ///
    /// ``returned`` is ``{"goods": {"lines": {"1": 1}}}``, ``"cancel"``, ``"void"``, or ``"reopen"``, which takes the latest
    /// return back. ``order`` is the order as it was stored; the answer has it with the return noted in it, to be stored in
    /// its place. ``others`` are members who take part: the household whose points were used, those whose coupons were.
    /// ``lang`` is the language of the sentences, ``"en"`` (the default) or ``"ko"``.
    ///
    /// >>> member = program.apply(member, placed.events)
    /// >>> one = {"goods": {"lines": {"1": 1}}}
    /// >>> refunded = program.refund(member, placed.order, one, now=now, operation="return-1")
    /// >>> refunded["returned"]["money"]
    /// Decimal('4800')
    #[pyo3(signature = (member, order, returned, *, now, operation, others = None, lang = None))]
    #[expect(clippy::too_many_arguments, reason = "in Python they have names")]
    fn refund<'py>(
        &self,
        py: Python<'py>,
        member: Given<'py, shape::MemberIn>,
        order: Given<'py, shape::Order>,
        returned: Given<'py, shape::ReturnedIn>,
        now: Given<'py, shape::InstantIn>,
        operation: Given<'py, shape::Text>,
        others: Option<Given<'py, shape::MembersIn>>,
        lang: Option<Given<'py, shape::Lang>>,
    ) -> PyResult<Made<'py, shape::Refunded>> {
        let what = [("member", &member.object), ("order", &order.object), ("returned", &returned.object)];
        let mut arguments = what.to_vec();
        arguments.extend([("now", &now.object), ("operation", &operation.object)]);
        arguments.extend(others.iter().map(|others| ("others", &others.object)));
        arguments.extend(lang.iter().map(|lang| ("lang", &lang.object)));
        made(py, &ask::<RefundRequest>(py, &self.core, &arguments)?)
    }

    /// Goods of an order come back, and others are bought: one operation, and one amount to pay or to give back (``due``).
    ///
    /// ``exchange`` is the id of the new order, which is the name of the whole. The answer has both orders, and the events
    /// of both halves; otherwise it is as with ``refund``.
    ///
    /// >>> member = program.apply(member, placed.events)
    /// >>> one, tea = {"goods": {"lines": {"1": 1}}}, {"lines": [{"sku": "tea", "price": 5000}]}
    /// >>> exchanged = program.exchange(member, placed.order, one, tea, now=now, exchange="order-2")
    /// >>> exchanged["due"]
    /// Decimal('200')
    #[pyo3(signature = (member, order, returned, basket, *, now, exchange, others = None, lang = None))]
    #[expect(clippy::too_many_arguments, reason = "in Python they have names")]
    fn exchange<'py>(
        &self,
        py: Python<'py>,
        member: Given<'py, shape::MemberIn>,
        order: Given<'py, shape::Order>,
        returned: Given<'py, shape::ReturnedIn>,
        basket: Given<'py, shape::BasketIn>,
        now: Given<'py, shape::InstantIn>,
        exchange: Given<'py, shape::Text>,
        others: Option<Given<'py, shape::MembersIn>>,
        lang: Option<Given<'py, shape::Lang>>,
    ) -> PyResult<Made<'py, shape::Exchanged>> {
        let what = [("member", &member.object), ("order", &order.object), ("returned", &returned.object)];
        let mut arguments = what.to_vec();
        let bought = [("basket", &basket.object), ("now", &now.object), ("exchange", &exchange.object)];
        arguments.extend(bought);
        arguments.extend(others.iter().map(|others| ("others", &others.object)));
        arguments.extend(lang.iter().map(|lang| ("lang", &lang.object)));
        made(py, &ask::<ExchangeRequest>(py, &self.core, &arguments)?)
    }

    /// What tills did with a member without knowing of each other, as one life: the same in whatever order it comes.
    ///
    /// ``member`` is the member as all of them knew it. ``done`` is what they did since: ``{"order": …}`` as it was placed,
    /// ``{"action": {"action": …, "now": …, "operation": …}}``, ``{"refund": {"order": …, "returned": …, …}}``.
    ///
    /// >>> there = program.quote(member, basket, now).place("till-2/order-1")
    /// >>> merged = program.merge(member, [{"order": there.order}, {"order": placed.order}])
    /// >>> merged["member"]["orders"]
    /// 2
    fn merge<'py>(
        &self,
        py: Python<'py>,
        member: Given<'py, shape::MemberIn>,
        done: Given<'py, shape::DoneIn>,
    ) -> PyResult<Made<'py, shape::Merged>> {
        made(py, &ask::<MergeRequest>(py, &self.core, &[("member", &member.object), ("done", &done.object)])?)
    }

    /// The quote in sentences: what applied and how that was computed, what did not and why.
    ///
    /// ``lang`` is ``"en"`` (the default) or ``"ko"``.
    ///
    /// >>> program.explain(quote)["accruals"][0]["text"]
    /// '5% of ₩9,600 = 480 points, good until 2027-01-31'
    #[pyo3(signature = (quote, lang = None))]
    fn explain<'py>(
        &self,
        py: Python<'py>,
        quote: &Quote,
        lang: Option<Given<'py, shape::Lang>>,
    ) -> PyResult<Made<'py, shape::Explanation>> {
        let lang = door::lang(py, lang.as_ref().map(|lang| &lang.object))?;
        made(py, &py.detach(|| self.core.explain(&quote.0, lang)))
    }
}
