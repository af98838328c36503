"""
Scalars made in bulk: the texts of one field of many objects become values in a few calls, whatever their number.

One regular expression over all texts, each on a line of its own, says that they are written in the usual form; then
`map` makes the values, in C. No value is looked up in a cache, so values that no document had before cost no more than
others, and nothing is kept once the document is read.
A column with any other text, such as `1.20` or `12`, is made text by text, which refuses what is wrong.

Equal texts give one object where they repeat, which each run of objects tells of its own texts (`fill`).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import repeat, starmap
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeAlias

from attrs import fields

from levier.model._fields import DECIMAL_TEXT, PLAIN_DECIMAL, decimal
from levier.model._numbers import plain
from levier.model.money import Euros
from levier.model.observations import Observation
from levier.model.periods import Day

__all__ = ["COLUMNS", "Make", "checked_decimal", "days_of", "fill", "put_all"]

Make: TypeAlias = Callable[[Sequence[str]], Iterable[Any]]
"""Returns the values that texts stand for."""

_AMOUNTS = re.compile(r"(?:-?[0-9]{1,30}\.[0-9]{2}\n)*+")
_NUMBERS = re.compile(rf"(?:(?:{PLAIN_DECIMAL})\n)*+")
_LONGEST = 1000
"""The most characters of a number that the validator `decimal` accepts."""
_RUN = 512
"""The number of objects that are filled at once."""
_FIRST = 128
"""The number of values that tell whether all differ."""

_new: Callable[[type[Any]], Any] = object.__new__
_set_cents: Callable[[Any, int], None] = vars(Euros)["cents"].__set__
_parts_of_day = attrgetter("year", "month", "day")


def checked_decimal(text: str) -> Decimal:
    """
    Return the number that a text stands for, in its plain form.

    Raises:
        InvalidOperation: If it is no number as our documents write it.
        InvalidValueError: If it has too many digits.
    """
    if not DECIMAL_TEXT.fullmatch(text):
        raise InvalidOperation
    number = plain(Decimal(text))
    decimal(None, fields(Observation).value, number)
    return number


def put_all(put: Callable[[Any, Any], None], objects: Iterable[Any], values: Iterable[Any]) -> None:
    """Set one attribute of many objects, in C; *put* is the `__set__` of its slot."""
    deque(map(put, objects, values), maxlen=0)


def days_of(dates: Iterable[date]) -> Iterable[Day]:
    """Return a day for each date: no two share one, because a `pendulum.Date` has a `__dict__`."""
    return starmap(Day, map(_parts_of_day, dates))


def _lines(texts: Sequence[str], grammar: re.Pattern[str]) -> str:
    """Return texts as lines; empty if one of them does not match, or holds a line break and would be two."""
    joined = "\n".join(texts) + "\n"
    return joined if grammar.fullmatch(joined) and joined.count("\n") == len(texts) else ""


def _amounts(texts: Sequence[str]) -> Iterable[Euros]:
    if not (lines := _lines(texts, _AMOUNTS)):
        return map(Euros, texts)
    amounts = list(map(_new, repeat(Euros, len(texts))))
    put_all(_set_cents, amounts, map(int, lines.replace(".", "").split()))
    return amounts


def _numbers(texts: Sequence[str]) -> Iterable[Decimal]:
    is_usual = _lines(texts, _NUMBERS) and max(map(len, texts)) <= _LONGEST
    return map(Decimal if is_usual else checked_decimal, texts)


COLUMNS: Mapping[Any, Make] = MappingProxyType({Decimal: _numbers, Euros: _amounts})
"""How the scalars that are made in bulk are made from texts."""


def fill(slot: Any, batch: Sequence[Any], make: Make) -> Collection[Any]:
    """
    Replace the texts in a slot of many objects by their values, and return those that are different.

    What is no text, as a default, stays as it is. It goes in runs, which stay near to the processor between the steps.
    """
    known: dict[Any, Any] = {}
    seen: list[Any] = []
    for start in range(0, len(batch), _RUN):
        run = batch[start : start + _RUN]
        found = list(map(slot.__get__, run))
        if len(seen) == start and (values := _of_others(found, make)):
            seen += values
            put_all(slot.__set__, run, values)
        else:
            _learn(known, found, make)
            put_all(slot.__set__, run, map(known.__getitem__, found))
    return [*seen, *known.values()]


def _of_others(found: Sequence[Any], make: Make) -> Sequence[Any]:
    """Return the values of texts nearly all of which are different; empty if they are not."""
    return list(make(found)) if _differ(found) and set(map(type, found)) == {str} else ()


def _differ(values: Sequence[Any]) -> bool:
    """Return whether nearly all values are different, by the first ones, so that looking them up would not pay."""
    first = values[:_FIRST]
    return len(set(first)) > len(first) * 15 // 16


def _learn(known: dict[Any, Any], found: Sequence[Any], make: Make) -> None:
    """Add the values of the texts that are new, all made at once."""
    if new := set(found).difference(known):
        texts = [value for value in new if type(value) is str]
        known.update(zip(new, new, strict=True))
        known.update(zip(texts, make(texts), strict=True))
