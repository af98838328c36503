"""Methods: the ways of working that DITP spreads."""

from __future__ import annotations

from typing import final

from attrs import field, frozen

from levier.model._converters import as_ids
from levier.model._fields import each_once, not_blank, trimmed
from levier.model.identifiers import MethodId, SourceId, identifier, reference

__all__ = ["Method"]


@final
@frozen(kw_only=True)
class Method:
    """
    A way of working, such as design or listening to users.

    Attributes:
        id: The identifier, unique among its like.
        label: The name, in French.
        label_en: The name in English; empty where there is none.
        source_ids: The sources that state it.

    >>> Method(id="nudge", label="Nudge", label_en="Nudge").id
    'nudge'
    """

    id: MethodId = field(converter=MethodId, validator=identifier)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
