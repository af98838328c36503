"""What waits for the model: called once, whenever the model comes."""

from __future__ import annotations

import subprocess
import sys

from levier._loading import once_the_model_is_loaded

PROGRAM = """
import levier._loading as loading
said = []
loading.once_the_model_is_loaded(lambda: said.append("first"))
loading.once_the_model_is_loaded(lambda: said.append("second"))
import levier
levier.errors, levier.Period, levier.Portfolio
loading.once_the_model_is_loaded(lambda: said.append("late"))
print(*sorted(said))
"""


def test_what_waits_is_called_once() -> None:
    """What waits before the model is imported is called with its first class, and what comes later at once."""
    done = subprocess.run([sys.executable, "-W", "error", "-c", PROGRAM], check=True, capture_output=True, text=True)
    assert done.stdout == "first late second\n"


def test_nothing_waits_for_what_is_there() -> None:
    """Where the model is loaded, nothing waits."""
    called: list[int] = []
    once_the_model_is_loaded(lambda: called.append(1))
    assert called == [1]
