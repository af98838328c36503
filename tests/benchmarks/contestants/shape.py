"""What every contestant has to be: levier's fields and types, its checks, and the references resolved."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from types import UnionType
from typing import Any, Literal, NamedTuple, NewType, Union, get_args, get_origin, get_type_hints

import attrs

from levier import InnovationWeek, Observation, Phase, Project
from levier.indicators import ObservationState
from levier.model.budget import BudgetAction
from levier.model.budget_lines import BudgetLine
from levier.model.entries import JournalEntry
from levier.model.events import Milestone
from levier.model.extra import Extra
from levier.model.figures import Figure
from levier.model.instruments import ChallengeStage, Instrument
from levier.model.journal import Journal
from levier.model.levers import IntendedEffect
from levier.model.money import Euros
from levier.model.periods import Period
from levier.model.references import REGISTRY_OF
from levier.plans import TRANSITIONS
from levier.serialization.document import ITEMS
from levier.serialization.hooks import INSTRUMENTS

IDENTIFIER = r"^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$"
PERIOD = r"^[0-9]{4}(-[0-9]{2}){0,2}(/([0-9]{4}(-[0-9]{2}){0,2}|\.\.))?$"
ENVELOPE = {
    "format": (Literal["levier"], attrs.NOTHING),
    "version": (Literal[1], attrs.NOTHING),
    "generator": (str, ""),
}
KEYS: dict[Any, tuple[str, ...]] = {
    BudgetAction: ("code",),
    BudgetLine: ("year", "stage", "action", "title", "source_id"),
    ChallengeStage: ("phase",),
    Figure: ("id",),
    IntendedEffect: ("indicator_id",),
    Milestone: ("id",),
}
"""What no two values of a sequence share, where the document has such values."""


class Field(NamedTuple):
    """One field of a class: its name, its type in levier, and its default (`attrs.NOTHING` where it has none)."""

    name: str
    hint: Any
    default: Any


def fields_of(cls: Any) -> list[Field]:
    """Return the fields of a class of levier, type variables filled in."""
    plain = get_origin(cls) or cls
    hints = get_type_hints(plain)
    chosen = dict(zip(getattr(plain, "__parameters__", ()), get_args(cls), strict=False))
    return [
        Field(each.name, _filled(hints[each.name], chosen), _default(each.evolve(type=hints[each.name])))
        for each in attrs.fields(plain)
    ]


def _default(field: Any) -> Any:
    if get_origin(field.type) is Literal:  # the *kind*, which is always written
        return attrs.NOTHING
    default = field.default.factory() if isinstance(field.default, attrs.Factory) else field.default  # type: ignore[arg-type]
    return () if isinstance(default, Journal) else None if isinstance(default, Extra) else default


def _filled(hint: Any, chosen: dict[Any, Any]) -> Any:
    if hint is Extra:  # the sample has none; a dictionary is what a peer would have
        return dict[str, Any] | None
    if hint in chosen:
        return chosen[hint]
    if get_origin(hint) is tuple:
        return tuple[_filled(get_args(hint)[0], chosen), ...]
    arguments = get_args(hint)
    if any(argument in chosen for argument in arguments):
        return get_origin(hint)[tuple(chosen.get(argument, argument) for argument in arguments)]
    return hint


class Family(ABC):
    """The classes of one library, each made once; `scalars` says what stands for a type that is no class of ours."""

    scalars: dict[Any, Any]

    def __init__(self) -> None:
        self.made: dict[Any, Any] = {}

    def of(self, hint: Any, name: str = "") -> Any:
        """Return what stands for a type of levier."""
        if isinstance(hint, NewType):
            return self.scalars["identifier" if name == "id" else str]
        if hint is Instrument:
            return self.union([self.of(cls) for cls in INSTRUMENTS.values()])
        if attrs.has(hint):
            if hint not in self.made:
                self.made[hint] = self.model(hint)
            return self.made[hint]
        return self.scalars[hint] if hint in self.scalars else self.composed(hint)

    def composed(self, hint: Any) -> Any:
        """Return what stands for a sequence or a union; any other type stands for itself."""
        if hint is Journal:
            return self.sequence(JournalEntry)
        if get_origin(hint) is tuple:
            return self.sequence(get_args(hint)[0])
        if get_origin(hint) in (Union, UnionType):
            return Union[tuple(self.of(argument) for argument in get_args(hint))]  # noqa: UP007  # made at run time
        return hint

    def sequence(self, item: Any) -> Any:
        """Return what stands for a sequence of a type of levier."""
        return tuple[self.of(item), ...]

    @abstractmethod
    def union(self, classes: list[Any]) -> Any:
        """Return what stands for one of some classes, told apart by their field *kind*."""

    @abstractmethod
    def model(self, cls: Any) -> Any:
        """Return what stands for a class of levier."""


# ---------------------------------------------------------------- checks


def trimmed(text: str) -> str:
    """Refuse white space at the ends of a text."""
    if text.strip() != text:
        raise ValueError("white space at an end")
    return text


def cents(amount: Decimal) -> Decimal:
    """Refuse fractions of a cent."""
    if amount != round(amount, 2):
        raise ValueError("not to the cent")
    return amount


def finite(number: Decimal) -> Decimal:
    """Refuse what is no number."""
    if not number.is_finite():
        raise ValueError("not finite")
    return number


def period(text: str) -> str:
    """Refuse a text that names no year, month, day or interval of the calendar."""
    if not _PERIOD.fullmatch(text):
        raise ValueError("no period")
    start, _, end = text.partition("/")
    for part in (start, end):
        if part not in ("", ".."):
            date.fromisoformat(part + "-01-01"[len(part) - 4 :])
    if end not in ("", "..") and end <= start:
        raise ValueError("an interval ends after it starts")
    return text


def distinct_by(item: Any) -> Callable[[tuple[Any, ...]], tuple[Any, ...]] | None:
    """Return what refuses a sequence with the same text, or key, twice; `None` where levier has no such check."""
    if attrs.has(item) and item not in KEYS:
        return None
    key: Callable[[Any], Any] | None = attrgetter(*KEYS[item]) if item in KEYS else None

    def distinct(items: tuple[Any, ...]) -> tuple[Any, ...]:
        if len(items) > 1 and len(set(map(key, items) if key else items)) != len(items):
            raise ValueError("the same value twice")
        return items

    return distinct


_PERIOD = re.compile(PERIOD)
_IDENTIFIER = re.compile(IDENTIFIER)
cached_period = lru_cache(maxsize=65_536)(period)


def _value_if_measured(found: Any) -> None:
    if (found.state is ObservationState.MEASURED) is (found.value is None):
        raise ValueError("a value when measured, and a reason when there is none")


def _edition_of_its_year(found: Any) -> None:
    if not found.period.value.startswith(str(found.edition + 2013)):
        raise ValueError("the edition is the year minus 2013")


def _explained(found: Any) -> None:
    if (found.amounts.commitment is None or found.amounts.payment is None) != bool(found.missing_because):
        raise ValueError("a reason where, and only where, one of the two amounts is missing")


def _legal_moves(found: Any) -> None:
    current = Phase.FRAMING
    for step in found.steps:
        if step.phase not in TRANSITIONS[current]:
            raise ValueError(f"cannot go from {current} to {step.phase}")
        current = step.phase


WHOLE: dict[Any, Callable[[Any], None]] = {
    Observation: _value_if_measured,
    InnovationWeek: _edition_of_its_year,
    BudgetLine: _explained,
    Project: _legal_moves,
}
"""What a class checks across its fields, where the document has such a class."""


def post_init(cls: Any, *, identifiers: bool, cached: bool) -> Callable[[Any], None] | None:
    """Return the checks of a class in one function, written as its author would write it by hand."""
    names: dict[str, Any] = {"period": cached_period if cached else period, "identifier": _IDENTIFIER.match}
    lines: list[str] = []
    for field in fields_of(cls):
        lines += _lines(field, names, identifiers=identifiers)
    if cls in WHOLE:
        names["whole"] = WHOLE[cls]
        lines.append("whole(self)")
    if not lines:
        return None
    source = "def check(self):\n" + "".join(f"    {line}\n" for line in lines)
    exec(source, names)  # noqa: S102  # so that no contestant pays for a loop over its fields
    return names["check"]  # type: ignore[no-any-return]


def _lines(field: Field, names: dict[str, Any], *, identifiers: bool) -> Iterator[str]:
    value, hint, options = f"self.{field.name}", field.hint, get_args(field.hint)
    optional = get_origin(hint) in (Union, UnionType)
    kind = next(part for part in options if part is not type(None)) if optional else hint
    wrong = _wrong(kind, "it", is_id=field.name == "id" and identifiers)
    if get_origin(hint) is tuple:
        names[f"distinct_{field.name}"] = distinct_by(options[0])
        if distinct_by(options[0]):
            yield f"if len({value}) > 1: distinct_{field.name}({value})"
        wrong = _wrong(options[0], "each")
        if wrong:
            yield f"for each in {value}:"
            yield f"    if {wrong}: raise ValueError({field.name!r})"
    elif wrong:
        yield f"it = {value}"
        yield f"if {'it is not None and ' if optional else ''}{wrong}: raise ValueError({field.name!r})"


def _wrong(kind: Any, it: str, *, is_id: bool = False) -> str:
    """Return the expression that is true of a wrong value."""
    if isinstance(kind, NewType) and is_id:
        return f"not identifier({it})"
    if isinstance(kind, NewType) or kind is str:
        return f"{it}.strip() != {it}"
    return {
        Period: f"not period({it})",
        Euros: f"{it} != round({it}, 2)",
        Decimal: f"not {it}.is_finite()",
    }.get(kind, "")


# ---------------------------------------------------------------- what holds between things


def resolving(load: Callable[[bytes], Any]) -> Callable[[bytes], Any]:
    """Return *load* with identifiers and keys refused that stand twice, and references that lead nowhere."""
    checks = [(noun, list(_references(item))) for noun, item in ITEMS.items()]

    def loads(data: bytes) -> Any:
        found = load(data)
        held = {noun: {item.id for item in getattr(found, noun)} for noun in ITEMS if noun != "observations"}
        for noun, known in held.items():
            if len(known) != len(getattr(found, noun)):
                raise ValueError(f"{noun}: an identifier stands twice")
        keys = {
            (o.indicator_id, o.territory_id, o.period, o.kind, o.source_id, o.breakdown) for o in found.observations
        }
        if len(keys) != len(found.observations):
            raise ValueError("observations: a key stands twice")
        for noun, references in checks:
            _resolve(getattr(found, noun), references, held)
        return found

    return loads


def _resolve(items: Iterable[Any], references: list[tuple[str, str, bool]], held: dict[str, set[str]]) -> None:
    for item in items:
        for name, registry, many in references:
            target = getattr(item, name, None)
            for one in target if many and target else (target,):
                if one and one not in held[registry]:
                    raise ValueError(f"{one} is not in {registry}")


def _references(item: Any) -> Iterator[tuple[str, str, bool]]:
    """Yield the references that a class makes directly: the peers resolve these and no deeper ones."""
    for cls in INSTRUMENTS.values() if item is Instrument else (item,):
        for name, hint in get_type_hints(cls).items():
            for part in [hint, *get_args(hint)]:
                if part in REGISTRY_OF and name != "id":
                    yield name, REGISTRY_OF[part], get_origin(hint) is tuple
