"""
House converters and validators.

A converter normalises what it understands and leaves the rest alone; the validator behind it then refuses,
because only a validator knows the subject and the field's name.
msgspec runs validators and no converters, so whatever a converter normalises, its validator must refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn, TypeVar

from attrs import Attribute

from levier.errors import InvalidValueError

T = TypeVar("T")
Validator = Callable[[Any, "Attribute[Any]", Any], None]


def as_tuple(items: Iterable[Any]) -> tuple[Any, ...]:
    """Take any iterable but a text, which is nearly always a forgotten comma."""
    return items if isinstance(items, str | bytes) else tuple(items)  # type: ignore[return-value]  # refused behind


def as_decimal(value: Decimal | int | str) -> Decimal:
    """Take an exact number in its shortest plain form: `1.20` becomes `1.2`, `1E+2` becomes `100`."""
    if isinstance(value, bool | float):
        return value  # type: ignore[return-value]  # refused by the validator behind
    try:
        number = Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        return value  # type: ignore[return-value]  # refused by the validator behind
    return plain(number) if number.is_finite() else number


def plain(number: Decimal) -> Decimal:
    """Return *number* with the one text that equal numbers share: no exponent, no trailing zero, no minus zero."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Decimal("0" if text == "-0" else text)


def subject(instance: object) -> str:
    """Name a half-built value by its class and, where it has one, its identifier."""
    name = type(instance).__name__
    identity = getattr(instance, "id", None)
    return f"{name} {identity!r}" if isinstance(identity, str) else name


def refuse(instance: object, attribute: Attribute[Any], found: object, expected: str) -> NoReturn:
    """
    Refuse *found* in the name of its owner and field.

    Raises:
        InvalidValueError: Always.
    """
    raise InvalidValueError(subject(instance), found, expected, attribute.name)


def trimmed(instance: object, attribute: Attribute[Any], value: object) -> None:
    """Accept a text, empty or not, without white space at its ends."""
    if type(value) is not str or value.strip() != value:
        refuse(instance, attribute, value, "a text without white space at its ends")


def not_blank(instance: object, attribute: Attribute[Any], value: object) -> None:
    """Accept a text that says something."""
    if type(value) is not str or not value or value.strip() != value:
        refuse(instance, attribute, value, "a text that is not blank, without white space at its ends")


def flag(instance: object, attribute: Attribute[Any], value: object) -> None:
    """Accept true or false."""
    if type(value) is not bool:
        refuse(instance, attribute, value, "True or False")


def decimal(instance: object, attribute: Attribute[Any], value: object) -> None:
    """Accept a finite decimal in its plain form."""
    if type(value) is not Decimal:
        refuse(instance, attribute, value, "an exact number: a Decimal, an int or a text such as '86.5', not a float")
    written = str(value)
    if not written.lstrip("-").replace(".", "", 1).isdigit():
        refuse(instance, attribute, value, "a finite number, without exponent")
    if written == "-0" or ("." in written and written[-1] == "0"):
        refuse(instance, attribute, value, "a number in its shortest form, such as 1.2 for 1.20")


def integer(minimum: int, maximum: int | None = None) -> Validator:
    """Accept whole numbers from *minimum* to *maximum*."""
    expected = f"a whole number of at least {minimum}"
    if maximum is not None:
        expected = f"a whole number from {minimum} to {maximum}"

    def check(instance: object, attribute: Attribute[Any], value: object) -> None:
        if type(value) is not int or value < minimum or (maximum is not None and value > maximum):
            refuse(instance, attribute, value, expected)

    return check


def instance_of(kind: type[Any]) -> Validator:
    """Accept values of exactly this class: subclassing is not API."""

    def check(instance: object, attribute: Attribute[Any], value: object) -> None:
        if type(value) is not kind:
            refuse(instance, attribute, value, f"a value of class {kind.__name__}")

    return check


def optional(check: Validator) -> Validator:
    """Accept `None`, or what *check* accepts."""

    def maybe(instance: object, attribute: Attribute[Any], value: object) -> None:
        if value is not None:
            check(instance, attribute, value)

    return maybe


def each(check: Validator) -> Validator:
    """Accept a tuple of what *check* accepts, none of it twice."""

    def all_of(instance: object, attribute: Attribute[Any], value: object) -> None:
        if type(value) is not tuple:
            refuse(instance, attribute, value, "a sequence of values, not a single one")
        for item in value:
            check(instance, attribute, item)
        if len(value) > 1 and len(set(value)) != len(value):
            refuse(instance, attribute, value, "no value twice")

    return all_of


def distinct(key: Callable[[Any], object], named: str) -> Validator:
    """Accept a tuple in which no two values share *key*."""

    def check(instance: object, attribute: Attribute[Any], value: tuple[Any, ...]) -> None:
        seen: set[object] = set()
        for item in value:
            if (found := key(item)) in seen:
                refuse(instance, attribute, str(found), f"each {named} once")
            seen.add(found)

    return check
