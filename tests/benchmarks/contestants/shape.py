"""What every contestant has to be: levier's fields and types, its checks, and the references resolved."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import chain
from operator import attrgetter
from types import UnionType
from typing import Any, Literal, NamedTuple, NewType, Union, get_args, get_origin, get_type_hints

import attrs

from contestants.money import covered
from levier import Fund, InnovationWeek, Observation, Phase, Project
from levier.indicators import ObservationState
from levier.model import identifiers
from levier.model._facts import Between, Each, Filled, NonZero, Shared, facts_of
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
from levier.model.periods import Day, Period
from levier.model.references import REGISTRY_OF
from levier.plans import TRANSITIONS
from levier.serialization.document import ITEMS
from levier.serialization.hooks import INSTRUMENTS

IDENTIFIER = r"^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$"
MONTH = r"^[0-9]{4}(?:-(?:0[1-9]|1[0-2]|Q[1-4]))?$"
DECIMAL = r"^-?[0-9]+(?:\.[0-9]+)?$"
CENT = Decimal("0.01")
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


class Asked(NamedTuple):
    """What a field asks of its value, beside its type: to be an identifier, not blank, within limits, not zero."""

    is_id: bool = False
    filled: bool = False
    least: int | None = None
    most: int | None = None
    nonzero: bool = False


class Field(NamedTuple):
    """One field of a class: its name, its type in levier, its default (`attrs.NOTHING` for none), what it asks."""

    name: str
    hint: Any
    default: Any
    asked: Asked = Asked()


@cache
def fields_of(cls: Any) -> list[Field]:
    """Return the fields of a class of levier, type variables filled in."""
    plain = get_origin(cls) or cls
    hints = get_type_hints(plain)
    chosen = dict(zip(getattr(plain, "__parameters__", ()), get_args(cls), strict=False))
    return [
        Field(
            each.name,
            _filled(hints[each.name], chosen),
            _default(each.evolve(type=hints[each.name])),
            _asked(facts_of(each.validator), is_id=each.name == "id"),
        )
        for each in attrs.fields(plain)
    ]


def _asked(facts: Iterable[Any], *, is_id: bool) -> Asked:
    asked = Asked(is_id)
    for fact in facts:
        match fact:
            case Shared() | Each():
                inner = _asked(fact.facts, is_id=is_id)
                asked = inner if inner != Asked(is_id) else asked
            case Filled():
                asked = asked._replace(filled=True)
            case Between():
                asked = asked._replace(least=fact.minimum, most=fact.maximum)
            case NonZero():
                asked = asked._replace(nonzero=True)
    return asked


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
    """The classes of one library, each made once."""

    def __init__(self) -> None:
        self.made: dict[Any, Any] = {}

    def of(self, hint: Any, asked: Asked = Asked()) -> Any:  # noqa: B008  # immutable
        """Return what stands for a type of levier, in a field that asks for something."""
        if hint is Instrument:
            return self.union([self.of(cls) for cls in INSTRUMENTS.values()])
        if attrs.has(hint):
            if hint not in self.made:
                self.made[hint] = self.model(hint)
            return self.made[hint]
        kind = kind_of(hint, asked)
        return self.composed(hint, asked) if kind is None else self.scalar(kind, asked)

    def composed(self, hint: Any, asked: Asked) -> Any:
        """Return what stands for a sequence or a union; any other type stands for itself."""
        if hint is Journal:
            return self.sequence(JournalEntry, asked)
        if get_origin(hint) is tuple:
            return self.sequence(get_args(hint)[0], asked)
        if get_origin(hint) in (Union, UnionType):
            return Union[tuple(self.of(argument, asked) for argument in get_args(hint))]  # noqa: UP007  # made at run time
        return hint

    def sequence(self, item: Any, asked: Asked) -> Any:
        """Return what stands for a sequence of a type of levier."""
        return tuple[self.of(item, asked), ...]

    @abstractmethod
    def scalar(self, kind: Any, asked: Asked) -> Any:
        """Return what stands for a scalar, given by its kind (see `kind_of`)."""

    @abstractmethod
    def union(self, classes: list[Any]) -> Any:
        """Return what stands for one of some classes, told apart by their field *kind*."""

    @abstractmethod
    def model(self, cls: Any) -> Any:
        """Return what stands for a class of levier."""


def kind_of(hint: Any, asked: Asked) -> Any:
    """
    Return the kind of a scalar: "identifier", "reference" or its type; `None` for anything else.

    The text of a reference is not checked: one that is no identifier leads nowhere.
    """
    if isinstance(hint, NewType):
        refers = hint in REGISTRY_OF or hint in (identifiers.AwardId, identifiers.CallId)
        return "identifier" if asked.is_id and refers else "reference" if refers else str
    return hint if hint in (str, int, Day, Period, Euros, Decimal) else None


# ---------------------------------------------------------------- checks


def period(text: str) -> str:
    """Refuse a text that names no year, quarter, month, day or interval of the calendar."""
    if is_month(text):
        return text
    start, _, end = text.partition("/")
    for part in (start, end):
        if part not in ("", "..") and not is_month(part):
            date.fromisoformat(part)
    if not start or (end not in ("", "..") and end <= start):
        raise ValueError("an interval ends after it starts")
    return text


cached_period = cache(period)
is_month = re.compile(MONTH).match


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


def _is_legal(steps: Iterable[Any]) -> bool:
    current = Phase.FRAMING
    for step in steps:
        if step.phase not in TRANSITIONS[current]:
            return False
        current = step.phase
    return True


WHOLE: dict[Any, str] = {
    BudgetLine: "(it.amounts.commitment is None or it.amounts.payment is None) is not bool(it.missing_because)",
    Fund: "not covered(it)",
    InnovationWeek: "not it.period.value.startswith(str(it.edition + 2013))",
    Observation: "(it.state is MEASURED) is (it.value is None)",
    Project: "it.steps and not is_legal(it.steps)",
}
"""What is wrong with an object across its fields, as an expression: written out, it costs no call of its own."""
NAMES: dict[str, Any] = {
    "CENT": CENT,
    "MEASURED": ObservationState.MEASURED,
    "covered": covered,
    "identifier": re.compile(IDENTIFIER).match,
    "is_legal": _is_legal,
}


def written_out(lines: Iterable[str], names: dict[str, Any]) -> Callable[[Any], Any] | None:
    """Return the function of these lines, which check `it`; `None` if there are none."""
    held = list(lines)
    if not held:
        return None
    exec("def check(it):\n" + "".join(f"    {line}\n" for line in (*held, "return it")), names)  # noqa: S102  # so that no contestant pays for a loop over its fields
    return names["check"]  # type: ignore[no-any-return]


def whole(cls: Any) -> Iterator[str]:
    """Yield the line that checks an object across its fields, if its class has such a check."""
    if cls in WHOLE:
        yield f"if {WHOLE[cls]}: raise ValueError('one field does not fit another')"


def post_init(cls: Any, *, cached: bool, covers_limits: bool = False) -> Callable[[Any], Any] | None:
    """
    Return the checks of a class in one function, written as its author would write it by hand.

    A library that *covers_limits* checks the limits of whole numbers and the lengths of texts itself.
    """
    names = {**NAMES, "period": cached_period if cached else period}
    lines: list[str] = []
    for field in fields_of(cls):
        asked = Asked(field.asked.is_id) if covers_limits and not _is_exact(field.hint) else field.asked
        lines += _lines(field, asked, names)
    return written_out((*lines, *whole(cls)), names)


def _is_exact(hint: Any) -> bool:
    return bool({Euros, Decimal} & {hint, *get_args(hint)})


def _lines(field: Field, asked: Asked, names: dict[str, Any]) -> Iterator[str]:
    value, hint, options = f"it.{field.name}", field.hint, get_args(field.hint)
    optional = get_origin(hint) in (Union, UnionType)
    kind = next(part for part in options if part is not type(None)) if optional else hint
    raising = f"raise ValueError({field.name!r})"
    if get_origin(hint) is tuple:
        names[f"distinct_{field.name}"] = distinct_by(options[0])
        if distinct_by(options[0]):
            yield f"if len({value}) > 1: distinct_{field.name}({value})"
        if wrong := _wrong(options[0], "each", asked):
            yield f"for each in {value}:"
            yield f"    if {wrong}: {raising}"
    elif wrong := _wrong(kind, "value", asked):
        yield f"value = {value}"
        yield f"if {'value is not None and ' if optional else ''}({wrong}): {raising}"


def _wrong(hint: Any, it: str, asked: Asked) -> str:
    """Return the expression that is true of a wrong value."""
    kind = kind_of(hint, asked)
    found = {
        "identifier": f"not identifier({it})",
        str: f"{it}.strip() != {it}" + (f" or not {it}" if asked.filled else ""),
        Period: f"not period({it})",
        Euros: f"{it} != {it}.quantize(CENT)",
        Decimal: f"not {it}.is_finite()",
    }.get(kind, "")
    if kind in (int, Euros, Decimal):
        limits = [f"{it} < {asked.least}"] if asked.least is not None else []
        limits += [f"{it} > {asked.most}"] if asked.most is not None else []
        limits += [f"not {it}"] if asked.nonzero else []
        found = " or ".join(filter(None, (found, *limits)))
    return found


# ---------------------------------------------------------------- what holds between things


def resolving(load: Callable[[bytes], Any]) -> Callable[[bytes], Any]:
    """Return *load* with identifiers and keys refused that stand twice, and references that lead nowhere."""
    key = attrgetter("indicator_id", "territory_id", "period", "kind", "source_id", "breakdown")
    name = attrgetter("id")

    def loads(data: bytes) -> Any:
        found = load(data)
        held = {noun: set(map(name, getattr(found, noun))) for noun in ITEMS if noun != "observations"}
        for noun, known in held.items():
            if len(known) != len(getattr(found, noun)):
                raise ValueError(f"{noun}: an identifier stands twice")
        if len(set(map(key, found.observations))) != len(found.observations):
            raise ValueError("observations: a key stands twice")
        named: dict[str, set[str | None]] = defaultdict(set)
        for noun, item in ITEMS.items():
            if things := getattr(found, noun):
                _note_references(item, things, named)
        for registry, asked in named.items():
            if lost := asked - held[registry] - {None}:
                raise ValueError(f"{lost} are not in {registry}")
        return found

    return loads


class Referring(NamedTuple):
    """The fields of a class that hold identifiers of other things, or values that do."""

    single: list[tuple[Callable[[Any], Any], str]]
    many: list[tuple[Callable[[Any], Any], str]]
    nested: list[tuple[Callable[[Any], Any], Any, bool]]


@cache
def _referring(cls: Any) -> Referring:
    found = Referring([], [], [])
    for name, hint, *_ in fields_of(cls):
        is_many = get_origin(hint) is tuple or hint is Journal
        for part in (JournalEntry,) if hint is Journal else get_args(hint) or (hint,):
            if part in REGISTRY_OF and name != "id":
                (found.many if is_many else found.single).append((attrgetter(name), REGISTRY_OF[part]))
            elif attrs.has(part) and any(_referring(part)):
                found.nested.append((attrgetter(name), part, is_many))
    return found


def _note_references(item: Any, things: Iterable[Any], named: dict[str, set[str | None]]) -> None:
    """Note the identifiers that things name, field by field, as the fastest code for it does."""
    if item is Instrument:
        for kind, cls in INSTRUMENTS.items():
            _note_references(cls, [thing for thing in things if is_of_kind(thing, kind)], named)
        return
    for read, registry in _referring(item).single:
        named[registry].update(map(read, things))
    for read, registry in _referring(item).many:
        named[registry].update(chain.from_iterable(map(read, things)))
    for read, part, is_many in _referring(item).nested:
        held = map(read, things)
        parts = list(chain.from_iterable(held)) if is_many else [value for value in held if value is not None]
        if parts:
            _note_references(part, parts, named)


def is_of_kind(thing: Any, kind: str) -> bool:
    """Return whether an instrument is of a kind; a struct has it as the tag of its class."""
    return bool((thing.kind if hasattr(thing, "kind") else thing.__struct_config__.tag) == kind)
