"""Changes of what has a course: phases of a project, dates of a milestone, ratings, targets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from attrs import evolve

from levier.compute.history.label import Name
from levier.compute.history.moves import ChangedRating, MovedPhase, ReachedMilestone, RedatedMilestone, RevisedTarget
from levier.compute.history.whole import Told, changed_whole, of_name
from levier.compute.indicators.confidence import confidence_on
from levier.model.events import Milestone
from levier.model.observations import Observation, ObservationKind
from levier.model.programmes import ConfidenceRating, Project
from levier.model.territories import NATION

__all__ = ["COURSES", "rated"]

_Course: TypeAlias = Callable[[Name, str, Any, Any], Iterator[Told]]


def rated(name: Name, rating: ConfidenceRating, ratings: Iterable[ConfidenceRating]) -> Told:
    """Return the change that a new rating, which bears the name, makes of the last one of its territory before."""
    earlier = sorted((one for one in ratings if one.on < rating.on), key=lambda one: (one.on, one.by_id))
    last = confidence_on(earlier, as_of=rating.on, territory=rating.territory_id or NATION)
    by, by_en = name.held(rating, "by_id")
    said = {"on": rating.on, "by": by, "by_en": by_en, "because": rating.because}
    return of_name(name, ChangedRating, before=last and last.level, after=rating.level, **said)


def _moves(name: Name, field: str, before: Project, after: Project) -> Iterator[Told]:
    new = after.steps[len(before.steps) :]
    if not new or before.steps != after.steps[: len(before.steps)]:
        yield changed_whole(name, field, before, after, field)
        return
    phase = before.phase
    for step in new:
        source, _ = name.held(step, "source_id")
        said = {"on": step.on, "because": step.because, "source": source}
        yield of_name(name, MovedPhase, before=phase, after=step.phase, **said)
        phase = step.phase


def _revisions(name: Name, field: str, before: Milestone, after: Milestone) -> Iterator[Told]:
    new = after.revisions[len(before.revisions) :]
    if not new or before.revisions != after.revisions[: len(before.revisions)]:
        yield changed_whole(name, field, before, after, field)
        return
    due = before.due
    for one in new:
        yield of_name(name, RedatedMilestone, before=due, after=one.planned, on=one.decided_on, because=one.because)
        due = one.planned


def _planned(name: Name, _: str, before: Milestone, after: Milestone) -> Iterator[Told]:
    yield of_name(name, RedatedMilestone, before=before.planned, after=after.planned)


def _done(name: Name, field: str, before: Milestone, after: Milestone) -> Iterator[Told]:
    if before.done_on is None:
        yield of_name(name, ReachedMilestone, on=after.done_on)
    else:
        yield changed_whole(name, field, before, after, field)


def _value(name: Name, field: str, before: Observation, after: Observation) -> Iterator[Told]:
    """Yield the change of a value: that of a target is a revision, told of its indicator, unless its unit changed."""
    unit = name.writer.unit(after)
    if after.kind is not ObservationKind.TARGET or unit != name.writer.earlier.unit(before):
        yield changed_whole(name, field, before, after, field)
        return
    where = {"indicator_id": after.indicator_id, "territory_id": after.territory_id, "period": after.period}
    of_indicator = evolve(name, path=f"indicators/{after.indicator_id}")
    values = {"before": before.value, "after": after.value, "unit": unit}
    yield of_name(of_indicator, RevisedTarget, **where, **values)


COURSES: Mapping[tuple[type[Any], str], _Course] = MappingProxyType(
    {
        (Project, "steps"): _moves,
        (Milestone, "revisions"): _revisions,
        (Milestone, "planned"): _planned,
        (Milestone, "done_on"): _done,
        (Observation, "value"): _value,
    }
)
"""Fields whose values have a course, and a kind of change of their own."""
