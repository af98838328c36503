"""
Converters and validators of fields.

A converter normalises the values that it understands and returns all others unchanged. The validator then refuses them,
because only a validator knows the class and the name of the field, which its message needs.
msgspec runs validators but no converters, so a validator has to refuse every value that its converter would change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import Any, NoReturn, TypeAlias, TypeVar, get_type_hints

from attrs import Attribute
from attrs.validators import and_

from levier._printing import HIDDEN, HIDDEN_ABOVE, JOINERS, SELECTORS, shown
from levier.errors import InvalidValueError, MixedUnitsError
from levier.model._facts import Between, DistinctBy, Each, Filled, Matching, NoneTwice, Shared, facts_of, states
from levier.model._numbers import plain, written

T = TypeVar("T")
Validator: TypeAlias = Callable[[Any, "Attribute[Any]", Any], None]
Check: TypeAlias = Callable[[Any, "Attribute[T]", T], None]
"""The type of a field's validator: generic, because ty rejects a converter beside a validator of `Any`."""

_MOST_DIGITS = 1000
_WITHOUT_EXPONENT = -6  # the lowest exponent that `str` writes without "E"
_LARGEST = 2**53 - 1  # the largest whole number that every JSON reader keeps exact
DECIMAL_TEXT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
PLAIN_DECIMAL = r"0|-?(?:[1-9][0-9]*(?:\.[0-9]*[1-9])?|0\.[0-9]*[1-9])"
_PLAIN_DECIMAL = re.compile(PLAIN_DECIMAL)

SPACE = r"\t\n \xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000"
"""White space, including the blank Braille pattern; spelled out, because languages disagree on what white space is."""

_BODY = rf"[^{HIDDEN}]"
_FIRST = rf"[^{HIDDEN}{SPACE}{JOINERS}{SELECTORS}]"
_LAST = rf"[^{HIDDEN}{SPACE}{JOINERS}]"
_TEXT = rf"{_FIRST}(?:{_BODY}*{_LAST})?"
_WHOLE_TEXT = re.compile(_TEXT.replace(HIDDEN, HIDDEN + HIDDEN_ABOVE))
_ANY_TEXT = re.compile(f"{_BODY}*".replace(HIDDEN, HIDDEN + HIDDEN_ABOVE))
_FRENCH = "!-~\xa1-\xac\xae-\u017f\u2010-\u2015\u2018-\u201f\u2026\u20ac\u2212"
_FRENCH_TEXT = re.compile(rf"[{_FRENCH}](?:[{_FRENCH} \xa0\u202f]*[{_FRENCH}])?")
"""Most texts in French: few characters, all of them visible, are looked up three times as fast as forbidden ones."""
_TRIMMED = "a text without white space at its ends, invisible or control characters"
_NOT_BLANK = "a text that is not blank, without white space at its ends, invisible or control characters"
states(Matching(DECIMAL_TEXT.pattern))(Decimal)


def hold_types(*functions: Callable[..., Any], **names: Any) -> None:
    """
    Replace the annotations of functions by types instead of texts; *names* adds names that their modules lack.

    attrs copies the annotations of converters into the constructors of our classes, whose modules may not know all the
    names in them; nor does a constructor know its own class.
    With types, `typing.get_type_hints` and everything that calls it works on every constructor.
    """
    for function in functions:
        function.__annotations__ = get_type_hints(function, localns=names)


def as_tuple(items: Iterable[Any]) -> tuple[Any, ...]:
    """Convert any iterable to a tuple, except a text, which is nearly always a missing comma; a set is sorted."""
    if isinstance(items, (str, bytes, Mapping)) or not isinstance(items, Iterable):
        return items  # type: ignore[return-value]  # the validator refuses it
    return tuple(sorted(items, key=repr)) if isinstance(items, AbstractSet) else tuple(items)


def as_decimal(value: Decimal | int | str) -> Decimal:
    """Convert an exact number to its shortest plain form: `1.20` becomes `1.2`, `1E+2` becomes `100`."""
    if type(value) not in (Decimal, int, str) or (type(value) is str and not DECIMAL_TEXT.fullmatch(value)):
        return value  # type: ignore[return-value]  # the validator refuses it
    number = Decimal(value)
    # An exponent of a thousand is a mistake or an attack: expanding it would fill memory. The validator refuses it.
    return plain(number) if number.is_finite() and abs(number.adjusted()) < _MOST_DIGITS else number


hold_types(as_tuple, as_decimal)


def sum_from(start: int, value: T) -> T:
    """
    Return *value* if *start* is 0, from which `sum` starts.

    Raises:
        MixedUnitsError: For any other start.
    """
    if type(start) is not int or start:
        raise MixedUnitsError("add", repr(start), str(value))
    return value


def subject(instance: object) -> str:
    """Return the class of a half-built value with its identifier or key, for an error message."""
    name = type(instance).__name__
    identity = getattr(instance, "id", None)
    if isinstance(identity, str):
        return f"{name} {shown(identity)}"
    try:
        key = getattr(instance, "key", ())
        parts = [str(part) for part in key if part is not None] if type(key) is tuple else []
        return f"{name} {shown(' '.join(filter(None, parts)))}" if parts else name
    except Exception:  # noqa: BLE001  # a bad part of the key must not break the message about it
        return name


def refuse(instance: object, attribute: Attribute[Any], found: object, expected: str) -> NoReturn:
    """
    Raise the error for *found*, with the class and the name of the field.

    Raises:
        InvalidValueError: Always.
    """
    raise InvalidValueError(subject(instance), found, expected, attribute.name)


def refuse_second_init(instance: object, first: str) -> None:
    """
    Raise if `__init__` runs on a complete value, which others may hold.

    Only large values check this: for small ones it would take a tenth of the time of construction.

    Raises:
        AttributeError: If the value already has its *first* field.
    """
    if hasattr(instance, first):
        raise AttributeError(f"{type(instance).__name__} is immutable: make another")


BY_TYPE: set[Validator] = set()
"""The validators that check only the type of their field: a typed decoder need not run them again."""

BY_VALUE: set[Validator] = set()
"""The validators that depend on the value only, and treat equal values alike: running them once per value is enough."""


BY_TEXT: set[Validator] = set()
"""The validators of values parsed from a text, where equal values may have different texts: the parser runs them, once
for each text."""

BY_RANGE: set[Validator] = set()
"""The validators of amounts that accept a range: those that accept the least and the greatest accept all between."""

BY_FACTS: set[Validator] = set()
"""The validators that check only their facts (or take `None`): a typed decoder can check these facts itself."""


BY_ITEMS: set[Validator] = set()
"""The validators of tuples that refuse an item because of another field, and therefore no empty tuple."""

OF_ITEMS: dict[Validator, Validator] = {}
"""The validators of tuples that check nothing but each item, with the validator of one."""

ONCE_EACH: set[Validator] = set()
"""Those among them that refuse an item that stands twice too."""


def asks_type_only(check: Validator) -> Validator:
    """Record that *check* checks only the type of its field."""
    BY_TYPE.add(check)
    return check


def asks_value_only(check: Validator) -> Validator:
    """Record that *check* depends on the value only."""
    BY_VALUE.add(check)
    return check


def asks_range_only(check: Validator) -> Validator:
    """Record that *check* depends on the value only, and accepts a range."""
    BY_RANGE.add(check)
    return asks_value_only(check)


def asks_text_only(check: Validator) -> Validator:
    """Record that *check* depends on the value and its text only."""
    BY_TEXT.add(check)
    return check


def asks_of_items(check: Validator) -> Validator:
    """Record that *check* accepts an empty tuple, whatever other fields hold."""
    BY_ITEMS.add(check)
    return check


def asks_facts_only(check: Validator) -> Validator:
    """Record that *check* depends on the value only, and checks only its facts."""
    BY_FACTS.add(check)
    return asks_value_only(check)


def _asks_as_much(outer: Validator, inner: Validator) -> Validator:
    for noted in (BY_TYPE, BY_VALUE, BY_TEXT):
        if inner in noted:
            noted.add(outer)
    return outer


def _is_text(value: str) -> bool:
    """Return whether a text has a visible character at both ends and no forbidden one."""
    # Most texts are plain ASCII or French, and are accepted without the slower regular expression.
    if value.isascii() and value.isprintable():
        return value != "" and value[0] != " " != value[-1]
    return bool(_FRENCH_TEXT.fullmatch(value) or _WHOLE_TEXT.fullmatch(value))


def holds_text(value: str) -> bool:
    """Return whether a text has no forbidden character; it may be blank, and white space may be at its ends."""
    return (value.isascii() and value.isprintable()) or bool(_ANY_TEXT.fullmatch(value))


@states(Shared("Text", _TRIMMED, (Matching(f"(?:{_TEXT})?"),)))
@asks_value_only
def trimmed(instance: object, attribute: Attribute[Any], value: object) -> None:
    """
    Accept a text, which may be empty, without white space at its ends and without invisible characters.

    Within the text, line breaks are allowed, and so are soft hyphens and joiners, which French and emoji need.
    """
    if type(value) is not str or (value and not _is_text(value)):
        refuse(instance, attribute, value, _TRIMMED)


@states(Shared("FilledText", _NOT_BLANK, (Matching(_TEXT), Filled())))
@asks_value_only
def not_blank(instance: object, attribute: Attribute[Any], value: object) -> None:
    """Accept a text with at least one visible character."""
    if type(value) is not str or not _is_text(value):
        refuse(instance, attribute, value, _NOT_BLANK)


@asks_type_only
def flag(instance: object, attribute: Attribute[Any], value: object) -> None:
    """Accept true or false."""
    if type(value) is not bool:
        refuse(instance, attribute, value, "True or False")


def own_kind(instance: object, attribute: Attribute[Any], value: object) -> None:
    """Accept only the *kind* of the class, which is the default of the field."""
    if type(value) is not str or value != attribute.default:
        refuse(instance, attribute, value, f"{attribute.default!r}, the kind of this class")


@asks_text_only
def decimal(instance: object, attribute: Attribute[Any], value: object) -> None:
    """Accept a finite decimal in its plain form."""
    if type(value) is not Decimal:
        refuse(instance, attribute, value, "an exact number: a Decimal, an int or a text such as '86.5', not a float")
    text = str(value)
    if value.is_finite() and -_MOST_DIGITS < value.adjusted() < _WITHOUT_EXPONENT:
        text = written(value)
    if len(text) <= _MOST_DIGITS and _PLAIN_DECIMAL.fullmatch(text):
        return
    if len(text) > _MOST_DIGITS or not text.lstrip("-").replace(".", "", 1).isdigit():
        refuse(instance, attribute, value, "a finite number written without exponent, in at most 1000 characters")
    refuse(instance, attribute, value, "a number in its shortest form, such as 1.2 for 1.20")


def integer(minimum: int, maximum: int = _LARGEST) -> Check[T]:
    """Return a validator of whole numbers from *minimum* to *maximum*, both included."""
    expected = f"a whole number from {minimum} to {maximum}"
    if maximum == _LARGEST:
        expected = f"a whole number of at least {minimum} (and less than 2^53)"

    def check(instance: object, attribute: Attribute[Any], value: object) -> None:
        if type(value) is not int or not minimum <= value <= maximum:
            refuse(instance, attribute, value, expected)

    return states(Between(minimum, maximum))(asks_facts_only(check))


def number_within(minimum: int, maximum: int | None = None, expected: str = "") -> Check[T]:
    """Return a validator of exact numbers from *minimum* to *maximum*, both included; `None` means no limit."""
    most = "" if maximum is None else f" and at most {maximum}"
    wanted = expected or f"a number of at least {minimum}{most}"

    def check(instance: object, attribute: Attribute[Any], value: Any) -> None:
        if type(value) is not Decimal or not value.is_finite():
            refuse(
                instance, attribute, value, f"{wanted}, as an exact number: a Decimal, an int or a text, not a float"
            )
        decimal(instance, attribute, value)
        if value < minimum or (maximum is not None and value > maximum):
            refuse(instance, attribute, value, wanted)

    return states(Between(minimum, maximum))(asks_value_only(check))


A_SHARE = "a share from 0 to 1, such as 0.8 for 80 %"

is_share: Validator = number_within(0, 1, A_SHARE)
"""Accepts a share from 0 to 1: without the upper limit, 80 given for 80 % would pass as a share that limits nothing."""


def instance_of(kind: type[Any]) -> Check[T]:
    """Return a validator of instances of exactly this class: subclassing is not supported."""

    def check(instance: object, attribute: Attribute[Any], value: object) -> None:
        if type(value) is not kind:
            refuse(instance, attribute, value, f"a value of class {kind.__name__}")

    return asks_type_only(check)


def optional(check: Validator) -> Check[T]:
    """Return a validator of `None` and of the values that *check* accepts."""

    def maybe(instance: object, attribute: Attribute[Any], value: object) -> None:
        if value is not None:
            check(instance, attribute, value)

    for noted in (BY_FACTS, BY_RANGE):
        if check in noted:
            noted.add(maybe)
    return states(*facts_of(check))(_asks_as_much(maybe, check))


def each(check: Validator) -> Check[T]:
    """Return a validator of tuples whose items *check* accepts."""

    def all_of(instance: object, attribute: Attribute[Any], value: object) -> None:
        if type(value) is not tuple:
            refuse(instance, attribute, value, "a sequence of values, not a single one")
        for item in value:
            check(instance, attribute, item)

    OF_ITEMS[all_of] = check
    return states(Each(facts_of(check)))(_asks_as_much(all_of, check))


def each_once(check: Validator) -> Check[T]:
    """Return a validator of tuples of unique, hashable items that *check* accepts."""
    checked: Validator = each(check)

    def all_of(instance: object, attribute: Attribute[Any], value: tuple[Any, ...]) -> None:
        checked(instance, attribute, value)
        if len(value) > 1 and len(set(value)) != len(value):
            refuse(instance, attribute, value, "no value twice")

    OF_ITEMS[all_of] = check
    ONCE_EACH.add(all_of)
    return states(*facts_of(checked), NoneTwice())(asks_value_only(all_of))


def all_of(*checks: Validator) -> Check[T]:
    """Return a validator of the values that all of *checks* accept."""
    return and_(*checks)


def distinct(key: Callable[[Any], object], named: str) -> Check[T]:
    """Return a validator of tuples whose items have unique results of *key*."""

    @states(DistinctBy(key))
    def check(instance: object, attribute: Attribute[Any], value: Any) -> None:
        if len(set(map(key, value))) < len(value):
            first: dict[object, int] = {}
            twice = next(found for place, found in enumerate(map(key, value)) if first.setdefault(found, place) < place)
            refuse(instance, attribute, str(twice), f"each {named} once")

    return check
