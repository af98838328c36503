"""
Weighted progress of a reform or a programme, from its parts; missing as soon as one weighted part is missing.

Source of the rule: PILOTE (`compute_ta_ch.sql`, `int_ponderation_reelle.sql`): weights declared by level, 0 where an
indicator does not apply, renormalised to 100; the weighted sum of bounded progress, each indicator at its own latest
date; no partial mean, and no value where all weights are zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from types import MappingProxyType

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.coverage import Covers
from levier.compute.exact import EXACT, HUNDRED, NumberLike, as_number
from levier.compute.indicators.measure import Progress
from levier.compute.indicators.rulesets import Ruleset, RulesetDifference
from levier.errors import InvalidValueError
from levier.errors.final import final
from levier.model._converters import TermOrNone
from levier.model._fields import hold_types
from levier.model.periods import Day, Period
from levier.model.quantities import PERCENT
from levier.wording.explained import Explained
from levier.wording.messages import about, clauses, items, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said, Value
from levier.wording.values import Name, Number

__all__ = ["Contribution", "WeightedProgress", "weighted_progress"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class Contribution(Explained):
    """
    The contribution of one part: its progress, its declared weight, its share of 100, and the resulting points.

    *detail* is the part's own result, with its own explanation.

    Attributes:
        name: The key of the part, such as the identifier of an indicator.
        label: The name of the part, as sentences write it.
        progress: The bounded progress of the part, from 0 to 100; `None` where it is missing.
        weight: The declared weight, relative to the other parts.
        share: The weight as a share of 100, once renormalised.
        points: The points of progress that the part adds to the whole.

    >>> weighted_progress({"a": 50, "b": 100}, {"a": 60, "b": 40}).contributions[0].points
    Decimal('30')
    """

    name: str
    label: Value
    progress: Decimal | None
    weight: Decimal
    share: Decimal | None
    points: Decimal | None
    detail: Progress | WeightedProgress | None = field(default=None, repr=False)

    @property
    def message(self) -> Said:
        """The progress of the part, or why it has none, and its weight, with its share of 100 where it has one."""
        weight = Number.trimmed(self.weight) if self.share is None else Number.trimmed(self.share, PERCENT)
        return message(
            "{name}: {progress} (weight {weight})", name=self.label, progress=self._progress(), weight=weight
        )

    def _progress(self) -> Said:
        if self.progress is not None:
            return Number.trimmed(self.progress, PERCENT)
        return items(message("not computable"), None if self.detail is None else self.detail.reason)


@final
@frozen(kw_only=True, field_transformer=by_type)
class WeightedProgress(Explained):
    """
    The progress of a reform or a programme: the weighted mean of its parts' bounded progress.

    *value* is `None` where *reason* says why; *unweighted* are the names of the parts that have no weight.
    *covers* is the programme with all that belongs to it, in the progress of a programme.

    Attributes:
        contributions: The contribution of each weighted part.
        subject: The name of the reform or the programme; `None` for bare numbers.
        territory: The name of the territory; `None` for bare numbers.
        as_of: The day of knowledge; `None` for bare numbers.
        ruleset: The ruleset of the computation, strict or PILOTE.
        differences: The rules by which the two rulesets differ for this progress.
        other_value: The value by the other ruleset, from 0 to 100.

    >>> result = weighted_progress({"a": 50, "b": 100}, {"a": 60, "b": 40})
    >>> result.value, result.missing
    (Decimal('70'), ())
    """

    value: Decimal | None
    reason: MissingReason | None = field(converter=TermOrNone[MissingReason])
    contributions: tuple[Contribution, ...]
    unweighted: tuple[str, ...] = ()
    subject: Name | None = field(default=None, repr=False)
    territory: Name | None = None
    as_of: Day | None = None
    ruleset: Ruleset = field(default=Ruleset.STRICT, converter=Ruleset)
    differences: tuple[RulesetDifference, ...] = ()
    other_value: Decimal | None = None
    covers: Covers | None = field(default=None, repr=False)

    @property
    def missing(self) -> tuple[str, ...]:
        """The weighted parts that have no progress."""
        return tuple(part.name for part in self.contributions if part.progress is None)

    @property
    def differs_from_pilote(self) -> bool:
        """Whether the two rulesets give different values."""
        return bool(self.differences)

    @property
    def period(self) -> Period | None:
        """The period of the latest actual value among the weighted parts; `None` where there is none."""
        periods = [_period_of(part.detail) for part in self.contributions]
        return max(
            (period for period in periods if period is not None), key=lambda period: period.last_month, default=None
        )

    @property
    def message(self) -> Said:
        """The progress, with the contribution of each part, or the parts that are missing."""
        below = None if self.covers is None else self.covers.sub_programmes
        content = clauses(self._share(), *(part.message for part in self.contributions), below)
        return about(content, self.subject, self.territory, as_of=self.as_of)

    def _share(self) -> Said:
        if self.value is None:
            return message("progress not computable ({reason})", reason=self.reason or MissingReason.NO_PROGRESS)
        return Number.trimmed(self.value, PERCENT)


hold_types(Contribution.__init__, WeightedProgress=WeightedProgress)


def _period_of(detail: Progress | WeightedProgress | None) -> Period | None:
    if isinstance(detail, Progress):
        return None if detail.actual is None else detail.actual.period
    return None if detail is None else detail.period


@asked
def weighted_progress(
    progress: Mapping[str, NumberLike | None],
    weights: Mapping[str, NumberLike],
    *,
    labels: Mapping[str, Value] = MappingProxyType({}),
) -> WeightedProgress:
    """
    Return the weighted mean of *progress*, by name; a part without a weight does not count.

    Weights are relative; the mean is missing as soon as one weighted part is.
    *labels* are the display names of the parts, a text or a `Name`; a part without one is shown under its key.

    Raises:
        InvalidValueError: For a float, NaN or infinity, or a negative weight; names the part.

    >>> weighted_progress({"a": 50, "b": None}, {"a": 60, "b": 40}).reason
    <MissingReason.PART_WITHOUT_PROGRESS: 'part-without-progress'>
    """
    known = {name: as_number(value, "weighted_progress.progress", name) for name, value in progress.items()}
    declared = {name: _weight(weights.get(name, 0), name) for name in known}
    counted = [name for name, weight in declared.items() if weight]
    with localcontext(EXACT):
        total = sum((declared[name] for name in counted), Decimal(0))
        parts = tuple(
            _contribution(name, labels.get(name, name), known[name], declared[name], total) for name in counted
        )
        points = [part.progress * part.weight for part in parts if part.progress is not None]
        complete = bool(parts) and len(points) == len(parts)
        value = sum(points, Decimal(0)) / total if complete else None
    reason = None if complete else MissingReason.PART_WITHOUT_PROGRESS if parts else MissingReason.NO_WEIGHT
    return WeightedProgress(
        value=value,
        reason=reason,
        contributions=parts,
        unweighted=tuple(name for name in known if name not in counted),
    )


def _weight(given: NumberLike, name: str) -> Decimal:
    weight = as_number(given, "weighted_progress.weights", name) or Decimal(0)
    if weight < 0:
        raise InvalidValueError("weighted_progress.weights", weight, "a weight of at least zero", name)
    return weight


def _contribution(name: str, label: Value, value: Decimal | None, weight: Decimal, total: Decimal) -> Contribution:
    return Contribution(
        name=name,
        label=label,
        progress=value,
        weight=weight,
        share=weight * HUNDRED / total,
        points=None if value is None else value * weight / total,
    )
