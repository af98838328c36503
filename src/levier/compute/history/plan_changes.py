"""Changes in the course of plans: phases of a project, ratings, dates of milestones, targets; step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, TypeVar

from attrs import evolve, field, frozen

from levier.compute._types import by_type
from levier.compute.history.base_changes import Change, Sides, ValueChange
from levier.compute.history.changes import Added, Altered, ChangedAmount, ChangedList, ChangedSource, Removed
from levier.compute.history.label import ItemLabel
from levier.compute.indicators.alerts import confidence_on
from levier.errors.final import final
from levier.model._converters import TermOrNone, as_decimal_or_none
from levier.model._fields import decimal, instance_of, not_blank, optional, own_kind, trimmed
from levier.model.events import Milestone
from levier.model.identifiers import IndicatorId, TerritoryId, reference
from levier.model.lifecycle import Phase
from levier.model.observations import Observation, ObservationKind
from levier.model.periods import Day, Period, as_day, as_day_or_none, as_period, is_day, is_period
from levier.model.programmes import ConfidenceLevel, ConfidenceRating, Project
from levier.model.quantities import Unit
from levier.model.territories import NATION
from levier.wording.messages import clauses, message, message_in
from levier.wording.said import Said, Value
from levier.wording.shown import decimals_of, reads_alike
from levier.wording.values import Name, Number

__all__ = [
    "COURSES",
    "AnyChange",
    "Attributed",
    "ChangedRating",
    "MovedPhase",
    "ReachedMilestone",
    "RedatedMilestone",
    "RevisedTarget",
    "change_of",
    "change_of_rating",
]

T = TypeVar("T")


@final
@frozen(kw_only=True, field_transformer=by_type)
class MovedPhase(Change):
    """
    A project's move from one phase to another: when and why; *source* is the document that states it.

    Attributes:
        subject: The path of the project, such as `projects/franceconnect`.
        label: The name of the thing that changed, in French.
        label_en: The name in English; empty where there is none.
        kind: The kind of change in documents: `moved-phase`.
        before: The phase that the project left.
        after: The phase that the project entered.
        on: The day of the move.
        because: The reason for the move, as it was stated.

    >>> project = {"subject": "projects/franceconnect", "label": "Projet", "label_en": "Project 'FranceConnect'"}
    >>> moved = {"before": "framing", "after": "experimentation", "on": "2019-06-20", "because": "third CITP"}
    >>> print(MovedPhase(**project, **moved))
    Project 'FranceConnect': framing → experimentation on 20 June 2019 (third CITP)
    """

    kind: Literal["moved-phase"] = field(default="moved-phase", validator=own_kind)
    before: Phase = field(converter=Phase, validator=instance_of(Phase))
    after: Phase = field(converter=Phase, validator=instance_of(Phase))
    on: Day = field(converter=as_day, validator=is_day)
    because: str = field(validator=not_blank)
    source: str = field(default="", validator=trimmed)

    @property
    def sides(self) -> Sides:
        """The phase left and the phase entered, with the day, the reason and the source."""
        why = clauses(self.because, self.source)
        after = message("{phase} on {day} ({reason})", phase=_in_text(self.after), day=self.on, reason=why)
        return _in_text(self.before), after


@final
@frozen(kw_only=True, field_transformer=by_type)
class ChangedRating(Change):
    """
    A new confidence rating: by which organisation, when and why; *before* is `None` for the first one.

    Attributes:
        subject: The path of the reform or the project.
        label: The name of the thing that changed, in French.
        label_en: The name in English; empty where there is none.
        kind: The kind of change in documents: `changed-rating`.
        after: The new level.
        on: The day of the rating.
        by: The organisation that gave the rating, in French.
        by_en: The organisation in English; empty where that is the same.
        because: The reason for the rating; empty where none is stated.

    >>> reform = {"subject": "reforms/r/ratings/2024-03-12 dsj", "label": "Réforme", "label_en": "Reform 'R', rating"}
    >>> print(ChangedRating(**reform, before="attainable", after="compromised", by="DSJ", on="2024-03-12"))
    Reform 'R', rating: Overcast: objectives attainable → Storm: objectives compromised (DSJ, 12 March 2024)
    """

    kind: Literal["changed-rating"] = field(default="changed-rating", validator=own_kind)
    before: ConfidenceLevel | None = field(
        default=None, converter=TermOrNone[ConfidenceLevel], validator=optional(instance_of(ConfidenceLevel))
    )
    after: ConfidenceLevel = field(converter=ConfidenceLevel, validator=instance_of(ConfidenceLevel))
    on: Day = field(converter=as_day, validator=is_day)
    by: str = field(validator=not_blank)
    by_en: str = field(default="", validator=trimmed)
    because: str = field(default="", validator=trimmed)

    @property
    def sides(self) -> Sides:
        """The level before and after, with the organisation, the day and the reason."""
        return self.before, self._after()

    def _after(self) -> Said:
        level, author, day, reason = self.after, Name("", self.by, self.by_en), self.on, self.because
        if not reason:
            return message("{level} ({author}, {day})", level=level, author=author, day=day)
        return message("{level} ({author}, {day}: {reason})", level=level, author=author, day=day, reason=reason)


@final
@frozen(kw_only=True, field_transformer=by_type)
class RevisedTarget(ValueChange):
    """
    A new target for the same period, in the indicator's unit: a correction, or the revision by a later document.

    *before* and *after* are `None` where a document states that there is no value.

    Attributes:
        subject: The path of the indicator, such as `indicators/waiting-time`.
        label: The name of the thing that changed, in French.
        label_en: The name in English; empty where there is none.
        before_source: The document that stated the earlier target; empty where it is unchanged.
        after_source: The document that states the later target; empty where it is unchanged.
        kind: The kind of change in documents: `revised-target`.
        indicator_id: The identifier of the indicator.
        territory_id: The identifier of the territory, such as `FR`.
        period: The period of the target, such as 2022.
        unit: The unit of both targets, such as `%`.
        field: The field that changed, always `value`.

    >>> target = {"subject": "indicators/online", "label": "Indicateur", "label_en": "Indicator 'Online', target, 2020"}
    >>> print(RevisedTarget(**target, indicator_id="online", period="2020", before=60, after=55, unit="%"))
    Indicator 'Online', target, 2020: 60% → 55%
    """

    kind: Literal["revised-target"] = field(default="revised-target", validator=own_kind)
    indicator_id: IndicatorId = field(converter=IndicatorId, validator=reference)
    territory_id: TerritoryId = field(default=NATION, converter=TerritoryId, validator=reference)
    period: Period = field(converter=as_period, validator=is_period)
    before: Decimal | None = field(converter=as_decimal_or_none, validator=optional(decimal))
    after: Decimal | None = field(converter=as_decimal_or_none, validator=optional(decimal))
    unit: Unit = field(converter=Unit, validator=not_blank)
    field: str = field(default="value", validator=not_blank)  # the last one: from here on the name is taken

    @property
    def about(self) -> Said:
        """The label, which names the target and its period."""
        return self.called

    @property
    def values(self) -> tuple[Value, Value]:
        """The target before and after."""
        before, after, decimals = self.before, self.after, None
        if before is not None and after is not None and reads_alike(before, after):
            decimals = max(decimals_of(before), decimals_of(after))
        return self._side(before, decimals), self._side(after, decimals)

    def _side(self, side: Decimal | None, decimals: int | None) -> Said:
        return message_in("target", "no value") if side is None else Number(side, self.unit, decimals)


@final
@frozen(kw_only=True, field_transformer=by_type)
class RedatedMilestone(Change):
    """
    A new date for a milestone: *on* is the day of the decision, `None` where the first plan itself was corrected.

    Attributes:
        subject: The path of the milestone, such as `projects/franceconnect/milestones/pilot`.
        label: The name of the thing that changed, in French.
        label_en: The name in English; empty where there is none.
        kind: The kind of change in documents: `redated-milestone`.
        before: The earlier due date: a day, a month or a year.
        after: The later due date: a day, a month or a year.
        because: The reason for the new date; empty for a correction.

    >>> pilot = {"subject": "projects/p/milestones/pilot", "label": "Jalon", "label_en": "Milestone 'Pilot open'"}
    >>> print(RedatedMilestone(**pilot, before="2019-09", after="2020-01", on="2019-10-01", because="signed late"))
    Milestone 'Pilot open': September 2019 → January 2020 (1 October 2019: signed late)
    """

    kind: Literal["redated-milestone"] = field(default="redated-milestone", validator=own_kind)
    before: Period = field(converter=as_period, validator=is_period)
    after: Period = field(converter=as_period, validator=is_period)
    on: Day | None = field(default=None, converter=as_day_or_none, validator=optional(is_day))
    because: str = field(default="", validator=trimmed)

    @property
    def sides(self) -> Sides:
        """The date before and after, with the day of the decision and the reason."""
        if self.on is None:
            return self.before, self.after
        after = message("{period} ({day}: {reason})", period=self.after, day=self.on, reason=self.because)
        return self.before, after


@final
@frozen(kw_only=True, field_transformer=by_type)
class ReachedMilestone(Change):
    """
    A milestone that was reached.

    Attributes:
        subject: The path of the milestone, such as `projects/franceconnect/milestones/pilot`.
        label: The name of the thing that changed, in French.
        label_en: The name in English; empty where there is none.
        kind: The kind of change in documents: `reached-milestone`.
        on: The day on which it was reached.

    >>> pilot = {"subject": "projects/p/milestones/pilot", "label": "Jalon", "label_en": "Milestone 'Pilot open'"}
    >>> print(ReachedMilestone(**pilot, on="2020-01-15"))
    Milestone 'Pilot open': reached on 15 January 2020
    """

    kind: Literal["reached-milestone"] = field(default="reached-milestone", validator=own_kind)
    on: Day = field(converter=as_day, validator=is_day)

    @property
    def sides(self) -> Sides:
        """The day on which it was reached; the side before is empty."""
        return None, message("reached on {day}", day=self.on)


AnyChange: TypeAlias = (
    Added
    | Removed
    | MovedPhase
    | ChangedRating
    | RevisedTarget
    | RedatedMilestone
    | ReachedMilestone
    | ChangedAmount
    | ChangedList
    | ChangedSource
    | Altered
)
"""The closed set of changes, told apart by *kind* on the wire."""

Attributed: TypeAlias = tuple[tuple[Any, ...], AnyChange]
"""A change, with its subject: the thing and each part on the path, in each version."""


def _in_text(phase: Phase) -> Name:
    """Return the name of a phase inside a sentence."""
    return Name(phase, phase.fr.lower(), phase.en.lower())


def change_of(label: ItemLabel, kind: Callable[..., AnyChange], **held: Any) -> Attributed:
    """Return the change of an item with this label."""
    return label.about, kind(subject=label.path, label=label.name.label, label_en=label.name.label_en, **held)


def change_of_rating(label: ItemLabel, rating: ConfidenceRating, ratings: Iterable[ConfidenceRating]) -> Attributed:
    """Return the change from a territory's last rating to a new one."""
    earlier = sorted((one for one in ratings if one.on < rating.on), key=lambda one: (one.on, one.by_id))
    last = confidence_on(earlier, as_of=rating.on, territory_id=rating.territory_id or NATION)
    by = label.held(rating, "by_id")
    said = {"on": rating.on, "by": by.label, "by_en": by.label_en, "because": rating.because}
    return change_of(label, ChangedRating, before=last and last.level, after=rating.level, **said)


def _moves(label: ItemLabel, before: Project, after: Project) -> Iterator[Attributed]:
    phase = before.phase
    for step in _appended(before.steps, after.steps):
        source = label.held(step, "source_id")
        said = {"on": step.on, "because": step.because, "source": source.label}
        yield change_of(label, MovedPhase, before=phase, after=step.phase, **said)
        phase = step.phase


def _revisions(label: ItemLabel, before: Milestone, after: Milestone) -> Iterator[Attributed]:
    due = before.due
    for one in _appended(before.revisions, after.revisions):
        said = {"on": one.decided_on, "because": one.because}
        yield change_of(label, RedatedMilestone, before=due, after=one.planned, **said)
        due = one.planned


def _appended(before: tuple[T, ...], after: tuple[T, ...]) -> tuple[T, ...]:
    """Return what was appended to a history; empty if the earlier entries were rewritten."""
    return after[len(before) :] if before == after[: len(before)] else ()


def _planned(label: ItemLabel, before: Milestone, after: Milestone) -> Iterator[Attributed]:
    yield change_of(label, RedatedMilestone, before=before.planned, after=after.planned)


def _done(label: ItemLabel, before: Milestone, after: Milestone) -> Iterator[Attributed]:
    if before.done_on is None:
        yield change_of(label, ReachedMilestone, on=after.done_on)


def _target(label: ItemLabel, before: Observation, after: Observation) -> Iterator[Attributed]:
    """Yield the revision of a target, as a change of its indicator, unless the unit changed."""
    unit = label.writer.unit(after)
    if after.kind is ObservationKind.TARGET and unit == label.writer.earlier.unit(before):
        where = {"indicator_id": after.indicator_id, "territory_id": after.territory_id, "period": after.period}
        of_indicator = evolve(label, path=f"indicators/{after.indicator_id}")
        yield change_of(of_indicator, RevisedTarget, **where, before=before.value, after=after.value, unit=unit)


COURSES: Mapping[tuple[type[Any], str], Callable[[ItemLabel, Any, Any], Iterator[Attributed]]] = MappingProxyType(
    {
        (Project, "steps"): _moves,
        (Milestone, "revisions"): _revisions,
        (Milestone, "planned"): _planned,
        (Milestone, "done_on"): _done,
        (Observation, "value"): _target,
    }
)
"""The fields with a history, and the function that yields its steps; nothing where the past was rewritten."""
