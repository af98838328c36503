"""The share of a campus's sessions held outside a territory, counted and compared with the stated share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.coverage import Coverage
from levier.compute.exact import EXACT
from levier.compute.instruments.counts import PlacedCount, is_outside
from levier.compute.statements.known import known
from levier.errors import InvalidValueError
from levier.errors.final import final
from levier.model._fields import instance_of, optional
from levier.model.figures import Figure
from levier.model.identifiers import TerritoryId
from levier.model.instruments import Campus, CampusSession
from levier.model.periods import DayLike, Period, PeriodLike
from levier.model.portfolio import Portfolio
from levier.model.quantities import PERCENT, SHARE, Quantity
from levier.wording.explained import Explained
from levier.wording.messages import Message, about, clauses, items, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said, Value
from levier.wording.values import Name, Number

__all__ = ["PARIS", "ShareOutside", "share_outside"]

PARIS = TerritoryId("75")
"""Paris as a department: its municipality and its arrondissements stand below it."""

_STATED_OF_PARIS = "outside-paris"


@final
@frozen(kw_only=True, field_transformer=by_type)
class ShareOutside(Explained):
    """
    The share of a campus's sessions held outside a territory, with the share that a source states.

    *sessions* counts sessions, *attendance* people, `None` where there is no session, or one without attendance; both
    count a session without a known place as undecided.
    *coverage* lists the sessions that could be placed; *reason* and *attendance_reason* say why a share is missing.
    *is_compatible* tells whether the sessions agree with the stated share; `None` where no share is stated, where there
    is no session, or where the answer depends on the undecided sessions.

    Attributes:
        campus: The name of the campus.
        territory: The name of the territory.
        stated: The share that a source states, as a figure of the campus.
        source_name: The name of the source that states it.

    >>> from levier import catalogue
    >>> share = share_outside(catalogue.action_publique_2022(), "campus")
    >>> print(share.explain("en"))
    Campus de la transformation, sessions outside Paris: no known session;
    published figure: plus de 2/3 (Le regard de Thomas Cazenave, ...)
    """

    campus: Name = field(validator=instance_of(Name))
    territory: Name = field(validator=instance_of(Name))
    sessions: PlacedCount = field(validator=instance_of(PlacedCount))
    attendance: PlacedCount | None = field(validator=optional(instance_of(PlacedCount)))
    coverage: Coverage = field(validator=instance_of(Coverage))
    reason: MissingReason | None = field(default=None, validator=optional(instance_of(MissingReason)))
    attendance_reason: MissingReason | None = field(default=None, validator=optional(instance_of(MissingReason)))
    stated: Figure | None = field(default=None, validator=optional(instance_of(Figure)))
    source_name: Name | None = field(default=None, validator=optional(instance_of(Name)), eq=False, repr=False)

    @property
    def share(self) -> Decimal | None:
        """The share of the sessions, from 0 to 1; `None` where *reason* says why."""
        return self.sessions.share

    @property
    def is_compatible(self) -> bool | None:
        """Whether the counted share lies within the stated bounds."""
        counted, stated = self.sessions.bounds, None if self.stated is None else _as_share(self.stated.value.value)
        return None if counted is None or stated is None else _within(counted, stated)

    @property
    def message(self) -> Said:
        """The shares with their counts, the stated share, and whether the two agree."""
        share = None if self.share is None else Number(EXACT.scaleb(self.share, 2), PERCENT, 1)
        content = clauses(share, self._located(), self._by_attendance(), self._stated(), self._compatible())
        return about(content, self.campus, message("sessions outside {territory}", territory=self.territory))

    def _located(self) -> Said | None:
        if not self.coverage.expected:
            return None if self.reason is None else items(self.reason)
        if self.reason is not None:
            return about(self.coverage.message, self.reason)
        return message("sessions with a known location: {coverage}", coverage=self.coverage.message)

    def _by_attendance(self) -> Value | None:
        if self.share is None or self.attendance is None or self.attendance_reason is not None:
            return None if self.share is None else self.attendance_reason
        return message("by attendance: {share}", share=self.attendance.message)

    def _stated(self) -> Message | None:
        if self.stated is None:
            return None
        fact = self.stated.value
        source = self.source_name or fact.source_id
        return message("published figure: {figure} ({source})", figure=fact.value.stated or fact.value, source=source)

    def _compatible(self) -> Message | None:
        if self.is_compatible is None:
            return None
        if self.is_compatible:
            return message("consistent with the published figure")
        return message("not consistent with the published figure")


def _as_share(quantity: Quantity) -> Quantity | None:
    """Return a stated quantity as a share, from 0 to 1; `None` where it has no bounds or is not a share."""
    if quantity.approximate or quantity.unit not in (SHARE, PERCENT):
        return None
    return quantity if quantity.unit == SHARE else quantity * Decimal("0.01")


def _within(counted: Quantity, stated: Quantity) -> bool | None:
    low, high = counted.lower or Decimal(0), counted.upper or Decimal(0)
    least = Decimal(0) if stated.lower is None else stated.lower
    most = Decimal(1) if stated.upper is None else stated.upper
    if least <= low and high <= most:
        return True
    return False if high < least or most < low else None


@asked
def share_outside(  # noqa: PLR0913  # campus, place, period, figure and day
    portfolio: Portfolio,
    campus_id: str,
    *,
    of: str = PARIS,
    during: PeriodLike | None = None,
    stated: str | None = None,
    as_of: DayLike | None = None,
) -> ShareOutside:
    """
    Return the share of a campus's sessions held outside a territory, by default Paris.

    *during* keeps the sessions that begin in a period.
    *stated* names the figure of the campus to compare with: `outside-paris` by default for Paris, none for another
    territory. "More than two thirds" is compared with the lower bound of the figure, which is included.
    *as_of* is the day of knowledge; `None` uses everything recorded.

    Raises:
        UnknownItemError: For a campus or a territory that the portfolio does not hold.
        InvalidValueError: For an instrument that is not a campus, an unknown figure, or an invalid day.

    >>> from levier import Territory
    >>> places = [Territory(id="75", label="Paris"), Territory(id="46", label="Lot")]
    >>> campus = Campus(id="campus", label="Campus")
    >>> held = [
    ...     CampusSession(id=f"s{n}", label="S", campus_id="campus", territory_id=place, period="2019-03-05")
    ...     for n, place in enumerate(["46", "46", "46", "75"])
    ... ]
    >>> share_outside(Portfolio.of(campus, *places, *held), "campus").explain("en")
    'Campus, sessions outside Paris: 75.0%; sessions with a known location: 4 of 4; attendance not ...'
    """
    portfolio = known(portfolio, as_of)
    campus = portfolio.instruments[campus_id]
    if not isinstance(campus, Campus):
        raise InvalidValueError("share_outside", campus_id, "the identifier of a campus", "campus_id")
    territory = portfolio.territories[of]
    sessions = _sessions(portfolio, campus, during)
    sides: dict[str, bool | None] = {
        session.id: is_outside(portfolio, session.territory_id, territory) for session in sessions
    }
    counts = Counter(sides.values())
    placed = PlacedCount(outside=counts[True], inside=counts[False], undecided=counts[None])
    attendance = _attendance(sessions, sides)
    names: dict[str, Name] = {session.id: Name.of(session) for session in sessions}
    figure = _figure(campus, stated, of)
    reason = MissingReason.NO_SESSION if not sessions else None if placed.placed else MissingReason.NO_PLACE
    return ShareOutside(
        campus=Name.of(campus),
        territory=Name.of(territory),
        sessions=placed,
        attendance=attendance,
        coverage=Coverage.of({name: side is not None for name, side in sides.items()}, names),
        reason=reason,
        attendance_reason=reason or _why_no_share(attendance),
        stated=figure,
        source_name=None if figure is None else Name.of(portfolio.sources[figure.value.source_id]),
    )


def _sessions(portfolio: Portfolio, campus: Campus, during: PeriodLike | None) -> list[CampusSession]:
    within = None if during is None else Period(during)
    return [
        session
        for session in portfolio.instruments.values()
        if isinstance(session, CampusSession)
        and session.campus_id == campus.id
        and (within is None or (session.period.first_day is not None and within.covers(session.period.first_day)))
    ]


def _attendance(sessions: list[CampusSession], sides: Mapping[str, bool | None]) -> PlacedCount | None:
    """Return the number of people on each side; `None` without sessions, or where one has no attendance."""
    counts: Counter[bool | None] = Counter()
    for session in sessions:
        if session.attendance is None:
            return None
        counts[sides[session.id]] += session.attendance
    return PlacedCount(outside=counts[True], inside=counts[False], undecided=counts[None]) if sessions else None


def _why_no_share(attendance: PlacedCount | None) -> MissingReason | None:
    if attendance is None:
        return MissingReason.NO_ATTENDANCE
    if attendance.placed:
        return None
    return MissingReason.NOBODY_PLACED if attendance.undecided else MissingReason.NOBODY_CAME


def _figure(campus: Campus, name: str | None, of: str) -> Figure | None:
    wanted = name or (_STATED_OF_PARIS if of == PARIS else "")
    found = next((figure for figure in campus.figures if figure.id == wanted), None)
    if name is not None and found is None:
        raise InvalidValueError(f"Campus {campus.id!r}", name, "the identifier of one of its figures", "stated")
    return found
