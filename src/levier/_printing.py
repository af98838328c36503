r"""
Text that can be shown anywhere: in a terminal, in a log, in a file.

A character that has no glyph is a command to whoever shows it: it moves the cursor, changes colours, turns the
direction of writing, or hides itself. Such a character is written out (`\x1b`), and so is half a surrogate pair, which
no encoding can write.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any

__all__ = ["HIDDEN", "HIDDEN_ABOVE", "JOINERS", "LONGEST_SHOWN", "SELECTORS", "legible", "printable", "shown"]

LONGEST_SHOWN = 200

# The characters of classes such as `[…]`, in words that Python and ECMAScript read alike; those beyond U+FFFF are kept
# apart, because the two spell them otherwise. They are listed, so that no release of Unicode changes what is a text.
_CONTROL = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
_FORMAT = r"\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2061-\u206f"
_FILLER = r"\u034f\u115f\u1160\u17b4\u17b5\u3164\ufeff\uffa0\ufff0-\ufffb"

HIDDEN = _CONTROL + _FORMAT + _FILLER
"""
What no text may hold: control characters but tabs and line breaks, what turns the direction of writing, and what has
no glyph (general category Cf, and `Default_Ignorable_Code_Point`), but for the two sorts below.
"""
JOINERS = r"\xad\u200c\u200d\u2060"
"""What joins or parts the letters beside it: the soft hyphen, the joiners of scripts and emoji, the word joiner."""
SELECTORS = r"\ufe00-\ufe0f"
"""What chooses a form of the character before it, such as the coloured heart among the hearts."""

HIDDEN_ABOVE = (
    "\ud800-\udfff\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""What else no text may hold: halves of characters, and what is hidden beyond U+FFFF."""
_HIDDEN = re.compile(f"[{HIDDEN}{HIDDEN_ABOVE}]")
_ASCII = re.compile(r"[\n\x20-\x7e]*")
_WITHOUT_GLYPH = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def printable(text: str, *, lines: bool = True) -> str:
    r"""
    Return a message in which what cannot be seen is written out; line breaks stay if *lines*.

    >>> printable("red: \x1b[31m"), printable("one\ntwo", lines=False)
    ('red: \\x1b[31m', 'one\\ntwo')
    """
    if _ASCII.fullmatch(text) and (lines or "\n" not in text):
        return text
    return "".join(each if _can_be_seen(each, lines=lines) else _written_out(each) for each in text)


def _can_be_seen(character: str, *, lines: bool) -> bool:
    if character == "\n":
        return lines
    return unicodedata.category(character) not in _WITHOUT_GLYPH and not _HIDDEN.match(character)


def _written_out(character: str) -> str:
    return character.encode("unicode_escape", "backslashreplace").decode()


def _written(found: Any) -> str:
    if type(found) in (str, bytes):
        return repr(found[:LONGEST_SHOWN])
    if type(found) is Decimal and found.is_finite() and abs(found.adjusted()) < LONGEST_SHOWN:
        return f"Decimal('{found:f}')"  # without exponent, as it is written everywhere else
    return repr(found)


def legible(text: str, *, write: Callable[[str], str] = _written_out) -> str:
    r"""
    Return a text of a page in which what no text may hold is written out, as *write* does it.

    What people write stays, where `printable` spells it out: soft hyphens, joiners, signs newer than this Python.

    >>> legible("co\xadopération \u202e"), printable("co\xadopération")
    ('co\xadopération \\u202e', 'co\\xadopération')
    """
    return _HIDDEN.sub(lambda found: write(found[0]), text)


def shown(found: object) -> str:
    """
    Return anything as Python writes it, cut short where it is long; what cannot be written is named by its class.

    >>> shown("text"), shown(10**5_000)
    ("'text'", 'a value of class int, which cannot be written')
    """
    try:
        written = _written(found)
    except Exception:  # noqa: BLE001  # whatever was passed by mistake, the message about it must not fail
        written = f"a value of class {type(found).__name__}, which cannot be written"
    cut = len(written) > LONGEST_SHOWN or (type(found) in (str, bytes) and len(found) > LONGEST_SHOWN)  # type: ignore[arg-type]
    return printable(f"{written[: LONGEST_SHOWN - 3]}..." if cut else written, lines=False)
