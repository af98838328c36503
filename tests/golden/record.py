"""
Record what the library says: `PYTHONPATH=tests python tests/golden/record.py`, with levier importable.

Look at the difference (`git diff tests/golden/texts`) before you commit it: each line of it is a change of words.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from golden_calls import SUBJECTS as RESULTS
from golden_commands import SUBJECTS as COMMANDS
from golden_documents import SUBJECTS as DOCUMENTS
from golden_errors import SUBJECTS as ERRORS
from golden_history import CASES as HISTORY
from golden_indicators import CASES as INDICATORS
from golden_lives import CASES as LIVES
from golden_misasked import SUBJECTS as MISASKED
from golden_money import CASES as MONEY
from golden_numbers import CASES as NUMBERS
from golden_raised import not_reached
from golden_reports import SUBJECTS as REPORTS
from golden_said import listed, sampled

TEXTS = Path(__file__).parent / "texts"
COMMAND = "PYTHONPATH=tests python tests/golden/record.py"
SMALL = {**INDICATORS, **LIVES, **MONEY, **HISTORY, **NUMBERS}
THIN = {"budget-small"}
"""Subjects of which only one sentence of a kind is written."""


def small(name: str) -> str:
    """Return the text of small questions."""
    return sampled(SMALL[name](), ()) if name in THIN else listed(SMALL[name]())


WRONG = {**ERRORS, **MISASKED, **DOCUMENTS}


def unheard() -> str:
    """Return what stands at each place that raises and that no wrong call here reaches: a list to make shorter."""
    for name in WRONG:
        text_of(name)
    return "".join(f"{held}\n" for held in not_reached())


SUBJECTS: dict[str, Callable[[], str]] = {
    **RESULTS,
    **REPORTS,
    **COMMANDS,
    **WRONG,
    **{name: partial(small, name) for name in SMALL},
    "errors-unheard": unheard,
}
"""How the text of each subject is made, by the name of its file."""


@cache
def text_of(name: str) -> str:
    """Return the text of a subject, made once."""
    return SUBJECTS[name]()


def main() -> None:
    """Write every text, and remove those of subjects that are gone."""
    TEXTS.mkdir(exist_ok=True)
    for name in SUBJECTS:
        (TEXTS / f"{name}.txt").write_text(text_of(name), encoding="utf-8")
    for file in TEXTS.iterdir():
        if file.stem not in SUBJECTS:
            file.unlink()


if __name__ == "__main__":
    main()
