//! The verbs of `Program` about where members stand: tiers, notices, segments, and whole populations.

use dangol::wire::{CutoffRequest, LiabilityRequest, NoticesRequest, SegmentsRequest, TiersRequest};
use pyo3::prelude::*;

use crate::checked::Program;
use crate::door::ask;
use crate::shape::{self, Given, Made};
use crate::write::made;

#[pymethods]
impl Program {
    /// Where the member stands on each ladder, what is missing to rise and to stay, and what the next review will find if
    /// nothing more is done; and the same in sentences.
    ///
    /// ``lang`` is ``"en"`` (the default) or ``"ko"``.
    ///
    /// >>> ladder = {"window": "12 months", "tiers": [{"id": "basic"}, {"id": "gold", "enter": {"spend_at_least": "100000"}}]}
    /// >>> shop = Program.from_dict({"format": 1, "id": "shop", "version": "1", "currency": "KRW", "tiers": ladder})
    /// >>> shop.tiers(member, at=now)["sentences"]
    /// ['basic. To gold: ₩100,000 more.']
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
    ///
    /// >>> member = program.apply(member, placed.events)
    /// >>> [notice] = program.notices(member, "2027-01-25", until="2027-01-31")
    /// >>> notice["due_on"], notice["expires_on"], notice["points"]
    /// (datetime.date(2027, 1, 28), datetime.date(2027, 1, 31), Decimal('480'))
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
    ///
    /// >>> member = program.apply(member, placed.events)
    /// >>> program.liability([member], at=now)["totals"]
    /// [{'wallet': 'points', 'points': Decimal('480')}]
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
    ///
    /// >>> member = program.apply(member, placed.events)
    /// >>> bands = {"recency": [30, 90], "segments": [{"id": "recent", "recency_at_least": 3}]}
    /// >>> program.segments(member, at=now, bands=bands)["segments"]
    /// ['recent']
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
    ///
    /// >>> program.cutoff({"at": {"top_percent": 10}}, values=[90, 70, 40, 0])["cutoffs"]
    /// [{'value': Decimal('90'), 'reached_by': 1, 'tied': 1}]
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
}
