"""
The native half of the package; import `dangol`.
"""

from collections.abc import Iterable, Sequence
from dangol.columns import ColumnsIn, Errors, Progress
from dangol.types import Accrual, Acted, Action, Amount, Applied, AskedRules, Balance, Basket, Before, Carried, Change, Counted, CouponBalance, Cut, Cutoffs, Done, Event, Exchanged, Explanation, IssuedCoupon, Lang, Liability, Member, MemberOut, Merged, NearOffer, Notice, Order, Overdue, Percent, Pool, ProgramFile, ProgramRef, Quote as Quote2, QuotedDelivery, QuotedLine, Refunded, Refused, ReturnPolicy, Returned, SegmentBands, Segments, Statement, TaxSum, Tender, TierPreview, TierStandings
from datetime import date, datetime
from decimal import Decimal
from os import PathLike
from typing import Any, Final, SupportsIndex, final

__all__ = ["VERSION", "Advanced", "Columns", "Placed", "Program", "Quote", "member_rows"]

VERSION: Final[str]
"""
The version of this package.
"""

@final
class Advanced:
    """
    What changed in a table of members.
    """
    def __repr__(self, /) -> str: ...
    @property
    def events(self, /) -> Columns:
        """
        The events: ``member``, ``version``, ``at``, ``type``, and the whole ``event`` as JSON text.
        """
    @property
    def members(self, /) -> Columns:
        """
        The members after them, those who changed alone, in the columns that were given and those that these lack.
        """
    @property
    def rejected(self, /) -> Columns:
        """
        The rows that could not be read, with place and reason; empty unless ``errors="keep"``.
        """

@final
class Columns:
    """
    A table, for any library that reads Arrow: ``pyarrow.table(columns)``, ``polars.DataFrame(columns)``,
    ``duckdb.sql("from columns")``, ``pandas.DataFrame.from_arrow(columns)``.
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
        """

@final
class Placed:
    """
    An order and the events that it causes.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def events(self, /) -> list[Event]:
        """
        The events, to be stored and applied to the member, all or none.
        """
    @property
    def order(self, /) -> Order:
        """
        The order, to be stored: everything that a return will need.
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
        """
    def advance(self, /, member: Member, until: datetime | str) -> list[Event]:
        """
        What the passing of time does to a member until then: points that expire, tiers that are reviewed.
        """
    def advance_batch(self, /, members: ColumnsIn, until: datetime | str, *, threads: SupportsIndex | None = None, errors: Errors | None = None, progress: Progress | None = None, check_all: bool = False) -> Advanced:
        """
        What the passing of time does to a table of members until then: ``advance`` and ``apply`` for each row.

        ``members`` is any table that speaks Arrow's PyCapsule interface, with the columns of ``member_schema`` or some of
        them. ``threads`` are as many as the machine has where left out. With ``errors="keep"`` rows with mistakes are kept
        in ``rejected``, and the first one raises otherwise. ``progress`` is ``True``, or a function that is told how many
        rows are done. With ``check_all`` members are read in full even where nothing is due.
        """
    def apply(self, /, member: Member, events: Sequence[Event]) -> MemberOut:
        """
        The member after these events. The member that was given does not change.
        """
    def balance(self, /, member: Member, *, at: datetime | str) -> list[Balance]:
        """
        The points of every wallet as of an instant: what is there, what of it can be used, and when it ends.

        What time does until then is counted, whether or not anybody wrote it down.
        """
    def call(self, /, verb: str, request: str) -> str:
        """
        The raw door: a request as JSON text, the answer as JSON text. The same in every language.
        """
    def codes(self, /, count: int, *, randomness: str, taken: Sequence[str] | None = None) -> list[str]:
        """
        New codes for coupons, of the form that the program's ``codes`` tells: all different, none of them taken.

        ``randomness`` is at least 16 bytes in hexadecimal digits, fresh for every call: ``secrets.token_hex(32)``.
        ``taken`` are the codes that were given out before.
        """
    def coupons(self, /, member: Member, *, at: datetime | str) -> list[CouponBalance]:
        """
        The coupons that the member holds as of an instant, those that end first in front.

        Each says whether it is ``usable`` now, why not where it is not (``refused``), and until when it can be used.
        """
    def cutoff(self, /, cut: Cut, *, values: Sequence[Amount] | None = None, counted: Sequence[Counted] | None = None) -> Cutoffs:
        """
        Where a population is cut, such as where its best tenth begins; the program does not matter.

        ``values`` is what each of them has, ``counted`` the same for those who are counted already.
        """
    def describe(self, /, events: Sequence[Event], *, lang: Lang | None = None) -> list[str]:
        """
        What happened, a sentence for each event.

        ``lang`` is ``"en"`` (the default) or ``"ko"``.
        """
    def exchange(self, /, member: Member, order: Order, returned: Returned, basket: Basket, *, now: datetime | str, exchange: str, others: Sequence[Member] | None = None, lang: Lang | None = None) -> Exchanged:
        """
        Goods of an order come back, and others are bought: one operation, and one amount to pay or to give back (``due``).

        ``exchange`` is the id of the new order, which is the name of the whole. The answer has both orders, and the events
        of both halves; otherwise it is as with ``refund``.
        """
    def explain(self, /, quote: Quote, lang: Lang | None = None) -> Explanation:
        """
        The quote in sentences: what applied and how that was computed, what did not and why.

        ``lang`` is ``"en"`` (the default) or ``"ko"``.
        """
    @staticmethod
    def from_dict(definition: ProgramFile) -> Program:
        """
        A program from a dict of the same form as the file.
        """
    @staticmethod
    def from_file(path: str | PathLike[str]) -> Program:
        """
        A program from a file whose name ends in ``.json`` or ``.toml``.
        """
    @staticmethod
    def from_json(text: str) -> Program:
        """
        A program from JSON text.

        Raises DangolError with every problem that the text has, each with its path.
        """
    @staticmethod
    def from_toml(text: str) -> Program:
        """
        A program from TOML text.
        """
    @property
    def hash(self, /) -> str:
        """
        The hash of its content: every quote and event says which rules decided it.
        """
    @property
    def id(self, /) -> str:
        """
        The program's name.
        """
    def liability(self, /, members: Sequence[Member], *, at: datetime | str, rate: Percent | None = None) -> Liability:
        """
        What the shop owes these members in points, by wallet, issuer and month of expiry.

        ``rate`` is the share that is expected to be used, in percent: 100 where left out.
        """
    def member_columns(self, /, members: Iterable[Member]) -> Columns:
        """
        Members as a table with the columns of ``member_schema``.
        """
    def member_schema(self, /) -> Columns:
        """
        A table without rows that has the recommended columns of members, with the digits of this program.

        What rules look at every night are columns of their own; what is rare is JSON text.
        """
    def merge(self, /, member: Member, done: Sequence[Done]) -> Merged:
        """
        What tills did with a member without knowing of each other, as one life: the same in whatever order it comes.

        ``member`` is the member as all of them knew it. ``done`` is what they did since: ``{"order": …}`` as it was placed,
        ``{"action": {"action": …, "now": …, "operation": …}}``, ``{"refund": {"order": …, "returned": …, …}}``.
        """
    def notices(self, /, member: Member, from_: date | str, until: date | str) -> list[Notice]:
        """
        What the member is to be told in these days, both included: which points end, and when.

        ``from`` is a word of Python, so the first day is ``from_`` here; errors call it ``from``, as everywhere.
        """
    def quote(self, /, member: Member, basket: Basket, now: datetime | str, *, pool: Member | None = None) -> Quote:
        """
        What a basket costs this member and earns now, and why.

        ``now`` is a datetime with a time zone, or RFC 3339 text. ``pool`` is the household whose points are used, a
        member of its own. Raises DangolError where what was given means nothing; a rule that says no is part of the
        answer.
        """
    def refund(self, /, member: Member, order: Order, returned: Returned, *, now: datetime | str, operation: str, others: Sequence[Member] | None = None, lang: Lang | None = None) -> Refunded:
        """
        What comes back of an order, what is refunded for it and why, and what that undoes: points, coupons, tiers.

        ``returned`` is ``{"goods": {"lines": {"1": 1}}}``, ``"cancel"``, ``"void"``, or ``"reopen"``, which takes the latest
        return back. ``order`` is the order as it was stored; the answer has it with the return noted in it, to be stored in
        its place. ``others`` are members who take part: the household whose points were used, those whose coupons were.
        ``lang`` is the language of the sentences, ``"en"`` (the default) or ``"ko"``.
        """
    def segments(self, /, member: Member, *, at: datetime | str, bands: SegmentBands) -> Segments:
        """
        How long ago, how often and how much the member ordered, the bands and segments that this lies in.

        Their names go into ``member["segments"]``, where the condition ``segment_in`` finds them.
        """
    def statement(self, /, member: Member, events: Sequence[Event], *, until: datetime | str | None = None) -> list[Statement]:
        """
        What these events moved, wallet by wallet: an opening balance, every movement, a closing balance.

        ``member`` is the member before the events. With ``until`` it also has what time does until then.
        """
    def tiers(self, /, member: Member, *, at: datetime | str, lang: Lang | None = None) -> TierStandings:
        """
        Where the member stands on each ladder, what is missing to rise and to stay, and what the next review will find if
        nothing more is done; and the same in sentences.

        ``lang`` is ``"en"`` (the default) or ``"ko"``.
        """
    @property
    def version(self, /) -> str:
        """
        The version that its author gave it.
        """

@final
class Quote:
    """
    What a basket costs and earns, line by line, with the reason of every rule that applied, and of every other.

    What the cart shows and what the order books are the same quote: ``place`` only names it. A quote never changes.
    Each field becomes Python objects when it is read, so a till that shows only ``due`` pays for no more.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def absorbed(self, /) -> dict[str, Decimal]:
        """
        How many of the earned points make up for a deficit, by wallet.
        """
    @property
    def accruals(self, /) -> list[Accrual]:
        """
        The rules that grant points.
        """
    @property
    def applied(self, /) -> list[Applied]:
        """
        The offers that took effect, in the order in which they did.
        """
    @property
    def at(self, /) -> datetime:
        """
        When.
        """
    @property
    def balances(self, /) -> dict[str, Decimal]:
        """
        What can be used of each wallet after the order.
        """
    @property
    def before(self, /) -> Before:
        """
        What a return needs in order to come back to the state before the order.
        """
    @property
    def carried(self, /) -> list[Carried]:
        """
        What rules counted without granting points, to be carried on.
        """
    @property
    def currency(self, /) -> str:
        """
        The currency of every amount of money.
        """
    @property
    def deliveries(self, /) -> list[QuotedDelivery]:
        """
        What is charged for delivery, each way of it.
        """
    @property
    def discount(self, /) -> Decimal:
        """
        What all offers take off.
        """
    @property
    def discount_bound(self, /) -> Decimal | None:
        """
        Where the best combination is not proved: the most that any could take off.
        """
    @property
    def due(self, /) -> Decimal:
        """
        What is left to pay.
        """
    @property
    def earned(self, /) -> dict[str, Decimal]:
        """
        The points that the order earns, by wallet.
        """
    @property
    def extended(self, /) -> list[Change]:
        """
        The points that can be used longer because of this order.
        """
    @property
    def fees(self, /) -> Decimal:
        """
        What is charged beside the goods: part of what is due.
        """
    @property
    def forget_before(self, /) -> date | None:
        """
        Activity before this day no longer matters to any rule.
        """
    @staticmethod
    def from_dict(quote: Quote2) -> Quote:
        """
        A quote from the dict that ``to_dict`` gave, such as the one that an order holds.
        """
    @staticmethod
    def from_json(text: str) -> Quote:
        """
        A quote from the text that ``to_json`` gave.
        """
    @property
    def gross(self, /) -> Decimal:
        """
        The sum of the lines before anything.
        """
    @property
    def guest(self, /) -> bool:
        """
        Whether it is nobody who is known: such an order earns nothing and makes no events.
        """
    @property
    def issued(self, /) -> list[IssuedCoupon]:
        """
        The coupons that the order issues.
        """
    @property
    def lines(self, /) -> list[QuotedLine]:
        """
        The lines, in the order of the basket.
        """
    @property
    def member(self, /) -> str:
        """
        The member's id.
        """
    @property
    def member_version(self, /) -> int:
        """
        The member's version that was quoted.
        """
    @property
    def near(self, /) -> list[NearOffer]:
        """
        The offers that come closest to applying, the closest first.
        """
    @property
    def net(self, /) -> Decimal:
        """
        What is left of it: gross less discount.
        """
    @property
    def on(self, /) -> date:
        """
        The civil day of it in the program's zone.
        """
    @property
    def optimal(self, /) -> bool:
        """
        Whether the combination of offers is proved to be the best one; otherwise it is the best one found.
        """
    @property
    def overdue(self, /) -> list[Overdue]:
        """
        What the passing of time changes before the order: expiry and tier reviews that were not written yet.
        """
    @property
    def paid_by(self, /) -> dict[str, Decimal]:
        """
        How money pays: the amount of each tender, as the basket said it.
        """
    @property
    def paid_with_points(self, /) -> Decimal:
        """
        What points pay.
        """
    def place(self, /, order: str) -> Placed:
        """
        The order of this quote, and the events that it causes: to be stored together, then applied to the member.

        ``order`` is the id that the host gives it; placing the same order twice changes nothing.
        """
    @property
    def pool(self, /) -> Pool | None:
        """
        The household whose points were used, where the member has one.
        """
    @property
    def program(self, /) -> ProgramRef:
        """
        The program that decided: its id, version and hash.
        """
    @property
    def refused(self, /) -> list[Refused]:
        """
        What did not apply, and why.
        """
    @property
    def returns(self, /) -> ReturnPolicy:
        """
        What happens when goods come back, as the program said; empty where it said nothing.
        """
    @property
    def rounding(self, /) -> Decimal:
        """
        What rounding adds to what is due in all; negative where it takes off.
        """
    @property
    def rules(self, /) -> AskedRules | None:
        """
        What a return asks the rules again with, where the program's ``returns`` say so.
        """
    @property
    def shipping(self, /) -> Decimal:
        """
        What delivery costs: part of what is due.
        """
    @property
    def shipping_discount(self, /) -> Decimal:
        """
        What offers take off delivery.
        """
    @property
    def tax_added(self, /) -> Decimal:
        """
        The taxes that no amount contains: part of what is due.
        """
    @property
    def taxes(self, /) -> list[TaxSum]:
        """
        What comes to each tax rate after all discounts, lowest rate first.
        """
    @property
    def tenders(self, /) -> list[Tender]:
        """
        What points of each wallet pay, or could pay.
        """
    @property
    def tiers(self, /) -> list[TierPreview]:
        """
        Where the member stands on each ladder; a guest stands on none.
        """
    def to_dict(self, /) -> Quote2:
        """
        All fields as a dict.
        """
    def to_json(self, /) -> str:
        """
        The quote as JSON text, to be stored or sent.
        """

def member_rows(members: ColumnsIn) -> list[MemberOut]:
    """
    The members of a table, as dicts.

    The table has the columns of ``Program.member_schema``, or some of them; each may be JSON text. Raises DangolError
    where a row is no member, with the column and the row.
    """
