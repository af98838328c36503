r"""
Text that can be shown anywhere: in a terminal, in a log, in a file.

A character that has no glyph is a command to whoever shows it: it moves the cursor, changes colours, turns the
direction of writing, or hides itself. Such a character is written out (`\x1b`), and so is half a surrogate pair, which
no encoding can write.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["LONGEST_SHOWN", "printable", "shown"]

LONGEST_SHOWN = 200
_ASCII = re.compile(r"[\n\x20-\x7e]*")
_WITHOUT_GLYPH = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def printable(text: str, *, lines: bool = True) -> str:
    r"""
    Return a text in which what cannot be seen is written out; line breaks stay if *lines*.

    >>> printable("red: \x1b[31m"), printable("one\ntwo", lines=False)
    ('red: \\x1b[31m', 'one\\ntwo')
    """
    if _ASCII.fullmatch(text) and (lines or "\n" not in text):
        return text
    return "".join(each if _can_be_seen(each, lines=lines) else _written_out(each) for each in text)


def _can_be_seen(character: str, *, lines: bool) -> bool:
    if character == "\n":
        return lines
    return unicodedata.category(character) not in _WITHOUT_GLYPH


def _written_out(character: str) -> str:
    return character.encode("unicode_escape", "backslashreplace").decode()


def shown(found: object) -> str:
    """
    Return anything as Python writes it, cut short where it is long; what cannot be written is named by its class.

    >>> shown("text"), shown(10**5_000)
    ("'text'", 'a value of class int, which cannot be written')
    """
    try:
        written = repr(found[:LONGEST_SHOWN] if type(found) in (str, bytes) else found)  # type: ignore[index]
    except Exception:  # noqa: BLE001  # whatever was passed by mistake, the message about it must not fail
        written = f"a value of class {type(found).__name__}, which cannot be written"
    cut = len(written) > LONGEST_SHOWN or (type(found) in (str, bytes) and len(found) > LONGEST_SHOWN)  # type: ignore[arg-type]
    return printable(f"{written[: LONGEST_SHOWN - 3]}..." if cut else written, lines=False)
