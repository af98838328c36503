"""Numbers about a fund, with their coverage, and the reason where there is none."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from attrs import field, frozen

from levier.compute._types import by_type
from levier.compute.budget.amounts import Label
from levier.compute.coverage import Coverage
from levier.compute.exact import EXACT
from levier.errors.final import final
from levier.model._converters import TermOrNone
from levier.model.identifiers import SourceId
from levier.model.quantities import PERCENT, Unit
from levier.wording.explained import Explained
from levier.wording.messages import about, clauses, items, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said
from levier.wording.values import Number

__all__ = ["FundMetric", "measured_over"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class FundMetric(Explained):
    """
    A number with its unit and its coverage; `None` where *reason* says why.

    *coverage* lists what the number is computed from, and what could not be used because data is missing; *disputed*
    names what was left out because documents contradict each other and none prevails.
    *label* is its name; a `Label` words it otherwise for a negative number, which is then written without its sign.

    Attributes:
        value: The number, in *unit*; `None` where it is missing.
        unit: The unit, such as `%`, `days` or `euros`.
        source_ids: The identifiers of the documents behind it.

    >>> found = Coverage(reported=("a",), missing=("b",))
    >>> FundMetric(label=message("projects completed"), value=Decimal(72), unit=PERCENT, coverage=found).explain("en")
    'projects completed: 72.0%; 1 of 2 (missing b)'
    """

    label: Said
    value: Decimal | None
    unit: Unit
    coverage: Coverage
    reason: MissingReason | None = field(default=None, converter=TermOrNone[MissingReason])
    source_ids: tuple[SourceId, ...] = ()
    disputed: tuple[str, ...] = ()

    @property
    def message(self) -> Said:
        """The number, or why there is none, its coverage, and what is disputed."""
        disputed = message("disputed: {names}", names=items(*self.disputed)) if self.disputed else None
        return clauses(self._number, self.coverage.message, disputed)

    @property
    def _number(self) -> Said:
        if self.value is None:
            return about(items(self.reason), self.label)
        below = self.label.below if isinstance(self.label, Label) and self.value < 0 else None
        value = self.value if below is None else self.value.copy_abs()
        return about(Number(value, self.unit, 1), below or self.label)


def measured_over(values: Iterable[tuple[str, Decimal | None]], *, label: Said, unit: Unit = PERCENT) -> FundMetric:
    """
    Return the median of the known values among *values*, given by name.

    Of an even number of values, the median is the mean of the two in the middle.

    >>> measured_over([("a", Decimal(2)), ("b", None), ("c", Decimal(3))], label=message("projects completed")).value
    Decimal('2.5')
    """
    given = tuple(values)
    known = sorted(number for _, number in given if number is not None)
    coverage = Coverage(
        reported=tuple(name for name, number in given if number is not None),
        missing=tuple(name for name, number in given if number is None),
    )
    if not known:
        return FundMetric(label=label, value=None, unit=unit, coverage=coverage, reason=MissingReason.NOT_PUBLISHED)
    middle = EXACT.add(known[(len(known) - 1) // 2], known[len(known) // 2])
    median = EXACT.divide(middle, Decimal(2))
    return FundMetric(label=label, value=median, unit=unit, coverage=coverage)
