"""
Cartes blanches: their problems, ideas and experiments, and how long they lasted.

Nothing is invented: a fact that no document states is reported as missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.exact import days_between
from levier.errors.final import final
from levier.model._fields import each, flag, instance_of, optional, trimmed
from levier.model.cartes_blanches import Experiment, Idea, LocalProblem
from levier.model.instruments import CarteBlanche
from levier.model.periods import Day, DayLike, Period, is_day, parse_day
from levier.model.quantities import DAYS, Quantity
from levier.model.sources import Sourced
from levier.wording.explained import Explained
from levier.wording.messages import Message, about, clauses, items, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said, Value
from levier.wording.values import Name

__all__ = ["CarteBlancheSummary", "carte_blanche_summary"]

_Step: TypeAlias = LocalProblem | Idea | Experiment


@final
@frozen(kw_only=True, field_transformer=by_type)
class CarteBlancheSummary(Explained):
    """
    A Carte blanche on a day: what was left open at each step, and how long it lasted.

    *experiments* are those that had begun by the day, and *untried* the ideas that none of them tries;
    *without_outcome* are the experiments without an outcome, or whose period was not over. Undated items always count:
    every problem and idea, and an experiment without a period.
    *outcome* is the final outcome; empty unless it was closed by the day.
    *lasted* is in days, with bounds where a date is known to the month only, and runs to the day while it is open. It
    is `None` where *reason* says why; *is_open* is then `None` too, unless the closing is known.

    Attributes:
        instrument: The name of the Carte blanche.
        as_of: The day on which it is judged.
        problems: The problems that agents described.
        ideas: The ideas that answer the problems.
        without_idea: The problems without an idea.

    >>> story = carte_blanche_summary(CarteBlanche(id="cahors", label="Cahors"), as_of="2019-06-14")
    >>> story.explain("en")
    'Cahors, as of 14 June 2019: unknown date'
    """

    instrument: Name = field(validator=instance_of(Name))
    as_of: Day = field(validator=is_day)
    problems: tuple[LocalProblem, ...] = field(validator=each(instance_of(LocalProblem)))
    ideas: tuple[Idea, ...] = field(validator=each(instance_of(Idea)))
    experiments: tuple[Experiment, ...] = field(validator=each(instance_of(Experiment)))
    without_idea: tuple[LocalProblem, ...] = field(validator=each(instance_of(LocalProblem)))
    untried: tuple[Idea, ...] = field(validator=each(instance_of(Idea)))
    without_outcome: tuple[Experiment, ...] = field(validator=each(instance_of(Experiment)))
    is_open: bool | None = field(validator=optional(flag))
    lasted: Quantity | None = field(validator=optional(instance_of(Quantity)))
    reason: MissingReason | None = field(default=None, validator=optional(instance_of(MissingReason)))
    outcome: str = field(default="", validator=trimmed)

    @property
    def message(self) -> Said:
        """Whether it is open and how long it lasted, then what was left open at each step, n of m."""
        content = clauses(self._lasted(), self._problems(), self._ideas(), self._experiments(), self.outcome)
        return about(content, self.instrument, as_of=self.as_of)

    def _lasted(self) -> Value | None:
        if self.lasted is None:
            return message("not launched yet") if self.reason is MissingReason.NOT_BEGUN else self.reason
        if self.is_open:
            return message("open for {days}", days=self.lasted)
        return message("closed after {days}", days=self.lasted)

    def _problems(self) -> Message | None:
        if not self.problems:
            return None
        return message("problems without an idea: {counted}", counted=_counted(self.without_idea, self.problems))

    def _ideas(self) -> Message | None:
        if not self.ideas:
            return None
        return message("ideas not tested: {counted}", counted=_counted(self.untried, self.ideas))

    def _experiments(self) -> Message | None:
        if not self.experiments:
            return None
        counted = _counted(self.without_outcome, self.experiments)
        return message("experiments without a result: {counted}", counted=counted)


def _counted(some: Sequence[_Step], every: Sequence[_Step]) -> Message:
    """Return the counts "n of m", with the names."""
    if not some:
        return message("{n} of {expected}", n=len(some), expected=len(every))
    names = items(*map(Name.of, some))
    return message("{n} of {expected} ({names})", n=len(some), expected=len(every), names=names)


@asked
def carte_blanche_summary(instrument: CarteBlanche, *, as_of: DayLike) -> CarteBlancheSummary:
    """
    Return a summary of a Carte blanche: problems without an idea, ideas not tried, experiments without an outcome.

    It is open from its launch to its closing; a date known to the month counts from its last day.
    Experiments count only if they had begun by the day, and outcomes only if their experiment had ended; an experiment
    whose period has no end continues.

    Raises:
        InvalidValueError: If *as_of* is not a valid date.

    >>> cahors = CarteBlanche(id="cahors", label="Cahors", problems=[LocalProblem(id="far", label="Guichets éloignés")])
    >>> [problem.id for problem in carte_blanche_summary(cahors, as_of="2019-06-14").without_idea]
    ['far']
    """
    asked = parse_day(as_of)
    launched, closed = _date(instrument.launched_on), _closing(instrument, asked)
    reason = _unknown(launched, closed, asked)
    begun = tuple(experiment for experiment in instrument.experiments if _has_begun(experiment, asked))
    answered = {problem for idea in instrument.ideas for problem in idea.problem_ids}
    tried = {idea for experiment in begun for idea in experiment.idea_ids}
    return CarteBlancheSummary(
        instrument=Name.of(instrument),
        as_of=asked,
        problems=instrument.problems,
        ideas=instrument.ideas,
        experiments=begun,
        without_idea=tuple(problem for problem in instrument.problems if problem.id not in answered),
        untried=tuple(idea for idea in instrument.ideas if idea.id not in tried),
        without_outcome=tuple(experiment for experiment in begun if not _has_outcome(experiment, asked)),
        is_open=False if closed is not None else True if reason is None else None,
        lasted=None if launched is None or reason is not None else _lasted(launched, closed or Period(asked)),
        reason=reason,
        outcome="" if closed is None else instrument.outcome,
    )


def _date(stated: Sourced[Period] | None) -> Period | None:
    return None if stated is None else stated.value


def _closing(instrument: CarteBlanche, as_of: Day) -> Period | None:
    """Return the date of the closing; `None` where it is unknown, or still to come."""
    closed = _date(instrument.closed_on)
    return None if closed is None or closed.known_by > as_of else closed


def _has_begun(experiment: Experiment, as_of: Day) -> bool:
    return experiment.period is None or experiment.period.starts_by(as_of)


def _has_outcome(experiment: Experiment, as_of: Day) -> bool:
    if experiment.period is None or not experiment.outcome:
        return bool(experiment.outcome)
    last = experiment.period.last_day
    return last is not None and last <= as_of


def _unknown(launched: Period | None, closed: Period | None, as_of: Day) -> MissingReason | None:
    """Return why the duration is unknown; a closed one had begun, however roughly its launch is known."""
    if launched is None:
        return MissingReason.NO_DATE
    if closed is not None:
        first = launched.first_day
        return MissingReason.CLOSED_BEFORE_BEGUN if first is not None and closed.is_before(first) else None
    return MissingReason.NOT_BEGUN if launched.known_by > as_of else None


def _lasted(launched: Period, closed: Period) -> Quantity:
    """Return the days between two dates, with bounds where one of them is known to the month or to the year."""
    first, last = launched.first_day, closed.first_day
    least = 0 if last is None else max(0, days_between(launched.known_by, last))
    if first is None:
        return Quantity.at_least(least, DAYS)
    return Quantity.between(least, max(least, days_between(first, closed.known_by)), DAYS)
