"""
Sources, and values that carry theirs.

Every shipped fact names its source; where sources disagree the alternatives stay beside the preferred value,
with the reason for the preference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Generic, TypeVar, final

from attrs import Attribute, field, frozen

from levier._printing import HIDDEN, HIDDEN_ABOVE, JOINERS
from levier.model._converters import TupleOf
from levier.model._facts import Matching, OfClass, Stating, facts_of, states
from levier.model._fields import (
    SPACE,
    Validator,
    all_of,
    decimal,
    each,
    instance_of,
    integer,
    not_blank,
    optional,
    refuse,
    trimmed,
)
from levier.model.identifiers import SourceId, identifier, reference
from levier.model.money import Euros, is_euros
from levier.model.periods import Period, as_period_or_none, is_period
from levier.model.quantities import Quantity
from levier.model.terms import Term

__all__ = ["Reliability", "Source", "Sourced", "Stated", "sourced"]

T_co = TypeVar("T_co", covariant=True)

_ADDRESS = rf'(?:https?://[^{HIDDEN}{SPACE}{JOINERS}<>"]+)?'
_WHOLE_ADDRESS = re.compile(_ADDRESS.replace(HIDDEN, HIDDEN + HIDDEN_ABOVE))


class Reliability(Term):
    """How far a fact can be trusted, by the kind of its source."""

    ARTICLE = "article", "dit dans l’article", "said in the article"
    OFFICIAL = "official", "texte officiel", "official text"
    SECONDARY = "secondary", "presse ou source secondaire", "press or secondary source"
    COMPUTED = "computed", "calculé ou déduit", "computed or inferred"


@states(Matching(_ADDRESS))
def _address(instance: object, attribute: Attribute[Any], value: object) -> None:
    if type(value) is not str or not _WHOLE_ADDRESS.fullmatch(value):
        refuse(instance, attribute, value, "an address that begins with 'https://' or 'http://', without white space")


@final
@frozen(kw_only=True)
class Source:
    """
    A document that states facts.

    *published_on* is as precise as it is known, `None` where the document is undated.

    Attributes:
        id: The identifier, unique among its like.
        title: The title, as it is published.
        publisher: Who published it.
        url: Where it can be read.
        licence: Under which licence.

    Raises:
        InvalidValueError: For a blank title, an address that is none, or a malformed identifier or date.

    >>> Source(id="interview-2019", title="Interview of the head of DITP", published_on="2019-06-14").published_on
    Period('2019-06-14')
    """

    id: SourceId = field(converter=SourceId, validator=identifier)
    title: str = field(validator=not_blank)
    publisher: str = field(default="", validator=trimmed)
    url: str = field(default="", validator=_address)
    published_on: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    licence: str = field(default="", validator=trimmed)

    def __str__(self) -> str:
        return f"{self.title}, {self.published_on}" if self.published_on else self.title


_LASTING: Mapping[type[Any], Validator] = {
    Decimal: decimal,
    int: integer(-(2**53) + 1),
    str: trimmed,
    Euros: is_euros,
    Period: is_period,
    Quantity: instance_of(Quantity),
}


@states(OfClass(tuple((kind, facts_of(check)) for kind, check in _LASTING.items())))
def _lasting(instance: object, attribute: Attribute[Any], value: object) -> None:
    check = _LASTING.get(type(value))
    if check is None:
        expected = "an exact value: a text, a whole number, a Decimal, Euros, a Period or a Quantity"
        refuse(instance, attribute, value, expected)
    check(instance, attribute, value)


@final
@frozen(kw_only=True)
class Stated(Generic[T_co]):
    """
    A value as one source states it.

    *scope* says what the value covers where sources differ by scope; *on*, when the source stated it.

    Attributes:
        value: The value.
        source_id: The source that states it.
        caveat: What to know before using it.

    >>> Stated(value=65, source_id="gazette-2018", caveat="one source only").value
    65
    """

    value: T_co = field(validator=_lasting)
    source_id: SourceId = field(converter=SourceId, validator=reference)
    scope: str = field(default="", validator=trimmed)
    on: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    caveat: str = field(default="", validator=trimmed)


def _same_kind(instance: Sourced[Any], attribute: Attribute[Any], value: tuple[Stated[Any], ...]) -> None:
    for alternative in value:
        if type(alternative.value) is not type(instance.value):
            refuse(instance, attribute, alternative.value, f"a {type(instance.value).__name__}, as the value itself")


def _reasoned(instance: Sourced[Any], attribute: Attribute[Any], value: str) -> None:
    if bool(value) != bool(instance.alternatives):
        refuse(instance, attribute, value, "a reason for the preference where, and only where, there are alternatives")


@final
@frozen(kw_only=True)
class Sourced(Generic[T_co]):
    """
    A value with its source and, where sources disagree, the alternatives.

    A later revision is no alternative: alternatives are what several sources say of the same thing.

    Attributes:
        value: The value.
        source_id: The source that states it.
        reliability: How reliable the statement is.
        scope: What the value covers.
        on: On which day, or in which period.
        caveat: What to know before using it.
        alternatives: What other sources state.
        preferred_because: Why this value is preferred to the alternatives.

    Raises:
        InvalidValueError: If alternatives come without a reason for the preference, or are of another type.

    >>> municipalities = Sourced(
    ...     value=63,
    ...     source_id="horizons-publics",
    ...     alternatives=[Stated(value=65, source_id="gazette-2018")],
    ...     preferred_because="the source that describes the area",
    ... )
    >>> municipalities.is_disputed
    True
    """

    value: T_co = field(validator=_lasting)
    source_id: SourceId = field(converter=SourceId, validator=reference)
    reliability: Reliability = field(
        default=Reliability.OFFICIAL, converter=Reliability, validator=instance_of(Reliability)
    )
    scope: str = field(default="", validator=trimmed)
    on: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    caveat: str = field(default="", validator=trimmed)
    alternatives: tuple[Stated[T_co], ...] = field(
        default=(), converter=TupleOf[Stated[T_co]], validator=all_of(each(instance_of(Stated)), _same_kind)
    )
    preferred_because: str = field(default="", validator=all_of(trimmed, _reasoned))

    @property
    def is_disputed(self) -> bool:
        """Whether another source says otherwise."""
        return bool(self.alternatives)


def sourced(kind: type[Any], check: Validator | None = None) -> Validator:
    """
    Accept a sourced value of class *kind*, which *check*, where given, accepts with each of its alternatives.

    Raises:
        InvalidValueError: On validating anything else.
    """

    def accept(instance: object, attribute: Attribute[Any], value: object) -> None:
        if type(value) is not Sourced or type(value.value) is not kind:
            found = value.value if type(value) is Sourced else value
            refuse(
                instance, attribute, found, f"Sourced(value={kind.__name__}(…), source_id=…): a value with its source"
            )
        if check is not None:
            for found in (value.value, *(alternative.value for alternative in value.alternatives)):
                check(instance, attribute, found)

    return states(Stating(facts_of(check)))(accept)
