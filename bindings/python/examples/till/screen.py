"""The till in a terminal: scan or type, see what it costs and why, take the money, print the receipt."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from dangol.types import Line, Order
from dialogs import Ask, FindMember, Receipt
from receipt import columns, money, receipt, sentences
from rich.text import Text
from schema import TillError
from selling import Sale, Till, line_of
from store import Known
from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import DataTable, Footer, Input, Static

import dangol

STYLES = {"-": "green", "·": "cyan", "+": "yellow", "✗": "dim", "→": "magenta", "★": "bold"}
WIDE = 100  # columns from which on a terminal is wide


class TillScreen(App[None]):
    """The till. The open basket is kept in the store, so that a till that was switched off finds it again."""

    CSS_PATH = "screen.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    BINDINGS = [
        Binding("f2", "member", "Member"),
        Binding("f3", "code", "Code"),
        Binding("f4", "points", "Points"),
        Binding("f6", "remove", "Remove line"),
        Binding("f8", "empty", "Empty"),
        Binding("f9", "pay", "Pay"),
        Binding("f10", "quit", "Quit"),
    ]

    def __init__(
        self, till: Till, articles: Mapping[str, Line], names: Mapping[str, str], printer: Path = Path("receipts.txt")
    ) -> None:
        super().__init__()
        self.till, self.articles, self.names, self.printer = till, articles, names, printer
        self.sale, self.due = Sale(""), Decimal(0)

    def compose(self) -> ComposeResult:
        with Horizontal():
            with Vertical(id="left"):
                yield DataTable(id="lines", cursor_type="row", cell_padding=0)
                yield Input(placeholder="Scan or type: latte   2*croissant   0.25*beans", id="scan")
                yield Static(id="status", markup=False)
            with Vertical(id="right"):
                yield Static(id="member", markup=False)
                yield Static(id="due", markup=False)
                with VerticalScroll():
                    yield Static(id="why", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        self.title = f"Till {self.till.name}"
        table = self.query_one(DataTable)
        wide = self.size.width >= WIDE
        table.add_column("Article", width=24 if wide else 17)
        for label, width in (("Qty", 6), ("Price", 11), ("Off", 10), ("Net", 11)):
            table.add_column(Text(label, justify="right"), width=width if wide else width - 2)
        self.query_one("#lines").border_title = f"Till {self.till.name}"
        draft = self.till.store.draft(self.till.name)
        if draft is not None:
            self.sale = Sale(**draft)
        self.attempt(self.sale)
        if draft is not None:
            self.say(f"The basket of order {self.sale.order} was still open")
        self.query_one("#scan").focus()

    def attempt(self, sale: Sale) -> bool:
        """Quotes a changed basket, and keeps it where the program takes it."""
        with self.telling():
            quote = self.till.quote(sale) if sale.lines else None
            known = None if sale.member is None else self.till.known(sale.member)
            if sale.lines and not sale.order:
                sale.order = self.till.next_id()
            self.till.store.keep_draft(self.till.name, vars(sale) if sale.lines or sale.member else None)
            self.sale = sale
            self.show(quote, known)
            self.say("")
            return True
        return False

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Says what went wrong, and goes on."""
        try:
            yield
        except (TillError, dangol.DangolError) as error:
            self.say(str(error), wrong=True)
        except sa.exc.SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
            self.say(f"The store cannot be used, try again: {reason}", wrong=True)

    def changed(self, **fields: Any) -> Sale:
        """The basket with something changed, while the one that is shown stays as it is."""
        return replace(self.sale, **fields)

    def show(self, quote: dangol.Quote | None, known: Known | None) -> None:
        table = self.query_one(DataTable)
        table.clear()
        self.due = Decimal(0) if quote is None else quote.due
        currency = "" if quote is None else quote.currency
        for line in [] if quote is None else quote.lines:
            off = sum((cut["amount"] for cut in line["discounts"]), Decimal(0))
            amounts = money(line["gross"], currency), money(-off, currency) if off else "", money(line["net"], currency)
            cells = f"{line['quantity']:f}", *amounts
            table.add_row(self.names.get(line["sku"], line["sku"]), *(Text(cell, justify="right") for cell in cells))
        table.move_cursor(row=len(self.sale.lines) - 1)
        table.show_cursor = quote is not None
        self.query_one("#member", Static).update(self.about(known))
        due = self.query_one("#due", Static)
        due.update(f"TO PAY  {money(self.due, currency)}")
        due.display = quote is not None
        why = Text()
        for sign, said in [] if quote is None else sentences(self.till.program, quote, self.till.lang):
            why.append(f"{sign} {said}\n", STYLES[sign])
        self.query_one("#why", Static).update(why)

    def about(self, known: Known | None) -> str:
        if known is None:
            return "No member (F2)"
        program, at, lang = self.till.program, self.till.now(known.snapshot), self.till.lang
        told = [f"{known.name}  {known.phone or ''}"]
        for balance in program.balance(known.snapshot, at=at):
            told.append(f"{balance['usable']:,} {balance['wallet']}" + (" (F4 pays with them)" if balance["usable"] else ""))
        told += program.tiers(known.snapshot, at=at, lang=lang)["sentences"]
        coupons = program.coupons(known.snapshot, at=at)
        return "\n".join(told + [f"Coupon: {held['coupon']['offer']} until {held.get('until', 'always')}" for held in coupons])

    def say(self, text: str, wrong: bool = False) -> None:
        status = self.query_one("#status", Static)
        status.update(text)
        status.set_class(wrong, "wrong")

    @on(Input.Submitted, "#scan")
    def scanned(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if not text:
            return
        event.input.action_select_all()  # what is scanned next takes the place of what was wrong
        with self.telling():
            line = line_of(text, self.articles)
            if self.attempt(self.changed(lines=[*self.sale.lines, line])):
                event.input.value = ""

    def action_remove(self) -> None:
        row = self.query_one(DataTable).cursor_row
        lines = [line for number, line in enumerate(self.sale.lines) if number != row]
        self.attempt(self.changed(lines=lines))

    def action_empty(self) -> None:
        self.attempt(Sale(self.sale.order))

    def action_member(self) -> None:
        def chosen(member: str | None) -> None:
            if member is not None:
                self.attempt(self.changed(member=member or None, points={}))

        self.push_screen(FindMember(self.find), chosen)

    def action_code(self) -> None:
        def typed(code: str | None) -> None:
            if code is not None:
                self.attempt(self.changed(codes=[*self.sale.codes, code] if code else []))

        self.push_screen(Ask("Coupon code (empty takes all codes off)"), typed)

    def action_points(self) -> None:
        def typed(text: str | None) -> None:
            if text is None:
                return
            wallet, sign, points = text.rpartition("=")
            try:
                offered = {wallet if sign else first: Decimal(points)} if text else {}
            except InvalidOperation:
                return self.say(f"{points!r} is no number of points", wrong=True)
            self.attempt(self.changed(points=offered))

        if self.sale.member is None:
            return self.say("Points are a member's: F2 first", wrong=True)
        with self.telling():
            member = self.till.known(self.sale.member).snapshot
            first = self.till.program.balance(member, at=self.till.now(member))[0]["wallet"]
            tenders = self.till.quote(self.sale).tenders if self.sale.lines else []
            most = [tender["redeemable"] for tender in tenders if tender["wallet"] == first and tender["redeemable"]]
            self.push_screen(Ask("How many points pay (empty for none)", f"{most[0]:f}" if most else ""), typed)

    def find(self, text: str) -> list[Known]:
        with self.telling():
            return self.till.store.find(text)
        return []

    def action_pay(self) -> None:
        if not self.sale.lines:
            return self.say("The basket is empty", wrong=True)
        with self.telling():  # the order has its name: F9 again books it once, whatever happened
            try:
                order = self.till.sell(self.sale, self.due)
            except TillError:  # what is due is another amount now
                self.attempt(self.sale)
                raise
            self.attempt(Sale(""))
            self.paid(order)

    def paid(self, order: Order) -> None:
        told = receipt(self.till.program, order, self.names, self.till.lang)

        def then(print_it: bool | None) -> None:
            self.say(f"Order {order['id']} is paid")
            if print_it:
                try:
                    with self.printer.open("a", encoding="utf-8") as printer:
                        printer.write("\n".join(told) + "\n\n\n")
                except OSError as error:
                    self.say(f"The printer cannot be used: {error}", wrong=True)

        self.push_screen(Receipt(told), then)
