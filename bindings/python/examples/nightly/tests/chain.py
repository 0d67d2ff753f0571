"""A chain in a folder, and its nights as a person would run them: `spark-submit` in local mode."""

import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

HERE = Path(__file__).parents[1]
PROGRAM = HERE / "program.json"
MEMBERS = int(os.environ.get("MEMBERS", "20000"))
# Two threads, and a task may fail three times before the job does.
MASTER = "local[2,4]"


def night_run(store: Path, until: str, *words: str, rows: int = 10_000) -> "subprocess.Popen[str]":
    """Starts the run; `rows` are the rows of one batch."""
    settings = {
        "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1", "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2", "spark.sql.execution.arrow.maxRecordsPerBatch": str(rows),
        "spark.sql.session.timeZone": "UTC", "spark.local.dir": str(store / "spark"), "spark.log.level": "WARN",
    }  # fmt: skip
    options = [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
    command = ["spark-submit", "--master", MASTER, *options, "--py-files", str(HERE / "night.py"), str(HERE / "nightly.py")]
    tools = str(Path(sys.executable).parent)
    env = {
        **os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1", "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    whole = [*command, str(store), "--until", until, "--program", str(PROGRAM), *words]
    return subprocess.Popen(whole, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")


def table(store: Path, kind: str, night: str, *order: str) -> pa.Table:
    """A table of a night, in an order of its own."""
    rows = pq.ParquetDataset(store / kind / f"night={night}").read()
    return rows.sort_by([(name, "ascending") for name in order]).combine_chunks()


def everything(store: Path, night: str) -> list[pa.Table]:
    """All tables of a night, to be compared."""
    orders = {
        "members": ["id"], "events": ["member", "version"], "notices": ["member", "wallet", "lead", "expires_on"],
        "rejected": ["id"],
    }  # fmt: skip
    return [table(store, kind, night, *order) for kind, order in orders.items()]
