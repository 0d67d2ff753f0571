"""What is shown and printed: amounts, a basket line by line, a receipt."""

import csv
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from dangol.types import Lang, Line, Order, Sentence
from rich.cells import cell_len
from schema import TillError

import dangol

SIGNS = {"KRW": "₩", "USD": "$", "EUR": "€", "JPY": "¥"}
WIDTH = 42


def money(amount: Decimal, currency: str) -> str:
    sign = SIGNS.get(currency, currency + " ")
    return f"-{sign}{-amount:,f}" if amount < 0 else f"{sign}{amount:,f}"


def articles(path: Path) -> tuple[dict[str, Line], dict[str, str]]:
    """The shop's articles by name and barcode, and what they are called."""
    lines: dict[str, Line] = {}
    names: dict[str, str] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        needed = {"barcode", "sku", "name", "price", "category"}
        if not needed <= set(reader.fieldnames or ()):
            raise TillError(f"{path}: the first row must name the columns {', '.join(sorted(needed))}")
        for number, row in enumerate(reader, start=2):
            if not row["sku"] or not row["price"]:
                raise TillError(f"{path}, row {number}: sku and price are needed")
            line: Line = {"sku": row["sku"], "price": row["price"], "categories": [row["category"]] if row["category"] else []}
            names[row["sku"]] = row["name"] or row["sku"]
            lines |= {key: line for key in (row["sku"], row["barcode"]) if key}
    return lines, names


def columns(left: str, right: str, width: int = WIDTH) -> str:
    """Two texts in one line. Korean letters are two columns wide."""
    return left + " " * max(1, width - cell_len(left) - cell_len(right)) + right


def sentences(program: dangol.Program, quote: dangol.Quote, lang: Lang) -> list[tuple[str, str]]:
    """Everything that the program has to say about a basket, with a sign of what it is about."""
    told = program.explain(quote, lang)
    return [
        *(("-", _named(said)) for said in told["applied"]),
        *(("·", _named(said)) for said in told["tenders"]),
        *(("+", _named(said)) for said in told["accruals"]),
        *(("✗", _named(said)) for said in told["refused"]),
        *(("→", _named(said)) for said in told["near"]),
        *(("★", said["text"]) for said in told.get("tiers", [])),
    ]


def _named(said: Sentence) -> str:
    return f"{said['name']}: {said['text']}"


def receipt(program: dangol.Program, order: Order, names: Mapping[str, str], lang: Lang = "en") -> list[str]:
    """What the printer gets."""
    quote = dangol.Quote.from_dict(order["quote"])
    currency = quote.currency
    explained = program.explain(quote, lang)
    called = {said["id"]: said["name"] for said in (*explained["tenders"], *explained["applied"])}
    head = f"order {order['id']}", f"{quote.at.astimezone():%Y-%m-%d %H:%M}"
    told = [*(text.center(WIDTH).rstrip() for text in head), "─" * WIDTH]
    for line in quote.lines:
        name = names.get(line["sku"], line["sku"])
        told.append(columns(f"{line['quantity']:f} {name}", money(line["gross"], currency)))
        for cut in line["discounts"]:
            told.append(columns(f"   {called.get(cut['offer'], cut['offer'])}", money(-cut["amount"], currency)))
    told.append("─" * WIDTH)
    for tender in quote.tenders:
        if tender["points"]:
            paid = f"{tender['points']:,} {called.get(tender['wallet'], tender['wallet'])}"
            told.append(columns(paid, money(-tender["value"], currency)))
    told.append(columns("TO PAY", money(quote.due, currency)))
    if not quote.guest:
        told.append("─" * WIDTH)
        told += [columns(f"{called.get(wallet, wallet)} earned", f"+{points:,}") for wallet, points in quote.earned.items()]
        told += [columns(f"{called.get(wallet, wallet)} now", f"{points:,}") for wallet, points in quote.balances.items()]
    for back in order.get("returns", []):
        if not back.get("undone"):
            told.append(columns(f"returned ({back['operation']})", money(Decimal(back["money"]), currency)))
    return told
