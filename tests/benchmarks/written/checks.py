"""
What written models check beside the types of their fields.

Nothing of levier is imported here: the process of a peer pays for its own library only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

IDENTIFIER = r"^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$"
TEXT = r"^(?:\S(?s:.*)\S|\S)?$"
PART = r"[0-9]{4}(?:-(?:Q[1-4]|S[12]|W[0-5][0-9]|(?:0[1-9]|1[0-2])(?:-[0-3][0-9])?|[0-9]{4}-SY))?"
PERIOD = rf"^{PART}(?:/(?:{PART}|\.\.))?$"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@lru_cache(maxsize=65_536)
def period(text: str) -> str:
    """Refuse what the pattern cannot: a day that the calendar does not have, and an interval that ends first."""
    start, _, end = text.partition("/")
    for part in (start, end):
        if _DAY.fullmatch(part):
            date.fromisoformat(part)
    if end not in ("", "..") and end <= start:
        raise ValueError("an interval ends after it starts")
    return text


def distinct(items: tuple[Any, ...]) -> tuple[Any, ...]:
    """Refuse the same value twice."""
    if len(items) > 1 and len(set(items)) != len(items):
        raise ValueError("the same value twice")
    return items


def distinct_by(*names: str) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """Return what refuses two values that have the same in these fields."""
    key = attrgetter(*names)

    def distinct_keys(items: tuple[Any, ...]) -> tuple[Any, ...]:
        if len(items) > 1 and len(set(map(key, items))) != len(items):
            raise ValueError("the same value twice")
        return items

    return distinct_keys


def cents(amount: Decimal) -> None:
    """Refuse fractions of a cent, and what is no number."""
    if amount != round(amount, 2):
        raise ValueError("not to the cent")


def finite(number: Decimal) -> None:
    """Refuse what is no number."""
    if not number.is_finite():
        raise ValueError("not finite")


# ---------------------------------------------------------------- across the fields of a value

TRANSITIONS = {
    "framing": ("experimentation", "deployment", "stopped"),
    "experimentation": ("framing", "deployment", "stopped"),
    "deployment": ("experimentation", "completed", "stopped"),
    "stopped": ("framing",),
    "completed": (),
}


def observation(found: Any) -> None:
    """Refuse a value where none was measured, and none where one was."""
    if (found.state == "measured") is (found.value is None):
        raise ValueError("a value when measured, and a reason when there is none")


def innovation_week(found: Any) -> None:
    """Refuse an edition of another year."""
    if not found.period.value.startswith(str(found.edition + 2013)):
        raise ValueError("the edition is the year minus 2013")


def budget_line(found: Any) -> None:
    """Refuse an amount that is missing without a reason, and a reason where none is."""
    if (found.amounts.commitment is None or found.amounts.payment is None) != bool(found.missing_because):
        raise ValueError("a reason where, and only where, one of the two amounts is missing")


def project(found: Any) -> None:
    """Refuse a step that the life of a project does not allow."""
    current = "framing"
    for step in found.steps:
        if step.phase not in TRANSITIONS[current]:
            raise ValueError(f"cannot go from {current} to {step.phase}")
        current = step.phase


# ---------------------------------------------------------------- between things

References = Mapping[str, tuple[tuple[str, str, bool], ...]]
"""For each noun, the fields that refer: their name, the noun they refer to, and whether they hold several."""


def dangling(found: Any, references: References) -> Iterator[tuple[str, int, str]]:
    """Yield the place of each reference of the things of a document that leads nowhere."""
    known = {noun: {one.id for one in getattr(found, noun)} for noun in references if noun != "observations"}
    for noun, fields in references.items():
        for place, one in enumerate(getattr(found, noun)):
            for name, registry, many in fields:
                target = getattr(one, name, None)
                if target and (not known[registry].issuperset(target) if many else target not in known[registry]):
                    yield noun, place, name


def twice(found: Any, nouns: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield the place of each thing whose identifier, or key, stands before it."""
    key_of = attrgetter("indicator_id", "territory_id", "period", "kind", "source_id", "breakdown")
    for noun in nouns:
        seen: set[Any] = set()
        for place, one in enumerate(getattr(found, noun)):
            key = key_of(one) if noun == "observations" else one.id
            if key in seen:
                yield noun, place
            seen.add(key)
