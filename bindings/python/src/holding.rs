//! The verbs of `Program` about what one member holds: points, coupons, what moved them and what time does to them.

use dangol::wire::{
    ActRequest, AdvanceRequest, ApplyRequest, BalanceRequest, CodesRequest, DescribeRequest, StatementRequest,
};
use pyo3::prelude::*;

use crate::checked::Program;
use crate::door::ask;
use crate::shape::{self, Given, Made};
use crate::write::made;

#[pymethods]
impl Program {
    /// Something done with points outside of an order: granted, held, captured, sent to somebody else.
    ///
    /// ``action`` is one word and what it needs: ``{"grant": {"points": 500, "reason": "sorry"}}``. ``operation`` is
    /// the name that the host gives it: the same one again changes nothing. Where the rules say no, ``refused`` tells
    /// why, and there are no events.
    ///
    /// >>> acted = program.act(member, {"grant": {"points": 500, "reason": "sorry"}}, now=now, operation="sorry-1")
    /// >>> program.describe(acted["events"])
    /// ['500 points granted: sorry']
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

    /// New codes for coupons, of the form that the program's ``codes`` tells: all different, none of them taken.
    ///
    /// ``randomness`` is at least 16 bytes in hexadecimal digits, fresh for every call: ``secrets.token_hex(32)``.
    /// ``taken`` are the codes that were given out before.
    ///
    /// >>> shop = Program.from_dict({"format": 1, "id": "shop", "version": "1", "currency": "KRW", "codes": {"length": 12}})
    /// >>> shop.codes(2, randomness="00112233445566778899aabbccddeeff")
    /// ['HUR2-SB2B-GNJY', 'AKPG-E5MQ-H8NG']
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
    ///
    /// >>> member = program.apply(member, placed.events)
    /// >>> [event] = program.advance(member, "2027-02-01T00:00:00+09:00")
    /// >>> event["type"], event["points"]
    /// ('points_expired', Decimal('480'))
    fn advance<'py>(
        &self,
        py: Python<'py>,
        member: Given<'py, shape::MemberIn>,
        until: Given<'py, shape::InstantIn>,
    ) -> PyResult<Made<'py, shape::Events>> {
        let arguments = [("member", &member.object), ("until", &until.object)];
        made(py, &ask::<AdvanceRequest>(py, &self.core, &arguments)?.events)
    }

    /// The member after these events. The member that was given does not change.
    ///
    /// >>> member = program.apply(member, placed.events)
    /// >>> member["orders"], member["version"]
    /// (1, 2)
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
    ///
    /// >>> member = program.apply(member, placed.events)
    /// >>> [balance] = program.balance(member, at=now)
    /// >>> balance["usable"], balance["expiring"]
    /// (Decimal('480'), [{'on': datetime.date(2027, 1, 31), 'points': Decimal('480')}])
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
    /// Each has a ``name``, says whether it is ``usable`` now, why not where it is not (``refused``), and until when it can
    /// be used. ``lang`` is the language of names, ``"en"`` (the default) or ``"ko"``.
    ///
    /// >>> sorry = {"id": "sorry", "coupon": {"valid": {"after": "30 days"}}, "benefit": {"amount_off": "2000"}}
    /// >>> shop = Program.from_dict({"format": 1, "id": "shop", "version": "1", "currency": "KRW", "offers": [sorry]})
    /// >>> acted = shop.act(member, {"issue_coupon": {"offer": "sorry"}}, now=now, operation="complaint-7")
    /// >>> [coupon] = shop.coupons(shop.apply(member, acted["events"]), at=now)
    /// >>> coupon["coupon"]["id"], coupon["until"]
    /// ('complaint-7/sorry', datetime.date(2026, 3, 2))
    #[pyo3(signature = (member, *, at, lang = None))]
    fn coupons<'py>(
        &self,
        py: Python<'py>,
        member: Given<'py, shape::MemberIn>,
        at: Given<'py, shape::InstantIn>,
        lang: Option<Given<'py, shape::Lang>>,
    ) -> PyResult<Made<'py, shape::CouponBalances>> {
        let mut arguments = vec![("member", &member.object), ("at", &at.object)];
        arguments.extend(lang.iter().map(|lang| ("lang", &lang.object)));
        made(py, &ask::<BalanceRequest>(py, &self.core, &arguments)?.coupons)
    }

    /// What these events moved, wallet by wallet: an opening balance, every movement, a closing balance.
    ///
    /// ``member`` is the member before the events. With ``until`` it also has what time does until then.
    ///
    /// >>> [statement] = program.statement(member, placed.events)
    /// >>> statement["opening"], statement["movements"][0]["delta"], statement["closing"]
    /// (Decimal('0'), Decimal('480'), Decimal('480'))
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

    /// In sentences what happened, and why something was refused: one for each event, then each change, then each reason.
    ///
    /// ``changes`` are those of a statement's movements or of a quote's ``overdue``, ``reasons`` those of what was refused.
    /// ``lang`` is ``"en"`` (the default) or ``"ko"``.
    ///
    /// >>> program.describe(placed.events)
    /// ['order order-1, ₩9,600', '480 points earned by base']
    #[pyo3(signature = (events = None, *, changes = None, reasons = None, lang = None))]
    fn describe<'py>(
        &self,
        py: Python<'py>,
        events: Option<Given<'py, shape::EventsIn>>,
        changes: Option<Given<'py, shape::ChangesIn>>,
        reasons: Option<Given<'py, shape::ReasonsIn>>,
        lang: Option<Given<'py, shape::Lang>>,
    ) -> PyResult<Made<'py, shape::Sentences>> {
        let mut arguments = Vec::new();
        arguments.extend(events.iter().map(|events| ("events", &events.object)));
        arguments.extend(changes.iter().map(|changes| ("changes", &changes.object)));
        arguments.extend(reasons.iter().map(|reasons| ("reasons", &reasons.object)));
        arguments.extend(lang.iter().map(|lang| ("lang", &lang.object)));
        made(py, &ask::<DescribeRequest>(py, &self.core, &arguments)?.sentences)
    }
}
