"""
Sources, and values that carry their source.

Every fact of the catalogue names its source. Where sources disagree, the alternatives are kept beside the preferred
value, with the reason for the preference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Generic, TypeVar

from attrs import Attribute, field, frozen

from levier._printing import HIDDEN, HIDDEN_ABOVE, JOINERS
from levier.errors.final import final
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
from levier.model.extra import NO_EXTRA, Extra, as_extra, is_extra
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
    """The reliability of a fact, by the kind of its source."""

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

    *published_on* is as precise as known, `None` if the document is undated.

    Attributes:
        id: The identifier, unique in the portfolio.
        title: The title, as published.
        publisher: The organisation or newspaper that published it; empty if unknown.
        url: Its address on the web; empty if it is not online.
        licence: The licence of the document, such as "Licence Ouverte 2.0"; empty if unknown.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If the title is blank, or the address, the identifier or the date is malformed.

    >>> Source(id="interview-2019", title="Interview of the head of DITP", published_on="2019-06-14").published_on
    Period('2019-06-14')
    """

    id: SourceId = field(converter=SourceId, validator=identifier)
    title: str = field(validator=not_blank)
    publisher: str = field(default="", validator=trimmed)
    url: str = field(default="", validator=_address)
    published_on: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    licence: str = field(default="", validator=trimmed)
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)

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

    *scope* says what the value covers, if sources differ in scope; *on* is when the source stated it.

    Attributes:
        value: The value, such as an amount or a quantity.
        source_id: The document that states it, by its identifier.
        caveat: A warning to show with the value; empty if there is none.

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

    A later revision is not an alternative: alternatives are different statements of the same fact.

    Attributes:
        value: The preferred value.
        source_id: The document that states it, by its identifier.
        reliability: How reliable the statement is, by the kind of its source.
        scope: What the value covers, if sources differ in scope; empty otherwise.
        on: When the source stated it; `None` if unknown.
        caveat: A warning to show with the value; empty if there is none.
        alternatives: The values that other sources state.
        preferred_because: The reason for preferring this value; required with alternatives.

    Raises:
        InvalidValueError: If alternatives are given without a reason for the preference, or are of another type.

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
        """Whether another source states a different value."""
        return bool(self.alternatives)


def sourced(kind: type[Any], check: Validator | None = None) -> Validator:
    """
    Return a validator of sourced values of class *kind*; *check* validates the value and each alternative.

    Raises:
        InvalidValueError: When the validator is given anything else.
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
