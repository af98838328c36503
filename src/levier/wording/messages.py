"""
Messages: an English text with named placeholders, which is gettext's message id, and their values.

A message is a whole sentence or a whole clause, never a fragment: word order differs between languages, so an optional
part is a clause of its own, or another message. The texts are literals in calls, so that Babel extracts them:

    pybabel extract -k message -k message_in:1c,2 -k plural:1,2 -k plural_in:1c,2,3 -k translated
        -k translated_plural:1,2 src
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from string import Formatter
from typing import TypeAlias

from attrs import frozen

from levier.errors import InvalidValueError
from levier.errors.final import final
from levier.model.periods import Day
from levier.model.terms import Lang, LangLike, language
from levier.wording.catalogue import translated, translated_plural
from levier.wording.said import Said, Value, said
from levier.wording.values import Number

__all__ = [
    "Detailed",
    "Listing",
    "Message",
    "about",
    "clauses",
    "items",
    "lines",
    "message",
    "message_in",
    "plural",
    "plural_in",
    "sentences",
]

Counted: TypeAlias = int | Decimal | Number
"""A number that words agree with."""


@final
@frozen
class Message(Said):
    """
    One message: its English text, the values of its placeholders, its context, and its plural with the deciding number.

    >>> print(message("{done} of {planned} milestones", done=3, planned=12))
    3 of 12 milestones
    """

    text: str
    values: tuple[tuple[str, Value], ...] = ()
    context: str = ""
    several: str = ""
    number: Counted | None = None

    def say(self, lang: LangLike) -> str:
        """Return the text in *lang*, with its placeholders filled."""
        spoken = language(lang)
        return self._text(spoken).format(**{name: said(value, spoken) for name, value in self.values})

    def _text(self, lang: Lang) -> str:
        if self.number is None:
            return translated(self.text, lang, self.context)
        shown = self.number.shown if isinstance(self.number, Number) else self.number
        return translated_plural(self.text, self.several, shown, lang, self.context)


def message(text: str, /, **values: Value) -> Message:
    """
    Return a message.

    Raises:
        InvalidValueError: If the placeholders of the text differ from the values.

    >>> message("not due before {day}", day=Day(2019, 6, 14)).say("en")
    'not due before 14 June 2019'
    """
    return message_in("", text, **values)


def message_in(context: str, text: str, /, **values: Value) -> Message:
    """
    Return a message that equals another one in English only; *context* tells the translator which it is.

    >>> print(message_in("of a reform", "none"))
    none
    """
    _check(text, values)
    return Message(text, tuple(values.items()), context)


def plural(one: str, several: str, /, *, n: Counted, **values: Value) -> Message:
    """
    Return a message that agrees with *n*, as it is shown.

    >>> print(plural("{n} project", "{n} projects", n=0), "/", plural("{n} project", "{n} projects", n=1))
    0 projects / 1 project
    """
    return plural_in("", one, several, n=n, **values)


def plural_in(context: str, one: str, several: str, /, *, n: Counted, **values: Value) -> Message:
    """
    Return a message that agrees with *n*, in a context.

    >>> print(plural_in("of a reform", "{n} dated", "{n} dated", n=2))
    2 dated
    """
    for text in (one, several):
        _check(text, {**values, "n": n} if "n" in _places(text) else values)
    return Message(one, (("n", n), *values.items()), context, several, n)


def _check(text: str, values: dict[str, Value]) -> None:
    if values.keys() != _places(text):
        found = ", ".join(values) or "none"
        raise InvalidValueError("message", found, f"a value for each place of {text!r}, and no other")


@cache
def _places(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@final
@frozen
class Listing(Said):
    """
    A list of texts: clauses with semicolons, items with commas, or one on each line.

    >>> print(clauses("3 days", None, items("Lot", "Paris")))
    3 days; Lot, Paris
    """

    parts: tuple[Value, ...]
    joint: Message

    def say(self, lang: LangLike) -> str:
        """Return the joined parts in *lang*; empty where there are none."""
        spoken = language(lang)
        return self.joint.say(spoken).join(said(part, spoken) for part in self.parts)


_CLAUSES = message("{before}; {after}", before="", after="")
_ITEMS = message("{before}, {after}", before="", after="")
_SENTENCES = message("{before} {after}", before="", after="")
_LINES = message("{before}\n{after}", before="", after="")


def clauses(*parts: Value | None) -> Listing:
    r"""
    Join clauses with semicolons; those that are `None` or empty are left out.

    >>> clauses("3 days", "2 reforms").say("fr")
    '3 days\xa0; 2 reforms'
    """
    return Listing(_there(parts), _CLAUSES)


def items(*parts: Value | None) -> Listing:
    """
    Join names or short clauses with commas; those that are `None` or empty are left out.

    >>> print(items("Lot", "", "Paris"))
    Lot, Paris
    """
    return Listing(_there(parts), _ITEMS)


@final
@frozen
class Detailed(Said):
    """
    A name followed by details, joined only when it is written.

    >>> print(Detailed("Desk", ("Digital", "Lot")))
    Desk (Digital, Lot)
    """

    name: Value
    details: tuple[Value, ...]

    def say(self, lang: LangLike) -> str:
        """Return the name in *lang*, with its details."""
        return message("{name} ({details})", name=self.name, details=items(*self.details)).say(lang)


def sentences(*parts: Value | None) -> Listing:
    """
    Join sentences, each with its full stop; those that are `None` or empty are left out.

    >>> print(sentences("Three days.", None, "Two reforms."))
    Three days. Two reforms.
    """
    return Listing(_there(parts), _SENTENCES)


def lines(*parts: Value | None) -> Listing:
    r"""
    Join sentences, one on each line; those that are `None` or empty are left out.

    >>> lines("3 days", None, "2 reforms").say("fr")
    '3 days\n2 reforms'
    """
    return Listing(_there(parts), _LINES)


def _there(parts: Iterable[Value | None]) -> tuple[Value, ...]:
    return tuple(part for part in parts if part is not None and not _is_empty(part))


def _is_empty(part: Value) -> bool:
    return not part.parts if isinstance(part, Listing) else part == ""


def about(content: Said, *subject: Value | None, as_of: Day | None = None) -> Said:
    """
    Return a message with its subject in front, and with the day of knowledge.

    >>> print(about(message("on time"), "Waiting time", "Lot", as_of=Day(2019, 6, 14)))
    Waiting time, Lot, as of 14 June 2019: on time
    """
    named = items(*subject)
    if as_of is None:
        return message("{subject}: {content}", subject=named, content=content) if named.parts else content
    if not named.parts:
        return message("as of {day}: {content}", day=as_of, content=content)
    return message("{subject}, as of {day}: {content}", subject=named, day=as_of, content=content)
