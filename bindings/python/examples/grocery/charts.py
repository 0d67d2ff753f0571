"""Four charts of the year's books, as files. Each title says what the chart shows, each axis begins at nothing."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import matplotlib
from books import Books, Week
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter

# Okabe and Ito's colours, which people who see colours differently tell apart; dark enough on white.
BLUE, SKY, ORANGE, VERMILION, GREY, LIGHT = "#0072B2", "#56B4E9", "#E69F00", "#D55E00", "#6B6B6B", "#C9C9C9"
SOURCE = "The Complete Journey (84.51°), 2017; weeks begin on Sunday"


def save(books: Books, folder: Path) -> Iterator[Path]:
    """Draws the weeks that are over, and gives the name of each file as it is there."""
    if not books.weeks:
        return
    folder.mkdir(parents=True, exist_ok=True)
    matplotlib.use("agg")
    matplotlib.rcParams.update({"font.size": 11, "svg.fonttype": "none", "svg.hashsalt": "dangol"})
    draws: dict[str, Callable[[Sequence[Week]], Figure]] = {
        "points": points, "tiers": tiers, "coupons": coupons, "giveback": giveback,
    }
    for name, draw in draws.items():
        figure = draw(books.weeks)
        for kind in ("png", "svg"):
            # Without a date, the same year gives the same file.
            figure.savefig(folder / f"{name}.{kind}", dpi=150, metadata={"Date": None} if kind == "svg" else None)
            yield folder / f"{name}.{kind}"
        pyplot.close(figure)


def points(weeks: Sequence[Week]) -> Figure:
    """What was granted and what went each week, and what is outstanding at its end."""
    granted, spent, expired = (numbers(week.points[name] for week in weeks) for name in ("granted", "spent", "expired"))
    outstanding = numbers(week.outstanding for week in weeks)
    figure, (flow, stock) = pyplot.subplots(2, 1, figsize=(10, 7.2), sharex=True, height_ratios=[1.25, 1])
    days = middles(weeks)
    flow.bar(days, granted, width=5.4, color=BLUE)
    flow.bar(days, [-number for number in spent], width=5.4, color=ORANGE)
    bottom = [-number for number in spent]
    flow.bar(days, [-number for number in expired], width=5.4, bottom=bottom, color=GREY)
    flow.axhline(0, color="black", linewidth=0.8)
    flow.yaxis.set_major_formatter(FuncFormatter(lambda value, _: short(abs(value))))
    key(flow, {"granted": BLUE, "spent": ORANGE, "expired": GREY})
    days, heights = [place(weeks[0].start), *ends(weeks)], [0.0, *outstanding]
    stock.fill_between(days, heights, color=BLUE, alpha=0.25, linewidth=0)
    stock.plot(days, heights, color=BLUE, linewidth=2)
    stock.set_ylim(bottom=0)
    stock.yaxis.set_major_formatter(FuncFormatter(lambda value, _: short(value)))
    total = sum(granted)
    share = 100 * sum(spent) / total if total else 0.0
    finish(
        figure, flow, weeks, f"{short(total)} points granted, {share:.0f} % of them spent so far",
        "Points by week: granted, and spent or expired (below the line)",
    )
    flow.spines["bottom"].set_visible(False)
    flow.tick_params(axis="x", length=0)
    under(stock, weeks, f"Points outstanding at the end of the week: {short(heights[-1])} at last, worth ${heights[-1] / 100:,.0f}")
    return figure


def tiers(weeks: Sequence[Week]) -> Figure:
    """How many households stand in each tier at the end of each week."""
    figure, axes = pyplot.subplots(figsize=(10, 5.4))
    names, colours = ("basic", "silver", "gold"), (LIGHT, SKY, ORANGE)
    counts = [[week.tiers[name] for week in weeks] for name in names]
    axes.stackplot(ends(weeks), *counts, colors=colours, edgecolor="white", linewidth=0.6)
    floor = 0.0
    for name, count in zip(names, counts, strict=True):
        beside(axes, weeks, floor + count[-1] / 2, f"{name}  {count[-1]:,}")
        floor += count[-1]
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    high = 100 * (1 - counts[0][-1] / floor)
    finish(
        figure, axes, weeks, f"{high:.0f} % of {floor:,.0f} households are silver or gold",
        "Households by tier at the end of the week; a household counts from its first basket on", right=0.87,
    )
    return figure


def coupons(weeks: Sequence[Week]) -> Figure:
    """What the coupons of the chain's campaigns took off each week."""
    figure, axes = pyplot.subplots(figsize=(10, 5.4))
    costs = numbers(week.offers["coupons"] for week in weeks)
    axes.bar(middles(weeks), costs, width=5.4, color=VERMILION)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"${value:,.0f}"))
    best = max(range(len(costs)), key=costs.__getitem__)
    share = 100 * sum(costs) / (sum(numbers(week.money["gross"] for week in weeks)) or 1)
    finish(
        figure, axes, weeks, f"Coupons cost ${sum(costs):,.0f}, {share:.2f} % of sales",
        f"US dollars that coupons took off, by week; the most was ${costs[best]:,.0f} in the week of {weeks[best].start:%-d %B}",
    )
    return figure


def giveback(weeks: Sequence[Week]) -> Figure:
    """What customers get back, in percent of what the goods cost before anything."""
    figure, axes = pyplot.subplots(figsize=(10, 5.4))
    sales = numbers(week.money["gross"] for week in weeks)
    parts: dict[str, tuple[str, list[float]]] = {
        "offers": (BLUE, numbers(week.money["discount"] - week.offers["coupons"] for week in weeks)),
        "coupons": (VERMILION, numbers(week.offers["coupons"] for week in weeks)),
        "points spent": (ORANGE, numbers(week.money["paid_with_points"] for week in weeks)),
    }
    floor = [0.0] * len(weeks)
    for colour, amounts in parts.values():
        shares = [100 * amount / sale if sale else 0.0 for amount, sale in zip(amounts, sales, strict=True)]
        axes.bar(middles(weeks), shares, width=5.4, bottom=floor, color=colour)
        floor = [below + share for below, share in zip(floor, shares, strict=True)]
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g} %"))
    key(axes, {name: colour for name, (colour, _) in parts.items()})
    whole = 100 * sum(sum(amounts) for _, amounts in parts.values()) / (sum(sales) or 1)
    finish(figure, axes, weeks, f"Customers get {whole:.1f} % of sales back", "What is taken off, in percent of sales before it, by week")
    return figure


def numbers(amounts: Iterator[Decimal]) -> list[float]:
    """Exact amounts as places on paper; nothing is computed with them that anybody owes."""
    return [float(amount) for amount in amounts]


def place(day: date) -> float:
    """Where a day lies on the axis, which counts days."""
    return float(day.toordinal())


def middles(weeks: Sequence[Week]) -> list[float]:
    """Where the bars of the weeks stand."""
    return [place(week.start) + 3.5 for week in weeks]


def ends(weeks: Sequence[Week]) -> list[float]:
    """Where the weeks end."""
    return [place(week.end) for week in weeks]


def short(number: float) -> str:
    """A number as people say it: 1.2 million, 340k."""
    if number >= 1_000_000:
        return f"{number / 1_000_000:.1f} million"
    return f"{number / 1000:,.0f}k" if number >= 1000 else f"{number:,.0f}"


def key(axes: Axes, colours: dict[str, str]) -> None:
    """What the colours mean, in one row above the bars."""
    patches = [Rectangle((0, 0), 1, 1, color=colour) for colour in colours.values()]
    axes.legend(
        patches, list(colours), loc="lower right", bbox_to_anchor=(1, 1.0), ncols=len(colours),
        frameon=False, handlelength=1, handleheight=1, borderaxespad=0, columnspacing=1.2,
    )


def beside(axes: Axes, weeks: Sequence[Week], height: float, text: str) -> None:
    """A label to the right of the last week."""
    at = (place(weeks[-1].end), height)
    axes.annotate(text, at, xytext=(8, 0), textcoords="offset points", va="center", annotation_clip=False)


def under(axes: Axes, weeks: Sequence[Week], text: str) -> None:
    """An axis of weeks with a line above it that says what it counts."""
    axes.set_title(text, loc="left", fontsize=11, color="#333333", pad=8)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.grid(axis="y", color="#DDDDDD", linewidth=0.8)
    axes.tick_params(axis="y", length=0)
    axes.set_axisbelow(True)
    days = [weeks[0].start + timedelta(days=day) for day in range(7 * len(weeks))]
    months = [day for day in days if day.day == 1]
    axes.set_xticks([place(day) for day in months], [f"{day:%b}" for day in months])
    axes.set_xlim(place(weeks[0].start), place(weeks[-1].end))


def finish(figure: Figure, axes: Axes, weeks: Sequence[Week], title: str, unit: str, right: float = 0.97) -> None:
    """The title, what is counted, where the numbers come from, and room for all of it."""
    under(axes, weeks, unit)
    figure.suptitle(title, x=0.07, y=0.965, ha="left", fontsize=16, fontweight="bold")
    last = weeks[-1].end - timedelta(days=1)
    figure.text(0.07, 0.02, f"{SOURCE}; {weeks[0].start:%-d %b} to {last:%-d %b}", fontsize=9, color=GREY)
    figure.subplots_adjust(left=0.07, right=right, top=0.84 if len(figure.axes) == 1 else 0.875, bottom=0.11, hspace=0.3)
