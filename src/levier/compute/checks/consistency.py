"""
Rules on contradictions: cycles, dates out of order, references to the wrong kind of thing, rising numbers of teams.

A missing parent is not checked here, because `Portfolio` rejects every dangling reference on construction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from attrs import fields

from levier.compute.checks.rules import Found, RuleSet, rule
from levier.compute.findings import Severity
from levier.compute.instruments.challenges import stages_with_before
from levier.model.events import Risk
from levier.model.instruments import Campus, CampusSession, CarteBlanche, ChallengeCall
from levier.model.periods import Day, Period
from levier.model.portfolio import Portfolio
from levier.model.quantities import Quantity
from levier.model.registry import Registry
from levier.model.sources import Sourced
from levier.model.trees import circles
from levier.wording.messages import message
from levier.wording.said import Said
from levier.wording.values import Name

__all__ = [
    "circular_hierarchy",
    "circular_succession",
    "closed_before_begun",
    "session_of_no_campus",
    "stage_with_more_teams",
    "two_head_offices",
]


@rule(
    "circular-hierarchy",
    Severity.WARNING,
    RuleSet.HIERARCHY,
    remedy=message("Attach one of them elsewhere, or detach it."),
)
def circular_hierarchy(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """
    Find cycles of parents, in every registry whose items have a parent.

    Each arrow points to the parent.

    >>> from levier import Lever
    >>> plan = Portfolio.of(Lever(id="a", label="A", parent_id="b"), Lever(id="b", label="B", parent_id="a"))
    >>> [str(finding) for finding in circular_hierarchy(plan, Day(2019, 6, 14))]
    ["Circular hierarchy: 'A' → 'B' → 'A'."]
    """
    for attribute in fields(Portfolio):
        held = getattr(portfolio, attribute.name)
        if isinstance(held, Registry):
            parents = {item.id: getattr(item, "parent_id", None) for item in held.values()}
            links = {identifier: () if parent is None else (parent,) for identifier, parent in parents.items()}
            for path, circle in _circles(attribute.name, held, links):
                yield path, message("Circular hierarchy: {circle}.", circle=circle)


@rule("circular-succession", Severity.WARNING, RuleSet.HIERARCHY, remedy=message("Remove the wrong predecessor."))
def circular_succession(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find organisations that succeed each other in a cycle; each arrow points to a predecessor."""
    bodies = portfolio.organisations
    links = {body.id: body.predecessor_ids for body in bodies.values()}
    for path, circle in _circles("organisations", bodies, links):
        yield path, message("Circular succession: {circle}.", circle=circle)


@rule("closed-before-begun", Severity.WARNING, RuleSet.CONSISTENCY, remedy=message("Correct the wrong date."))
def closed_before_begun(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """
    Find Cartes blanches and risks that were closed before they began.

    >>> dates = {"launched_on": "2020-03", "closed_on": "2019-01"}
    >>> said = {name: Sourced(value=Period(date), source_id="note") for name, date in dates.items()}
    >>> from levier import Source
    >>> plan = Portfolio.of(Source(id="note", title="Note"), CarteBlanche(id="cahors", label="Cahors", **said))
    >>> [finding.subject for finding in closed_before_begun(plan, Day(2020, 6, 14))]
    ['instruments/cahors']
    """
    for path, thing, begun in _what_closes(portfolio):
        closed, first = thing.closed_on, None if begun is None else begun.value.first_day
        if begun is not None and closed is not None and first is not None and closed.value.is_before(first):
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


@rule(
    "session-of-no-campus",
    Severity.WARNING,
    RuleSet.CONSISTENCY,
    remedy=message("Attach it to the campus that held it."),
)
def session_of_no_campus(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find campus sessions whose campus is an instrument of another kind."""
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


@rule(
    "stage-with-more-teams",
    Severity.WARNING,
    RuleSet.CONSISTENCY,
    remedy=message("Correct one of the two numbers: a stage counts only the remaining teams."),
)
def stage_with_more_teams(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find stages of challenge calls that have more teams than the stage before, or than there were applications."""
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


@rule(
    "two-head-offices",
    Severity.WARNING,
    RuleSet.CONSISTENCY,
    remedy=message("Correct the dates: a body has one head office on a day."),
)
def two_head_offices(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """
    Find organisations of which two establishments are the head office on the same day.

    Where one ends in the year in which the next begins, both may be dated to the year, and there is no finding.
    """
    for body in portfolio.organisations.values():
        dated = [(one.head_office, one.siret) for one in body.establishments if one.head_office is not None]
        for (period, siret), (later, other) in pairwise(sorted(dated)):
            last = period.last_day
            if period.overlaps(later) and (last is None or last.year != later.year):
                yield (
                    f"organisations/{body.id}",
                    message(
                        "'{body}' has two head offices on the same day: {siret} ({period}) and {other} ({later}).",
                        body=Name.of(body),
                        siret=siret,
                        period=period,
                        other=other,
                        later=later,
                    ),
                )


def _circles(name: str, held: Registry[Any], links: Mapping[Any, Iterable[str]]) -> Iterator[tuple[str, Said]]:
    """Yield the path of the first item of each cycle, and its items in order, the first repeated at the end."""
    for members in circles(links):
        first, other, *more = (Name.of(held[member]) for member in (*members, members[0]))
        around = message("'{before}' → '{after}'", before=first, after=other)
        for following in more:
            around = message("{before} → '{after}'", before=around, after=following)
        yield f"{name}/{members[0]}", around


def _what_closes(portfolio: Portfolio) -> Iterator[tuple[str, CarteBlanche | Risk, Sourced[Period] | None]]:
    """Yield everything that can be closed, with its path and the date of its beginning."""
    for instrument in portfolio.instruments.values():
        if isinstance(instrument, CarteBlanche):
            yield f"instruments/{instrument.id}", instrument, instrument.launched_on
    for name in ("programmes", "reforms", "projects"):
        for owner in getattr(portfolio, name).values():
            for risk in owner.risks:
                yield f"{name}/{owner.id}/risks/{risk.id}", risk, risk.on


def _surely_more(teams: Quantity, before: Quantity) -> bool:
    """Return whether one number is above another wherever both lie within their bounds; "about" has no bounds."""
    if teams.approximate or before.approximate or teams.lower is None or before.upper is None:
        return False
    return teams.lower > before.upper
