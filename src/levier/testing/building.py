"""Minimal values for tests: give the fields that matter, and the other ones are filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from string import digits
from types import MappingProxyType
from typing import Any, NewType, TypeVar, cast

from attrs import NOTHING, fields, has

from levier.errors import DanglingReferenceError, InvalidValueError
from levier.model._shapes import class_of, hints_of, item_of, options_of
from levier.model.extra import NO_EXTRA, Extra
from levier.model.identifiers import InstrumentId, TerritoryId
from levier.model.insee import DEPARTMENTS
from levier.model.instruments import CommunityHub, Instrument
from levier.model.journal import Journal
from levier.model.money import Euros
from levier.model.observations import Observations
from levier.model.periods import Day, Period
from levier.model.portfolio import NOUNS, Portfolio
from levier.model.quantities import COUNT, Unit
from levier.model.registry import Registry
from levier.model.sirene import is_siret
from levier.model.terms import Term
from levier.model.territories import NATION
from levier.testing.completing import COMPLETED, YEAR, Given

__all__ = ["build"]

T = TypeVar("T")


def build(cls: type[T], **values: Any) -> T:
    """
    Return a minimal valid instance of a public class, with *values*.

    Missing fields always get the same values: identifiers and labels are named after the class, a reference names the
    object that `build` makes of its class, a day is 2019-01-01, an amount 1 €, a kind the first of its vocabulary.
    Fields with a default keep it, unless the given values require another one: `build(Award, instalments=…)` has
    the sum of its instalments as its amount.
    What a value holds may be given as the fields that matter, `lead={"role": "…"}`, and several of it as their number:
    `milestones=2`, or as a list in which some are such fields. They are told apart by number, from the second one on.
    A portfolio also gets the things that the filled-in references name.
    `phase` of a project may be given, although it follows from the steps: the shortest sequence of steps is filled in.

    Raises:
        TypeError: If *cls* is not a class of levier, or a name is not a field of it; lists the fields.
        LevierError: If the class refuses a given value, or a number of parts is less than zero.

    >>> from levier import Lever, Phase, Project, Sourced
    >>> build(Project, phase=Phase.STOPPED).steps[0].because
    'sample'
    >>> [milestone.label for milestone in build(Project, milestones=[{"label": "Opening"}, {}]).milestones]
    ['Opening', 'Milestone 2']
    >>> build(Sourced[Euros]).value
    Euros('1.00')
    >>> build(Lever, parent_id="above")
    Lever(id='lever', label='Lever', label_en='', parent_id='above', objective='', tags=(), effects=(), source_ids=())
    """
    return cast("T", _made_or_scalar(cls, values))


def _made_or_scalar(cls: Any, values: Given) -> Any:
    _refuse_other_than_ours(cls)
    return _made(cls, values) if has(class_of(cls)) else _scalar(cls, values)


def _refuse_other_than_ours(cls: object) -> None:
    kind = class_of(cls)
    if isinstance(kind, type):
        is_ours = kind is Day or kind.__module__.startswith("levier.")
        if is_ours and kind is not Term and not issubclass(kind, Exception):
            return
        found = kind.__name__ if kind is cls else f"{cls!r}"
    else:
        found = f"{cls!r}, which is text" if isinstance(cls, str) else f"{cls!r}"
    raise TypeError(f"cannot build {found}: expected a class of levier itself, such as build(Project)")


def _scalar(cls: Any, values: Given) -> Any:
    kind = class_of(cls)
    if kind is Instrument:
        return build(CommunityHub, **values)
    if kind not in _CONSTANTS and not issubclass(kind, Enum):
        raise TypeError(f"cannot build {kind.__name__}: no value is of this class alone")
    if values:
        raise TypeError(f"{kind.__name__} has no named fields to give; call {kind.__name__}(…) itself")
    return next(iter(kind)) if issubclass(kind, Enum) else _value(kind, kind.__name__)


def _made(cls: Any, values: Given, number: int = 1) -> Any:
    """Return an instance of an attrs class, the one with this *number* where several are made."""
    kind, hints = class_of(cls), hints_of(cls)
    given = {name: _part(hints.get(name), value, name) for name, value in values.items()}
    if kind in COMPLETED:
        COMPLETED[kind](given)
    _refuse_unknown(kind, given)
    required = [attribute.name for attribute in fields(kind) if attribute.default is NOTHING]
    filled = {name: _value(hints[name], kind.__name__, name) for name in required if name not in given}
    whole = _numbered(filled, _key(required, hints), number) | given
    return _with_what_is_named(whole) if kind is Portfolio else kind(**whole)


def _with_what_is_named(given: Given) -> Portfolio:
    """
    Return the portfolio of what is given, with what `build` makes of a class added where a reference names that.

    A reference that names anything else is the caller's own, and is refused where it leads nowhere.
    """
    try:
        return Portfolio(**given)
    except DanglingReferenceError as error:
        missing = {(one.registry, one.target) for one in error.references}
        named = {noun: made for cls, noun in NOUNS.items() if (noun, (made := build(cls)).id) in missing}
        if not named:
            raise
    added = {noun: [*Registry(given.get(noun, ())).values(), made] for noun, made in named.items()}
    return _with_what_is_named(given | added)


def _refuse_unknown(cls: type[Any], given: Given) -> None:
    known = [attribute.name for attribute in fields(cls)]
    for name in given:
        if name not in known:
            near = " or ".join(map(repr, get_close_matches(name, known, n=3)))
            what = "follows from its fields" if isinstance(getattr(cls, name, None), property) else "is no field of it"
            way_out = f"did you mean {near}? Give" if near else "give"
            raise TypeError(
                f"cannot build {cls.__name__} with {name!r}, which {what}; {way_out} any of {', '.join(known)}"
            )


# ---------------------------------------------------------------- parts


def _part(hint: Any, value: Any, name: str) -> Any:
    """Return the value that is given for a field, with the parts built that are given by their fields or number."""
    one, held = _built_alone(hint), _built_alone(item_of(hint))
    if held is not None and type(value) is int:
        if value < 0:
            raise InvalidValueError("build", value, "how many of them to build, from zero on", name)
        return [_made(held, {}, number) for number in range(1, value + 1)]
    if held is not None and isinstance(value, Iterable) and not isinstance(value, (Mapping, str)):
        return [
            _within(f"{name}[{place}]", held, item, place + 1) if isinstance(item, Mapping) else item
            for place, item in enumerate(value)
        ]
    return _within(name, one, value) if one is not None and isinstance(value, Mapping) else value


def _built_alone(hint: Any) -> Any:
    """Return the attrs class that is built for a type: the type itself, or the one that may be missing; else `None`."""
    options = options_of(hint)
    if Instrument in getattr(options[0], "__mro__", ()):
        return CommunityHub
    return options[0] if len(options) == 1 and has(class_of(options[0])) else None


def _within(path: str, cls: Any, values: Mapping[str, Any], number: int = 1) -> Any:
    try:
        return _made(cls, dict(values), number)
    except TypeError as error:
        raise TypeError(f"{path}: {error}") from None


def _key(required: list[str], hints: Mapping[str, Any]) -> list[str]:
    """Return the fields that tell the values of a class apart: the identifier, else the dates, else the first one."""
    dates = [name for name in required if name == "year" or hints[name] in (Day, Period)]
    return ["id"] if "id" in required else dates or required[:1]


def _numbered(filled: Given, key: list[str], number: int) -> Given:
    """Return what was filled in, told apart from that of the other ones by what was not given of its *key*."""
    if number == 1:
        return filled
    return filled | {name: _other(filled[name], name, number) for name in (*key, "label") if name in filled}


def _other(value: Any, name: str, number: int) -> Any:
    """Return the value with this *number* in the row that begins with *value*; the same one where there is no row."""
    match value:
        case Enum():
            other = [*type(value)][(number - 1) % len(type(value))]
        case Day():
            other = Day(YEAR + number - 1, 1, 1)
        case Period():
            other = Period(str(YEAR + number - 1))
        case int():
            other = value + number - 1
        case str() if value == NATION:
            other = [*DEPARTMENTS][number % len(DEPARTMENTS)]  # where there are more, two are refused as the same
        case str() if name == "siret":
            other = next(siret for digit in digits if is_siret(siret := f"{value[:9]}{number:04}{digit}"))
        case str():
            other = f"{value} {number}" if name == "label" else f"{value}-{number}"
        case _:
            other = value
    return other


# ---------------------------------------------------------------- what is filled in


def _value(hint: Any, owner: str, name: str = "") -> Any:
    """Return the value for a field of this type."""
    if hint is str or (name == "id" and hint is not TerritoryId):
        words = _slug(owner).replace("-", " ").capitalize()
        return {"id": _slug(owner), "label": words, "siret": "13000548100010"}.get(name, "sample")
    if name == "year":
        return YEAR
    if hint is Day:
        return Day(YEAR, 1, 1)  # a new one each time: a pendulum.Date is not fully immutable
    if hint in _CONSTANTS:
        return _CONSTANTS[hint]
    if isinstance(hint, NewType):
        return _slug(hint.__name__.removesuffix("Id"))
    return 1 if isinstance(hint, TypeVar) else _made_or_scalar(hint, {})


_CONSTANTS: Mapping[Any, Any] = MappingProxyType(
    {
        int: 1,
        bool: False,
        Decimal: Decimal(1),
        Day: Day(YEAR, 1, 1),
        Period: Period(str(YEAR)),
        Euros: Euros(1),
        InstrumentId: "campus",  # only a session refers to an instrument: its campus
        TerritoryId: NATION,
        Unit: COUNT,
        Registry: Registry(),
        Observations: Observations(),
        Journal: Journal(),
        Extra: NO_EXTRA,
    }
)


def _slug(name: str) -> str:
    return "-".join(re.findall(r"[A-Z][a-z]*", name)).lower()
