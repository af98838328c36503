"""What is written down of an error: its text, where it was raised, and what no wrong call reaches yet."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from golden_said import VISIBLE

import levier
from levier import errors

SOURCE = Path(levier.__file__).parent
REACHED: set[tuple[str, int]] = set()
"""Where errors passed: files of the library, and lines."""
PUBLIC = {*errors.__all__, "AssertionError", "AttributeError", "BadInputError", "IndexError", "TypeError"}
"""The classes whose raising counts: what is raised to be caught within the library has no words for users."""
NOTHING = "(nothing is raised)"
RAISED: set[type[BaseException]] = set()
"""The classes of which an error was raised."""


def refused(made: Callable[[], Iterable[tuple[str, Callable[[], Any]]]], *, thin: bool = False) -> Callable[[], str]:
    """Return what makes the text of a subject; where *thin*, of each kind of refusal only the first one."""
    return lambda: "".join(_kinds(_told(made()), thin=thin)).translate(VISIBLE)


def _told(wrong: Iterable[tuple[str, Callable[[], Any]]]) -> Iterator[tuple[str, str]]:
    for name, ask in wrong:
        try:
            ask()
        except Exception as error:  # noqa: BLE001  # whatever is raised is written down
            note(error)
            yield name, re.sub(r"0x[0-9a-f]+", "0x…", str(error))
        else:
            yield name, NOTHING


def _kinds(told: Iterable[tuple[str, str]], *, thin: bool) -> Iterator[str]:
    seen = {NOTHING} if thin else set[str]()
    for name, text in told:
        kind = text.partition(": expected ")[2].partition(", found ")[0]
        if not thin or (kind and kind not in seen):
            seen.add(kind)
            yield f"## {name}\n{text}\n\n"


def note(error: BaseException | None) -> None:
    """Note where an error, and those behind it and in it, were raised."""
    while error is not None:
        RAISED.add(type(error))
        trace = error.__traceback__
        while trace is not None:
            file = Path(trace.tb_frame.f_code.co_filename)
            if file.is_relative_to(SOURCE):
                REACHED.add((str(file.relative_to(SOURCE)), trace.tb_lineno))
            trace = trace.tb_next
        for inner in getattr(error, "exceptions", ()):
            note(inner)
        error = error.__context__


@cache
def sites() -> tuple[tuple[str, int, int, str], ...]:
    """Return every place that raises an error users see: its file, its first and last line, and what stands there."""
    return tuple(site for file in sorted(SOURCE.rglob("*.py")) for site in _sites_of(file))


def _sites_of(file: Path) -> Iterator[tuple[str, int, int, str]]:
    text = file.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        raised = node.exc if isinstance(node, ast.Raise) else None
        name = getattr(raised.func, "id", "") if isinstance(raised, ast.Call) else ""
        if name in PUBLIC or (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "refuse"):
            held = " ".join((ast.get_source_segment(text, node) or "").split())
            yield str(file.relative_to(SOURCE)), node.lineno, node.end_lineno or node.lineno, held


def not_reached() -> list[str]:
    """Return what stands at each place that no wrong call reaches, by its room."""
    found = (
        f"{name.partition('/')[0]}: {held}"
        for name, first, last, held in sites()
        if not any((name, line) in REACHED for line in range(first, last + 1))
    )
    return sorted(found)
