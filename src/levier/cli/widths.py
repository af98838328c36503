"""The widths of the columns of a table on a terminal, such that lines break between words and never within one."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

__all__ = ["GAP", "folded", "narrowest", "widths_within"]

GAP = 3
"""The separator between two columns."""
_COMFORTABLE = 11


def folded(text: str, width: int) -> str:
    r"""
    Return a text wrapped to a width, at breakable spaces only; a longer word has a line of its own.

    >>> folded("paid on 14\u00a0June", 8).split("\n")
    ['paid on', '14\xa0June']
    """
    lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)


def narrowest(column: Sequence[str]) -> int:
    """Return the width below which a column would cut a word, or stack words that fit side by side."""
    longest_word = max((len(word) for text in column for word in text.split(" ")), default=1)
    return max(longest_word, min(_COMFORTABLE, max(map(len, column), default=1)))


def widths_within(columns: Sequence[Sequence[str]], total: int) -> list[int] | None:
    """
    Return the widths of columns within a total width; `None` if a word would have to be cut.

    The width left over by the minimal widths is divided in proportion to what each column lacks.

    >>> widths_within([["a", "b"], ["one two three four five"]], 20)
    [1, 16]
    """
    least = [narrowest(column) for column in columns]
    lack = [max(map(len, column)) - width for column, width in zip(columns, least, strict=True)]
    spare = total - sum(least) - GAP * (len(columns) - 1)
    if spare < 0:
        return None
    needed = sum(lack)
    if needed <= spare:
        return [width + more for width, more in zip(least, lack, strict=True)]
    return [width + spare * more // needed for width, more in zip(least, lack, strict=True)]
