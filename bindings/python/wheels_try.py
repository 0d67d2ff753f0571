"""Tries an installed wheel: it quotes a basket, and says how long its import takes. `wheels` runs it in each Python."""

import statistics
import subprocess
import sys

import dangol

program = dangol.Program.from_dict(
    {"format": 1, "id": "cafe", "version": "1", "currency": "KRW", "zone": "Asia/Seoul",
     "wallets": [{"id": "points"}], "accruals": [{"id": "base", "award": {"percent": "5"}}]}
)  # fmt: skip
quote = program.quote({"id": "m1"}, {"lines": [{"sku": "latte", "price": 4800}]}, "2026-01-31T23:30:00+09:00")
assert quote.earned == {"points": 240}, quote.earned

# In processor time, which a busy machine does not stretch; what Python itself takes is taken off.
MEASURE = "import resource, sys; exec(sys.argv[1]); used = resource.getrusage(resource.RUSAGE_SELF); print(used.ru_utime + used.ru_stime)"


def seconds(statement: str) -> float:
    runs = [subprocess.run([sys.executable, "-I", "-c", MEASURE, statement], capture_output=True, check=True) for _ in range(21)]
    return statistics.median(float(run.stdout) for run in runs)


spent = 1000 * (seconds("import dangol") - seconds("pass"))
print(f"python {sys.version.split()[0]}: answers, import {spent:.0f} ms")
sys.exit(f"the import takes {spent:.0f} ms" if spent > 30 else None)
