"""Members and balances in and out, as CSV or Excel. A row that is wrong is told and left out; all others are booked."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from dangol.types import Action, Member
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import InvalidFileException
from schema import TillError
from selling import Till
from store import Booking, Contact, until_booked

from dangol import DangolError, to_json

COLUMNS = ("id", "name", "phone", "birthday", "joined_on", "points", "expires_on")
PAGE = 200  # rows in one transaction
Row = dict[str, str]


@dataclass(frozen=True)
class Rejected:
    """A cell that is wrong, and why."""

    row: int
    column: str
    value: str
    reason: str


@dataclass
class Imported:
    """What became of a file."""

    booked: int = 0
    points: Decimal = Decimal(0)
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def rows_rejected(self) -> int:
        return len({wrong.row for wrong in self.rejected})


def read(path: Path) -> Iterator[tuple[int, Row]]:
    """The rows of a file with their numbers, as text by column."""
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".xlsx"):
        raise TillError(f"{path}: expected a file that ends in .csv or .xlsx")
    try:
        rows = _csv(path) if suffix == ".csv" else _excel(path)
        columns: list[str] = []
        for number, cells in rows:
            if not columns:
                columns = _columns(path, cells)
            elif any(cells):
                extra = {"": "".join(cells[len(columns) :])} if len(cells) > len(columns) else {}
                yield number, dict.fromkeys(columns, "") | dict(zip(columns, cells, strict=False)) | extra
        if not columns:
            raise TillError(f"{path}: the file is empty")
    except (UnicodeDecodeError, csv.Error, InvalidFileException, BadZipFile, KeyError) as error:
        raise TillError(f"{path}: this is no {suffix[1:]} file in UTF-8, or it is damaged ({error})") from error


def _columns(path: Path, cells: list[str]) -> list[str]:
    columns = [cell.lower().replace(" ", "_") for cell in cells]
    unknown = [column for column in columns if column not in COLUMNS]
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if "id" not in columns or unknown or twice:
        wrong = f"unknown column {unknown[0]!r}" if unknown else f"column {twice[0]!r} twice" if twice else "no column 'id'"
        raise TillError(f"{path}: {wrong}; the first row names the columns: {', '.join(COLUMNS)}")
    return columns


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, cells in enumerate(csv.reader(file, strict=True), start=1):
            yield number, [cell.strip() for cell in cells]


def _excel(path: Path) -> Iterator[tuple[int, list[str]]]:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            yield number, [_text(cell) for cell in cells]
    finally:
        book.close()


def _text(cell: Any) -> str:
    """What a cell of Excel shows: it keeps numbers as floats, and days as times."""
    match cell:
        case None:
            return ""
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat()
        case date():
            return cell.isoformat()
        case _:
            return str(cell).strip()


def load(till: Till, path: Path, name: str = "import", dry: bool = False) -> Imported:
    """Books a file row by row. The same import again changes nothing; `dry` only looks.

    A member has a row for all points that end on one day.
    """
    result = Imported()
    lots: dict[tuple[str, str], int] = {}
    phones: dict[str, str] = {}
    page: dict[str, tuple[int, Row]] = {}
    for number, row in read(path):
        wrong = list(_wrong(till, row, name))
        first = lots.setdefault((row["id"], row.get("expires_on", "")), number)
        if first != number:
            wrong.append(("id", f"stands in row {first} already, with the same expires_on"))
        phone = phone_digits(row.get("phone", ""))
        if phone and phones.setdefault(phone, row["id"]) != row["id"] and "phone" not in dict(wrong):
            wrong.append(("phone", f"belongs to {phones[phone]} in this file"))
        if wrong:
            result.rejected += [Rejected(number, column, row.get(column, ""), reason) for column, reason in wrong]
            continue
        if row["id"] in page or len(page) == PAGE:
            _book_page(till, page, name, dry, result)
        page[row["id"]] = number, row
    _book_page(till, page, name, dry, result)
    result.rejected.sort(key=lambda wrong: wrong.row)
    return result


def _book_page(till: Till, page: dict[str, tuple[int, Row]], name: str, dry: bool, result: Imported) -> None:
    """Books rows of different members in one transaction, and looks again where somebody else books one of them."""
    rows = list(page.values())
    page.clear()

    def attempt() -> None:
        booked: list[Row] = []
        bookings: list[Booking] = []
        wrong: list[Rejected] = []
        for number, row in rows:
            try:
                booking = _booking(till, row, name)
            except (TillError, DangolError) as error:
                wrong.append(Rejected(number, "id", row["id"], str(error)))
                continue
            if booking is not None:
                booked.append(row)
                bookings.append(booking)
        if not dry:
            till.store.book(*bookings)
        result.rejected += wrong
        result.booked += len(booked)
        result.unchanged += len(rows) - len(booked) - len(wrong)
        result.points += sum(Decimal(row.get("points") or 0) for row in booked)

    until_booked(attempt, "too many others book at the same time; import again, what is booked stays as it is")


def _wrong(till: Till, row: Row, name: str) -> Iterator[tuple[str, str]]:
    """Everything that is wrong with a row. Each cell is tried by itself; the program says what it takes."""
    if not row["id"]:
        yield "id", "is missing"
        return
    if "" in row:
        yield "", "there are more cells than columns"
    if row.get("phone") and not is_phone(row["phone"]):
        yield "phone", "a phone has 7 to 15 digits"
    elif row.get("phone"):
        other = till.store.by_phone(phone_digits(row["phone"]))
        if other is not None and other.id != row["id"]:
            yield "phone", f"belongs to {other.id} {other.name}".rstrip()
    now = till.clock()
    for column in ("id", "birthday", "joined_on"):
        if row.get(column):
            member: Any = {"id": "new", column: row[column]}
            yield from _tried(column, lambda member=member: till.program.balance(member, at=now))
    if row.get("points") or row.get("expires_on"):
        if not row.get("points"):
            yield "points", "is missing, and expires_on is there"
        for column in ("points", "expires_on"):
            if row.get(column):
                only = {"points": row["points"] if column == "points" else "1"}
                action = _grant({**only, column: row[column]}, name)
                tried = lambda action=action: till.program.act({"id": "new"}, action, now=now, operation=name)  # noqa: E731
                yield from _tried(column, tried)


def _tried(column: str, attempt: Any) -> Iterator[tuple[str, str]]:
    try:
        attempt()
    except DangolError as error:
        yield column, error.message


def _grant(row: Mapping[str, str], name: str) -> Action:
    return {"grant": {"points": row["points"], "reason": name, "expires_on": row.get("expires_on") or None}}


def _booking(till: Till, row: Row, name: str) -> Booking | None:
    """What books a row, or nothing where it is booked already."""
    action = _grant(row, name) if row.get("points") else None
    operation = "-".join(filter(None, (name, row["id"], row.get("expires_on"))))
    known, before = till.store.member(row["id"]), till.store.operation(operation)
    if before is not None and (action is None or before.asked != to_json([row["id"], action])):
        raise TillError(f"{operation} was booked before with other points")
    if before is not None or (known is not None and action is None):
        return None
    opening: Any = {"id": row["id"]} | {key: row[key] for key in ("birthday", "joined_on") if row.get(key)}
    member: Member = opening if known is None else known.snapshot
    contact = Contact(row.get("name", ""), phone_digits(row.get("phone", "")) or None)
    if action is not None:
        return till.action(known, member, action, operation, contact)
    return Booking(member=till.program.apply(member, []), opening=member, contact=contact)


def phone_digits(phone: str) -> str:
    """A phone as it is looked up: its digits."""
    return "".join(sign for sign in phone if sign.isdigit())


def is_phone(phone: str) -> bool:
    return 7 <= len(phone_digits(phone)) <= 15


def save(till: Till, path: Path) -> int:
    """All members and what they have, in the columns that an import reads: one row for all points that end on one day."""
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise TillError(f"{path}: expected a file that ends in .csv or .xlsx")
    rows = list(_balances(till))
    if path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:  # the mark lets Excel read Korean
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(rows)
        return len(rows)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("members")
    sheet.append(COLUMNS)
    for row in rows:
        cells = [WriteOnlyCell(sheet, value=value) for value in row]
        for cell in cells:
            cell.data_type = "s"  # text, also where a name begins like a formula
        sheet.append(cells)
    book.save(path)
    return len(rows)


def _balances(till: Till) -> Iterator[tuple[str, ...]]:
    for page in till.store.pages():
        for known in page:
            own = known.snapshot
            about = known.id, known.name, known.phone or "", str(own.get("birthday") or ""), str(own.get("joined_on") or "")
            parts = [part for owned in till.program.balance(own, at=till.now(own))[:1] for part in owned["expiring"]]
            yield from ((*about, f"{part['points']:f}", str(part.get("on", ""))) for part in parts)
            if not parts:
                yield (*about, "", "")
