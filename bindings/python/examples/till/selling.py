"""What a till does: enrol, sell, take goods back, tell what there is. What the rules say is asked of the program."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import cast

from dangol.types import Action, Basket, Lang, Line, Member, Order, Refunded, Refusal, Returned
from schema import TillError
from store import Booking, Contact, Known, Operation, Stale, Store, instant, until_booked, utc

import dangol
from dangol import to_json

GUEST: Member = {"id": "guest", "guest": True}
CLOCKS_DIFFER = timedelta(minutes=5)


def utc_now() -> datetime:
    return datetime.now(timezone.utc)


@dataclass
class Sale:
    """A basket as it stands at the till, with the name that its order will have."""

    order: str
    member: str | None = None
    lines: list[Line] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    points: dict[str, Decimal] = field(default_factory=dict)

    def basket(self) -> Basket:
        basket: Basket = {"lines": self.lines, "codes": self.codes, "points": self.points}
        return basket

    def same_as(self, asked: str) -> bool:
        return to_json([self.member, self.basket()]) == asked


class Till:
    """One till of a shop: its store, the shop's program, and the till's name."""

    def __init__(
        self, store: Store, program: dangol.Program, name: str, clock: Callable[[], datetime] = utc_now, lang: Lang = "en"
    ) -> None:
        if not name.isalnum():
            raise TillError(f"a till's name has letters and digits only, found {name!r}")
        self.store, self.program, self.name, self.clock, self.lang = store, program, name, clock, lang
        store.know_till(name)

    def next_id(self) -> str:
        """A name for an order, a return or an action: no other till gives it, since its own name stands in front."""
        return f"{self.name}-{self.store.number(self.name)}"

    def known(self, member: str) -> Known:
        known = self.store.member(member)
        if known is None:
            raise TillError(f"there is no member {member!r}")
        return known

    def find(self, text: str) -> Known:
        """The one member whose id, phone or name this is."""
        match self.store.find(text):
            case [known]:
                return known
            case []:
                raise TillError(f"there is no member {text!r}")
            case several:
                same = [known for known in several if known.id == text]
                if same:
                    return same[0]
                names = ", ".join(f"{known.id} {known.name}".strip() for known in several[:5])
                raise TillError(f"{text!r} is more than one member: {names}")

    def order(self, order: str) -> Order:
        found = self.store.order(order)
        if found is None:
            raise TillError(f"there is no order {order!r}")
        return found

    def now(self, member: Member) -> datetime:
        """Now, as this till's clock says; nothing happens before what another till did, whose clock is a little ahead."""
        now, latest = self.clock(), member.get("at")
        if latest is None:
            return now
        at = instant(latest)
        if at - now > CLOCKS_DIFFER:
            raise TillError(f"the clock is behind: it says {now:%Y-%m-%d %H:%M} UTC, and {member['id']} was here at {utc(at)}")
        return max(now, at)

    # Selling

    def quote(self, sale: Sale) -> dangol.Quote:
        """What the basket costs now, and why. Nothing is written."""
        member = GUEST if sale.member is None else self.known(sale.member).snapshot
        return self.program.quote(member, sale.basket(), self.now(member))

    def sell(self, sale: Sale, due: Decimal | None = None) -> Order:
        """Books the basket. The same order again changes nothing. `due` is what the customer was told, and agreed to pay."""

        def decide() -> Booking:
            seen = None if sale.member is None else self.known(sale.member)
            member = GUEST if seen is None else seen.snapshot
            quote = self.program.quote(member, sale.basket(), self.now(member))
            if due is not None and quote.due != due:
                raise TillError(f"the amount due is {quote.due} now, no longer {due}: look at the basket again")
            placed = quote.place(sale.order)
            asked = to_json([sale.member, sale.basket()])
            done = to_json({"order": placed.order})
            operation = Operation(sale.order, member["id"], utc(quote.at), "order", asked, done)
            draft = self.store.draft(self.name)
            closes = self.name if draft is not None and draft["order"] == sale.order else None
            booking = Booking(operations=[operation], placed=[placed.order], till=closes)
            if seen is not None:
                booking.seen, booking.events = seen, placed.events
                booking.member = self.program.apply(member, placed.events)
            return booking

        if not sale.lines:
            raise TillError("the basket is empty")
        self._book_once(sale.order, sale.same_as, decide)
        return self.order(sale.order)

    def take_back(self, order: str, returned: Returned, operation: str) -> Refunded:
        """Books a return. The same again changes nothing, and answers as the first time."""
        answer: list[Refunded] = []
        asked = to_json([order, returned])

        def decide() -> Booking:
            stored, seen = self.order(order), self.store.member(self.order(order)["quote"]["member"])
            member = GUEST if seen is None else seen.snapshot
            now = self.now({**member, "at": max(utc(member.get("at") or stored["quote"]["at"]), utc(stored["quote"]["at"]))})
            refunded = self.program.refund(member, stored, returned, now=now, operation=operation, lang=self.lang)
            answer[:] = [refunded]
            if "refused" in refunded:
                raise TillError(f"order {order}: {self.why_not(refunded['refused'])}")
            request = {"order": stored, "returned": returned, "now": now, "operation": operation}
            done = Operation(operation, member["id"], utc(now), "refund", asked, to_json({"refund": request}))
            booking = Booking(operations=[done], changed=[(len(stored.get("returns", [])), refunded["order"])])
            if seen is not None:
                booking.seen, booking.events = seen, refunded["events"]
                booking.member = self.program.apply(member, refunded["events"])
            return booking

        if self._book_once(operation, asked.__eq__, decide):
            return answer[0]
        stored = self.order(order)
        known = next(known for known in stored["returns"] if known["operation"] == operation)
        amount = f"{operation} was booked before: {known['money']} was given back"
        return {"order": stored, "events": [], "repeated": True, "sentences": [amount], "returned": known}

    # Members

    def enrol(self, member: str, contact: Contact, birthday: str | None = None) -> Known:
        """A new member joins; what the rules say about joining applies."""
        action: Action = {"enrol": {"birthday": birthday}}

        def decide() -> Booking:
            if self.store.member(member) is not None:
                raise TillError(f"there is a member {member!r} already")
            self.free_phone(contact.phone)
            return self.action(None, {"id": member}, action, f"enrol-{member}", contact)

        self._book_once(f"enrol-{member}", to_json([member, action]).__eq__, decide)
        known = self.known(member)
        if (known.name, known.phone) != (contact.name, contact.phone):
            raise TillError(f"there is a member {member!r} already")
        return known

    def free_phone(self, phone: str | None) -> None:
        known = self.store.by_phone(phone)
        if known is not None:
            raise TillError(f"the phone {phone} belongs to {known.id} {known.name}".rstrip())

    def grant(self, member: str, points: str, reason: str, operation: str) -> Known:
        """Points by hand."""
        action: Action = {"grant": {"points": points, "reason": reason}}

        def decide() -> Booking:
            seen = self.known(member)
            return self.action(seen, seen.snapshot, action, operation)

        self._book_once(operation, to_json([member, action]).__eq__, decide)
        return self.known(member)

    def action(
        self, seen: Known | None, member: Member, action: Action, operation: str, contact: Contact | None = None
    ) -> Booking:
        """What books an action with a member."""
        now = self.now(member)
        acted = self.program.act(member, action, now=now, operation=operation)
        if "refused" in acted:
            raise TillError(f"{member['id']}: {self.why_not(acted['refused'])}")
        request = {"action": action, "now": now, "operation": operation}
        asked, done = to_json([member["id"], action]), to_json({"action": request})
        return Booking(
            seen=seen,
            member=self.program.apply(member, acted["events"]),
            events=acted["events"],
            operations=[Operation(operation, member["id"], utc(now), "action", asked, done)],
            opening=member if seen is None else None,
            contact=contact or Contact(),
        )

    def why_not(self, refused: Refusal) -> str:
        """A no of the rules in a sentence, with its numbers."""
        [sentence] = self.program.describe(reasons=[refused["reason"]], lang=self.lang)
        return sentence

    def statement(self, member: str) -> list[str]:
        """Where a member stands, and what moved the points, in sentences."""
        known = self.known(member)
        at = self.now(known.snapshot)
        told = [f"{known.name or known.id}, {known.phone or 'no phone'}"]
        told += self.program.tiers(known.snapshot, at=at, lang=self.lang)["sentences"]
        for balance in self.program.balance(known.snapshot, at=at):
            told.append(f"{balance['wallet']}: {balance['usable']:,} usable of {balance['balance']:,}")
            told += [f"  {part['points']:,} until {part.get('on', 'always')}" for part in balance["expiring"]]
        for coupon in self.program.coupons(known.snapshot, at=at, lang=self.lang):
            told.append(f"coupon {coupon['name']} until {coupon.get('until', 'always')}")
        for wallet in self.program.statement(known.opening, self.store.events(known), until=at):
            told.append(f"{'':19}{wallet['opening']:>10,}  {wallet['wallet']} at the beginning")
            changes = [moved["change"] for moved in wallet["movements"]]
            sentences = self.program.describe(changes=changes, lang=self.lang)
            for moved, sentence in zip(wallet["movements"], sentences, strict=True):
                when = f"{moved['at'].astimezone():%Y-%m-%d %H:%M}"
                told.append(f"{when} {moved['delta']:>+10,} = {moved['balance']:,}  {sentence} ({moved['operation']})")
        return told

    # The night

    def advance(self, until: datetime, size: int = 500) -> Iterator[tuple[int, int]]:
        """What time alone changed, for all members, page by page: how many were looked at, and how many changed."""
        for page in self.store.pages(size):
            due = [booking for known in page if (booking := self._due(known, until)) is not None]
            try:
                self.store.book(*due)
            except Stale:  # a till sold to one of them in between: each by itself
                for booking in due:
                    self._advance_one(cast(Known, booking.seen).id, until)
            yield len(page), len(due)

    def _advance_one(self, member: str, until: datetime) -> None:
        def attempt() -> None:
            booking = self._due(self.known(member), until)
            if booking is not None:
                self.store.book(booking)

        until_booked(attempt, f"{member}: too many others book at the same time; try again")

    def _due(self, known: Known, until: datetime) -> Booking | None:
        latest = known.snapshot.get("at")
        if latest is not None and utc(latest) > utc(until):
            return None
        happened = self.program.advance(known.snapshot, until)
        if not happened:
            return None
        return Booking(seen=known, member=self.program.apply(known.snapshot, happened), events=happened)

    def _book_once(self, operation: str, same: Callable[[str], bool], decide: Callable[[], Booking]) -> bool:
        """Decides and books, and decides again where somebody else was faster. Whether it was not booked before."""
        def attempt() -> bool:
            known = self.store.operation(operation)
            if known is None:
                self.store.book(decide())
                return True
            if not same(known.asked):
                raise TillError(f"{operation} was booked before with another content")
            return False

        return until_booked(attempt, f"{operation}: too many others book at the same time; try again")


def lines_of(goods: Sequence[str], articles: Mapping[str, Line]) -> list[Line]:
    """The lines that were typed or scanned: `latte`, `2*latte`, `0.25*beans`, or a barcode."""
    return [line_of(text, articles) for text in goods]


def line_of(text: str, articles: Mapping[str, Line]) -> Line:
    quantity, star, article = text.rpartition("*")
    found = articles.get(article.strip())
    if found is None:
        raise TillError(f"there is no article {article.strip()!r}")
    return {**found, "quantity": quantity.strip()} if star else {**found}
