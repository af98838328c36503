"""
Forms: the structs that JSON of one value is decoded into, before `_read_alone` builds the value.

A form has the fields of a class, each of the type in which it is written: text, whole numbers, truths, tuples and other
forms. So msgspec asks for the type of every part and refuses unknown keys, in less time than it takes to make
dictionaries. What is absent is `ABSENT`, so a default that is written is told from one that is not.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Any

import msgspec
from attrs import NOTHING, Attribute, fields, has

from levier._once import once
from levier.model._shapes import array_of, class_of, hints_of, item_of, may_be_none, options_of
from levier.model.extra import Extra
from levier.serialization._bulk import is_tag
from levier.serialization._counting import colons_in

__all__ = ["ABSENT", "form_of", "is_required", "repeats_a_key"]

ABSENT: Any = object()


@once
def form_of(hint: Any) -> Any:
    """Return the form of a class."""
    hints = hints_of(hint)
    ordered = sorted(fields(class_of(hint)), key=attrgetter("name"))  # as we write them: so msgspec finds each at once
    typed = [(each, hints[each.name], _written_as(hints[each.name])) for each in ordered]
    return msgspec.defstruct(
        class_of(hint).__name__,
        [(each.name, kind) if is_required(each, of) else (each.name, kind, ABSENT) for each, of, kind in typed],
        kw_only=True,
        gc=False,
        omit_defaults=True,
        forbid_unknown_fields=True,
    )


def repeats_a_key(raw: bytes, form: Any) -> bool:
    """
    Return whether a key stands twice in JSON that was decoded into a form.

    No key is unknown, so the form, written again, has all colons of the JSON but those of the keys that stood twice.

    Raises:
        ValueError: If a colon may be written as an escape (see `colons_in`).
    """
    return colons_in(raw) != msgspec.json.encode(form).count(b":")


def is_required(attribute: Attribute[Any], hint: Any) -> bool:
    """Return whether a field is always written: it has no default, or is the *kind* of an object."""
    return attribute.default is NOTHING or is_tag(hint)


def _written_as(hint: Any) -> Any:
    """Return the type in which a field is written."""
    if item_of(hint) is not None:
        return array_of(_written_as(item_of(hint)))
    (kind,) = options_of(hint)
    written = form_of(kind) if has(kind) else kind if kind in (int, bool) else dict[str, Any] if kind is Extra else str
    return written | None if may_be_none(hint) else written
