"""Nights of a made-up chain: the same as member by member, run again, and with a worker that dies."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import dangol
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from chain import HERE, MEMBERS, PROGRAM, everything, night_run, table
from dangol import columns

NIGHT = "2026-12-01"
UNTIL = f"{NIGHT}T00:00:00+09:00"


def ended(run: "subprocess.Popen[str]") -> tuple[dict[str, int], str]:
    """What a run that went well told, and what Spark said meanwhile."""
    told, log = run.communicate(timeout=3000)
    assert run.returncode == 0, told[-5000:] + log[-5000:]
    counts: dict[str, int] = json.loads(told.splitlines()[-1])
    return counts, log


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A chain after one night."""
    folder = tmp_path_factory.mktemp("chain")
    words = [str(folder), "--members", str(MEMBERS), "--night", "2026-11-30"]
    subprocess.run([sys.executable, "-B", str(HERE / "make_members.py"), *words], check=True)
    began = time.monotonic()
    counts, _ = ended(night_run(folder, UNTIL))
    print(f"{MEMBERS:,} members in {time.monotonic() - began:.0f} s: {counts}")
    assert counts["members"] == MEMBERS and counts["events"] > 0 and counts["notices"] > 0 and counts["rejected"] == 0
    return folder


def test_a_night_does_what_the_engine_does_member_by_member(store: Path) -> None:
    program = dangol.Program.from_file(PROGRAM)
    before = columns.member_rows(table(store, "members", "2026-11-30", "id").slice(0, 1000))
    after = {member["id"]: member for member in columns.member_rows(table(store, "members", NIGHT, "id").slice(0, 1000))}
    events = table(store, "events", NIGHT, "member", "version").to_pylist()
    notices = table(store, "notices", NIGHT, "member", "expires_on").to_pylist()
    changed = 0
    for member in before:
        expected = program.advance(member, UNTIL)
        found = [json.loads(event["event"]) for event in events if event["member"] == member["id"]]
        assert found == json.loads(dangol.to_json(expected))
        assert after[member["id"]] == (program.apply(member, expected) if expected else member)
        told = program.notices(after[member["id"]], NIGHT, NIGHT)
        assert [(row["expires_on"], row["points"]) for row in notices if row["member"] == member["id"]] == [
            (notice["expires_on"], notice["points"]) for notice in told
        ]
        changed += bool(expected)
    assert changed > 0


def test_a_night_that_is_run_again_writes_the_same(store: Path) -> None:
    once = everything(store, NIGHT)
    ended(night_run(store, UNTIL))
    assert everything(store, NIGHT) == once


def workers(run: "subprocess.Popen[str]") -> list[int]:
    """The Python workers of a run: the children of pyspark's daemon."""
    parents: dict[int, int] = {}
    daemons = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "stat").read_text().rpartition(")")[2].split()
            words = (folder / "cmdline").read_bytes()
        except OSError:
            continue  # it ended meanwhile
        parents[int(folder.name)] = int(status[1])
        if b"pyspark.daemon" in words:
            daemons.add(int(folder.name))
    ours = {run.pid}
    for _ in range(6):
        ours |= {process for process, parent in parents.items() if parent in ours}
    return [process for process in daemons & ours if parents[process] in daemons]


def test_a_worker_that_dies_in_mid_run_changes_nothing(store: Path, tmp_path: Path) -> None:
    whole = everything(store, NIGHT)
    shutil.copytree(store / "members" / "night=2026-11-30", tmp_path / "members" / "night=2026-11-30")
    run = night_run(tmp_path, UNTIL, rows=500)
    while not (busy := workers(run)):
        assert run.poll() is None, "no worker was seen"
        time.sleep(0.02)
    time.sleep(0.5)
    for process in busy:
        os.kill(process, signal.SIGKILL)
    _, log = ended(run)
    assert "Lost task" in log
    assert everything(tmp_path, NIGHT) == whole


def test_the_best_tenth_is_gold(store: Path, tmp_path: Path) -> None:
    shutil.copytree(store / "members" / "night=2026-11-30", tmp_path / "members" / "night=2026-11-30")
    counts, _ = ended(night_run(tmp_path, UNTIL, "--top", "gold=10", "--top", "silver=30"))
    assert counts["members"] == MEMBERS
    text = "".join(part.read_text("utf-8") for part in (tmp_path / "programs" / f"night={NIGHT}").glob("part-*"))
    old, new = dangol.Program.from_file(PROGRAM), dangol.Program.from_json(text)
    _, silver, gold = (rung.get("enter", {}).get("spend_at_least") for rung in json.loads(text)["tiers"]["tiers"])
    before = table(tmp_path, "members", "2026-11-30", "id")
    spends = [
        old.segments(member, at=UNTIL, bands={"window": "12 months"})["spend"]
        for batch in before.to_batches(10_000)
        for member in columns.member_rows(batch)
    ]
    tenth = old.cutoff({"at": {"top_percent": 10}}, values=spends)["cutoffs"][0]["value"]
    assert (new.version, Decimal(gold)) == (f"2026+{NIGHT}", tenth) and int(silver) < int(gold)
    after = table(tmp_path, "members", NIGHT, "id")
    some = columns.member_rows(before.slice(0, 1000))
    assert columns.member_rows(after.slice(0, 1000)) == [new.apply(member, new.advance(member, UNTIL)) for member in some]
    tiers = [dict(tiers)["status"]["tier"] for tiers in after["tiers"].to_pylist() if tiers]
    assert 0.08 * MEMBERS < tiers.count("gold") < 0.13 * MEMBERS


def test_a_row_that_cannot_be_read_is_told_of_and_stays(store: Path, tmp_path: Path) -> None:
    some = table(store, "members", "2026-11-30", "id").slice(0, 50)
    versions = [-1, *some["version"].to_pylist()[1:]]
    wrong = some.set_column(some.schema.get_field_index("version"), "version", pa.array(versions, some["version"].type))
    folder = tmp_path / "members" / "night=2026-11-30"
    folder.mkdir(parents=True)
    pq.write_table(wrong, folder / "part.parquet")
    (folder / "_SUCCESS").touch()
    counts, _ = ended(night_run(tmp_path, UNTIL))
    assert (counts["members"], counts["rejected"]) == (50, 1)
    [row] = table(tmp_path, "rejected", NIGHT, "id").to_pylist()
    assert row["id"] == some["id"][0].as_py() and "version" in row["place"]


def test_without_the_night_before_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "members" / "night=2026-11-30").mkdir(parents=True)  # begun, and not whole
    run = night_run(tmp_path, UNTIL)
    told, _ = run.communicate(timeout=3000)
    assert run.returncode != 0
    assert f"has no whole night before {NIGHT}" in told  # where spark-submit writes what Python says
