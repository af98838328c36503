"""
The assertion that a result can be read, in French and in English, by someone who knows no Python.

What is looked for are the traces of a text that was not finished: a place that was not filled, `None`, a value as
Python writes it, a sentence that was not translated, a number or a day in the form of the other language.
The words of the reader's own data, such as labels, may hold anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from attrs import fields, has

from levier.model.terms import Lang
from levier.wording.catalogue import is_translated
from levier.wording.messages import Message
from levier.wording.said import Said

__all__ = ["assert_explains"]

_WAYS = ("explain", "sentence", "mend", "say")
"""The methods that return a text in a language."""
_CONTENTS = ("message", "headline", "remedy")
"""The properties that hold what those methods say."""
_PLACE = re.compile(r"\{\w*\}")
_WORD = re.compile(r"[^\W\d_]{2}")
_TRACES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "a place that was not filled": _PLACE,
        "a value as Python writes it": re.compile(
            r"<[\w.]+ object at |<(?:class|function|module) |<[A-Z]\w*(?:\.\w+)?: "  # <Phase.FRAMING: 'framing'>
            r"|\b[A-Z]\w*\((?:['\"\d]|\w+=)|\[['\"]"  # Euros('1.00'), Lever(id=…), ['a', 'b']
        ),
        "a day as computers write it": re.compile(r"\b\d{4}-\d\d-\d\d\b"),
        "a number without the spaces or commas of its thousands": re.compile(r"(?<![\w.,])\d{5,}(?!\w)"),
    }
)
_TRACES_IN: Mapping[Lang, Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "fr": {**_TRACES, "no value": re.compile(r"\bNone\b"), "an English number": re.compile(r"\d[\d,]*\.\d+")},
        "en": {**_TRACES, "a French number": re.compile(r"\d+,\d{1,2}(?!\d)|\d[\u00a0\u202f]\d{3}")},
    }
)
"""`None` is sought in French only: in English it is a word."""


def assert_explains(result: Any, *, fr: str | Iterable[str] = (), en: str | Iterable[str] = ()) -> None:
    """
    Raise unless *result* says what it is in both languages, as a reader expects it, with the texts *fr* and *en* in it.

    *result* is what a question returned, a finding, or your own function from a language to a text:
    `assert_explains(lambda lang: page(plan, lang), fr="37,5")`.
    What is told apart from a reader's own data is what the library itself says: of your own function, all is checked.

    Raises:
        AssertionError: If a text lacks what it should hold, or holds a trace of Python, of the other language or of an
            unfinished sentence; lists all of it.

    >>> from levier.indicators import progress
    >>> half = progress(baseline=40, actual=31, target=16, direction="decrease")
    >>> assert_explains(half, fr="37,5", en="37.5%")
    >>> assert_explains(half, fr="37.5")
    Traceback (most recent call last):
        ...
    AssertionError: Progress does not explain itself as it should:
      fr: '37.5' is not said
    in fr: 37,5...% du chemin parcouru entre 40 et la cible de 16...
    """
    __tracebackhide__ = True
    what = result.__name__ if callable(result) and hasattr(result, "__name__") else type(result).__name__
    ways = _ways(result)
    if not ways:
        raise AssertionError(f"{what} explains nothing: expected a result, or a function from a language to a text")
    texts = {lang: "\n".join(dict.fromkeys(str(way(lang)) for way in ways)) for lang in _TRACES_IN}
    messages, data = _content_of(result)
    wanted: dict[Lang, str | Iterable[str]] = {"fr": fr, "en": en}
    faults = [
        *(f"fr: {each.text!r} is not translated" for each in messages if not _is_french(each)),
        *(_same(texts) if not messages else ()),
        *(fault for lang in texts for fault in _faults(lang, texts[lang], wanted[lang], data)),
    ]
    if faults:
        said = [f"in {lang}: {text}" for lang, text in texts.items() if any(fault[:2] == lang for fault in faults)]
        listed = "\n".join(f"  {fault}" for fault in dict.fromkeys(faults))
        raise AssertionError("\n".join([f"{what} does not explain itself as it should:", listed, *said]))


def _ways(result: Any) -> list[Callable[[Lang], str]]:
    methods = [getattr(result, name) for name in _WAYS if callable(getattr(result, name, None))]
    return methods or ([result] if callable(result) else [])


def _content_of(result: Any) -> tuple[list[Message], list[str]]:
    """Return the messages that a result is said with, and the texts in them that are data."""
    held = [result] if isinstance(result, Said) else [getattr(result, name, None) for name in _CONTENTS]
    parts = [part for content in held if isinstance(content, Said) for part in _parts(content)]
    return [part for part in parts if isinstance(part, Message)], [part for part in parts if isinstance(part, str)]


def _parts(value: Any) -> Iterator[Any]:
    yield value
    cls: Any = type(value)
    if cls is Message:
        yield from _parts(value.values)
    elif isinstance(value, tuple):
        for part in value:
            yield from _parts(part)
    elif isinstance(value, Said) and has(cls):
        for attribute in fields(cls):
            yield from _parts(getattr(value, attribute.name))


def _is_french(content: Message) -> bool:
    is_of_words = _WORD.search(_PLACE.sub("", content.text)) is not None
    return not is_of_words or is_translated(content.text, "fr", content.context)


def _same(texts: Mapping[Lang, str]) -> Iterator[str]:
    if texts["fr"] == texts["en"] and _WORD.search(texts["fr"]):
        yield "fr: the text is the English one"


def _faults(lang: Lang, text: str, wanted: str | Iterable[str], data: Iterable[str]) -> Iterator[str]:
    if not text.strip():
        yield f"{lang}: nothing is said"
    for words in [wanted] if isinstance(wanted, str) else wanted:
        if words not in text.replace("\u00a0", " ").replace("\u202f", " ") and words not in text:
            yield f"{lang}: {words!r} is not said"
    for trace, pattern in _TRACES_IN[lang].items():
        for found in pattern.findall(text):
            if not any(found in each for each in data):
                yield f"{lang}: {found!r} is {trace}"
