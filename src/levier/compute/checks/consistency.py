"""Rules on what cannot all be right: dates out of order, a reference to the wrong kind of thing, numbers that grow."""

from __future__ import annotations

from collections.abc import Iterator

from levier.compute.checks.rules import Found, worded
from levier.compute.findings import Severity
from levier.compute.plan.teams import stages_with_before
from levier.model.events import Risk
from levier.model.instruments import Campus, CampusSession, CarteBlanche, ChallengeCall
from levier.model.periods import Day, Period
from levier.model.portfolio import Portfolio
from levier.model.quantities import Quantity
from levier.model.sources import Sourced
from levier.wording.messages import message
from levier.wording.values import Name

__all__ = ["closed_before_begun", "session_of_no_campus", "stage_with_more_teams"]


@worded("closed-before-begun", Severity.WARNING, remedy=message("Correct the wrong date."))
def closed_before_begun(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """
    Find the Cartes blanches and the risks that were closed before they began.

    >>> dates = {"launched_on": "2020-03", "closed_on": "2019-01"}
    >>> said = {name: Sourced(value=Period(date), source_id="note") for name, date in dates.items()}
    >>> from levier import Source
    >>> plan = Portfolio.of(Source(id="note", title="Note"), CarteBlanche(id="cahors", label="Cahors", **said))
    >>> [finding.subject for finding in closed_before_begun(plan, Day(2020, 6, 14))]
    ['instruments/cahors']
    """
    for path, thing, begun in _what_closes(portfolio):
        closed = thing.closed_on
        if begun is not None and closed is not None and closed.value.is_before(begun.value.first_day):
            named = Name.of(thing)
            yield (
                path,
                message(
                    "'{thing}' was closed ({closed}) before it began ({begun}).",
                    thing=named,
                    closed=closed.value,
                    begun=begun.value,
                ),
            )


@worded("session-of-no-campus", Severity.WARNING, remedy=message("Attach it to the campus that held it."))
def session_of_no_campus(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find the campus sessions that name an instrument of another kind as their campus."""
    for session in portfolio.instruments.values():
        if isinstance(session, CampusSession):
            named = portfolio.instruments[session.campus_id]
            if not isinstance(named, Campus):
                yield (
                    f"instruments/{session.id}",
                    message(
                        "The session '{session}' belongs to '{instrument}', which is not a campus.",
                        session=Name.of(session),
                        instrument=Name.of(named),
                    ),
                )


@worded(
    "stage-with-more-teams",
    Severity.WARNING,
    remedy=message("Correct one of the two numbers: a stage counts only the remaining teams."),
)
def stage_with_more_teams(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find the stages of challenge calls that have more teams than the stage before, or than applied."""
    for call in portfolio.instruments.values():
        if isinstance(call, ChallengeCall):
            for place, (stage, before) in enumerate(stages_with_before(call)):
                if stage.teams is not None and before is not None and _surely_more(stage.teams, before):
                    yield (
                        f"instruments/{call.id}/stages/{place}",
                        message(
                            "'{call}', {stage}: more teams ({teams}) than before ({before}).",
                            call=Name.of(call),
                            stage=stage.phase,
                            teams=stage.teams,
                            before=before,
                        ),
                    )


def _what_closes(portfolio: Portfolio) -> Iterator[tuple[str, CarteBlanche | Risk, Sourced[Period] | None]]:
    """Yield all that has a closing, with the path to it and the date of its beginning."""
    for instrument in portfolio.instruments.values():
        if isinstance(instrument, CarteBlanche):
            yield f"instruments/{instrument.id}", instrument, instrument.launched_on
    for name in ("programmes", "reforms", "projects"):
        for owner in getattr(portfolio, name).values():
            for risk in owner.risks:
                yield f"{name}/{owner.id}/risks/{risk.id}", risk, risk.on


def _surely_more(teams: Quantity, before: Quantity) -> bool:
    """Say whether one number is above another wherever both lie within their bounds; "about" has none."""
    if teams.approximate or before.approximate or teams.lower is None or before.upper is None:
        return False
    return teams.lower > before.upper
