"""The nightly run of a chain as a Spark job: what expires, which tiers change, who is to be told of what.

    spark-submit --py-files night.py nightly.py STORE --until 2026-12-01T00:00:00+09:00 --program program.json
    ... --top gold=10 --top silver=30         # when tiers are reviewed: gold is the best tenth, silver the best 30 percent

STORE holds one folder for each kind of table and in it one for each night:

    members/night=2026-11-30                  what the night before left; this run reads it and changes nothing in it
    members/night=2026-12-01                  every member after this night
    events/night=2026-12-01                   the events, to be appended to those of the tills
    notices/night=2026-12-01                  what members are to be told today
    rejected/night=2026-12-01                 the rows that could not be read, with place and reason
    programs/night=2026-12-01                 the program as text, where tiers have new thresholds

A night that is run again writes the same again: it reads only what the night before left.
"""

import argparse
import json
from collections.abc import Iterator
from functools import partial
from typing import Any

import night
import pyarrow as pa
from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

import dangol
from dangol.types import Counted

FOLDERS = {"event": "events", "notice": "notices", "rejected": "rejected", "member": "members"}


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("store", help="a folder that all executors reach: hdfs://…, s3a://…, /mnt/…")
    options.add_argument("--until", required=True, metavar="INSTANT", help="midnight that ends the day, with its offset")
    options.add_argument("--program", required=True, metavar="FILE", help="the program file, in JSON")
    options.add_argument("--top", action="append", default=[], metavar="TIER=PERCENT", help="a tier that so many reach")
    options.add_argument("--window", default="12 months", help="how far back --top looks at spend")
    chosen = options.parse_args()
    spark = SparkSession.builder.appName("nightly").getOrCreate()
    with open(chosen.program, encoding="utf-8") as file:
        text = file.read()
    told = run(spark, chosen.store, text, chosen.until, dict(word.split("=", 1) for word in chosen.top), chosen.window)
    print(json.dumps(told))
    spark.stop()


def run(
    spark: SparkSession, store: str, text: str, until: str, top: dict[str, str] | None = None, window: str = "12 months"
) -> dict[str, int]:
    """One night. How many members, events, notices and rejected rows there are."""
    tonight = until[:10]
    # Spark's older form of a time in a file has no zone; the columns of members do.
    spark.conf.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
    program = dangol.Program.from_json(text)
    members = spark.read.parquet(f"{store}/members/night={before(spark, store, tonight)}")
    if top:
        text = with_thresholds(text, program, members, until, top, window)
        program = dangol.Program.from_json(text)
        one = spark.createDataFrame([(text,)], "value string").coalesce(1)
        one.write.mode("overwrite").text(f"{store}/programs/night={tonight}")
    today = pa.scalar(tonight).cast(pa.date32()).as_py()

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return night.pass_time(program, batches, until, today)

    # Kept on disk, so that the four tables are made in one pass; what is lost with an executor is made again.
    made = members.mapInArrow(work, from_arrow_schema(night.answer_schema(program)))
    made = made.persist(StorageLevel.DISK_ONLY)
    counts = {}
    # The members come last: where they are whole, the night is.
    for kind, folder in FOLDERS.items():
        rows = made.where(F.col(kind).isNotNull()).select(f"{kind}.*")
        rows.write.mode("overwrite").parquet(f"{store}/{folder}/night={tonight}")
        counts[folder] = rows.count()
    made.unpersist()
    return counts


def before(spark: SparkSession, store: str, tonight: str) -> str:
    """The latest night before this one whose members were written to the end."""
    # Hadoop's own file system, which knows hdfs:// and s3a:// as well as a folder.
    jvm: Any = spark._jvm
    folder = jvm.org.apache.hadoop.fs.Path(f"{store}/members")
    files = folder.getFileSystem(spark._jsc.hadoopConfiguration())
    nights = [each.getPath() for each in files.listStatus(folder)] if files.exists(folder) else []
    whole = [path for path in nights if files.exists(jvm.org.apache.hadoop.fs.Path(path, "_SUCCESS"))]
    names = sorted(str(path.getName()).removeprefix("night=") for path in whole)
    earlier = [name for name in names if name < tonight]
    if not earlier:
        raise SystemExit(f"{store}/members has no whole night before {tonight}")
    return earlier[-1]


def with_thresholds(
    text: str, program: dangol.Program, members: DataFrame, until: str, top: dict[str, str], window: str
) -> str:
    """The program with the spend that the best so many percent have as the threshold of their tier."""
    each = members.mapInArrow(partial(night.spends, program, at=until, window=window), "spend string")
    equal = each.groupBy("spend").count().collect()
    counted: list[Counted] = [{"value": row["spend"], "count": row["count"]} for row in equal]
    file = json.loads(text)
    for tier, percent in top.items():
        cut = program.cutoff({"at": {"top_percent": percent}}, counted=counted)["cutoffs"]
        [rung] = [rung for rung in file["tiers"]["tiers"] if rung["id"] == tier]
        if cut:
            rung["enter"] = {"spend_at_least": format(cut[0]["value"], "f")}
    file["version"] = f"{file['version']}+{until[:10]}"
    return json.dumps(file, ensure_ascii=False)


if __name__ == "__main__":
    main()
