"""
Write down again what the library says: `python tests/golden/record.py`, with levier importable.

Look at the difference (`git diff tests/golden/texts`) before you commit it: each line of it is a change of words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from golden_calls import SUBJECTS as RESULTS
from golden_commands import SUBJECTS as COMMANDS
from golden_errors import SUBJECTS as ERRORS
from golden_history import CASES as HISTORY
from golden_indicators import CASES as INDICATORS
from golden_lives import CASES as LIVES
from golden_money import CASES as MONEY
from golden_reports import SUBJECTS as REPORTS
from golden_said import listed, sampled

TEXTS = Path(__file__).parent / "texts"
COMMAND = "python tests/golden/record.py"
SMALL = {**INDICATORS, **LIVES, **MONEY, **HISTORY}
THIN = {"budget-small"}
"""Subjects of which only one sentence of a kind is written."""


def small(name: str) -> str:
    """Return the text of small questions."""
    return sampled(SMALL[name](), ()) if name in THIN else listed(SMALL[name]())


SUBJECTS: dict[str, Callable[[], str]] = {
    **RESULTS,
    **REPORTS,
    **COMMANDS, **ERRORS,
    **{name: partial(small, name) for name in SMALL},
}
"""How the text of each subject is made, by the name of its file."""


def recorded() -> Iterator[tuple[Path, str]]:
    """Yield every file with what it should hold."""
    for name, made in sorted(SUBJECTS.items()):
        yield TEXTS / f"{name}.txt", made()


if __name__ == "__main__":
    TEXTS.mkdir(exist_ok=True)
    kept = set()
    for file, text in recorded():
        file.write_text(text, encoding="utf-8")
        kept.add(file)
    for file in set(TEXTS.iterdir()) - kept:
        file.unlink()
