"""Programmes, reforms and projects: who is responsible, the calendar, the levers, and the reported confidence."""

from __future__ import annotations

from typing import Any, Self

from attrs import Attribute, evolve, field, frozen

from levier.errors import ForbiddenTransitionError
from levier.errors.final import final
from levier.model._converters import TermOrNone, TupleOf, as_id_or_none, as_ids
from levier.model._fields import (
    all_of,
    asks_of_items,
    distinct,
    each,
    each_once,
    instance_of,
    not_blank,
    optional,
    refuse,
    trimmed,
)
from levier.model.budget import BudgetLink
from levier.model.events import Decision, Event, Milestone, Risk
from levier.model.extra import NO_EXTRA, Extra, as_extra, is_extra
from levier.model.figures import Figure
from levier.model.identifiers import (
    IndicatorId,
    LeverId,
    MethodId,
    ObjectiveId,
    OrganisationId,
    ProgrammeId,
    ProjectId,
    ReformId,
    SourceId,
    TerritoryId,
    identifier,
    reference,
)
from levier.model.indicators import IndicatorWeight
from levier.model.levers import ActivatesLevers, LeverActivation, of_its_levers
from levier.model.lifecycle import TRANSITIONS, Phase, PhaseStep
from levier.model.periods import Day, DayLike, Period, as_day, as_period_or_none, is_begun, is_day, is_period
from levier.model.terms import Term
from levier.model.territories import TerritoryLevel

__all__ = ["ConfidenceLevel", "ConfidenceRating", "Lead", "Programme", "ProgrammeKind", "Project", "Reform"]


class ProgrammeKind(Term):
    """The kinds of programme."""

    NATIONAL = "national", "programme national", "national programme"
    WORKSTREAM = "workstream", "chantier transversal", "cross-cutting workstream"
    MINISTERIAL_PLAN = "ministerial-plan", "plan de transformation ministériel", "ministerial transformation plan"
    INTERMINISTERIAL = "interministerial", "programme interministériel", "interministerial programme"
    FLAGSHIP = "flagship", "programme phare", "flagship programme"


class ConfidenceLevel(Term):
    """How confident those in charge are of reaching the objectives (*météo*): reported by people, never computed."""

    SECURED = "secured", "Soleil : objectifs sécurisés", "Sun: objectives secured"
    ATTAINABLE = "attainable", "Couvert : objectifs atteignables", "Overcast: objectives attainable"
    SUPPORT_NEEDED = "support-needed", "Nuage : appuis nécessaires", "Cloud: support needed"
    COMPROMISED = "compromised", "Orage : objectifs compromis", "Storm: objectives compromised"
    NOT_GIVEN = "not-given", "Non renseignée", "Not given"
    NOT_NEEDED = "not-needed", "Non nécessaire", "Not needed"


@final
@frozen(kw_only=True)
class ConfidenceRating:
    """
    A confidence level that an organisation reported on a day, for a territory or, by default, for the nation.

    Attributes:
        level: The confidence level, such as "secured".
        on: The day of the report.
        by_id: The organisation that reported it, by its identifier.
        because: The reason, in words; empty if none was given.
        territory_id: The territory that the rating is for, by its identifier; `None` for the nation.

    >>> ConfidenceRating(level="attainable", on="2019-06-01", by_id="ditp").level.label("en")
    'Overcast: objectives attainable'
    """

    level: ConfidenceLevel = field(converter=ConfidenceLevel, validator=instance_of(ConfidenceLevel))
    on: Day = field(converter=as_day, validator=is_day)
    by_id: OrganisationId = field(converter=OrganisationId, validator=reference)
    because: str = field(default="", validator=trimmed)
    territory_id: TerritoryId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))


@final
@frozen(kw_only=True)
class Lead:
    """
    The person in charge: a role in an organisation; the name is optional.

    Attributes:
        organisation_id: The organisation, by its identifier.
        role: The role, such as "director of the programme".
        person: The name of the person; empty if not published.

    >>> Lead(organisation_id="ditp", role="head of department").person
    ''
    """

    organisation_id: OrganisationId = field(converter=OrganisationId, validator=reference)
    role: str = field(validator=not_blank)
    person: str = field(default="", validator=trimmed)


@final
@frozen(kw_only=True)
class Programme(ActivatesLevers):
    """
    A programme of transformation: a national programme, one of its workstreams, a ministry's plan, and so on.

    Not to be confused with `BudgetProgramme`, a programme of the State budget.
    *parent_id* is the programme that it is part of; *events* are its dated events, *figures* its published figures.
    *pledged_by_ids* are the office holders who promised it in public.
    *horizon* is the period that the final targets of its indicators are for, also in its reforms and sub-programmes
    without a horizon of their own; `None` if no source states it.
    *activations* describes how its levers are activated, where known; *budget_links* its lines in the State budget.

    Attributes:
        id: The identifier, unique in the portfolio.
        label: The French name.
        label_en: The English name; empty if there is none.
        kind: The kind of programme, such as national or ministerial.
        owner_id: The organisation responsible for it, by its identifier.
        lead: The person in charge; `None` if unknown.
        supporting_ids: The organisations that support it, by their identifiers.
        calendar: The period in which it runs; `None` if unknown.
        objective_ids: Its objectives, by their identifiers.
        indicator_ids: Its indicators, by their identifiers.
        lever_ids: The levers it activates, by their identifiers.
        method_ids: The methods it uses, by their identifiers.
        milestones: Its milestones.
        ratings: Its confidence ratings (*météo*), by organisation and day.
        risks: Its risks.
        decisions: The decisions taken about it.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If the label is blank, or two events, milestones or figures share an identifier.

    >>> Programme(id="ap2022", label="Action Publique 2022", kind="national").kind.label("en")
    'national programme'
    """

    id: ProgrammeId = field(converter=ProgrammeId, validator=identifier)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    kind: ProgrammeKind = field(converter=ProgrammeKind, validator=instance_of(ProgrammeKind))
    parent_id: ProgrammeId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    owner_id: OrganisationId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    lead: Lead | None = field(default=None, validator=optional(instance_of(Lead)))
    pledged_by_ids: tuple[OrganisationId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    supporting_ids: tuple[OrganisationId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    calendar: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_begun))
    horizon: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    objective_ids: tuple[ObjectiveId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    indicator_ids: tuple[IndicatorId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    lever_ids: tuple[LeverId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    activations: tuple[LeverActivation, ...] = field(
        default=(),
        converter=TupleOf[LeverActivation],
        validator=all_of(each(instance_of(LeverActivation)), of_its_levers),
    )
    method_ids: tuple[MethodId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    events: tuple[Event, ...] = field(
        default=(),
        converter=TupleOf[Event],
        validator=all_of(each(instance_of(Event)), distinct(lambda e: e.id, "event")),
    )
    milestones: tuple[Milestone, ...] = field(
        default=(),
        converter=TupleOf[Milestone],
        validator=all_of(each(instance_of(Milestone)), distinct(lambda m: m.id, "milestone")),
    )
    ratings: tuple[ConfidenceRating, ...] = field(
        default=(), converter=TupleOf[ConfidenceRating], validator=each(instance_of(ConfidenceRating))
    )
    risks: tuple[Risk, ...] = field(
        default=(), converter=TupleOf[Risk], validator=all_of(each(instance_of(Risk)), distinct(lambda r: r.id, "risk"))
    )
    decisions: tuple[Decision, ...] = field(
        default=(),
        converter=TupleOf[Decision],
        validator=all_of(each(instance_of(Decision)), distinct(lambda d: d.id, "decision")),
    )
    budget_links: tuple[BudgetLink, ...] = field(
        default=(), converter=TupleOf[BudgetLink], validator=each_once(instance_of(BudgetLink))
    )
    figures: tuple[Figure, ...] = field(
        default=(),
        converter=TupleOf[Figure],
        validator=all_of(each(instance_of(Figure)), distinct(lambda f: f.id, "figure")),
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)


@asks_of_items
def _of_its_indicators(instance: Reform, attribute: Attribute[Any], value: tuple[IndicatorWeight, ...]) -> None:
    known = set(instance.indicator_ids)
    for weight in value:
        if weight.indicator_id not in known:
            refuse(instance, attribute, weight.indicator_id, "weights of the reform's own indicators")


@final
@frozen(kw_only=True)
class Reform(ActivatesLevers):
    """
    A reform; it should have a lead, a calendar and indicators, but missing ones are findings of `check`, not errors.

    *programme_ids* are the programmes that it belongs to; *owner_id* is the organisation responsible for it.
    *activations* describes how its levers are activated, where known; *budget_links* its lines in the State budget.
    *weights* gives the weight of each of its indicators in its progress, by level of territory.
    *horizon* is the period that their final targets are for; if it is `None`, that of its programmes.
    With *solidary_from*, the territories below that level share its values (a *solidaire* reform).

    Attributes:
        id: The identifier, unique in the portfolio.
        label: The French name.
        label_en: The English name; empty if there is none.
        lead: The person in charge; `None` if unknown.
        supporting_ids: The organisations that support it, by their identifiers.
        calendar: The period in which it runs; `None` if unknown.
        indicator_ids: Its indicators, by their identifiers.
        lever_ids: The levers it activates, by their identifiers.
        method_ids: The methods it uses, by their identifiers.
        milestones: Its milestones.
        ratings: Its confidence ratings (*météo*), by organisation and day.
        risks: Its risks.
        decisions: The decisions taken about it.
        figures: Published figures about it.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If the label is blank, two milestones or figures share an identifier, one indicator has two
            weights at one level, or a weight is for an indicator that is not the reform's.

    >>> Reform(id="commissions", label="Fewer consultative commissions").lead is None
    True
    """

    id: ReformId = field(converter=ReformId, validator=identifier)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    programme_ids: tuple[ProgrammeId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    owner_id: OrganisationId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    lead: Lead | None = field(default=None, validator=optional(instance_of(Lead)))
    supporting_ids: tuple[OrganisationId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    calendar: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_begun))
    horizon: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    indicator_ids: tuple[IndicatorId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    weights: tuple[IndicatorWeight, ...] = field(
        default=(),
        converter=TupleOf[IndicatorWeight],
        validator=all_of(
            each(instance_of(IndicatorWeight)),
            distinct(lambda w: (w.indicator_id, w.level), "indicator and level"),
            _of_its_indicators,
        ),
    )
    solidary_from: TerritoryLevel | None = field(
        default=None, converter=TermOrNone[TerritoryLevel], validator=optional(instance_of(TerritoryLevel))
    )
    lever_ids: tuple[LeverId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    activations: tuple[LeverActivation, ...] = field(
        default=(),
        converter=TupleOf[LeverActivation],
        validator=all_of(each(instance_of(LeverActivation)), of_its_levers),
    )
    method_ids: tuple[MethodId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    milestones: tuple[Milestone, ...] = field(
        default=(),
        converter=TupleOf[Milestone],
        validator=all_of(each(instance_of(Milestone)), distinct(lambda m: m.id, "milestone")),
    )
    ratings: tuple[ConfidenceRating, ...] = field(
        default=(), converter=TupleOf[ConfidenceRating], validator=each(instance_of(ConfidenceRating))
    )
    risks: tuple[Risk, ...] = field(
        default=(), converter=TupleOf[Risk], validator=all_of(each(instance_of(Risk)), distinct(lambda r: r.id, "risk"))
    )
    decisions: tuple[Decision, ...] = field(
        default=(),
        converter=TupleOf[Decision],
        validator=all_of(each(instance_of(Decision)), distinct(lambda d: d.id, "decision")),
    )
    budget_links: tuple[BudgetLink, ...] = field(
        default=(), converter=TupleOf[BudgetLink], validator=each_once(instance_of(BudgetLink))
    )
    figures: tuple[Figure, ...] = field(
        default=(),
        converter=TupleOf[Figure],
        validator=all_of(each(instance_of(Figure)), distinct(lambda f: f.id, "figure")),
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)


def _check_move(project_id: str, current: Phase, requested: Phase) -> None:
    if requested not in TRANSITIONS[current]:
        raise ForbiddenTransitionError(project_id, str(current), str(requested), tuple(map(str, TRANSITIONS[current])))


def _in_table(instance: Project, attribute: Attribute[Any], value: tuple[PhaseStep, ...]) -> None:
    current, since = Phase.FRAMING, Day.min
    for step in value:
        phase, on = step.phase, step.on
        if phase not in TRANSITIONS[current]:
            _check_move(instance.id, current, phase)
        if on < since:
            refuse(instance, attribute, str(on), f"a day not before {since}")
        current, since = phase, on


@final
@frozen(kw_only=True)
class Project(ActivatesLevers):
    """
    A project of an organisation, which goes through the phases of `Phase`.

    *steps* are its transitions, oldest first; without any, it is in framing.
    *activations* describes how its levers are activated, where known; *budget_links* its lines in the State budget,
    besides the awards of a fund that name it.

    Attributes:
        id: The identifier, unique in the portfolio.
        label: The French name.
        label_en: The English name; empty if there is none.
        owner_id: The organisation responsible for it, by its identifier.
        reform_id: The reform that it is part of, by its identifier.
        lead: The person in charge; `None` if unknown.
        supporting_ids: The organisations that support it, by their identifiers.
        calendar: The period in which it runs; `None` if unknown.
        territory_ids: The territories in which it runs, by their identifiers.
        indicator_ids: Its indicators, by their identifiers.
        lever_ids: The levers it activates, by their identifiers.
        method_ids: The methods it uses, by their identifiers.
        milestones: Its milestones.
        ratings: Its confidence ratings (*météo*), by organisation and day.
        risks: Its risks.
        decisions: The decisions taken about it.
        figures: Published figures about it.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If the label is blank, an identifier is malformed, or steps are not in order of date.
        ForbiddenTransitionError: If a step is not allowed by the table of transitions.

    >>> project = Project(id="one-stop-shop", label="One-stop shop")
    >>> project.moved_to(Phase.EXPERIMENTATION, on="2019-06-20", because="third CITP").phase
    <Phase.EXPERIMENTATION: 'experimentation'>
    """

    id: ProjectId = field(converter=ProjectId, validator=identifier)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    owner_id: OrganisationId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    reform_id: ReformId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    lead: Lead | None = field(default=None, validator=optional(instance_of(Lead)))
    supporting_ids: tuple[OrganisationId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    calendar: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_begun))
    steps: tuple[PhaseStep, ...] = field(
        default=(), converter=TupleOf[PhaseStep], validator=all_of(each(instance_of(PhaseStep)), _in_table)
    )
    territory_ids: tuple[TerritoryId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    indicator_ids: tuple[IndicatorId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    lever_ids: tuple[LeverId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    activations: tuple[LeverActivation, ...] = field(
        default=(),
        converter=TupleOf[LeverActivation],
        validator=all_of(each(instance_of(LeverActivation)), of_its_levers),
    )
    method_ids: tuple[MethodId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    milestones: tuple[Milestone, ...] = field(
        default=(),
        converter=TupleOf[Milestone],
        validator=all_of(each(instance_of(Milestone)), distinct(lambda m: m.id, "milestone")),
    )
    ratings: tuple[ConfidenceRating, ...] = field(
        default=(), converter=TupleOf[ConfidenceRating], validator=each(instance_of(ConfidenceRating))
    )
    risks: tuple[Risk, ...] = field(
        default=(), converter=TupleOf[Risk], validator=all_of(each(instance_of(Risk)), distinct(lambda r: r.id, "risk"))
    )
    decisions: tuple[Decision, ...] = field(
        default=(),
        converter=TupleOf[Decision],
        validator=all_of(each(instance_of(Decision)), distinct(lambda d: d.id, "decision")),
    )
    budget_links: tuple[BudgetLink, ...] = field(
        default=(), converter=TupleOf[BudgetLink], validator=each_once(instance_of(BudgetLink))
    )
    figures: tuple[Figure, ...] = field(
        default=(),
        converter=TupleOf[Figure],
        validator=all_of(each(instance_of(Figure)), distinct(lambda f: f.id, "figure")),
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)

    @property
    def phase(self) -> Phase:
        """The phase that the last step began; framing if there is no step."""
        return self.steps[-1].phase if self.steps else Phase.FRAMING

    def moved_to(self, phase: Phase | str, *, on: DayLike, because: str) -> Self:
        """
        Return this project with one more step.

        Raises:
            InvalidValueError: If *phase* is not a phase, or *on* is before the last step.
            ForbiddenTransitionError: If the table of transitions does not allow the step.
        """
        step = Phase(phase)
        _check_move(self.id, self.phase, step)
        return evolve(self, steps=(*self.steps, PhaseStep(phase=step, on=on, because=because)))
