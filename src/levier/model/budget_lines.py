"""
Lines of the budget: the appropriations granted to, moved in and used by a budget programme.

Each line is a statement of one document; its property `about` identifies the fact that it states.
"""

from __future__ import annotations

from typing import Any

from attrs import Attribute, field, frozen

from levier.errors.final import final
from levier.model._fields import (
    Validator,
    all_of,
    instance_of,
    integer,
    optional,
    refuse,
    trimmed,
)
from levier.model.appropriations import Appropriations, Execution, is_stated_pair
from levier.model.identifiers import SourceId, reference
from levier.model.money import Euros
from levier.model.periods import (
    Day,
    Period,
    as_day_or_none,
    as_period_or_none,
    is_day,
    is_period,
)
from levier.model.sources import Reliability
from levier.model.terms import Term

__all__ = [
    "FIRST_YEAR_END_ACT",
    "BudgetLine",
    "BudgetMovement",
    "BudgetStage",
    "ExecutionLine",
    "MovementKind",
    "TitleGroup",
    "is_year",
]

is_year: Validator = integer(1959, 2100)
"""Validates the year of a budget."""


class BudgetStage(Term):
    """
    The stages of a budget line, from the bill to the appropriations available.

    The year-end finance act (*loi de finances de fin de gestion*) adjusts the credits of the year that ends. It exists
    since the year 2023; it and the supplementary acts alone may change the year's finance act while the year runs.
    Source: LOLF, articles 1 and 35, in the version of loi organique n° 2021-1836 du 28 décembre 2021.
    """

    BILL = "bill", "projet de loi de finances (PLF)", "budget bill"
    VOTED = "voted", "crédits votés (LFI)", "voted"
    SUPPLEMENTARY = "supplementary", "loi de finances rectificative (LFR)", "supplementary budget act"
    YEAR_END = "year-end", "loi de finances de fin de gestion (LFG)", "year-end finance act"
    OPENED = "opened", "crédits ouverts", "opened"
    FROZEN = "frozen", "crédits gelés", "frozen"


class TitleGroup(Term):
    """The groups of titles that ceilings distinguish: staff (title 2), all other titles, or all titles."""

    STAFF = "staff", "titre 2 (personnel)", "title 2 (staff)"
    OTHER = "other", "autres titres", "other titles"
    ALL = "all", "tous titres", "all titles"


class MovementKind(Term):
    """
    The kinds of movement of appropriations, between the bill and the vote or during the year.

    Three of them assign revenue to a programme (LOLF, article 17):

    - an assigned contribution (*fonds de concours*, II) opens credits for what third parties pay towards spending;
    - assigned revenue (*attribution de produits*, III) opens credits for what a service earns by its own services; the
      rules of assigned contributions apply to it;
    - a re-establishment of credits (*rétablissement de crédits*, IV) undoes spending, for sums paid in error or for the
      time being, and for what another service of the State pays back. It opens nothing: the amounts used that documents
      publish are net of it.

    What is left of the first two is carried over in full, and apart from other credits (article 15, III): an assigned
    carry-over, which the ceilings of article 15, II, do not count.
    """

    AMENDMENT = "amendment", "amendement", "amendment"
    CARRY_OVER = "carry-over", "report", "carry-over"
    VIREMENT = "virement", "virement", "virement"
    TRANSFER = "transfer", "transfert", "transfer"
    ADVANCE_DECREE = "advance-decree", "décret d’avance", "advance decree"
    NATIONAL_INTEREST_ADVANCE = (
        "national-interest-advance",
        "décret d’avance de nécessité impérieuse d’intérêt national",
        "advance decree of imperative national interest",
    )
    CANCELLATION = "cancellation", "annulation", "cancellation"
    FREEZE = "freeze", "gel", "freeze"
    RELEASE = "release", "dégel", "release"
    ASSIGNED_CONTRIBUTION = "assigned-contribution", "fonds de concours", "assigned contribution"
    ASSIGNED_REVENUE = "assigned-revenue", "attribution de produits", "assigned revenue"
    RE_ESTABLISHMENT = "re-establishment", "rétablissement de crédits", "re-establishment of credits"
    ASSIGNED_CARRY_OVER = (
        "assigned-carry-over",
        "report de fonds de concours et d’attributions de produits",
        "carry-over of assigned credits",
    )
    ASYMMETRIC_FUNGIBILITY = "asymmetric-fungibility", "fongibilité asymétrique", "asymmetric fungibility"


FIRST_YEAR_END_ACT = 2023
"""The year of the first one: loi n° 2023-1114 du 30 novembre 2023 de finances de fin de gestion pour 2023."""


def _of_its_time(instance: BudgetLine, attribute: Attribute[Any], value: BudgetStage) -> None:
    if value is BudgetStage.YEAR_END and instance.year < FIRST_YEAR_END_ACT:
        refuse(
            instance, attribute, value.value, f"supplementary: year-end finance acts exist since {FIRST_YEAR_END_ACT}"
        )


def _explained(instance: BudgetLine | ExecutionLine | BudgetMovement, attribute: Attribute[Any], value: str) -> None:
    first, second = _sides(instance.amounts)
    if (first is None or second is None) != bool(value):
        refuse(instance, attribute, value, "a reason where, and only where, one of the two amounts is missing")


def _sides(amounts: Appropriations | Execution) -> tuple[Euros | None, Euros | None]:
    if isinstance(amounts, Appropriations):
        return amounts.commitment, amounts.payment
    return amounts.committed, amounts.paid


@final
@frozen(kw_only=True)
class BudgetLine:
    """
    A statement by one document of the appropriations of one year at one stage, in euros.

    *action* is the code of an action, empty for the whole programme; *title* is the group of titles covered.
    A supplementary line is the total that all supplementary acts of the year opened or cancelled; a year-end line is
    what the year-end finance act did, on top of these.
    A side that was not published is missing, not zero, and *missing_because* says why.

    Attributes:
        year: The calendar year, such as 2021.
        stage: The stage of the budget, from the bill to the appropriations available.
        amounts: The appropriations, AE and CP, in euros.
        source_id: The document that states it, by its identifier.
        reliability: How reliable the statement is, by the kind of its source.
        caveat: A warning to show with the value; empty if there is none.

    Raises:
        InvalidValueError: If a side is missing without a reason, or a reason is given and no side is missing, or a
            year-end line is of a year before 2023.

    >>> line = BudgetLine(
    ...     year=2021, stage="voted", amounts=Appropriations(40_000_000, 148_743_689), source_id="rap-2021"
    ... )
    >>> line.title.label("fr")
    'tous titres'
    """

    year: int = field(validator=is_year)
    stage: BudgetStage = field(converter=BudgetStage, validator=all_of(instance_of(BudgetStage), _of_its_time))
    action: str = field(default="", validator=trimmed)
    title: TitleGroup = field(default=TitleGroup.ALL, converter=TitleGroup, validator=instance_of(TitleGroup))
    amounts: Appropriations = field(validator=all_of(instance_of(Appropriations), is_stated_pair))
    missing_because: str = field(default="", validator=all_of(trimmed, _explained))
    source_id: SourceId = field(converter=SourceId, validator=reference)
    reliability: Reliability = field(
        default=Reliability.OFFICIAL, converter=Reliability, validator=instance_of(Reliability)
    )
    caveat: str = field(default="", validator=trimmed)

    @property
    def about(self) -> tuple[int, BudgetStage, str, TitleGroup]:
        """The identity of the fact: the year, the stage, the action and the titles."""
        return self.year, self.stage, self.action, self.title

    @property
    def key(self) -> tuple[object, ...]:
        """The key, unique in a programme: the fact and the document."""
        return *self.about, self.source_id


@final
@frozen(kw_only=True)
class ExecutionLine:
    """
    A statement by one document of the appropriations used in one year, in euros.

    *until* is the last day counted, `None` for a whole year; a count to 31 December is also one of the whole year.

    Attributes:
        year: The calendar year, such as 2021.
        action: The code of the action; empty for the whole programme.
        title: The group of titles covered; all titles by default.
        amounts: The commitments (AE) and the payments (CP), in euros.
        missing_because: The reason why an amount is missing; empty if none is.
        source_id: The document that states it, by its identifier.
        reliability: How reliable the statement is, by the kind of its source.
        caveat: A warning to show with the value; empty if there is none.

    Raises:
        InvalidValueError: If a side is missing without a reason, or a reason is given and no side is missing.

    >>> ExecutionLine(year=2021, amounts=Execution(166_988_229, 133_919_661), source_id="rap-2021").amounts.paid
    Euros('133919661.00')
    """

    year: int = field(validator=is_year)
    action: str = field(default="", validator=trimmed)
    title: TitleGroup = field(default=TitleGroup.ALL, converter=TitleGroup, validator=instance_of(TitleGroup))
    amounts: Execution = field(validator=all_of(instance_of(Execution), is_stated_pair))
    missing_because: str = field(default="", validator=all_of(trimmed, _explained))
    until: Day | None = field(default=None, converter=as_day_or_none, validator=optional(is_day))
    source_id: SourceId = field(converter=SourceId, validator=reference)
    reliability: Reliability = field(
        default=Reliability.OFFICIAL, converter=Reliability, validator=instance_of(Reliability)
    )
    caveat: str = field(default="", validator=trimmed)

    @property
    def stops_on(self) -> Day | None:
        """The last day counted, if it is before the end of the year; `None` for a whole year, however stated."""
        return self.until if self.until is not None and self.until < Day(self.year, 12, 31) else None

    @property
    def about(self) -> tuple[int, str, TitleGroup, Day | None]:
        """The identity of the fact: the year, the action, the titles, and the last day counted."""
        return self.year, self.action, self.title, self.stops_on

    @property
    def key(self) -> tuple[object, ...]:
        """The key, unique in a programme: the fact and the document."""
        return *self.about, self.source_id


@final
@frozen(kw_only=True)
class BudgetMovement:
    """
    One movement of appropriations, in euros: positive if they came in, negative if they went out.

    *on* is as precise as published; *counterpart* names the origin or the destination of the money.

    Movements have no number that two documents could both cite. They are distinguished by `about`: the year, the kind,
    the part of the programme, the day and the counterpart. Within one document they are also distinguished by their
    amounts, because a document does not state one movement twice.

    Attributes:
        year: The calendar year, such as 2021.
        kind: The kind of movement, such as transfer or cancellation.
        amounts: The appropriations moved, AE and CP, in euros.
        missing_because: The reason why an amount is missing; empty if none is.
        action: The code of the action; empty for the whole programme.
        title: The group of titles covered; all titles by default.
        source_id: The document that states it, by its identifier.
        reliability: How reliable the statement is, by the kind of its source.
        caveat: A warning to show with the value; empty if there is none.

    Raises:
        InvalidValueError: If a side is missing without a reason, or a reason is given and no side is missing.

    >>> BudgetMovement(
    ...     year=2021,
    ...     kind="carry-over",
    ...     amounts=Appropriations(392_230_790, 4_053_028),
    ...     source_id="rap-2021",
    ... ).kind.label("fr")
    'report'
    """

    year: int = field(validator=is_year)
    kind: MovementKind = field(converter=MovementKind, validator=instance_of(MovementKind))
    amounts: Appropriations = field(validator=all_of(instance_of(Appropriations), is_stated_pair))
    missing_because: str = field(default="", validator=all_of(trimmed, _explained))
    action: str = field(default="", validator=trimmed)
    title: TitleGroup = field(default=TitleGroup.ALL, converter=TitleGroup, validator=instance_of(TitleGroup))
    on: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    counterpart: str = field(default="", validator=trimmed)
    source_id: SourceId = field(converter=SourceId, validator=reference)
    reliability: Reliability = field(
        default=Reliability.OFFICIAL, converter=Reliability, validator=instance_of(Reliability)
    )
    caveat: str = field(default="", validator=trimmed)

    @property
    def about(self) -> tuple[int, MovementKind, str, TitleGroup, Period | None, str]:
        """The identity of the fact: the year, the kind, the action, the titles, the day and the counterpart."""
        return self.year, self.kind, self.action, self.title, self.on, self.counterpart
