"""
Modules of models as a user of pydantic or msgspec would write them: one static class after the other.

They are written from levier's own fields, so that they cannot fall behind; a process that imports one imports nothing
of levier. Constraints are in Rust and in C where the library has them, `checks` holds the others.
A module ends in an `adapter` or a `decoder`, made once as the documentation advises.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from types import UnionType
from typing import Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

import attrs

from levier import InnovationWeek, Observation, Portfolio, Project, dumps
from levier.model._facts import Between, facts_of
from levier.model._shapes import hints_of
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
from levier.model.terms import Term
from levier.serialization.document import ITEMS
from levier.serialization.hooks import INSTRUMENTS

__all__ = ["LIBRARIES", "written_module"]

KEYS: dict[Any, tuple[str, ...]] = {
    BudgetAction: ("code",),
    BudgetLine: ("year", "stage", "action", "title", "source_id"),
    ChallengeStage: ("phase",),
    Figure: ("id",),
    IntendedEffect: ("indicator_id",),
    Milestone: ("id",),
}
WHOLE = {
    BudgetLine: "budget_line",
    InnovationWeek: "innovation_week",
    Observation: "observation",
    Project: "project",
}
"""What a class checks across its fields, by the name of its function in `checks`."""

SCALARS = {
    str: "Text",
    int: "int",
    bool: "bool",
    type(None): "None",
    Day: "date",
    Period: "Calendar",
    Decimal: "Number",
    Euros: "Amount",
    Extra: "dict[str, Any] | None",
}
"""What is written for a type that is no class of models."""

HEAD = {
    "pydantic": """
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, Union

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, model_validator

from written import checks

Identifier = Annotated[str, StringConstraints(pattern=checks.IDENTIFIER)]
Text = Annotated[str, StringConstraints(pattern=checks.TEXT)]
Calendar = Annotated[str, StringConstraints(pattern=checks.PERIOD), AfterValidator(checks.period)]
Amount = Annotated[Decimal, Field(allow_inf_nan=False, decimal_places=2)]
Number = Annotated[Decimal, Field(allow_inf_nan=False)]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
""",
    "Struct": """
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, Union

from msgspec import Meta, Struct
from msgspec.json import Decoder, Encoder

from written import checks

Identifier = Annotated[str, Meta(pattern=checks.IDENTIFIER)]
Text = Annotated[str, Meta(pattern=checks.TEXT)]
Calendar = Annotated[str, Meta(pattern=checks.PERIOD)]
Amount = Number = Decimal


class Frozen(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    pass
""",
}
LIBRARIES = tuple(HEAD)
TAIL = {
    "pydantic": "\n\nadapter = TypeAdapter({kind})\nloads = adapter.validate_json\n\n\n"
    "def dumps(value):\n    return adapter.dump_json(value, exclude_defaults=True)\n",
    "Struct": "\n\nloads = Decoder({kind}).decode\ndumps = Encoder().encode\n",
}
OF_DOCUMENT = """

REFERENCES = {references!r}
load = loads


def loads(data):
    found = load(data)
    if any(checks.twice(found, REFERENCES)) or any(checks.dangling(found, REFERENCES)):
        raise ValueError("a thing stands twice, or a reference leads nowhere")
    return found
"""


def written_module(library: str, kind: Any) -> str:
    """Return the source of a module that reads and writes values of a type of levier, the portfolio as a document."""
    writer = _Writer(library)
    name = writer.document() if kind is Portfolio else writer.hint(kind)
    source = HEAD[library] + "".join(writer.classes.values()) + TAIL[library].format(kind=name)
    return source + OF_DOCUMENT.format(references=_references()) if kind is Portfolio else source


def _references() -> dict[str, tuple[tuple[str, str, bool], ...]]:
    return {noun: tuple(_direct(item)) for noun, item in ITEMS.items()}


def _direct(item: Any) -> Iterator[tuple[str, str, bool]]:
    """Yield the references that a class makes directly: the peers resolve these and no deeper ones."""
    for cls in INSTRUMENTS.values() if item is Instrument else (item,):
        for name, hint in get_type_hints(cls).items():
            for part in [hint, *get_args(hint)]:
                if part in REGISTRY_OF and name != "id":
                    yield name, REGISTRY_OF[part], get_origin(hint) is tuple


class _Writer:
    """Writes the classes of one module, each after those that it needs."""

    def __init__(self, library: str) -> None:
        self.library = library
        self.classes: dict[Any, str] = {}

    def document(self) -> str:
        lines = ['format: Literal["levier"]', "version: Literal[1]", 'generator: str = ""']
        lines += [f"{noun}: {self.array(item)} = ()" for noun, item in ITEMS.items()]
        self.classes["Document"] = _written("class Document(Frozen):", lines)
        return "Document"

    def hint(self, hint: Any, name: str = "") -> str:
        """Return what is written for a type of levier."""
        if isinstance(hint, NewType):
            return "Identifier" if hint in REGISTRY_OF or name == "id" else "Text"
        if attrs.has(get_origin(hint) or hint) and hint is not Instrument:
            return self.model(hint)
        if isinstance(hint, type) and issubclass(hint, Term):
            return self.term(hint)
        return SCALARS.get(hint) or self.composed(hint)

    def composed(self, hint: Any) -> str:
        """Return what is written for a sequence, a union or a literal."""
        if hint is Instrument:
            return self.told_by_kind([self.hint(cls) for cls in INSTRUMENTS.values()])
        if hint is Journal or get_origin(hint) is tuple:
            return self.array(JournalEntry if hint is Journal else get_args(hint)[0])
        if get_origin(hint) in (Union, UnionType):
            return " | ".join(self.hint(part) for part in get_args(hint))
        return repr(hint).removeprefix("typing.")

    def array(self, item: Any) -> str:
        """Return what is written for a sequence, checked where levier checks that nothing stands twice."""
        held = f"tuple[{self.hint(item)}, ...]"
        check = _distinct(item)
        return f"Annotated[{held}, AfterValidator({check})]" if check and self.library == "pydantic" else held

    def told_by_kind(self, names: list[str]) -> str:
        union = f"Union[{', '.join(names)}]"
        return f'Annotated[{union}, Field(discriminator="kind")]' if self.library == "pydantic" else union

    def term(self, cls: Any) -> str:
        if cls not in self.classes:
            lines = [f"{name} = {member.value!r}" for name, member in cls.__members__.items()]
            self.classes[cls] = _written(f"class {cls.__name__}(StrEnum):", lines)
        return str(cls.__name__)

    def model(self, cls: Any) -> str:
        name = (get_origin(cls) or cls).__name__ + "".join(part.__name__.title() for part in get_args(cls))
        if cls not in self.classes:
            lines, head = self.lines(cls), f"class {name}(Frozen{', kw_only=True' * (self.library == 'Struct')}):"
            kind = next((hint for field, hint in hints_of(cls).items() if get_origin(hint) is Literal), None)
            if kind and self.library == "Struct":
                head = f'class {name}(Frozen, kw_only=True, tag_field="kind", tag={get_args(kind)[0]!r}):'
            self.classes[cls] = _written(head, lines)
        return name

    def lines(self, cls: Any) -> list[str]:
        fields = list(attrs.fields(get_origin(cls) or cls))
        hints = hints_of(cls)
        told = self.library == "Struct"
        lines = [self.line(each, hints[each.name]) for each in fields if not (told and _is_kind(hints[each.name]))]
        checks = list(self.checks(hints)) if self.library == "Struct" else []
        if cls in WHOLE:
            checks.append(f"checks.{WHOLE[cls]}(self)")
        if checks and self.library == "Struct":
            return [*lines, "", "def __post_init__(self):", *(f"    {check}" for check in checks)]
        if checks:
            return [
                *lines,
                "",
                '@model_validator(mode="after")',
                "def whole(self):",
                f"    {checks[0]}",
                "    return self",
            ]
        return lines

    def line(self, field: Any, hint: Any) -> str:
        written = self.hint(hint, field.name)
        between = next((fact for fact in facts_of(field.validator) if isinstance(fact, Between)), None)
        if between and written.startswith("int"):
            limit = "Field" if self.library == "pydantic" else "Meta"
            top = "" if between.maximum is None else f", le={between.maximum}"
            written = written.replace("int", f"Annotated[int, {limit}(ge={between.minimum}{top})]", 1)
        return f"{field.name}: {written}{self.default(field, hint)}"

    def default(self, field: Any, hint: Any) -> str:
        if field.default is attrs.NOTHING or _is_kind(hint):
            return ""
        value = field.default.factory() if isinstance(field.default, attrs.Factory) else field.default
        if isinstance(value, Term):
            return f" = {type(value).__name__}.{value.name}"
        if isinstance(value, Euros):
            return f" = Decimal({json.loads(dumps(value))!r})"
        return " = None" if isinstance(value, Extra) else " = ()" if isinstance(value, Journal) else f" = {value!r}"

    def checks(self, hints: Any) -> Iterator[str]:
        """Yield what msgspec has no constraint for."""
        for name, hint in hints.items():
            held = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
            parts = {part for part in held if part is not type(None)}
            given = f"if self.{name} is not None: " if type(None) in get_args(hint) else ""
            if Period in parts:
                yield f"{given}checks.period(self.{name})"
            if Euros in parts:
                yield f"{given}checks.cents(self.{name})"
            if Decimal in parts:
                yield f"{given}checks.finite(self.{name})"
            if get_origin(hint) is tuple and (check := _distinct(get_args(hint)[0])):
                yield f"checks.{check.removeprefix('checks.')}(self.{name})"


def _is_kind(hint: Any) -> bool:
    return get_origin(hint) is Literal


def _distinct(item: Any) -> str:
    if item in KEYS:
        return f"checks.distinct_by{KEYS[item]!r}"
    return "" if attrs.has(get_origin(item) or item) or item is Instrument else "checks.distinct"


def _written(head: str, lines: list[str]) -> str:
    return f"\n\n{head}\n" + "\n".join(f"    {line}" if line else "" for line in lines) + "\n"
