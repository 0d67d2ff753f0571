"""A till as a process of its own: sells to one member, one order after the other."""

import json
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from shop import sale, till_of
from store import Store

given = json.loads(sys.argv[1])
store = Store(given["url"])
till = till_of(store, given["till"])
for number in range(1, given["sales"] + 1):
    till.sell(sale(f"{given['till']}-{number}", "cake", "tea", points=given.get("points", 0)))
store.close()
