"""
What is written down of a result: every sentence of it and of what it is made of, in both languages.

No-break spaces are made visible, so that one that comes or goes is seen: `⍽` is U+00A0, `⸱` is U+202F.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any, TypeAlias

import attrs

from levier import LevierError, Portfolio
from levier.wording.said import Said

Case: TypeAlias = tuple[str, Any]
"""A short name that stays as it is while the code is renamed, and what is looked at: a result, several, or text."""
Pair: TypeAlias = tuple[str, str]

LANGS = ("fr", "en")
WAYS = ("explain", "sentence", "explain_points", "briefly", "mend")
"""What speaks in a language: methods, and what is said."""
MOST = 60
"""How many parts of one listing are looked at."""
ALONE = "(in one language)"
MONTHS = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
VISIBLE = str.maketrans({"\u00a0": "⍽", "\u202f": "⸱"})
SPOKEN: set[type[Any]] = set()
"""The classes of which something was written down, for the test that none is left out."""
ANSWERS: dict[type[Any], list[Any]] = {}
"""Some results of each class that was met, for the test that each can be written as plain builtins."""
KEPT = 10
"""How many results of a class are kept."""


def pairs_of(value: Any, deep: int = 5) -> Iterator[Pair]:
    """Yield what a value says of itself, then what its parts say; a text is said alone."""
    if type(value) is str:
        yield ALONE, value
    else:
        yield from _parts_said(value, deep)


def _parts_said(value: Any, deep: int) -> Iterator[Pair]:
    if type(value).__module__.startswith("levier.compute") and len(kept := ANSWERS.setdefault(type(value), [])) < KEPT:
        kept.append(value)
    ways = [way for way in (_way(value, name) for name in WAYS) if way]
    if ways:
        SPOKEN.add(type(value))
        said = [(way("fr"), way("en")) for way in ways]
        yield from dict.fromkeys(said)
        if type(value).__str__ is not object.__str__ and str(value) not in {english for _, english in said}:
            yield ALONE, str(value)
    if not deep or isinstance(value, (Portfolio, str)):
        return
    if attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from _parts_said(getattr(value, field.name), deep - 1)
    elif isinstance(value, Mapping):
        yield from _parts_said(tuple(value.values()), deep - 1)
    elif isinstance(value, (tuple, list)):
        for part in islice(value, MOST):
            yield from _parts_said(part, deep - 1)


def _way(value: Any, name: str) -> Callable[[str], str] | None:
    """Return what speaks in a language: a method, or what is said itself."""
    way = getattr(value, name, None)
    return way.say if isinstance(way, Said) else way if callable(way) else None


def template(pair: Pair, names: tuple[str, ...] = ()) -> Pair:
    """Return a pair without its numbers and without the names of things: what two sentences of one kind share."""
    return _without_data(pair[0], names), _without_data(pair[1], names)


@cache
def _without_data(text: str, names: tuple[str, ...]) -> str:
    for name in names:
        text = text.replace(name, "_")
    text = re.sub(r"«[^»]*»|'[^']*'", "_", text)
    text = re.sub(rf"\b(?:{MONTHS})\b", "0", text)
    text = re.sub(r"\d[\d\s.,]*(?:er\b)?", "0", text)
    text = re.sub(r"[\w/-]*_[\w/-]*(?:, [\w/-]*_[\w/-]*)*", "_", text)
    return re.sub(r"0(?:[^\w]*0)+", "0", text)


def names_of(plans: Iterable[Portfolio]) -> tuple[str, ...]:
    """Return every text that the things of some plans hold, the longest first."""
    names = {text for plan in plans for item in plan for text in _texts(item)}
    return tuple(sorted((name for name in names if len(name) > 2), key=lambda name: (-len(name), name)))


def _texts(value: Any) -> Iterator[str]:
    if type(value) is str:
        yield value
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from _texts(part)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from _texts(getattr(value, field.name))


def case(name: str, ask: Callable[..., Any], *given: Any, **more: Any) -> Case:
    """Return a name with what is answered, or with the text of the error that is raised."""
    try:
        return name, ask(*given, **more)
    except LevierError as error:
        return name, f"refused: {error}"


def listed(cases: Iterable[Case]) -> str:
    """
    Return the text of a subject: each case under its name.

    What a case says itself is written; of its parts, each pair once in a subject.
    """
    seen = set[Pair]()
    return _text((name, _fresh(value, seen)) for name, value in cases)


def _fresh(value: Any, seen: set[Pair]) -> list[Pair]:
    parts = value if isinstance(value, (tuple, list)) else (value,)
    own = [pair for part in parts for pair in pairs_of(part, 0)]
    inner = [pair for pair in pairs_of(value) if pair not in seen]
    seen.update(inner)
    return [*dict.fromkeys((*own, *inner))]


def sampled(cases: Iterable[Case], names: tuple[str, ...]) -> str:
    """Return the text of a subject: each case of which a sentence is of a kind that was not there before."""
    seen = set[Pair]()
    return _text((name, pairs) for name, value in cases if (pairs := _of_new_kinds(value, names, seen)))


def _of_new_kinds(value: Any, names: tuple[str, ...], seen: set[Pair]) -> list[Pair]:
    fresh: dict[Pair, None] = {}
    for pair in pairs_of(value):
        for part in _lines(pair):
            kind = template(part, names)
            if kind not in seen:
                seen.add(kind)
                fresh[part] = None
    return list(fresh)


def _lines(pair: Pair) -> Iterator[Pair]:
    french, english = (text.split("\n") for text in pair)
    yield from zip(french, english, strict=True) if len(french) == len(english) else [pair]


def _text(cases: Iterable[tuple[str, Iterable[Pair]]]) -> str:
    blocks = ("\n".join((f"## {name}", *map(_written, pairs), "")) for name, pairs in cases)
    return "\n".join(blocks).translate(VISIBLE)


def _written(pair: Pair) -> str:
    french, english = (text.replace("\n", "\n    ") for text in pair)
    return english if french == ALONE else f"fr  {french}\nen  {english}"
