"""
What to write instead of what TOML refuses: the days, numbers, words and quotation marks that people write.

The parser tells where it stopped. The line there shows what was meant, and a hint is given only if that is certain.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from levier.errors import InvalidValueError
from levier.model.periods import Period
from levier.serialization._spelling import respelled

__all__ = ["Hint", "hint"]

_TOKEN = re.compile(r"""[^=,\[{\s"'][^=,\[{"']*\Z""")
_PART_OF_NUMBER = re.compile(r"[-\u2212]?[0-9][0-9 \u00a0\u202f.]*,\s*\Z")
_BARE = re.compile(r"[^,\]}#\n]*")
_WITH_COMMA = re.compile(r"[-\u2212]?[0-9][0-9 \u00a0\u202f.]*,[0-9]+[^,\]}#\n]*")
_PAIR = re.compile(r"[A-Za-z0-9_-]+[ \t]*=")
_LIKE_A_DAY = re.compile(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1(?:[0-9]{2}){1,2}|[0-9]{4}([/.-])[0-9]{1,2}\2[0-9]{1,2}")
_NEAR = 200
_LONGEST = 60
_TRUTHS = {"true": "true", "vrai": "true", "oui": "true", "yes": "true"} | dict.fromkeys(
    ("false", "faux", "non", "no"), "false"
)
_NULLS = ("null", "none", "nil", "~")
_BY_MESSAGE = {
    "Cannot overwrite": "a key may stand once in its table",
    "Unescaped": r"write \\ for a backslash, or put the text in single quotes",
    "Expected ']": "close the brackets of the header",
    "Unclosed array (at end": "close the array with ]",
}
_QUOTES = "\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019"


class Hint(NamedTuple):
    """What to write instead, and where the part that was refused begins."""

    advice: str
    start: int


def hint(text: str, stopped: int, said: str) -> Hint:
    """
    Return the hint for a text that the parser refused at an offset, with a message; empty if nothing is certain.

    >>> hint("on = 16/10/2023", 7, "")
    Hint(advice='write "2023-10-16"', start=5)
    """
    # A line may be as long as the document: what stands near is enough.
    first = max(text.rfind("\n", 0, stopped) + 1, stopped - _NEAR)
    last = text.find("\n", stopped, stopped + _NEAR)
    before, line = text[first:stopped], text[first : last if last >= 0 else stopped + _NEAR].rstrip("\r")
    for advise in (_of_message, _of_layout):
        if advice := advise(before, line, said):
            return Hint(advice, stopped)
    start = _start(before, line)
    return Hint(_of_value(line[:start], line[start:], said), first + start)


def _start(before: str, line: str) -> int:
    """Return where the refused part begins: the parser may have read the first digits of it."""
    found = _TOKEN.search(before)
    start = found.start() if found else len(before)
    number = _PART_OF_NUMBER.search(line[:start])
    return number.start() if number and line[start : start + 1].isdigit() else start


# ---------------------------------------------------------------- what is not about one value


def _of_message(before: str, line: str, said: str) -> str:
    if said.startswith("Cannot declare") and line.startswith("[") and not line.startswith("[["):
        return f"write [[{line.strip().strip('[]').strip()}]] for each, if there are several"
    if said.startswith(("Illegal character", "Unterminated")) and len(before) == len(line):
        return "close the text with a quotation mark on its line"
    return next((advice for start, advice in _BY_MESSAGE.items() if said.startswith(start)), "")


def _of_layout(before: str, line: str, said: str) -> str:
    stopped_at, last = line[len(before) : len(before) + 1], before.rstrip()[-1:]
    if said.startswith("Expected '=' after a key") and stopped_at == ":":
        return "write = between a key and its value, not a colon"
    if "{" in before and last in "{," and last and stopped_at in ("", "#"):
        return "write what stands in braces on one line"
    if "{" in before and last == "," and stopped_at == "}":
        return "leave out the comma before the closing brace"
    if said.startswith("Expected newline") and _PAIR.match(line, len(before)):
        return "write each key on a line of its own"
    if said.startswith("Expected newline") and last in ('"', "'") and before.count("=") and stopped_at:
        return {'"': r"write \" for a quotation mark in a text", "'": "put a text with an apostrophe in double quotes"}[
            last
        ]
    return ""


# ---------------------------------------------------------------- one value


def _of_value(before: str, rest: str, said: str) -> str:
    """Return the hint for a value that follows *before* on its line."""
    is_item = not before.strip() and said.startswith(("Invalid value", "Unclosed array"))
    if before.rstrip()[-1:] not in ("=", "[", ",") and not is_item:
        return ""
    if not rest.strip() or rest.lstrip().startswith("#"):
        return "write a value, or leave the key out" if before.rstrip().endswith("=") else ""
    bare = _text_of(_WITH_COMMA, rest) or _text_of(_BARE, rest)
    return next(filter(None, (advise(bare) for advise in _ADVICE)), "")


def _text_of(pattern: re.Pattern[str], rest: str) -> str:
    found = pattern.match(rest)
    return found[0].strip() if found else ""


def _as_spelling(bare: str) -> str:
    spelling = respelled(bare)
    if spelling.lstrip("-").isdigit():
        return f'write {spelling} for a whole number, "{spelling}" for an amount or another number'
    return f'write "{spelling}"' if spelling else ""


def _as_day(bare: str) -> str:
    return 'write a day with its year first, such as "2019-06-14"' if _LIKE_A_DAY.fullmatch(bare) else ""


def _as_period(bare: str) -> str:
    try:
        Period(bare)
    except InvalidValueError:
        return ""
    return f'write "{bare}"'


def _as_word(bare: str) -> str:
    if bare.lower() in _TRUTHS:
        return f'write {_TRUTHS[bare.lower()]} for yes or no, "{bare}" for a text'
    return "leave the key out: TOML has no null" if bare.lower() in _NULLS else ""


def _as_text(bare: str) -> str:
    if any(mark in bare for mark in _QUOTES) and bare[0] in _QUOTES:
        return f'put a text in straight quotation marks: "{bare.strip(_QUOTES).strip()[:_LONGEST]}"'
    if '"' in bare or "\\" in bare or not any(map(str.isalnum, bare)):
        return ""
    return f'put a text in quotation marks: "{bare}"' if len(bare) <= _LONGEST else "put a text in quotation marks"


_ADVICE: tuple[Callable[[str], str], ...] = (_as_spelling, _as_day, _as_period, _as_word, _as_text)
