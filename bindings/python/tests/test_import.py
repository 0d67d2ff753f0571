"""What a till loads when it starts."""

import subprocess
import sys


def test_only_type_checkers_load_types() -> None:
    script = "import sys, dangol; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-I", "-c", script], check=True, capture_output=True, text=True).stdout.split()
    assert "dangol._dangol" in loaded
    assert not {"typing", "dangol.types"} & set(loaded)
