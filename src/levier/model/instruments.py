"""
Territorial instruments: the means by which DITP brings innovation to the territories.

`Instrument` is their common root, with no field of its own; each kind is a class, told apart by *kind* on the wire.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal, TypeAlias, final

from attrs import Attribute, converters, field, frozen

from levier.model._facts import Between, InUnit, states
from levier.model._fields import (
    EXACT,
    as_tuple,
    distinct,
    each,
    each_once,
    instance_of,
    integer,
    not_blank,
    optional,
    refuse,
    trimmed,
)
from levier.model.figures import Figure
from levier.model.identifiers import InstrumentId, OrganisationId, SourceId, TerritoryId, identifier, reference
from levier.model.money import Euros, is_amount
from levier.model.periods import Period, as_period, is_period
from levier.model.quantities import COUNT, EUROS, Quantity
from levier.model.sources import Sourced, sourced
from levier.model.terms import Term

__all__ = [
    "AnyInstrument",
    "Campus",
    "CampusSession",
    "CarteBlanche",
    "ChallengeCall",
    "ChallengePhase",
    "ChallengeStage",
    "CommunityHub",
    "Consultation",
    "InnovationLab",
    "InnovationWeek",
    "Instrument",
]

_FIRST_WEEK_MINUS_ONE = 2013


class Instrument:
    """The common root of all territorial instruments; it has no field, and no portfolio holds it by itself."""

    __slots__ = ()


def _kind(instance: object, attribute: Attribute[Any], value: object) -> None:
    if value != attribute.default:
        refuse(instance, attribute, value, f"{attribute.default!r}, the kind of this class")


def _quantity_in(unit: str) -> Any:
    def check(instance: object, attribute: Attribute[Any], value: object) -> None:
        if type(value) is not Quantity or value.unit != unit:
            refuse(instance, attribute, value, f"a quantity in {unit!r}")
        if any(bound is not None and bound < 0 for bound in (value.lower, value.upper)):
            refuse(instance, attribute, value, "a quantity of at least zero")

    return states(InUnit((unit,)), Between(0))(check)


@final
@frozen(kw_only=True)
class CarteBlanche(Instrument):
    """
    Agents redesign the services of a living area, with a free hand.

    *territory_id* is the municipality it is named after; *living_area* says how far it reaches.

    >>> CarteBlanche(id="carte-blanche-cahors", label="Carte blanche Cahors", territory_id="46042").kind
    'carte-blanche'
    """

    kind: Literal["carte-blanche"] = field(default="carte-blanche", validator=_kind)
    id: InstrumentId = field(converter=InstrumentId, validator=identifier)
    label: str = field(validator=not_blank)
    territory_id: TerritoryId | None = field(
        default=None, converter=converters.optional(TerritoryId), validator=optional(reference)
    )
    living_area: str = field(default="", validator=trimmed)
    initiator_id: OrganisationId | None = field(
        default=None, converter=converters.optional(OrganisationId), validator=optional(reference)
    )
    launched_on: Sourced[Period] | None = field(default=None, validator=optional(sourced(Period)))
    closed_on: Sourced[Period] | None = field(default=None, validator=optional(sourced(Period)))
    figures: tuple[Figure, ...] = field(
        default=(), converter=as_tuple, validator=[each(instance_of(Figure)), distinct(lambda f: f.id, "figure")]
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_tuple, validator=each_once(reference))


class ChallengePhase(Term):
    """The challenge calls' own three phases; never merged with those of projects."""

    EXPLORATION = "exploration", "exploration", "exploration"
    INCUBATION = "incubation", "incubation", "incubation"
    EXPERIMENTATION = "experimentation", "expérimentation", "experimentation"


@final
@frozen(kw_only=True)
class ChallengeStage:
    """
    One stage of a challenge call: when, how many teams, and what each is granted.

    *teams* is a count and *grant* an amount in EUR a team, each as inexact as published.

    Raises:
        InvalidValueError: For a quantity in another unit.

    >>> stage = ChallengeStage(
    ...     phase="experimentation",
    ...     teams=Quantity.between(3, 5, COUNT),
    ...     grant=Quantity.between(150_000, 250_000, EUROS),
    ... )
    >>> print(stage.cost)
    between 450000 and 1250000 EUR
    """

    phase: ChallengePhase = field(converter=ChallengePhase, validator=instance_of(ChallengePhase))
    period: Period | None = field(default=None, converter=converters.optional(as_period), validator=optional(is_period))
    teams: Quantity | None = field(default=None, validator=optional(_quantity_in(COUNT)))
    grant: Quantity | None = field(default=None, validator=optional(_quantity_in(EUROS)))
    source_id: SourceId | None = field(
        default=None, converter=converters.optional(SourceId), validator=optional(reference)
    )

    @property
    def cost(self) -> Quantity | None:
        """Teams times grant, in bounds; `None` where either was not published, or no bound follows from them."""
        if self.teams is None or self.grant is None or self.teams.approximate or self.grant.approximate:
            return None
        lower = _product(self.teams.lower, self.grant.lower)
        upper = _product(self.teams.upper, self.grant.upper)
        return None if lower is upper is None else Quantity(lower=lower, upper=upper, unit=EUROS)


def _product(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else EXACT.multiply(left, right)


@final
@frozen(kw_only=True)
class ChallengeCall(Instrument):
    """
    A call whose money comes in stages, to fewer and fewer teams (*Défis Cartes blanches*).

    Raises:
        InvalidValueError: For a negative envelope or a stage given twice.

    >>> ChallengeCall(id="defis", label="Défis Cartes blanches").stages
    ()
    """

    kind: Literal["challenge-call"] = field(default="challenge-call", validator=_kind)
    id: InstrumentId = field(converter=InstrumentId, validator=identifier)
    label: str = field(validator=not_blank)
    envelope: Sourced[Euros] | None = field(default=None, validator=optional(sourced(Euros, is_amount)))
    deadline: Sourced[Period] | None = field(default=None, validator=optional(sourced(Period)))
    stages: tuple[ChallengeStage, ...] = field(
        default=(),
        converter=as_tuple,
        validator=[each(instance_of(ChallengeStage)), distinct(lambda s: s.phase, "phase")],
    )
    figures: tuple[Figure, ...] = field(
        default=(), converter=as_tuple, validator=[each(instance_of(Figure)), distinct(lambda f: f.id, "figure")]
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_tuple, validator=each_once(reference))


def _edition_of_year(instance: InnovationWeek, attribute: Attribute[Any], value: Sourced[Period]) -> None:
    sourced(Period)(instance, attribute, value)
    expected = instance.edition + _FIRST_WEEK_MINUS_ONE
    if value.value.year != expected:
        refuse(instance, attribute, str(value.value), f"a date in {expected}, the year of edition {instance.edition}")


@final
@frozen(kw_only=True)
class InnovationWeek(Instrument):
    """
    One edition of the public innovation week (since 2022 a month).

    The first edition was in 2014, so the edition is the year minus 2013.

    Raises:
        InvalidValueError: If edition and year disagree.

    >>> InnovationWeek(
    ...     id="innovation-week-6",
    ...     label="6e Semaine de l’innovation publique",
    ...     edition=6,
    ...     period=Sourced(value=Period("2019-11-25/2019-11-30"), source_id="interview"),
    ... ).edition
    6
    """

    kind: Literal["innovation-week"] = field(default="innovation-week", validator=_kind)
    id: InstrumentId = field(converter=InstrumentId, validator=identifier)
    label: str = field(validator=not_blank)
    edition: int = field(validator=integer(1))
    period: Sourced[Period] = field(validator=_edition_of_year)
    figures: tuple[Figure, ...] = field(
        default=(), converter=as_tuple, validator=[each(instance_of(Figure)), distinct(lambda f: f.id, "figure")]
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_tuple, validator=each_once(reference))


@final
@frozen(kw_only=True)
class InnovationLab(Instrument):
    """
    A laboratory of territorial innovation, or the programme that supports several.

    >>> InnovationLab(id="territorial-labs", label="Laboratoires d’innovation territoriale").partner_ids
    ()
    """

    kind: Literal["innovation-lab"] = field(default="innovation-lab", validator=_kind)
    id: InstrumentId = field(converter=InstrumentId, validator=identifier)
    label: str = field(validator=not_blank)
    territory_id: TerritoryId | None = field(
        default=None, converter=converters.optional(TerritoryId), validator=optional(reference)
    )
    partner_ids: tuple[OrganisationId, ...] = field(default=(), converter=as_tuple, validator=each_once(reference))
    opened_on: Sourced[Period] | None = field(default=None, validator=optional(sourced(Period)))
    grant: Sourced[Euros] | None = field(default=None, validator=optional(sourced(Euros, is_amount)))
    figures: tuple[Figure, ...] = field(
        default=(), converter=as_tuple, validator=[each(instance_of(Figure)), distinct(lambda f: f.id, "figure")]
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_tuple, validator=each_once(reference))


@final
@frozen(kw_only=True)
class Campus(Instrument):
    """
    A training scheme for agents and managers (*Campus de la transformation*).

    >>> Campus(id="campus", label="Campus de la transformation").kind
    'campus'
    """

    kind: Literal["campus"] = field(default="campus", validator=_kind)
    id: InstrumentId = field(converter=InstrumentId, validator=identifier)
    label: str = field(validator=not_blank)
    figures: tuple[Figure, ...] = field(
        default=(), converter=as_tuple, validator=[each(instance_of(Figure)), distinct(lambda f: f.id, "figure")]
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_tuple, validator=each_once(reference))


@final
@frozen(kw_only=True)
class CampusSession(Instrument):
    """
    One event or course of a campus: where, when, for how many.

    *attendance* is a number of people, `None` where it was not counted.

    >>> CampusSession(id="s1", label="Design", campus_id="campus", territory_id="46", period="2019-03-05").territory_id
    '46'
    """

    kind: Literal["campus-session"] = field(default="campus-session", validator=_kind)
    id: InstrumentId = field(converter=InstrumentId, validator=identifier)
    label: str = field(validator=not_blank)
    campus_id: InstrumentId = field(converter=InstrumentId, validator=reference)
    territory_id: TerritoryId = field(converter=TerritoryId, validator=reference)
    period: Period = field(converter=as_period, validator=is_period)
    attendance: int | None = field(default=None, validator=optional(integer(0)))
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_tuple, validator=each_once(reference))


@final
@frozen(kw_only=True)
class CommunityHub(Instrument):
    """
    The hub of communities: nothing is known of it beyond its name, so it has no other attribute.

    >>> CommunityHub(id="hub", label="Hub des communautés", source_ids=["interview"]).source_ids
    ('interview',)
    """

    kind: Literal["community-hub"] = field(default="community-hub", validator=_kind)
    id: InstrumentId = field(converter=InstrumentId, validator=identifier)
    label: str = field(validator=not_blank)
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_tuple, validator=each_once(reference))


@final
@frozen(kw_only=True)
class Consultation(Instrument):
    """
    A consultation of citizens: who asked, when, what, and what came of it.

    >>> Consultation(id="grand-debat", label="Grand débat national", initiator_id="president").questions
    ()
    """

    kind: Literal["consultation"] = field(default="consultation", validator=_kind)
    id: InstrumentId = field(converter=InstrumentId, validator=identifier)
    label: str = field(validator=not_blank)
    initiator_id: OrganisationId | None = field(
        default=None, converter=converters.optional(OrganisationId), validator=optional(reference)
    )
    period: Sourced[Period] | None = field(default=None, validator=optional(sourced(Period)))
    questions: tuple[str, ...] = field(default=(), converter=as_tuple, validator=each_once(not_blank))
    outcome: str = field(default="", validator=trimmed)
    figures: tuple[Figure, ...] = field(
        default=(), converter=as_tuple, validator=[each(instance_of(Figure)), distinct(lambda f: f.id, "figure")]
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_tuple, validator=each_once(reference))


AnyInstrument: TypeAlias = (
    CarteBlanche | ChallengeCall | InnovationWeek | InnovationLab | Campus | CampusSession | CommunityHub | Consultation
)
