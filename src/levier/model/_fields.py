"""
House converters and validators.

A converter normalises what it understands and leaves the rest alone; the validator behind it then refuses,
because only a validator knows the subject and the field's name.
msgspec runs validators and no converters, so whatever a converter normalises, its validator must refuse.
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
"""A validator as a field is given it: generic, because ty finds no converter beside a validator of `Any`."""

_MOST_DIGITS = 1000
_WITHOUT_EXPONENT = -6  # the least power of ten that `str` writes as a plain decimal
_LARGEST = 2**53 - 1  # what every reader of JSON keeps exact
DECIMAL_TEXT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_PLAIN_DECIMAL = re.compile(r"0|-?(?:[1-9][0-9]*(?:\.[0-9]*[1-9])?|0\.[0-9]*[1-9])")

SPACE = r"\t\n \xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000"
"""White space, the blank of Braille too: what other languages count as such differs."""

_BODY = rf"[^{HIDDEN}]"
_FIRST = rf"[^{HIDDEN}{SPACE}{JOINERS}{SELECTORS}]"
_LAST = rf"[^{HIDDEN}{SPACE}{JOINERS}]"
_TEXT = rf"{_FIRST}(?:{_BODY}*{_LAST})?"
_WHOLE_TEXT = re.compile(_TEXT.replace(HIDDEN, HIDDEN + HIDDEN_ABOVE))
_TRIMMED = "a text without white space at its ends, invisible or control characters"
_NOT_BLANK = "a text that is not blank, without white space at its ends, invisible or control characters"
states(Matching(DECIMAL_TEXT.pattern))(Decimal)


def hold_types(*functions: Callable[..., Any], **names: Any) -> None:
    """
    Hold the annotations of functions as types, not as texts; *names* are those that their modules do not know.

    attrs copies the annotations of converters into the constructors of our classes, whose modules do not know all names
    that stand in them; nor does a constructor know its own class.
    Then `typing.get_type_hints`, and all that asks it, works on every constructor.
    """
    for function in functions:
        function.__annotations__ = get_type_hints(function, localns=names)


def as_tuple(items: Iterable[Any]) -> tuple[Any, ...]:
    """Take any iterable but a text, which is nearly always a forgotten comma; a set, which has no order, is sorted."""
    if isinstance(items, (str, bytes, Mapping)) or not isinstance(items, Iterable):
        return items  # type: ignore[return-value]  # refused by the validator behind
    return tuple(sorted(items, key=repr)) if isinstance(items, AbstractSet) else tuple(items)


def as_decimal(value: Decimal | int | str) -> Decimal:
    """Take an exact number in its shortest plain form: `1.20` becomes `1.2`, `1E+2` becomes `100`."""
    if type(value) not in (Decimal, int, str) or (type(value) is str and not DECIMAL_TEXT.fullmatch(value)):
        return value  # type: ignore[return-value]  # refused by the validator behind
    number = Decimal(value)
    # An exponent of a thousand is a slip or an attack; left in place, it is refused by the validator behind.
    return plain(number) if number.is_finite() and abs(number.adjusted()) < _MOST_DIGITS else number


hold_types(as_tuple, as_decimal)


def sum_from(start: int, value: T) -> T:
    """
    Return *value* added to the whole number 0, from which `sum` starts.

    Raises:
        MixedUnitsError: For any other start.
    """
    if type(start) is not int or start:
        raise MixedUnitsError("add", repr(start), str(value))
    return value


def subject(instance: object) -> str:
    """Name a half-built value by its class and, where it has one, its identifier, or the texts of its key."""
    name = type(instance).__name__
    identity = getattr(instance, "id", None)
    if isinstance(identity, str):
        return f"{name} {shown(identity)}"
    try:
        key = getattr(instance, "key", ())
        parts = [str(part) for part in key if part is not None] if type(key) is tuple else []
        return f"{name} {shown(' '.join(filter(None, parts)))}" if parts else name
    except Exception:  # noqa: BLE001  # the message about a bad part of a key must not fail for it
        return name


def refuse(instance: object, attribute: Attribute[Any], found: object, expected: str) -> NoReturn:
    """
    Refuse *found* in the name of its owner and field.

    Raises:
        InvalidValueError: Always.
    """
    raise InvalidValueError(subject(instance), found, expected, attribute.name)


def refuse_second_init(instance: object, first: str) -> None:
    """
    Refuse to run `__init__` on a value that has its *first* field: others may hold it.

    Of what takes long to make alone: on the way of every small value it would take a tenth of the time.

    Raises:
        AttributeError: If it has been made.
    """
    if hasattr(instance, first):
        raise AttributeError(f"{type(instance).__name__} is immutable: make another")


BY_TYPE: set[Validator] = set()
"""The validators that ask no more than the type of their field says: a typed decoder need not run them again."""

BY_VALUE: set[Validator] = set()
"""The validators that look at the value alone, in which equal values are alike: once for each value is enough."""


BY_TEXT: set[Validator] = set()
"""The validators of what is read from a text, in which equal values may differ by how they are written: whoever reads
the text runs them, once for each text."""

BY_FACTS: set[Validator] = set()
"""The validators that ask no more than their facts say (or take `None`): a typed decoder can see to these by itself."""


def asks_type_only(check: Validator) -> Validator:
    """Note that *check* asks no more than the type of its field says."""
    BY_TYPE.add(check)
    return check


def asks_value_only(check: Validator) -> Validator:
    """Note that *check* looks at the value alone."""
    BY_VALUE.add(check)
    return check


def asks_text_only(check: Validator) -> Validator:
    """Note that *check* looks at the value, and how it is written, alone."""
    BY_TEXT.add(check)
    return check


def asks_facts_only(check: Validator) -> Validator:
    """Note that *check* looks at the value alone, and asks no more than its facts say."""
    BY_FACTS.add(check)
    return asks_value_only(check)


def _asks_as_much(outer: Validator, inner: Validator) -> Validator:
    for noted in (BY_TYPE, BY_VALUE, BY_TEXT):
        if inner in noted:
            noted.add(outer)
    return outer


def _is_text(value: str) -> bool:
    """Say whether a text says something."""
    # It begins with what can be seen: so it is not blank. Most texts are plain, and need no expression.
    if value.isascii() and value.isprintable():
        return value != "" and value[0] != " " != value[-1]
    return bool(_WHOLE_TEXT.fullmatch(value))


@states(Shared("Text", _TRIMMED, (Matching(f"(?:{_TEXT})?"),)))
@asks_value_only
def trimmed(instance: object, attribute: Attribute[Any], value: object) -> None:
    """
    Accept a text, empty or not: no white space at its ends, no control characters but line breaks, nothing invisible.

    Soft hyphens and joiners may stand inside, as French and emoji need them.
    """
    if type(value) is not str or (value and not _is_text(value)):
        refuse(instance, attribute, value, _TRIMMED)


@states(Shared("FilledText", _NOT_BLANK, (Matching(_TEXT), Filled())))
@asks_value_only
def not_blank(instance: object, attribute: Attribute[Any], value: object) -> None:
    """Accept a text that says something."""
    if type(value) is not str or not _is_text(value):
        refuse(instance, attribute, value, _NOT_BLANK)


@asks_type_only
def flag(instance: object, attribute: Attribute[Any], value: object) -> None:
    """Accept true or false."""
    if type(value) is not bool:
        refuse(instance, attribute, value, "True or False")


def own_kind(instance: object, attribute: Attribute[Any], value: object) -> None:
    """Accept the kind of a class, which is the field's default, and no other."""
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
    """Accept whole numbers from *minimum* to *maximum*."""
    expected = f"a whole number from {minimum} to {maximum}"
    if maximum == _LARGEST:
        expected = f"a whole number of at least {minimum} (and less than 2^53)"

    def check(instance: object, attribute: Attribute[Any], value: object) -> None:
        if type(value) is not int or not minimum <= value <= maximum:
            refuse(instance, attribute, value, expected)

    return states(Between(minimum, maximum))(asks_facts_only(check))


def number_within(minimum: int, maximum: int | None = None, expected: str = "") -> Check[T]:
    """Accept exact numbers from *minimum* to *maximum*, both included; `None` is no limit."""
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
"""Accepts a part of a whole: 80 is no share, and where 80 % is meant it would keep every rule and break none."""


def instance_of(kind: type[Any]) -> Check[T]:
    """Accept values of exactly this class: subclassing is not API."""

    def check(instance: object, attribute: Attribute[Any], value: object) -> None:
        if type(value) is not kind:
            refuse(instance, attribute, value, f"a value of class {kind.__name__}")

    return asks_type_only(check)


def optional(check: Validator) -> Check[T]:
    """Accept `None`, or what *check* accepts."""

    def maybe(instance: object, attribute: Attribute[Any], value: object) -> None:
        if value is not None:
            check(instance, attribute, value)

    if check in BY_FACTS:
        BY_FACTS.add(maybe)
    return states(*facts_of(check))(_asks_as_much(maybe, check))


def each(check: Validator) -> Check[T]:
    """Accept a tuple of what *check* accepts."""

    def all_of(instance: object, attribute: Attribute[Any], value: object) -> None:
        if type(value) is not tuple:
            refuse(instance, attribute, value, "a sequence of values, not a single one")
        for item in value:
            check(instance, attribute, item)

    return states(Each(facts_of(check)))(_asks_as_much(all_of, check))


def each_once(check: Validator) -> Check[T]:
    """Accept a tuple of what *check* accepts, none of it twice; only for what can be hashed."""
    checked: Validator = each(check)

    def all_of(instance: object, attribute: Attribute[Any], value: tuple[Any, ...]) -> None:
        checked(instance, attribute, value)
        if len(value) > 1 and len(set(value)) != len(value):
            refuse(instance, attribute, value, "no value twice")

    return states(*facts_of(checked), NoneTwice())(asks_value_only(all_of))


def all_of(*checks: Validator) -> Check[T]:
    """Accept what each of *checks* accepts."""
    return and_(*checks)


def distinct(key: Callable[[Any], object], named: str) -> Check[T]:
    """Accept a tuple in which no two values share *key*."""

    @states(DistinctBy(key))
    def check(instance: object, attribute: Attribute[Any], value: Any) -> None:
        seen: set[object] = set()
        for item in value:
            if (found := key(item)) in seen:
                refuse(instance, attribute, str(found), f"each {named} once")
            seen.add(found)

    return check
