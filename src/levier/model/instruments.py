"""
Territorial instruments: DITP's means of supporting innovation in the territories.

`Instrument` is their base class, without fields; documents tell the subclasses apart by *kind*.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Literal, TypeAlias

from attrs import Attribute, field, frozen

from levier.errors.final import final
from levier.model._converters import TupleOf, as_id_or_none, as_ids
from levier.model._fields import (
    all_of,
    distinct,
    each,
    each_once,
    instance_of,
    integer,
    not_blank,
    optional,
    own_kind,
    refuse,
    trimmed,
)
from levier.model.cartes_blanches import Experiment, Idea, LocalProblem
from levier.model.challenges import ChallengeStage
from levier.model.extra import NO_EXTRA, Extra, as_extra, is_extra
from levier.model.figures import Figure
from levier.model.identifiers import (
    InstrumentId,
    OrganisationId,
    ReformId,
    SourceId,
    TerritoryId,
    identifier,
    reference,
)
from levier.model.lifecycle import CHALLENGE_TRANSITIONS
from levier.model.money import Euros, is_amount
from levier.model.periods import Period, as_period, is_period
from levier.model.quantities import COUNT, Quantity, counted_in
from levier.model.sources import Sourced, sourced

__all__ = [
    "BEFORE_FIRST_WEEK",
    "AnyInstrument",
    "Campus",
    "CampusSession",
    "CarteBlanche",
    "ChallengeCall",
    "CommunityHub",
    "Consultation",
    "InnovationLab",
    "InnovationWeek",
    "Instrument",
    "LocalEvent",
]

BEFORE_FIRST_WEEK = 2013
"""The year before the first innovation week: the number of an edition is its year minus this one."""


class Instrument:
    """The base class of all territorial instruments; it has no fields, and portfolios hold its subclasses only."""

    __slots__ = ()


def _names_parts(name: str, parts: str, named: str) -> Any:
    """Return a validator of values whose identifiers under *name* are those of *parts* of the same object."""

    def check(instance: object, attribute: Attribute[Any], value: tuple[Any, ...]) -> None:
        known = {part.id for part in getattr(instance, parts)}
        for item in value:
            for identifier_ in getattr(item, name):
                if identifier_ not in known:
                    refuse(instance, attribute, identifier_, named)

    return check


_answers_its_problems = _names_parts("problem_ids", "problems", "problems of the same Carte blanche")
_tries_its_ideas = _names_parts("idea_ids", "ideas", "ideas of the same Carte blanche")


@final
@frozen(kw_only=True)
class CarteBlanche(Instrument):
    """
    A scheme in which agents are free to redesign the services of a living area.

    *territory_id* is the municipality that it is named after; *living_area* describes the area that it covers.
    *ideas* address *problems*, *experiments* try ideas; *closed_on* and *outcome* describe how it ended.

    Attributes:
        kind: Always "carte-blanche".
        id: The identifier, unique in the portfolio.
        label: The French name.
        initiator_id: The organisation that started it, by its identifier.
        launched_on: The date of its launch, with its source; `None` if unknown.
        figures: Published figures about it.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If an idea names a problem, or an experiment an idea, that is not in the same Carte blanche,
            or two parts share an identifier.

    >>> CarteBlanche(id="carte-blanche-cahors", label="Carte blanche Cahors", territory_id="46042").kind
    'carte-blanche'
    """

    kind: Literal["carte-blanche"] = field(default="carte-blanche", validator=own_kind)
    id: InstrumentId = field(converter=InstrumentId, validator=identifier)
    label: str = field(validator=not_blank)
    territory_id: TerritoryId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    living_area: str = field(default="", validator=trimmed)
    initiator_id: OrganisationId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    launched_on: Sourced[Period] | None = field(default=None, validator=optional(sourced(Period)))
    problems: tuple[LocalProblem, ...] = field(
        default=(),
        converter=TupleOf[LocalProblem],
        validator=all_of(each(instance_of(LocalProblem)), distinct(lambda p: p.id, "problem")),
    )
    ideas: tuple[Idea, ...] = field(
        default=(),
        converter=TupleOf[Idea],
        validator=all_of(each(instance_of(Idea)), distinct(lambda i: i.id, "idea"), _answers_its_problems),
    )
    experiments: tuple[Experiment, ...] = field(
        default=(),
        converter=TupleOf[Experiment],
        validator=all_of(each(instance_of(Experiment)), distinct(lambda e: e.id, "experiment"), _tries_its_ideas),
    )
    closed_on: Sourced[Period] | None = field(default=None, validator=optional(sourced(Period)))
    outcome: str = field(default="", validator=trimmed)
    figures: tuple[Figure, ...] = field(
        default=(),
        converter=TupleOf[Figure],
        validator=all_of(each(instance_of(Figure)), distinct(lambda f: f.id, "figure")),
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)


def _in_table(instance: object, attribute: Attribute[Any], value: tuple[ChallengeStage, ...]) -> None:
    for earlier, later in pairwise(value):
        if later.phase not in CHALLENGE_TRANSITIONS[earlier.phase]:
            ways = ", ".join(CHALLENGE_TRANSITIONS[earlier.phase]) or "none, for it is the last"
            refuse(instance, attribute, str(later.phase), f"a stage that may follow {earlier.phase}: {ways}")


@final
@frozen(kw_only=True)
class ChallengeCall(Instrument):
    """
    A call that finances fewer and fewer teams, stage by stage (*Défis Cartes blanches*).

    *stages* are in the order of `CHALLENGE_TRANSITIONS`; *teams* of a stage is the number of teams still in the call.

    Attributes:
        kind: Always "challenge-call".
        id: The identifier, unique in the portfolio.
        label: The French name.
        envelope: The total amount available, in euros, with its source; `None` if unknown.
        deadline: The deadline for applications, with its source; `None` if unknown.
        figures: Published figures about it.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If the envelope is negative, a stage is repeated, or the stages are out of order.

    >>> ChallengeCall(id="defis", label="Défis Cartes blanches").stages
    ()
    """

    kind: Literal["challenge-call"] = field(default="challenge-call", validator=own_kind)
    id: InstrumentId = field(converter=InstrumentId, validator=identifier)
    label: str = field(validator=not_blank)
    envelope: Sourced[Euros] | None = field(default=None, validator=optional(sourced(Euros, is_amount)))
    deadline: Sourced[Period] | None = field(default=None, validator=optional(sourced(Period)))
    stages: tuple[ChallengeStage, ...] = field(
        default=(),
        converter=TupleOf[ChallengeStage],
        validator=all_of(each(instance_of(ChallengeStage)), distinct(lambda s: s.phase, "phase"), _in_table),
    )
    figures: tuple[Figure, ...] = field(
        default=(),
        converter=TupleOf[Figure],
        validator=all_of(each(instance_of(Figure)), distinct(lambda f: f.id, "figure")),
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)


@final
@frozen(kw_only=True)
class LocalEvent:
    """
    An event of an innovation week.

    Attributes:
        id: The identifier, unique within the innovation week.
        label: The French name.
        territory_id: The territory where it takes place, by its identifier.
        period: When it takes place, as precise as known.
        organiser_id: The organisation that organises it, by its identifier; `None` if unknown.
        attendance: The number of people who came; `None` if they were not counted.
        source_id: The document that states it, by its identifier.
        extra: An application's own keys, which begin with "x-"; empty by default.

    >>> LocalEvent(id="open-day", label="Portes ouvertes", territory_id="46", period="2019-11-26").attendance is None
    True
    """

    id: str = field(validator=identifier)
    label: str = field(validator=not_blank)
    territory_id: TerritoryId = field(converter=TerritoryId, validator=reference)
    period: Period = field(converter=as_period, validator=is_period)
    organiser_id: OrganisationId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    attendance: int | None = field(default=None, validator=optional(integer(0)))
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)


def _edition_of_year(instance: InnovationWeek, attribute: Attribute[Any], value: Sourced[Period]) -> None:
    sourced(Period)(instance, attribute, value)
    expected = instance.edition + BEFORE_FIRST_WEEK
    if value.value.year != expected:
        refuse(instance, attribute, str(value.value), f"a date in {expected}, the year of edition {instance.edition}")


@final
@frozen(kw_only=True)
class InnovationWeek(Instrument):
    """
    One edition of the public innovation week (since 2022 a month).

    The first edition was in 2014, so the number of an edition is its year minus 2013.

    Attributes:
        kind: Always "innovation-week".
        id: The identifier, unique in the portfolio.
        label: The French name.
        edition: The number of the edition.
        period: When it takes place, with its source.
        events: Its events in the territories.
        figures: Published figures about it.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If the edition and the year disagree.

    >>> InnovationWeek(
    ...     id="innovation-week-6",
    ...     label="6e Semaine de l’innovation publique",
    ...     edition=6,
    ...     period=Sourced(value=Period("2019-11-25/2019-11-30"), source_id="interview"),
    ... ).edition
    6
    """

    kind: Literal["innovation-week"] = field(default="innovation-week", validator=own_kind)
    id: InstrumentId = field(converter=InstrumentId, validator=identifier)
    label: str = field(validator=not_blank)
    edition: int = field(validator=integer(1))
    period: Sourced[Period] = field(validator=_edition_of_year)
    events: tuple[LocalEvent, ...] = field(
        default=(),
        converter=TupleOf[LocalEvent],
        validator=all_of(each(instance_of(LocalEvent)), distinct(lambda e: e.id, "event")),
    )
    figures: tuple[Figure, ...] = field(
        default=(),
        converter=TupleOf[Figure],
        validator=all_of(each(instance_of(Figure)), distinct(lambda f: f.id, "figure")),
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)


@final
@frozen(kw_only=True)
class InnovationLab(Instrument):
    """
    A laboratory of territorial innovation, or the programme that supports several.

    Attributes:
        kind: Always "innovation-lab".
        id: The identifier, unique in the portfolio.
        label: The French name.
        territory_id: The territory that it works for, by its identifier; `None` if unknown.
        partner_ids: The organisations that take part, by their identifiers.
        opened_on: The date of its opening, with its source; `None` if unknown.
        grant: The grant that it received, in euros, with its source; `None` if unknown.
        figures: Published figures about it.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    >>> InnovationLab(id="territorial-labs", label="Laboratoires d’innovation territoriale").partner_ids
    ()
    """

    kind: Literal["innovation-lab"] = field(default="innovation-lab", validator=own_kind)
    id: InstrumentId = field(converter=InstrumentId, validator=identifier)
    label: str = field(validator=not_blank)
    territory_id: TerritoryId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    partner_ids: tuple[OrganisationId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    opened_on: Sourced[Period] | None = field(default=None, validator=optional(sourced(Period)))
    grant: Sourced[Euros] | None = field(default=None, validator=optional(sourced(Euros, is_amount)))
    figures: tuple[Figure, ...] = field(
        default=(),
        converter=TupleOf[Figure],
        validator=all_of(each(instance_of(Figure)), distinct(lambda f: f.id, "figure")),
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)


@final
@frozen(kw_only=True)
class Campus(Instrument):
    """
    A training scheme (*Campus de la transformation*); *audience* lists the groups that it trains.

    Attributes:
        kind: Always "campus".
        id: The identifier, unique in the portfolio.
        label: The French name.
        figures: Published figures about it.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If a group is blank or repeated.

    >>> Campus(id="campus", label="Campus de la transformation", audience=["agents", "managers"]).audience
    ('agents', 'managers')
    """

    kind: Literal["campus"] = field(default="campus", validator=own_kind)
    id: InstrumentId = field(converter=InstrumentId, validator=identifier)
    label: str = field(validator=not_blank)
    audience: tuple[str, ...] = field(default=(), converter=TupleOf[str], validator=each_once(not_blank))
    figures: tuple[Figure, ...] = field(
        default=(),
        converter=TupleOf[Figure],
        validator=all_of(each(instance_of(Figure)), distinct(lambda f: f.id, "figure")),
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)


@final
@frozen(kw_only=True)
class CampusSession(Instrument):
    """
    One event or course of a campus.

    *attendance* is a number of people, `None` if they were not counted.

    Attributes:
        kind: Always "campus-session".
        id: The identifier, unique in the portfolio.
        label: The French name.
        campus_id: The campus, by its identifier.
        territory_id: The territory where it takes place, by its identifier.
        period: When it takes place, as precise as known.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    >>> CampusSession(id="s1", label="Design", campus_id="campus", territory_id="46", period="2019-03-05").territory_id
    '46'
    """

    kind: Literal["campus-session"] = field(default="campus-session", validator=own_kind)
    id: InstrumentId = field(converter=InstrumentId, validator=identifier)
    label: str = field(validator=not_blank)
    campus_id: InstrumentId = field(converter=InstrumentId, validator=reference)
    territory_id: TerritoryId = field(converter=TerritoryId, validator=reference)
    period: Period = field(converter=as_period, validator=is_period)
    attendance: int | None = field(default=None, validator=optional(integer(0)))
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)


@final
@frozen(kw_only=True)
class CommunityHub(Instrument):
    """
    The hub of communities; only its name has been published, so it has no other field.

    Attributes:
        kind: Always "community-hub".
        id: The identifier, unique in the portfolio.
        label: The French name.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    >>> CommunityHub(id="hub", label="Hub des communautés", source_ids=["interview"]).source_ids
    ('interview',)
    """

    kind: Literal["community-hub"] = field(default="community-hub", validator=own_kind)
    id: InstrumentId = field(converter=InstrumentId, validator=identifier)
    label: str = field(validator=not_blank)
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)


@final
@frozen(kw_only=True)
class Consultation(Instrument):
    """
    A consultation of citizens: its questions, its participation and its outcome.

    *participation* is a number of people or contributions, inexact if published so; *outcome* says how the answers were
    used, and *reform_ids* lists the reforms that used them.

    Attributes:
        kind: Always "consultation".
        id: The identifier, unique in the portfolio.
        label: The French name.
        initiator_id: The organisation that started it, by its identifier.
        period: When it takes place, with its source; `None` if unknown.
        questions: The questions, as published.
        figures: Published figures about it.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    >>> Consultation(id="grand-debat", label="Grand débat national", initiator_id="president").questions
    ()
    """

    kind: Literal["consultation"] = field(default="consultation", validator=own_kind)
    id: InstrumentId = field(converter=InstrumentId, validator=identifier)
    label: str = field(validator=not_blank)
    initiator_id: OrganisationId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    period: Sourced[Period] | None = field(default=None, validator=optional(sourced(Period)))
    questions: tuple[str, ...] = field(default=(), converter=TupleOf[str], validator=each_once(not_blank))
    participation: Sourced[Quantity] | None = field(
        default=None, validator=optional(sourced(Quantity, counted_in(COUNT)))
    )
    outcome: str = field(default="", validator=trimmed)
    reform_ids: tuple[ReformId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    figures: tuple[Figure, ...] = field(
        default=(),
        converter=TupleOf[Figure],
        validator=all_of(each(instance_of(Figure)), distinct(lambda f: f.id, "figure")),
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)


AnyInstrument: TypeAlias = (
    CarteBlanche | ChallengeCall | InnovationWeek | InnovationLab | Campus | CampusSession | CommunityHub | Consultation
)
