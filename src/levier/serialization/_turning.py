"""
One twin turned into an object of its class, with its parts, and checked: the fast way of `loads` and `structure`.

A function is generated for each class, as in `_written_alone`, which looks only at the fields that are not their
default. It returns the number of keys that it saw, for its caller to compare with those of the text or the builtins:
a default that was written is not seen, so such an object is built another way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from attrs import Attribute, fields

from levier._once import once
from levier.model._fields import Validator
from levier.model.periods import Day
from levier.serialization._bulk import PLANS, Plan
from levier.serialization._objects import asks_when_absent

__all__ = ["MANY", "TooLargeError", "asks_always", "turn"]

MANY = 64
"""An array with more objects than this is built in bulk."""
_Turn = Callable[[Any], int]


class TooLargeError(ValueError):
    """An object holds so many others that they are built faster in bulk."""


def turn(made: Any) -> int:
    """
    Turn a twin and its parts into objects of their classes, check them, and return the number of keys that were seen.

    Raises:
        TooLargeError: If it is to be built in bulk.
        Exception: If it is not valid, or holds an application's own keys.
    """
    return _TURNS[type(made)](made)


def asks_always(plan: Plan, pair: tuple[Attribute[Any], Validator]) -> bool:
    """Return whether a validator of a field runs where the field is absent too."""
    attribute = pair[0]
    return attribute.name in plan.optional and pair in plan.by_object and asks_when_absent(plan.stands_for, attribute)


class _Turns(dict[Any, _Turn]):
    """How the twins of each class are turned."""

    def __missing__(self, twin_class: type[Any]) -> _Turn:
        self[twin_class] = made = _turned(twin_class)
        return made


_TURNS = _Turns()


@once
def _turned(twin_class: Any) -> _Turn:
    plan = PLANS[twin_class]
    of_class = fields(plan.stands_for)
    names: dict[str, Any] = {
        "turns": _TURNS,
        "set_class": object.__dict__["__class__"].__set__,
        "own": plan.stands_for,
        "post_init": plan.post_init,
        "Day": Day,
        "TooLargeError": TooLargeError,
        **{f"default_{name}": default for name, default in plan.optional.items()},
        **{f"field_{each.name}": each for each in of_class},
        **{f"put_{each.name}": getattr(plan.stands_for, each.name).__set__ for each in of_class},
        **{f"kind_{name}": kind for name, kind in plan.sequences},
    }
    source = ["def turned(made):", "set_class(made, own)", f"keys = {plan.size - len(plan.optional)}"]
    for each in of_class:
        source += _if_given(plan, each.name, [*_built(plan, each.name)], counts=True)
    source += [f"put_{name}(made, kind_{name}(made.{name}))" for name, _ in plan.sequences]
    for place, (attribute, check) in enumerate((*plan.by_value, *plan.by_object)):
        names[f"check_{place}"] = check
        call = [f"check_{place}(made, field_{attribute.name}, part)"]
        always = attribute.name not in plan.optional or asks_always(plan, (attribute, check))
        source += [f"part = made.{attribute.name}", *call] if always else _if_given(plan, attribute.name, call)
    source += ["post_init(made)"] if plan.post_init is not None else []
    exec("\n    ".join((*source, "return keys")), names)  # noqa: S102  # names of fields and classes of ours only
    made: _Turn = names["turned"]
    return made


def _if_given(plan: Plan, name: str, lines: list[str], *, counts: bool = False) -> list[str]:
    """Return lines for the *part* in a field, unless it is the default."""
    if name not in plan.optional:
        return [f"part = made.{name}", *lines] if lines else []
    inner = [*(["keys += 1"] if counts else []), *lines]
    return [f"part = made.{name}", f"if part is not default_{name}:", *(f"    {line}" for line in inner)]


def _built(plan: Plan, name: str) -> Iterator[str]:
    """Yield the lines that turn the *part* in a field, or build it."""
    if name in plan.extras:
        yield "raise ValueError('own keys')"
    for is_many in {is_many for of, _, is_many in plan.nested if of == name}:
        if is_many:
            yield f"if len(part) > {MANY}: raise TooLargeError"
            yield "for each in part: keys += turns[type(each)](each)"
        else:
            yield "if part is not None: keys += turns[type(part)](part)"
    if name in plan.days:
        yield f"if part is not None: put_{name}(made, Day(part.year, part.month, part.day))"
