"""A till for a small shop: `python till.py --help`."""

import argparse
import csv
import os
import sys
from contextlib import closing
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

import bulk
import offline
import sqlalchemy as sa
from dangol.types import Returned
from receipt import articles, columns, money, receipt, sentences
from schema import TillError
from selling import Sale, Till, lines_of, utc_now
from store import Contact, Store

import dangol

HERE = Path(__file__).parent


def enrol(args: argparse.Namespace, till: Till) -> None:
    phone = bulk.phone_digits(args.phone) or None
    if args.phone and not bulk.is_phone(args.phone):
        raise TillError(f"a phone has 7 to 15 digits, found {args.phone!r}")
    known = till.enrol(args.card or f"m{till.next_id()}", Contact(args.name, phone), args.birthday)
    print(f"{known.name} is member {known.id}")
    print("\n".join(till.statement(known.id)[1:]))


def sell(args: argparse.Namespace, till: Till) -> None:
    lines, names = articles(args.articles)
    member = till.find(args.member).id if args.member else None
    points = dict(_points(text) for text in args.points)
    order_id = args.order or ("quote" if args.quote else till.next_id())
    sale = Sale(order_id, member, lines_of(args.goods, lines), args.code, points)
    if args.quote:
        quote = till.quote(sale)
        for sign, said in sentences(till.program, quote, till.lang):
            print(f" {sign} {said}")
        print(columns("TO PAY", money(quote.due, quote.currency)))
        return
    repeated = till.store.order(sale.order) is not None
    order = till.sell(sale)
    if repeated:
        print(f"order {sale.order} was sold before; nothing changed")
    print("\n".join(receipt(till.program, order, names, till.lang)))
    for sign, said in sentences(till.program, dangol.Quote.from_dict(order["quote"]), till.lang):
        print(f" {sign} {said}")


def take_back(args: argparse.Namespace, till: Till) -> None:
    lines: Returned = {"goods": {"lines": dict(_pair(text, "1=1") for text in args.lines)}}
    returned: Returned = args.how or lines
    if not args.how and not args.lines:
        numbers = [f"{line['id']}={line['quantity']} ({line['sku']})" for line in till.order(args.order)["quote"]["lines"]]
        raise TillError(f"say what comes back, --all or some of: {', '.join(numbers)}")
    refunded = till.take_back(args.order, returned, args.id or till.next_id())
    print("\n".join(refunded["sentences"]))


def statement(args: argparse.Namespace, till: Till) -> None:
    print("\n".join(till.statement(till.find(args.member).id)))


def advance(args: argparse.Namespace, till: Till) -> None:
    looked_at = changed = 0
    for page, due in till.advance(till.clock(), args.page):
        looked_at, changed = looked_at + page, changed + due
    print(f"{looked_at} members looked at, {changed} changed")


def load(args: argparse.Namespace, till: Till) -> None:
    result = bulk.load(till, args.file, args.name, args.dry)
    for wrong in result.rejected[: args.show]:
        print(f"row {wrong.row}, {wrong.column}: {wrong.reason}")
    if len(result.rejected) > args.show:
        print(f"and {len(result.rejected) - args.show} more")
    if args.rejected:
        with args.rejected.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("row", "column", "value", "reason"))
            writer.writerows((wrong.row, wrong.column, wrong.value, wrong.reason) for wrong in result.rejected)
    print(
        f"{result.booked} rows {'would be ' if args.dry else ''}booked with {result.points:,} points, "
        f"{result.unchanged} were there already, {result.rows_rejected} rejected"
    )
    if result.rejected:
        raise SystemExit(1)


def save(args: argparse.Namespace, till: Till) -> None:
    print(f"{bulk.save(till, args.file)} rows written to {args.file}")


def take(args: argparse.Namespace, till: Till) -> None:
    with closing(Store(f"sqlite:///{args.file}")) as local:
        members, orders = offline.take(till.store, local, till.name, args.days, till.clock())
    print(f"{args.file} has {members} members and {orders} orders; sell with --db sqlite:///{args.file} --till {till.name}")


def merge(args: argparse.Namespace, till: Till) -> None:
    if not args.file.is_file():
        raise TillError(f"there is no file {args.file}")
    with closing(Store(f"sqlite:///{args.file}")) as local:
        report = offline.merge(till, local)
    for note in report.notes:
        print(note)
    print(f"{report.booked} operations booked, {report.repeated} were there already")


def screen(args: argparse.Namespace, till: Till) -> None:
    from screen import TillScreen

    TillScreen(till, *articles(args.articles), args.printer).run()


def _pair(text: str, example: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (name and sign and value):
        raise TillError(f"expected something like {example}, found {text!r}")
    return name, value


def _points(text: str) -> tuple[str, Decimal]:
    wallet, value = _pair(text, "points=1000") if "=" in text else ("points", text)
    try:
        return wallet, Decimal(value)
    except InvalidOperation as error:
        raise TillError(f"{value!r} is no number of points") from error


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"expected something like 2026-01-31T09:00:00+09:00, found {text!r}") from error
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} says no time zone; end it with +09:00 or Z")
    return at


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number from 1 on, found {text!r}")
    return int(text)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="till.py", description="A till with members, points and coupons.")
    store = os.environ.get("TILL_DB", "sqlite:///shop.db")
    top.add_argument("--db", default=store, help="sqlite:///FILE or postgresql://USER@HOST/NAME; TILL_DB where left out")
    top.add_argument("--till", default="1", help="this till's name, which no other has (%(default)s)")
    top.add_argument("--program", type=Path, default=HERE / "program.toml", help="the shop's rules")
    top.add_argument("--articles", type=Path, default=HERE / "articles.csv", help="the shop's articles")
    top.add_argument("--lang", choices=("en", "ko"), default="en", help="of what the rules say")
    top.add_argument("--now", type=_instant, help="another instant than the clock's, to try things out")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    add = command("screen", screen, "the till itself, in the terminal").add_argument
    add("--printer", type=Path, default=Path("receipts.txt"), help="a file or device that receipts go to (%(default)s)")
    add = command("enrol", enrol, "a new member joins").add_argument
    add("name")
    add("--phone", default="")
    add("--birthday", help="1990-05-17, or --birthday=--05-17 without the year")
    add("--card", help="the number on the member's card; a new one where left out")
    add = command("sell", sell, "sell a basket: sell latte 2*croissant 0.25*beans").add_argument
    add("goods", nargs="+", help="articles or barcodes, with how many in front: 2*latte")
    add("--member", help="id, phone, or how the name begins")
    add("--code", action="append", default=[], help="a coupon code that is shown")
    add("--points", action="append", default=[], help="how many points pay: 1000, or WALLET=1000")
    add("--order", help="the order's name; with it, selling again changes nothing")
    add("--quote", action="store_true", help="only say what it would cost")
    add = command("return", take_back, "goods come back: return 1-7 1=2 (two units of line 1)").add_argument
    add("order")
    add("lines", nargs="*", help="LINE=HOW MANY")
    add("--id", help="the return's name; with it, returning again changes nothing")
    how = commands.choices["return"].add_mutually_exclusive_group().add_argument
    how("--all", dest="how", action="store_const", const="cancel", help="everything")
    how("--void", dest="how", action="store_const", const="void", help="as if it had never been")
    how("--reopen", dest="how", action="store_const", const="reopen", help="take the latest return back")
    command("statement", statement, "where a member stands, and what moved").add_argument("member")
    add = command("advance", advance, "the nightly run: what time alone changed").add_argument
    add("--page", type=_number, default=500, help="members in one transaction (%(default)s)")
    add = command("import", load, "members and balances from a .csv or .xlsx file").add_argument
    add("file", type=Path)
    add("--name", default="import", help="the import's name: each row is booked once under it")
    add("--dry", action="store_true", help="only look")
    add("--rejected", type=Path, metavar="CSV", help="where to write the rejected rows")
    add("--show", type=_number, default=20, help="how many of them to tell (%(default)s)")
    command("export", save, "members and balances to a .csv or .xlsx file").add_argument("file", type=Path)
    add = command("take", take, "take the shop along in a file, to sell offline").add_argument
    add("file", type=Path)
    add("--days", type=_number, default=90, help="orders of so many days (%(default)s)")
    command("merge", merge, "bring in what was sold offline").add_argument("file", type=Path)
    return top


def main(arguments: list[str] | None = None) -> int:
    args = parser().parse_args(arguments)
    try:
        program = dangol.Program.from_file(args.program)
        with closing(Store(args.db)) as store:
            args.run(args, Till(store, program, args.till, (lambda: args.now) if args.now else utc_now, args.lang))
    except (TillError, dangol.DangolError) as error:
        print(f"till: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"till: {error.filename}: {error.strerror}" if error.filename else f"till: {error}", file=sys.stderr)
        return 1
    except sa.exc.SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        print(f"till: the store {_without_password(args.db)} cannot be used: {reason}", file=sys.stderr)
        return 1
    return 0


def _without_password(url: str) -> str:
    return sa.make_url(url).render_as_string()


if __name__ == "__main__":
    sys.exit(main())
