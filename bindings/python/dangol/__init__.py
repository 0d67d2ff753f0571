"""Loyalty rules that any program can embed: points, tiers, coupons and promotions, exact to the last won.

>>> import dangol
>>> program = dangol.Program.from_file("cafe.toml")
>>> member = {"id": "m1"}
>>> basket = {"lines": [{"sku": "latte", "price": "4800", "quantity": 2}]}
>>> quote = program.quote(member, basket, "2026-01-31T23:30:00+09:00")
>>> quote.due
Decimal('9600')
"""

from dangol._dangol import VERSION as __version__
from dangol._dangol import Advanced, Columns, Placed, Program, Quote, Quoted, Reviewed
from dangol._error import DangolError
from dangol._json import to_json

__all__ = ["Advanced", "Columns", "DangolError", "Placed", "Program", "Quote", "Quoted", "Reviewed", "__version__", "to_json"]
