"""The size that an effect is meant to have by a horizon, and how much of it an indicator has moved."""

from __future__ import annotations

from decimal import Decimal

from attrs import evolve, field, frozen

from levier.compute._types import by_type
from levier.compute.exact import EXACT
from levier.compute.indicators.paths import PathShape, expected_path, unit_of_difference
from levier.compute.indicators.select import ObservationSelection
from levier.compute.levers.moves import periods_of
from levier.errors.final import final
from levier.model._converters import TermOrNone
from levier.model.levers import IntendedEffect, has_end
from levier.model.periods import Period, as_period
from levier.model.quantities import PERCENT, Exactness, Quantity, Unit
from levier.wording.messages import Message, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said
from levier.wording.values import Number

__all__ = ["Horizon", "HorizonSize", "observed_by", "size_by", "with_observed"]

_WHOLE = Decimal(100)


@final
@frozen(kw_only=True, field_transformer=by_type)
class Horizon:
    """
    The horizon that a question is about, and how sizes run between two horizons that sources state.

    Attributes:
        period: The period at whose end an effect is meant to have its size.
        shape: How a size runs between two horizons; `None` interpolates nothing.

    Raises:
        InvalidValueError: If the period has no end.

    >>> Horizon(period="2030").period.last_day
    Date(2030, 12, 31)
    """

    period: Period = field(converter=as_period, validator=has_end)
    shape: PathShape | None = field(default=None, converter=TermOrNone[PathShape])


@final
@frozen(kw_only=True, field_transformer=by_type)
class HorizonSize:
    """
    The change that an effect is meant to bring by a horizon, and what part of it has come.

    Attributes:
        horizon: The period at whose end the effect is meant to have this size.
        change: The intended change, negative for a decrease; `None` if no source states it.
        percent: The observed change, in percent of the intended one; `None` where it is unknown.
        reason: Why *change* or *percent* is missing; `None` where neither is.
        shape: How the size was interpolated between two horizons; `None` if a source states it.

    >>> HorizonSize(horizon=Period("2035"), reason=MissingReason.NO_SIZE).message.say("en")
    'intended by 2035: no size stated'
    """

    horizon: Period
    change: Quantity | None = None
    percent: Decimal | None = None
    reason: MissingReason | None = None
    shape: PathShape | None = None

    @property
    def message(self) -> Said:
        """The intended size, and the part of it that has come, or why it is unknown."""
        if self.change is None:
            return message("intended by {horizon}: {reason}", horizon=self.horizon, reason=self.reason or "")
        size = self._size(self.change)
        if self.percent is None:
            return message("{size}, of which an unknown part has come ({reason})", size=size, reason=self.reason or "")
        percent = Number.trimmed(self.percent.copy_abs(), PERCENT, 1, _WHOLE)
        if self.percent < 0:
            return message("{size}; moved the other way, by {percent} of it", size=size, percent=percent)
        return message("{size}, of which {percent} has come", size=size, percent=percent)

    def _size(self, change: Quantity) -> Message:
        if self.shape is None:
            return message("change intended by {horizon}: {change}", horizon=self.horizon, change=change)
        return message(
            "change intended by {horizon}: {change} ({shape} between two horizons)",
            horizon=self.horizon,
            change=change,
            shape=self.shape,
        )


def observed_by(chosen: ObservationSelection, horizon: Period) -> ObservationSelection:
    """
    Return a selection without the actual values that are later than a horizon.

    >>> from levier import Observation
    >>> rows = [Observation(indicator_id="i", period=year, kind="actual", value=1) for year in ("2030", "2031")]
    >>> [str(row.period) for row in observed_by(ObservationSelection(actuals=tuple(rows)), Period("2030-12")).actuals]
    ['2030']
    """
    end = horizon.known_by
    kept = tuple(
        point
        for point in chosen.actuals
        if all(period.last_day is not None and period.last_day <= end for period in periods_of(point))
    )
    return evolve(chosen, actuals=kept)


def size_by(intended: IntendedEffect, horizon: Horizon) -> HorizonSize:
    """
    Return the change that an effect is meant to bring by a horizon.

    Between two horizons that sources state, it is unknown unless the shape is given; before the first and after the
    last one, it is unknown.

    >>> from levier.model.levers import EffectHorizon
    >>> sizes = [EffectHorizon(period=p, size=Quantity.exact(n, "MtCO2e")) for p, n in (("2030", -3), ("2040", -8))]
    >>> effect = IntendedEffect(indicator_id="emissions", horizons=sizes)
    >>> size_by(effect, Horizon(period="2035")).change is None
    True
    >>> print(size_by(effect, Horizon(period="2035", shape="linear")).change)
    -5.5 MtCO2e
    """
    stated = intended.meant(horizon.period)
    if stated is not None:
        return HorizonSize(horizon=horizon.period, change=stated)
    between = None if horizon.shape is None else _between(intended, horizon.period, horizon.shape)
    if between is None:
        return HorizonSize(horizon=horizon.period, reason=MissingReason.NO_SIZE)
    return HorizonSize(horizon=horizon.period, change=between, shape=horizon.shape)


def with_observed(size: HorizonSize, change: Decimal | None, reason: MissingReason | None, unit: Unit) -> HorizonSize:
    """
    Return an intended size with the part of it that an observed change of an indicator in *unit* is.

    *reason* says why *change* is missing.

    >>> size = HorizonSize(horizon=Period("2030"), change=Quantity.exact(-4, "days"))
    >>> with_observed(size, Decimal(-1), None, Unit("days")).percent
    Decimal('25')
    """
    if size.change is None:
        return size
    why = reason if change is None else _why_no_part(size.change, unit)
    if change is None or why is not None:
        return evolve(size, reason=why)
    return evolve(size, percent=EXACT.divide(EXACT.multiply(change, _WHOLE), size.change.value))


def _between(intended: IntendedEffect, horizon: Period, shape: PathShape) -> Quantity | None:
    """Return the size on the path through the horizons; `None` outside it, and where their sizes make no path."""
    sizes = {stated.period.last_month: intended.meant(stated.period) for stated in intended.horizons}
    exact = {month: size for month, size in sizes.items() if size is not None and size.exactness is Exactness.EXACT}
    units = {size.unit for size in exact.values()}
    if len(exact) < len(intended.horizons) or len(units) != 1 or horizon.last_month > max(exact):
        return None
    points = [(stated.period, exact[stated.period.last_month].value) for stated in intended.horizons]
    found = expected_path(points, shape).at(horizon)
    return None if found is None else Quantity.exact(found, units.pop())


def _why_no_part(size: Quantity, unit: Unit) -> MissingReason | None:
    if size.unit not in (unit, unit_of_difference(unit)):
        return MissingReason.SIZE_IN_ANOTHER_UNIT
    if size.exactness is not Exactness.EXACT:
        return MissingReason.INEXACT_SIZE
    return None if size.value else MissingReason.NO_DENOMINATOR
