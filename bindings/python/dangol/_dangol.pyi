"""
The native half of the package; import `dangol`.

It needs no lock of Python's: each class is frozen and its content never changes, what is made once (`DangolError`,
the type `Decimal`) lies in cells that threads may race for, and a caller's dict is copied before it is walked.
"""

from collections.abc import Iterable, Sequence
from dangol.columns import ColumnsIn, Errors, Progress
from dangol.types import Accrual, Acted, Action, Amount, Applied, AskedRules, Balance, Basket, Before, Carried, Change, Counted, CouponBalance, Cut, Cutoffs, Done, Event, Exchanged, Explanation, IssuedCoupon, Lang, Liability, Member, MemberOut, Merged, NearOffer, Notice, Order, Overdue, Percent, Placed as Placed2, Pool, ProgramFile, ProgramRef, Quote as Quote2, QuotedDelivery, QuotedLine, Reason, Refunded, Refused, ReturnPolicy, Returned, SegmentBands, Segments, Statement, TaxSum, Tender, TierPreview, TierStandings
from datetime import date, datetime
from decimal import Decimal
from os import PathLike
from typing import Any, Final, SupportsIndex, final

__all__ = ["VERSION", "Advanced", "Columns", "Placed", "Program", "Quote", "Quoted", "Reviewed", "member_rows"]

VERSION: Final[str]
"""
The version of this package.
"""

@final
class Advanced:
    """
    What changed in a table of members.

    >>> members = program.member_columns([program.apply(member, placed.events)])
    >>> program.advance_batch(members, "2027-02-01T00:00:00+09:00")
    <Advanced: 1 events of 1 members, 0 rejected>
    """
    def __repr__(self, /) -> str: ...
    @property
    def events(self, /) -> Columns:
        """
        The events: ``member``, ``version``, ``at``, ``type``, and the whole ``event`` as JSON text.

        >>> members = program.member_columns([program.apply(member, placed.events)])
        >>> program.advance_batch(members, "2027-02-01T00:00:00+09:00").events
        <Columns 1 row: member, version, at, type, event>
        """
    @property
    def members(self, /) -> Columns:
        """
        The members after them, those who changed alone, in the columns that were given and those that these lack.

        >>> members = program.member_columns([program.apply(member, placed.events)])
        >>> program.advance_batch(members, "2027-02-01T00:00:00+09:00").members
        <Columns 1 row: id, version, ...>
        """
    @property
    def rejected(self, /) -> Columns:
        """
        The rows that could not be read, with place and reason; empty unless ``errors="keep"``.

        >>> members = program.member_columns([program.apply(member, placed.events)])
        >>> program.advance_batch(members, "2027-02-01T00:00:00+09:00").rejected
        <Columns 0 rows: row, id, place, code, message>
        """

@final
class Columns:
    """
    A table, for any library that reads Arrow: ``pyarrow.table(columns)``, ``polars.DataFrame(columns)``,
    ``duckdb.sql("from columns")``, ``pandas.DataFrame.from_arrow(columns)``.

    >>> table = program.member_columns([{"id": "m1"}, {"id": "m2"}])
    >>> len(table)
    2
    """
    def __arrow_c_array__(self, /, requested_schema: object | None = None) -> tuple[object, object]:
        """
        The table as one batch, as Arrow's PyCapsule interface asks.
        """
    def __arrow_c_schema__(self, /) -> object:
        """
        The columns and their types, as Arrow's PyCapsule interface asks.
        """
    def __arrow_c_stream__(self, /, requested_schema: object | None = None) -> object:
        """
        The table as a stream of batches, as Arrow's PyCapsule interface asks.
        """
    def __len__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    @property
    def column_names(self, /) -> list[str]:
        """
        The names of the columns.

        >>> program.member_columns([]).column_names[:3]
        ['id', 'version', 'at']
        """

@final
class Placed:
    """
    An order and the events that it causes.

    >>> placed
    <Placed order 'order-1': 2 events>
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def events(self, /) -> list[Event]:
        """
        The events, to be stored and applied to the member, all or none.

        >>> [event["type"] for event in placed.events]
        ['order_placed', 'points_earned']
        """
    @staticmethod
    def from_dict(placed: Placed2) -> Placed:
        """
        What ``to_dict`` gave, read again.

        >>> Placed.from_dict({"order": placed.order, "events": placed.events}) == placed
        True
        """
    @staticmethod
    def from_json(text: str) -> Placed:
        """
        What ``to_json`` gave, read again.

        >>> Placed.from_json(placed.to_json()) == placed
        True
        """
    @property
    def order(self, /) -> Order:
        """
        The order, to be stored: everything that a return will need.

        >>> placed.order["id"], placed.order["quote"]["due"]
        ('order-1', Decimal('9600'))
        """
    def to_dict(self, /) -> Placed2:
        """
        The order and the events as a dict.

        >>> list(placed.to_dict())
        ['order', 'events']
        """
    def to_json(self, /) -> str:
        """
        The order and the events as JSON text, to be sent to who stores them.

        >>> placed.to_json()[:25]
        '{"order":{"id":"order-1",'
        """

@final
class Program:
    """
    The rules of a shop, checked and ready to answer: points, tiers, coupons and promotions.

    A program never changes and may be used by any number of threads at once. It remembers nothing
    about a member: what it needs comes in with each call, what happened comes out as events.

    >>> program = Program.from_file("cafe.toml")
    >>> quote = program.quote(member, basket, now)
    >>> placed = quote.place("order-1")
    >>> member = program.apply(member, placed.events)
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    def act(self, /, member: Member, action: Action, *, now: datetime | str, operation: str) -> Acted:
        """
        Something done with points outside of an order: granted, held, captured, sent to somebody else.

        ``action`` is one word and what it needs: ``{"grant": {"points": 500, "reason": "sorry"}}``. ``operation`` is
        the name that the host gives it: the same one again changes nothing. Where the rules say no, ``refused`` tells
        why, and there are no events.

        >>> acted = program.act(member, {"grant": {"points": 500, "reason": "sorry"}}, now=now, operation="sorry-1")
        >>> program.describe(acted["events"])
        ['500 points granted: sorry']
        """
    def advance(self, /, member: Member, until: datetime | str) -> list[Event]:
        """
        What the passing of time does to a member until then: points that expire, tiers that are reviewed.

        >>> member = program.apply(member, placed.events)
        >>> [event] = program.advance(member, "2027-02-01T00:00:00+09:00")
        >>> event["type"], event["points"]
        ('points_expired', Decimal('480'))
        """
    def advance_batch(self, /, members: ColumnsIn, until: datetime | str, *, threads: SupportsIndex | None = None, errors: Errors | None = None, progress: Progress | None = None, check_all: bool = False) -> Advanced:
        """
        What the passing of time does to a table of members until then: ``advance`` and ``apply`` for each row.

        ``members`` is any table that speaks Arrow's PyCapsule interface, with the columns of ``member_schema`` or some of
        them. ``threads`` are as many as the machine has where left out. With ``errors="keep"`` rows with mistakes are kept
        in ``rejected``, and the first one raises otherwise. ``progress`` is ``True``, or a function that is told how many
        rows are done. With ``check_all`` members are read in full even where nothing is due.

        >>> members = program.member_columns([program.apply(member, placed.events)])
        >>> program.advance_batch(members, "2027-02-01T00:00:00+09:00")
        <Advanced: 1 events of 1 members, 0 rejected>
        """
    def apply(self, /, member: Member, events: Sequence[Event]) -> MemberOut:
        """
        The member after these events. The member that was given does not change.

        >>> member = program.apply(member, placed.events)
        >>> member["orders"], member["version"]
        (1, 2)
        """
    def balance(self, /, member: Member, *, at: datetime | str) -> list[Balance]:
        """
        The points of every wallet as of an instant: what is there, what of it can be used, and when it ends.

        What time does until then is counted, whether or not anybody wrote it down.

        >>> member = program.apply(member, placed.events)
        >>> [balance] = program.balance(member, at=now)
        >>> balance["usable"], balance["expiring"]
        (Decimal('480'), [{'on': datetime.date(2027, 1, 31), 'points': Decimal('480')}])
        """
    def call(self, /, verb: str, request: str) -> str:
        """
        The raw door: a request as JSON text, the answer as JSON text. The same in every language.

        >>> program.call("notices", '{"member": {"id": "m1"}, "from": "2027-01-25", "until": "2027-01-31"}')
        '{"notices":[]}'
        """
    def codes(self, /, count: int, *, randomness: str, taken: Sequence[str] | None = None) -> list[str]:
        """
        New codes for coupons, of the form that the program's ``codes`` tells: all different, none of them taken.

        ``randomness`` is at least 16 bytes in hexadecimal digits, fresh for every call: ``secrets.token_hex(32)``.
        ``taken`` are the codes that were given out before.

        >>> shop = Program.from_dict({"format": 1, "id": "shop", "version": "1", "currency": "KRW", "codes": {"length": 12}})
        >>> shop.codes(2, randomness="00112233445566778899aabbccddeeff")
        ['HUR2-SB2B-GNJY', 'AKPG-E5MQ-H8NG']
        """
    def coupons(self, /, member: Member, *, at: datetime | str, lang: Lang | None = None) -> list[CouponBalance]:
        """
        The coupons that the member holds as of an instant, those that end first in front.

        Each has a ``name``, says whether it is ``usable`` now, why not where it is not (``refused``), and until when it can
        be used. ``lang`` is the language of names, ``"en"`` (the default) or ``"ko"``.

        >>> sorry = {"id": "sorry", "coupon": {"valid": {"after": "30 days"}}, "benefit": {"amount_off": "2000"}}
        >>> shop = Program.from_dict({"format": 1, "id": "shop", "version": "1", "currency": "KRW", "offers": [sorry]})
        >>> acted = shop.act(member, {"issue_coupon": {"offer": "sorry"}}, now=now, operation="complaint-7")
        >>> [coupon] = shop.coupons(shop.apply(member, acted["events"]), at=now)
        >>> coupon["coupon"]["id"], coupon["until"]
        ('complaint-7/sorry', datetime.date(2026, 3, 2))
        """
    def cutoff(self, /, cut: Cut, *, values: Sequence[Amount] | None = None, counted: Sequence[Counted] | None = None) -> Cutoffs:
        """
        Where a population is cut, such as where its best tenth begins; the program does not matter.

        ``values`` is what each of them has, ``counted`` the same for those who are counted already.

        >>> program.cutoff({"at": {"top_percent": 10}}, values=[90, 70, 40, 0])["cutoffs"]
        [{'value': Decimal('90'), 'reached_by': 1, 'tied': 1}]
        """
    def describe(self, /, events: Sequence[Event] | None = None, *, changes: Sequence[Change] | None = None, reasons: Sequence[Reason] | None = None, lang: Lang | None = None) -> list[str]:
        """
        In sentences what happened, and why something was refused: one for each event, then each change, then each reason.

        ``changes`` are those of a statement's movements or of a quote's ``overdue``, ``reasons`` those of what was refused.
        ``lang`` is ``"en"`` (the default) or ``"ko"``.

        >>> program.describe(placed.events)
        ['order order-1, ₩9,600', '480 points earned by base']
        """
    def exchange(self, /, member: Member, order: Order, returned: Returned, basket: Basket, *, now: datetime | str, exchange: str, others: Sequence[Member] | None = None, lang: Lang | None = None) -> Exchanged:
        """
        Goods of an order come back, and others are bought: one operation, and one amount to pay or to give back (``due``).

        ``exchange`` is the id of the new order, which is the name of the whole. The answer has both orders, and the events
        of both halves; otherwise it is as with ``refund``.

        >>> member = program.apply(member, placed.events)
        >>> one, tea = {"goods": {"lines": {"1": 1}}}, {"lines": [{"sku": "tea", "price": 5000}]}
        >>> exchanged = program.exchange(member, placed.order, one, tea, now=now, exchange="order-2")
        >>> exchanged["due"]
        Decimal('200')
        """
    def explain(self, /, quote: Quote, lang: Lang | None = None) -> Explanation:
        """
        The quote in sentences: what applied and how that was computed, what did not and why.

        ``lang`` is ``"en"`` (the default) or ``"ko"``.

        >>> program.explain(quote)["accruals"][0]["text"]
        '5% of ₩9,600 = 480 points, good until 2027-01-31'
        """
    @staticmethod
    def from_dict(definition: ProgramFile) -> Program:
        """
        A program from a dict of the same form as the file.

        >>> Program.from_dict({"format": 1, "id": "cafe", "version": "1", "currency": "KRW"})
        <Program 'cafe' version '1'>
        """
    @staticmethod
    def from_file(path: str | PathLike[str]) -> Program:
        """
        A program from a file whose name ends in ``.json`` or ``.toml``.

        >>> Program.from_file("cafe.toml")
        <Program 'cafe' version '1'>
        """
    @staticmethod
    def from_json(text: str) -> Program:
        """
        A program from JSON text.

        Raises DangolError with every problem that the text has, each with its path.

        >>> Program.from_json('{"format": 1, "id": "cafe", "version": "1", "currency": "KRW"}')
        <Program 'cafe' version '1'>
        """
    @staticmethod
    def from_toml(text: str) -> Program:
        """
        A program from TOML text.

        >>> Program.from_toml('format = 1\\nid = "cafe"\\nversion = "1"\\ncurrency = "KRW"')
        <Program 'cafe' version '1'>
        """
    @property
    def hash(self, /) -> str:
        """
        The hash of its content: every quote and event says which rules decided it.

        >>> len(program.hash)
        32
        """
    @property
    def id(self, /) -> str:
        """
        The program's name.

        >>> program.id
        'cafe'
        """
    def liability(self, /, members: Sequence[Member], *, at: datetime | str, rate: Percent | None = None) -> Liability:
        """
        What the shop owes these members in points, by wallet, issuer and month of expiry.

        ``rate`` is the share that is expected to be used, in percent: 100 where left out.

        >>> member = program.apply(member, placed.events)
        >>> program.liability([member], at=now)["totals"]
        [{'wallet': 'points', 'points': Decimal('480')}]
        """
    def member_columns(self, /, members: Iterable[Member]) -> Columns:
        """
        Members as a table with the columns of ``member_schema``.

        >>> program.member_columns([{"id": "m1"}, {"id": "m2"}])
        <Columns 2 rows: id, version, ...>
        """
    def member_schema(self, /) -> Columns:
        """
        A table without rows that has the recommended columns of members, with the digits of this program.

        What rules look at every night are columns of their own; what is rare is JSON text.

        >>> program.member_schema().column_names[:3]
        ['id', 'version', 'at']
        """
    def merge(self, /, member: Member, done: Sequence[Done]) -> Merged:
        """
        What tills did with a member without knowing of each other, as one life: the same in whatever order it comes.

        ``member`` is the member as all of them knew it. ``done`` is what they did since: ``{"order": …}`` as it was placed,
        ``{"action": {"action": …, "now": …, "operation": …}}``, ``{"refund": {"order": …, "returned": …, …}}``.

        >>> there = program.quote(member, basket, now).place("till-2/order-1")
        >>> merged = program.merge(member, [{"order": there.order}, {"order": placed.order}])
        >>> merged["member"]["orders"]
        2
        """
    def notices(self, /, member: Member, from_: date | str, until: date | str) -> list[Notice]:
        """
        What the member is to be told in these days, both included: which points end, and when.

        ``from`` is a word of Python, so the first day is ``from_`` here; errors call it ``from``, as everywhere.

        >>> member = program.apply(member, placed.events)
        >>> [notice] = program.notices(member, "2027-01-25", until="2027-01-31")
        >>> notice["due_on"], notice["expires_on"], notice["points"]
        (datetime.date(2027, 1, 28), datetime.date(2027, 1, 31), Decimal('480'))
        """
    def quote(self, /, member: Member, basket: Basket, now: datetime | str, *, pool: Member | None = None) -> Quote:
        """
        What a basket costs this member and earns now, and why.

        ``now`` is a datetime with a time zone, or RFC 3339 text. ``pool`` is the household whose points are used, a
        member of its own. Raises DangolError where what was given means nothing; a rule that says no is part of the
        answer.

        >>> quote = program.quote(member, {"lines": [{"sku": "latte", "price": 4800}], "codes": ["hello"]}, now)
        >>> quote.due, quote.earned
        (Decimal('3800'), {'points': Decimal('190')})
        """
    def quote_batch(self, /, members: ColumnsIn, baskets: ColumnsIn, now: datetime | str, *, whole: bool = False, threads: SupportsIndex | None = None, errors: Errors | None = None, progress: Progress | None = None) -> Quoted:
        """
        What the baskets of a table cost and earn, each with the member of the same row: ``quote`` for each row.

        ``baskets`` has a column for each field of a basket, or one, ``basket``, with JSON text. With ``whole`` the whole quote
        is a column of JSON text, too. The other arguments are as with ``advance_batch``.

        >>> import pyarrow
        >>> baskets = pyarrow.table({"basket": ['{"lines": [{"sku": "latte", "price": 4800}]}']})
        >>> program.quote_batch(program.member_columns([member]), baskets, now)
        <Quoted: 1 quotes, 0 rejected>
        """
    def refund(self, /, member: Member, order: Order, returned: Returned, *, now: datetime | str, operation: str, others: Sequence[Member] | None = None, lang: Lang | None = None) -> Refunded:
        """
        What comes back of an order, what is refunded for it and why, and what that undoes: points, coupons, tiers.

        ``returned`` is ``{"goods": {"lines": {"1": 1}}}``, ``"cancel"``, ``"void"``, or ``"reopen"``, which takes the latest
        return back. ``order`` is the order as it was stored; the answer has it with the return noted in it, to be stored in
        its place. ``others`` are members who take part: the household whose points were used, those whose coupons were.
        ``lang`` is the language of the sentences, ``"en"`` (the default) or ``"ko"``.

        >>> member = program.apply(member, placed.events)
        >>> one = {"goods": {"lines": {"1": 1}}}
        >>> refunded = program.refund(member, placed.order, one, now=now, operation="return-1")
        >>> refunded["returned"]["money"]
        Decimal('4800')
        """
    def review_batch(self, /, members: ColumnsIn, at: datetime | str, *, threads: SupportsIndex | None = None, errors: Errors | None = None, progress: Progress | None = None) -> Reviewed:
        """
        Where the members of a table stand on each ladder as of an instant: ``tiers`` for each row, as columns.

        The table and the other arguments are as with ``advance_batch``.

        >>> members = program.member_columns([program.apply(member, placed.events)])
        >>> program.review_batch(members, now)
        <Reviewed: 0 standings, 0 rejected>
        """
    def segments(self, /, member: Member, *, at: datetime | str, bands: SegmentBands) -> Segments:
        """
        How long ago, how often and how much the member ordered, the bands and segments that this lies in.

        Their names go into ``member["segments"]``, where the condition ``segment_in`` finds them.

        >>> member = program.apply(member, placed.events)
        >>> bands = {"recency": [30, 90], "segments": [{"id": "recent", "recency_at_least": 3}]}
        >>> program.segments(member, at=now, bands=bands)["segments"]
        ['recent']
        """
    def statement(self, /, member: Member, events: Sequence[Event], *, until: datetime | str | None = None) -> list[Statement]:
        """
        What these events moved, wallet by wallet: an opening balance, every movement, a closing balance.

        ``member`` is the member before the events. With ``until`` it also has what time does until then.

        >>> [statement] = program.statement(member, placed.events)
        >>> statement["opening"], statement["movements"][0]["delta"], statement["closing"]
        (Decimal('0'), Decimal('480'), Decimal('480'))
        """
    def tiers(self, /, member: Member, *, at: datetime | str, lang: Lang | None = None) -> TierStandings:
        """
        Where the member stands on each ladder, what is missing to rise and to stay, and what the next review will find if
        nothing more is done; and the same in sentences.

        ``lang`` is ``"en"`` (the default) or ``"ko"``.

        >>> ladder = {"window": "12 months", "tiers": [{"id": "basic"}, {"id": "gold", "enter": {"spend_at_least": "100000"}}]}
        >>> shop = Program.from_dict({"format": 1, "id": "shop", "version": "1", "currency": "KRW", "tiers": ladder})
        >>> shop.tiers(member, at=now)["sentences"]
        ['basic. To gold: ₩100,000 more.']
        """
    @property
    def version(self, /) -> str:
        """
        The version that its author gave it.

        >>> program.version
        '1'
        """

@final
class Quote:
    """
    What a basket costs and earns, line by line, with the reason of every rule that applied, and of every other.

    What the cart shows and what the order books are the same quote: ``place`` only names it. A quote never changes.
    Each field becomes Python objects when it is read, so a till that shows only ``due`` pays for no more.

    >>> quote
    <Quote for 'm1': 9600 KRW due>
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def absorbed(self, /) -> dict[str, Decimal]:
        """
        How many of the earned points make up for a deficit, by wallet.

        >>> quote.absorbed
        {}
        """
    @property
    def accruals(self, /) -> list[Accrual]:
        """
        The rules that grant points.

        >>> [(accrual["rule"], accrual["points"]) for accrual in quote.accruals]
        [('base', Decimal('480'))]
        """
    @property
    def applied(self, /) -> list[Applied]:
        """
        The offers that took effect, in the order in which they did.

        >>> quote.applied
        []
        """
    @property
    def at(self, /) -> datetime:
        """
        When.

        >>> quote.at
        datetime.datetime(2026, 1, 31, 14, 30, tzinfo=datetime.timezone.utc)
        """
    @property
    def balances(self, /) -> dict[str, Decimal]:
        """
        What can be used of each wallet after the order.

        >>> quote.balances
        {'points': Decimal('480')}
        """
    @property
    def before(self, /) -> Before:
        """
        What a return needs in order to come back to the state before the order.

        >>> quote.before
        {}
        """
    @property
    def carried(self, /) -> list[Carried]:
        """
        What rules counted without granting points, to be carried on.

        >>> quote.carried
        []
        """
    @property
    def currency(self, /) -> str:
        """
        The currency of every amount of money.

        >>> quote.currency
        'KRW'
        """
    @property
    def deliveries(self, /) -> list[QuotedDelivery]:
        """
        What is charged for delivery, each way of it.

        >>> quote.deliveries
        []
        """
    @property
    def discount(self, /) -> Decimal:
        """
        What all offers take off.

        >>> quote.discount
        Decimal('0')
        """
    @property
    def discount_bound(self, /) -> Decimal | None:
        """
        Where the best combination is not proved: the most that any could take off.

        >>> quote.discount_bound is None
        True
        """
    @property
    def due(self, /) -> Decimal:
        """
        What is left to pay.

        >>> quote.due
        Decimal('9600')
        """
    @property
    def earned(self, /) -> dict[str, Decimal]:
        """
        The points that the order earns, by wallet.

        >>> quote.earned
        {'points': Decimal('480')}
        """
    @property
    def extended(self, /) -> list[Change]:
        """
        The points that can be used longer because of this order.

        >>> quote.extended
        []
        """
    @property
    def fees(self, /) -> Decimal:
        """
        What is charged beside the goods: part of what is due.

        >>> quote.fees
        Decimal('0')
        """
    @property
    def forget_before(self, /) -> date | None:
        """
        Activity before this day no longer matters to any rule.

        >>> quote.forget_before
        datetime.date(2026, 2, 1)
        """
    @staticmethod
    def from_dict(quote: Quote2) -> Quote:
        """
        A quote from the dict that ``to_dict`` gave, such as the one that an order holds.

        >>> Quote.from_dict(placed.order["quote"]) == quote
        True
        """
    @staticmethod
    def from_json(text: str) -> Quote:
        """
        A quote from the text that ``to_json`` gave.

        >>> Quote.from_json(quote.to_json()) == quote
        True
        """
    @property
    def gross(self, /) -> Decimal:
        """
        The sum of the lines before anything.

        >>> quote.gross
        Decimal('9600')
        """
    @property
    def guest(self, /) -> bool:
        """
        Whether it is nobody who is known: such an order earns nothing and makes no events.

        >>> quote.guest
        False
        """
    @property
    def issued(self, /) -> list[IssuedCoupon]:
        """
        The coupons that the order issues.

        >>> quote.issued
        []
        """
    @property
    def lines(self, /) -> list[QuotedLine]:
        """
        The lines, in the order of the basket.

        >>> [(line["sku"], line["net"]) for line in quote.lines]
        [('latte', Decimal('9600'))]
        """
    @property
    def member(self, /) -> str:
        """
        The member's id.

        >>> quote.member
        'm1'
        """
    @property
    def member_version(self, /) -> int:
        """
        The member's version that was quoted.

        >>> quote.member_version
        0
        """
    @property
    def near(self, /) -> list[NearOffer]:
        """
        The offers that come closest to applying, the closest first.

        >>> quote.near
        []
        """
    @property
    def net(self, /) -> Decimal:
        """
        What is left of it: gross less discount.

        >>> quote.net
        Decimal('9600')
        """
    @property
    def on(self, /) -> date:
        """
        The civil day of it in the program's zone.

        >>> quote.on
        datetime.date(2026, 1, 31)
        """
    @property
    def optimal(self, /) -> bool:
        """
        Whether the combination of offers is proved to be the best one; otherwise it is the best one found.

        >>> quote.optimal
        True
        """
    @property
    def overdue(self, /) -> list[Overdue]:
        """
        What the passing of time changes before the order: expiry and tier reviews that were not written yet.

        >>> quote.overdue
        []
        """
    @property
    def paid_by(self, /) -> dict[str, Decimal]:
        """
        How money pays: the amount of each tender, as the basket said it.

        >>> quote.paid_by
        {}
        """
    @property
    def paid_with_points(self, /) -> Decimal:
        """
        What points pay.

        >>> quote.paid_with_points
        Decimal('0')
        """
    def place(self, /, order: str) -> Placed:
        """
        The order of this quote, and the events that it causes: to be stored together, then applied to the member.

        ``order`` is the id that the host gives it; placing the same order twice changes nothing.

        >>> placed = quote.place("order-1")
        >>> [event["type"] for event in placed.events]
        ['order_placed', 'points_earned']
        """
    @property
    def pool(self, /) -> Pool | None:
        """
        The household whose points were used, where the member has one.

        >>> quote.pool is None
        True
        """
    @property
    def program(self, /) -> ProgramRef:
        """
        The program that decided: its id, version and hash.

        >>> quote.program["id"], quote.program["version"]
        ('cafe', '1')
        """
    @property
    def refused(self, /) -> list[Refused]:
        """
        What did not apply, and why.

        >>> quote.refused
        []
        """
    @property
    def returns(self, /) -> ReturnPolicy:
        """
        What happens when goods come back, as the program said; empty where it said nothing.

        >>> quote.returns
        {}
        """
    @property
    def rounding(self, /) -> Decimal:
        """
        What rounding adds to what is due in all; negative where it takes off.

        >>> quote.rounding
        Decimal('0')
        """
    @property
    def rules(self, /) -> AskedRules | None:
        """
        What a return asks the rules again with, where the program's ``returns`` say so.

        >>> quote.rules is None
        True
        """
    @property
    def shipping(self, /) -> Decimal:
        """
        What delivery costs: part of what is due.

        >>> quote.shipping
        Decimal('0')
        """
    @property
    def shipping_discount(self, /) -> Decimal:
        """
        What offers take off delivery.

        >>> quote.shipping_discount
        Decimal('0')
        """
    @property
    def tax_added(self, /) -> Decimal:
        """
        The taxes that no amount contains: part of what is due.

        >>> quote.tax_added
        Decimal('0')
        """
    @property
    def taxes(self, /) -> list[TaxSum]:
        """
        What comes to each tax rate after all discounts, lowest rate first.

        >>> quote.taxes
        []
        """
    @property
    def tenders(self, /) -> list[Tender]:
        """
        What points of each wallet pay, or could pay.

        >>> quote.tenders
        []
        """
    @property
    def tiers(self, /) -> list[TierPreview]:
        """
        Where the member stands on each ladder; a guest stands on none.

        >>> quote.tiers
        []
        """
    def to_dict(self, /) -> Quote2:
        """
        All fields as a dict.

        >>> quote.to_dict()["due"]
        Decimal('9600')
        """
    def to_json(self, /) -> str:
        """
        The quote as JSON text, to be stored or sent.

        >>> quote.to_json()[:41]
        '{"program":{"id":"cafe","version":"1","ha'
        """

@final
class Quoted:
    """
    What the baskets of a table cost and earn.

    >>> import pyarrow
    >>> baskets = pyarrow.table({"basket": ['{"lines": [{"sku": "latte", "price": 4800}]}']})
    >>> program.quote_batch(program.member_columns([member]), baskets, now)
    <Quoted: 1 quotes, 0 rejected>
    """
    def __repr__(self, /) -> str: ...
    @property
    def quotes(self, /) -> Columns:
        """
        A row for each basket: ``due``, ``discount``, ``earned`` and the like, and the whole ``quote`` as JSON text where that
        was asked for.

        >>> import pyarrow
        >>> baskets = pyarrow.table({"basket": ['{"lines": [{"sku": "latte", "price": 4800}]}']})
        >>> program.quote_batch(program.member_columns([member]), baskets, now).quotes
        <Columns 1 row: member, ...>
        """
    @property
    def rejected(self, /) -> Columns:
        """
        The rows that could not be read, with place and reason; empty unless ``errors="keep"``.

        >>> import pyarrow
        >>> baskets = pyarrow.table({"basket": ['{"lines": [{"sku": "latte", "price": 4800}]}']})
        >>> program.quote_batch(program.member_columns([member]), baskets, now).rejected
        <Columns 0 rows: row, id, place, code, message>
        """

@final
class Reviewed:
    """
    Where the members of a table stand.

    >>> members = program.member_columns([program.apply(member, placed.events)])
    >>> program.review_batch(members, now)
    <Reviewed: 0 standings, 0 rejected>
    """
    def __repr__(self, /) -> str: ...
    @property
    def rejected(self, /) -> Columns:
        """
        The rows that could not be read, with place and reason; empty unless ``errors="keep"``.

        >>> members = program.member_columns([program.apply(member, placed.events)])
        >>> program.review_batch(members, now).rejected
        <Columns 0 rows: row, id, place, code, message>
        """
    @property
    def standings(self, /) -> Columns:
        """
        A row for each member and ladder: where the member stands, what is missing to rise, what the next review finds, and
        the whole ``standing`` as JSON text.

        >>> members = program.member_columns([program.apply(member, placed.events)])
        >>> program.review_batch(members, now).standings
        <Columns 0 rows: member, ladder, ...>
        """

def member_rows(members: ColumnsIn) -> list[MemberOut]:
    """
    The members of a table, as dicts.

    The table has the columns of ``Program.member_schema``, or some of them; each may be JSON text. Raises DangolError
    where a row is no member, with the column and the row.
    """
