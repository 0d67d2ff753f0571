"""A made-up chain to try the nightly run on: so many members, as they stood after the night before.

    python make_members.py STORE --members 1000000 --night 2026-11-30 --program program.json

A thousand members live through two years of orders, by the engine; the others are their twins, with ids of their own.
"""

import argparse
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path

import night
import pyarrow as pa
import pyarrow.parquet as pq

import dangol
from dangol.types import Basket, Member, MemberOut

KOREA = timezone(timedelta(hours=9))
LIVES = 1000
ROWS = 50_000  # of one file


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("store", type=Path)
    options.add_argument("--members", type=int, default=1_000_000, metavar="N")
    options.add_argument("--night", default="2026-11-30", metavar="DAY")
    options.add_argument("--program", default=str(Path(__file__).with_name("program.json")), metavar="FILE")
    chosen = options.parse_args()
    make(chosen.store, chosen.members, chosen.night, dangol.Program.from_file(chosen.program))


def make(store: Path, count: int, day: str, program: dangol.Program) -> None:
    """Writes the members as the nightly run of that day would have left them."""
    midnight = datetime.fromisoformat(f"{day}T00:00:00").replace(tzinfo=KOREA)
    lives = [life(program, number, midnight) for number in range(min(count, LIVES))]
    schema = night.member_schema(program)
    some = pa.table(program.member_columns(lives)).select(schema.names).cast(schema).combine_chunks()
    folder = store / "members" / f"night={day}"
    folder.mkdir(parents=True)
    for first in range(0, count, ROWS):
        numbers = range(first, min(first + ROWS, count))
        rows = some.take([number % len(lives) for number in numbers])
        ids = pa.array([f"m{number:09}" for number in numbers])
        rows = rows.set_column(rows.schema.get_field_index("id"), schema.field("id"), ids)
        pq.write_table(rows, folder / f"part-{first:09}.parquet")
    (folder / "_SUCCESS").touch()


def life(program: dangol.Program, number: int, midnight: datetime) -> MemberOut:
    """A member with some orders in the two years before, and what time did until then."""
    chance = random.Random(number)
    member: Member = {"id": f"m{number:09}"}
    for order, days in enumerate(sorted((chance.randrange(1, 730) for _ in range(chance.randrange(1, 12))), reverse=True)):
        basket: Basket = {"lines": [{"sku": "goods", "price": chance.randrange(10, 3000) * 100}]}
        quote = program.quote(member, basket, midnight - timedelta(days=days, hours=-12))
        member = program.apply(member, quote.place(f"o{number}-{order}").events)
    return program.apply(member, program.advance(member, midnight))


if __name__ == "__main__":
    main()
