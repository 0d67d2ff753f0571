//! The methods of `Program`: the verbs that answer by the rules of a shop. Python wants all of them in one block.

use std::path::PathBuf;

use dangol::wire::{
    self, ActRequest, AdvanceRequest, ApplyRequest, BalanceRequest, CodesRequest, CutoffRequest,
    DescribeRequest, ExchangeRequest, LiabilityRequest, MergeRequest, NoticesRequest, QuoteRequest,
    RefundRequest, SegmentsRequest, StatementRequest, TiersRequest,
};
use pyo3::prelude::*;

use crate::checked::Program;
use crate::columns::{self, Advanced, Asked, Columns};
use crate::door::{self, ask};
use crate::quote::Quote;
use crate::read::Reader;
use crate::shape::{self, Given, Made};
use crate::source::{self, Format};
use crate::write::made;
use crate::{fault, tree};

#[pymethods]
impl Program {
    /// A program from JSON text.
    ///
    /// Raises DangolError with every problem that the text has, each with its path.
    #[staticmethod]
    fn from_json(py: Python<'_>, text: String) -> PyResult<Program> {
        Program::read(py, text, Format::Json)
    }

    /// A program from TOML text.
    #[staticmethod]
    fn from_toml(py: Python<'_>, text: String) -> PyResult<Program> {
        Program::read(py, text, Format::Toml)
    }

    /// A program from a file whose name ends in ``.json`` or ``.toml``.
    #[staticmethod]
    fn from_file(py: Python<'_>, path: PathBuf) -> PyResult<Program> {
        let (text, format) = source::file(py, path)?;
        Program::read(py, text, format)
    }

    /// A program from a dict of the same form as the file.
    #[staticmethod]
    fn from_dict(py: Python<'_>, definition: Given<'_, shape::Definition>) -> PyResult<Program> {
        let text = tree::json_text(py, Reader::new(&definition.object))?;
        Program::read(py, text, Format::Json)
    }

    /// The program's name.
    #[getter]
    fn id(&self) -> &str {
        self.core.id().as_str()
    }

    /// The version that its author gave it.
    #[getter]
    fn version(&self) -> &str {
        self.core.version().as_str()
    }

    /// The hash of its content: every quote and event says which rules decided it.
    #[getter]
    fn hash(&self) -> &str {
        self.core.hash().as_str()
    }

    /// What a basket costs this member and earns now, and why.
    ///
    /// ``now`` is a datetime with a time zone, or RFC 3339 text. ``pool`` is the household whose points are used, a
    /// member of its own. Raises DangolError where what was given means nothing; a rule that says no is part of the
    /// answer.
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

    /// Something done with points outside of an order: granted, held, captured, sent to somebody else.
    ///
    /// ``action`` is one word and what it needs: ``{"grant": {"points": 500, "reason": "sorry"}}``. ``operation`` is
    /// the name that the host gives it: the same one again changes nothing. Where the rules say no, ``refused`` tells
    /// why, and there are no events.
    #[pyo3(signature = (member, action, *, now, operation))]
    fn act<'py>(
        &self,
        py: Python<'py>,
        member: Given<'py, shape::MemberIn>,
        action: Given<'py, shape::ActionIn>,
        now: Given<'py, shape::InstantIn>,
        operation: Given<'py, shape::Text>,
    ) -> PyResult<Made<'py, shape::Acted>> {
        let what = [("member", &member.object), ("action", &action.object)];
        let when = [("now", &now.object), ("operation", &operation.object)];
        made(py, &ask::<ActRequest>(py, &self.core, &[what, when].concat())?)
    }

    /// What comes back of an order, what is refunded for it and why, and what that undoes: points, coupons, tiers.
    ///
    /// ``returned`` is ``{"goods": {"lines": {"1": 1}}}``, ``"cancel"``, ``"void"``, or ``"reopen"``, which takes the latest
    /// return back. ``order`` is the order as it was stored; the answer has it with the return noted in it, to be stored in
    /// its place. ``others`` are members who take part: the household whose points were used, those whose coupons were.
    /// ``lang`` is the language of the sentences, ``"en"`` (the default) or ``"ko"``.
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
    fn merge<'py>(
        &self,
        py: Python<'py>,
        member: Given<'py, shape::MemberIn>,
        done: Given<'py, shape::DoneIn>,
    ) -> PyResult<Made<'py, shape::Merged>> {
        made(py, &ask::<MergeRequest>(py, &self.core, &[("member", &member.object), ("done", &done.object)])?)
    }

    /// New codes for coupons, of the form that the program's ``codes`` tells: all different, none of them taken.
    ///
    /// ``randomness`` is at least 16 bytes in hexadecimal digits, fresh for every call: ``secrets.token_hex(32)``.
    /// ``taken`` are the codes that were given out before.
    #[pyo3(signature = (count, *, randomness, taken = None))]
    fn codes<'py>(
        &self,
        py: Python<'py>,
        count: Given<'py, shape::Count>,
        randomness: Given<'py, shape::Text>,
        taken: Option<Given<'py, shape::TextsIn>>,
    ) -> PyResult<Made<'py, shape::Texts>> {
        let mut arguments = vec![("count", &count.object), ("randomness", &randomness.object)];
        arguments.extend(taken.iter().map(|taken| ("taken", &taken.object)));
        made(py, &ask::<CodesRequest>(py, &self.core, &arguments)?.codes)
    }

    /// What the passing of time does to a member until then: points that expire, tiers that are reviewed.
    fn advance<'py>(
        &self,
        py: Python<'py>,
        member: Given<'py, shape::MemberIn>,
        until: Given<'py, shape::InstantIn>,
    ) -> PyResult<Made<'py, shape::Events>> {
        let arguments = [("member", &member.object), ("until", &until.object)];
        made(py, &ask::<AdvanceRequest>(py, &self.core, &arguments)?.events)
    }

    /// What the passing of time does to a table of members until then: ``advance`` and ``apply`` for each row.
    ///
    /// ``members`` is any table that speaks Arrow's PyCapsule interface, with the columns of ``member_schema`` or some of
    /// them. ``threads`` are as many as the machine has where left out. With ``errors="keep"`` rows with mistakes are kept
    /// in ``rejected``, and the first one raises otherwise. ``progress`` is ``True``, or a function that is told how many
    /// rows are done. With ``check_all`` members are read in full even where nothing is due.
    #[pyo3(signature = (members, until, *, threads = None, errors = None, progress = None, check_all = false))]
    #[expect(clippy::too_many_arguments, reason = "in Python they have names")]
    fn advance_batch<'py>(
        &self,
        py: Python<'py>,
        members: Given<'py, shape::ColumnsIn>,
        until: Given<'py, shape::InstantIn>,
        threads: Option<usize>,
        errors: Option<Given<'py, shape::Errors>>,
        progress: Option<Given<'py, shape::Progress>>,
        check_all: bool,
    ) -> PyResult<Advanced> {
        let until = door::instant(py, "until", &until.object)?;
        let (errors, progress) = (errors.map(|word| word.object), progress.map(|told| told.object));
        let asked = Asked { threads, errors, progress, check_all };
        columns::advance(py, &self.core, &members.object, until, &asked)
    }

    /// Members as a table with the columns of ``member_schema``.
    fn member_columns<'py>(
        &self,
        py: Python<'py>,
        members: Given<'py, shape::MemberIter>,
    ) -> PyResult<Columns> {
        columns::member_columns(py, &self.core, &members.object)
    }

    /// A table without rows that has the recommended columns of members, with the digits of this program.
    ///
    /// What rules look at every night are columns of their own; what is rare is JSON text.
    fn member_schema(&self) -> Columns {
        columns::members_of(dangol_arrow::member_schema(&self.core))
    }

    /// The member after these events. The member that was given does not change.
    fn apply<'py>(
        &self,
        py: Python<'py>,
        member: Given<'py, shape::MemberIn>,
        events: Given<'py, shape::EventsIn>,
    ) -> PyResult<Made<'py, shape::Member>> {
        let arguments = [("member", &member.object), ("events", &events.object)];
        made(py, &ask::<ApplyRequest>(py, &self.core, &arguments)?)
    }

    /// The points of every wallet as of an instant: what is there, what of it can be used, and when it ends.
    ///
    /// What time does until then is counted, whether or not anybody wrote it down.
    #[pyo3(signature = (member, *, at))]
    fn balance<'py>(
        &self,
        py: Python<'py>,
        member: Given<'py, shape::MemberIn>,
        at: Given<'py, shape::InstantIn>,
    ) -> PyResult<Made<'py, shape::Balances>> {
        let arguments = [("member", &member.object), ("at", &at.object)];
        made(py, &ask::<BalanceRequest>(py, &self.core, &arguments)?.balances)
    }

    /// The coupons that the member holds as of an instant, those that end first in front.
    ///
    /// Each says whether it is ``usable`` now, why not where it is not (``refused``), and until when it can be used.
    #[pyo3(signature = (member, *, at))]
    fn coupons<'py>(
        &self,
        py: Python<'py>,
        member: Given<'py, shape::MemberIn>,
        at: Given<'py, shape::InstantIn>,
    ) -> PyResult<Made<'py, shape::CouponBalances>> {
        let arguments = [("member", &member.object), ("at", &at.object)];
        made(py, &ask::<BalanceRequest>(py, &self.core, &arguments)?.coupons)
    }

    /// What these events moved, wallet by wallet: an opening balance, every movement, a closing balance.
    ///
    /// ``member`` is the member before the events. With ``until`` it also has what time does until then.
    #[pyo3(signature = (member, events, *, until = None))]
    fn statement<'py>(
        &self,
        py: Python<'py>,
        member: Given<'py, shape::MemberIn>,
        events: Given<'py, shape::EventsIn>,
        until: Option<Given<'py, shape::InstantIn>>,
    ) -> PyResult<Made<'py, shape::Statements>> {
        let mut arguments = vec![("member", &member.object), ("events", &events.object)];
        arguments.extend(until.iter().map(|until| ("until", &until.object)));
        made(py, &ask::<StatementRequest>(py, &self.core, &arguments)?.statements)
    }

    /// Where the member stands on each ladder, what is missing to rise and to stay, and what the next review will find if
    /// nothing more is done; and the same in sentences.
    ///
    /// ``lang`` is ``"en"`` (the default) or ``"ko"``.
    #[pyo3(signature = (member, *, at, lang = None))]
    fn tiers<'py>(
        &self,
        py: Python<'py>,
        member: Given<'py, shape::MemberIn>,
        at: Given<'py, shape::InstantIn>,
        lang: Option<Given<'py, shape::Lang>>,
    ) -> PyResult<Made<'py, shape::TierStandings>> {
        let mut arguments = vec![("member", &member.object), ("at", &at.object)];
        arguments.extend(lang.iter().map(|lang| ("lang", &lang.object)));
        made(py, &ask::<TiersRequest>(py, &self.core, &arguments)?)
    }

    /// What the member is to be told in these days, both included: which points end, and when.
    ///
    /// ``from`` is a word of Python, so the first day is ``from_`` here; errors call it ``from``, as everywhere.
    fn notices<'py>(
        &self,
        py: Python<'py>,
        member: Given<'py, shape::MemberIn>,
        from_: Given<'py, shape::DayIn>,
        until: Given<'py, shape::DayIn>,
    ) -> PyResult<Made<'py, shape::Notices>> {
        let arguments = [("member", &member.object), ("from", &from_.object), ("until", &until.object)];
        made(py, &ask::<NoticesRequest>(py, &self.core, &arguments)?.notices)
    }

    /// What the shop owes these members in points, by wallet, issuer and month of expiry.
    ///
    /// ``rate`` is the share that is expected to be used, in percent: 100 where left out.
    #[pyo3(signature = (members, *, at, rate = None))]
    fn liability<'py>(
        &self,
        py: Python<'py>,
        members: Given<'py, shape::MembersIn>,
        at: Given<'py, shape::InstantIn>,
        rate: Option<Given<'py, shape::PercentIn>>,
    ) -> PyResult<Made<'py, shape::Liability>> {
        let mut arguments = vec![("members", &members.object), ("at", &at.object)];
        arguments.extend(rate.iter().map(|rate| ("rate", &rate.object)));
        made(py, &ask::<LiabilityRequest>(py, &self.core, &arguments)?)
    }

    /// How long ago, how often and how much the member ordered, the bands and segments that this lies in.
    ///
    /// Their names go into ``member["segments"]``, where the condition ``segment_in`` finds them.
    #[pyo3(signature = (member, *, at, bands))]
    fn segments<'py>(
        &self,
        py: Python<'py>,
        member: Given<'py, shape::MemberIn>,
        at: Given<'py, shape::InstantIn>,
        bands: Given<'py, shape::SegmentBandsIn>,
    ) -> PyResult<Made<'py, shape::Segments>> {
        let arguments = [("member", &member.object), ("at", &at.object), ("bands", &bands.object)];
        made(py, &ask::<SegmentsRequest>(py, &self.core, &arguments)?)
    }

    /// Where a population is cut, such as where its best tenth begins; the program does not matter.
    ///
    /// ``values`` is what each of them has, ``counted`` the same for those who are counted already.
    #[pyo3(signature = (cut, *, values = None, counted = None))]
    fn cutoff<'py>(
        &self,
        py: Python<'py>,
        cut: Given<'py, shape::CutIn>,
        values: Option<Given<'py, shape::AmountsIn>>,
        counted: Option<Given<'py, shape::CountedIn>>,
    ) -> PyResult<Made<'py, shape::Cutoffs>> {
        let mut arguments = vec![("cut", &cut.object)];
        arguments.extend(values.iter().map(|values| ("values", &values.object)));
        arguments.extend(counted.iter().map(|counted| ("counted", &counted.object)));
        made(py, &ask::<CutoffRequest>(py, &self.core, &arguments)?)
    }

    /// What happened, a sentence for each event.
    ///
    /// ``lang`` is ``"en"`` (the default) or ``"ko"``.
    #[pyo3(signature = (events, *, lang = None))]
    fn describe<'py>(
        &self,
        py: Python<'py>,
        events: Given<'py, shape::EventsIn>,
        lang: Option<Given<'py, shape::Lang>>,
    ) -> PyResult<Made<'py, shape::Sentences>> {
        let mut arguments = vec![("events", &events.object)];
        arguments.extend(lang.iter().map(|lang| ("lang", &lang.object)));
        made(py, &ask::<DescribeRequest>(py, &self.core, &arguments)?.sentences)
    }

    /// The quote in sentences: what applied and how that was computed, what did not and why.
    ///
    /// ``lang`` is ``"en"`` (the default) or ``"ko"``.
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

    /// The raw door: a request as JSON text, the answer as JSON text. The same in every language.
    fn call(&self, py: Python<'_>, verb: &str, request: &str) -> PyResult<String> {
        let reply = py.detach(|| wire::call(&self.core, verb, request));
        reply.map_err(|failure| fault::failed(py, &failure))
    }

    fn __repr__(&self) -> String {
        format!("<Program '{}' version '{}'>", self.id(), self.version())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (&str,))> {
        Ok((py.get_type::<Program>().getattr(self.format.reader())?, (&self.text,)))
    }
}
