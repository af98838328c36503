"""One indicator in one territory on a day: all its results, computed from the same values."""

from __future__ import annotations

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.indicators.attainment import Attainment, attainment_of
from levier.compute.indicators.freshness import Freshness, freshness_of
from levier.compute.indicators.measure import Progress
from levier.compute.indicators.paths import Distance, ExpectedPath
from levier.compute.indicators.points import part_of
from levier.compute.indicators.progress import progress_of
from levier.compute.indicators.rulesets import Ruleset
from levier.compute.indicators.status import IndicatorStatus, path_of, previous_progress_of, status_of
from levier.compute.statements.known import known
from levier.errors.final import final
from levier.model.dimensions import BreakdownCode, BreakdownLike
from levier.model.periods import Day, DayLike, parse_day
from levier.model.portfolio import Portfolio
from levier.model.territories import NATION
from levier.wording.explained import Explained
from levier.wording.said import Said

__all__ = ["FollowedIndicator", "follow"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class FollowedIndicator(Explained):
    """
    An indicator followed in a territory, as known on a day; each property is computed on first access.

    It keeps a reference to the portfolio, so do not store or serialise it: keep its results, which are plain values.

    Attributes:
        portfolio: The portfolio that holds the indicator.
        indicator_id: The identifier of the indicator.
        territory_id: The identifier of the territory, such as `46`.
        as_of: The day of knowledge: what was recorded later is ignored.
        ruleset: The ruleset of its progress, strict or PILOTE.
        breakdown: The part of the whole that is followed; empty for the whole.

    >>> from levier import catalogue
    >>> time = follow(catalogue.action_publique_2022(), "p349-appraisal-time", as_of="2022-12-31")
    >>> time.attainment(2020).verdict.label("en"), time.progress.reason.value
    ('not met and not improved', 'no-baseline')
    """

    portfolio: Portfolio = field(repr=False)
    indicator_id: str
    territory_id: str
    as_of: Day
    ruleset: Ruleset = field(converter=Ruleset)
    breakdown: tuple[BreakdownCode, ...] = ()

    @property
    def progress(self) -> Progress:
        """How far the indicator has come from its baseline to its final target."""
        return progress_of(*self._asked, as_of=self.as_of, ruleset=self.ruleset, breakdown=self.breakdown)

    @property
    def previous(self) -> Progress | None:
        """The progress before the last actual value; `None` where there is but one."""
        return previous_progress_of(*self._asked, as_of=self.as_of, ruleset=self.ruleset, breakdown=self.breakdown)

    @property
    def status(self) -> IndicatorStatus:
        """The status of the indicator among its peers and against its own past and path."""
        return status_of(*self._asked, as_of=self.as_of, ruleset=self.ruleset, breakdown=self.breakdown)

    @property
    def freshness(self) -> Freshness:
        """Whether its data is up to date."""
        return freshness_of(*self._asked, as_of=self.as_of, breakdown=self.breakdown)

    @property
    def path(self) -> ExpectedPath | None:
        """The straight line from its baseline to its final target; `None` where `status.track` says why."""
        return path_of(*self._asked, as_of=self.as_of, breakdown=self.breakdown)

    @property
    def distance(self) -> Distance | None:
        """The distance to its target, in its unit; `None` where the value or the target is missing."""
        return self.status.distance

    def attainment(self, year: int) -> Attainment:
        """Return whether the indicator met its target of a calendar year."""
        return attainment_of(
            self.portfolio,
            self.indicator_id,
            year,
            self.territory_id,
            as_of=self.as_of,
            breakdown=self.breakdown,
        )

    @property
    def _asked(self) -> tuple[Portfolio, str, str]:
        return self.portfolio, self.indicator_id, self.territory_id

    @property
    def message(self) -> Said:
        """The full status."""
        return self.status.message

    @property
    def headline(self) -> Said:
        """The progress."""
        return self.progress.headline


@asked
def follow(  # noqa: PLR0913  # each is an option
    portfolio: Portfolio,
    indicator_id: str,
    *,
    territory_id: str = NATION,
    as_of: DayLike,
    ruleset: Ruleset | str = Ruleset.STRICT,
    breakdown: BreakdownLike = (),
) -> FollowedIndicator:
    """
    Return an indicator to follow in a territory, as known on the day *as_of*.

    *breakdown* follows a part of the whole, such as `{"sex": "F"}`.

    Raises:
        UnknownItemError: For an indicator, a territory, a dimension or a code that the portfolio does not hold, or did
            not on that day.
        InvalidValueError: For a malformed day, or an unknown ruleset.

    >>> from levier import catalogue
    >>> str(follow(catalogue.action_publique_2022(), "p349-selectivity", as_of="2022-12-31").freshness.last)
    '2019-06-20'
    """
    day = parse_day(as_of)
    then = known(portfolio, day)
    return FollowedIndicator(
        portfolio=then,
        indicator_id=then.indicators[indicator_id].id,
        territory_id=then.territories[territory_id].id,
        as_of=day,
        ruleset=Ruleset(ruleset),
        breakdown=part_of(then, breakdown),
    )
