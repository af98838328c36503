"""Findings about a programme, a reform or a project, and about all that belongs to it: its indicators, its awards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import final

from attrs import frozen

from levier.compute._types import by_type
from levier.compute.checks.rules import Rule
from levier.compute.checks.sets import RULES, check
from levier.compute.findings import Finding
from levier.compute.indicators.covers import Covers
from levier.compute.statements.known import known
from levier.model.belonging import Owner, Subtree, path_of
from levier.model.periods import Day, DayLike, parse_day
from levier.model.portfolio import Portfolio
from levier.wording.explained import Explained
from levier.wording.messages import Listing, message
from levier.wording.said import Said
from levier.wording.values import Name

__all__ = ["PlanFindings", "findings_about", "findings_of"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class PlanFindings(Explained):
    """
    What was found about a programme, a reform or a project and all that belongs to it, on a day.

    *covers* is what the findings are about, with the indicators it follows and the awards of its projects.

    Attributes:
        subject: What it is about.
        as_of: The day as of which it is known.
        findings: What was found.

    >>> from levier import Reform
    >>> reform = Reform(id="r", label="Reception", calendar="2019", indicator_ids=[])
    >>> found = findings_of(Portfolio.of(reform), reform, as_of="2019-06-14")
    >>> [finding.rule for finding in found.findings]
    ['reform-without-lead', 'reform-without-indicator', 'source-missing']
    """

    subject: Name
    as_of: Day
    covers: Covers
    findings: tuple[Finding, ...]

    @property
    def message(self) -> Said:
        """How many findings there are and what they are about, then each of them."""
        counted = message(
            "{subject}, as of {day}: findings: {n}; {covers}.",
            subject=self.subject,
            day=self.as_of,
            n=len(self.findings),
            covers=self.covers.message,
        )
        return Listing((counted, *(finding.message for finding in self.findings)), _SENTENCES)


_SENTENCES = message("{before} {after}", before="", after="")


def findings_of(
    portfolio: Portfolio, subject: Owner, *, as_of: DayLike, rules: Mapping[str, Rule] | Iterable[Rule] = RULES
) -> PlanFindings:
    """
    Return what *rules* find about a programme, a reform or a project and all that belongs to it, on a day.

    They look at what documents known on that day say.

    Raises:
        UnknownItemError: If the portfolio does not hold the subject, or did not on that day.
        InvalidValueError: If *as_of* is no day, or *rules* holds what cannot be called.

    >>> from levier import Programme, Reform
    >>> plan = Programme(id="plan", label="Plan", kind="ministerial-plan")
    >>> axis = Programme(id="axis", label="Axe 1", kind="workstream", parent_id="plan")
    >>> held = Portfolio.of(plan, axis, Reform(id="r", label="R", programme_ids=["axis"]))
    >>> from levier.compute.checks import REFORM_RULES
    >>> [finding.subject for finding in findings_of(held, plan, as_of="2019-06-14", rules=REFORM_RULES).findings]
    ['reforms/r', 'reforms/r', 'reforms/r']
    """
    asked = parse_day(as_of)
    held = known(portfolio, asked)
    covers = Subtree.of(held, subject)
    found = findings_about(covers, check(held, as_of=asked, rules=rules), held)
    return PlanFindings(subject=Name.of(covers.things[0]), as_of=asked, covers=Covers.of(covers), findings=found)


def findings_about(covers: Subtree, findings: Iterable[Finding], portfolio: Portfolio) -> tuple[Finding, ...]:
    """
    Return those of some findings that are about what belongs to a subtree, its indicators or the awards it has.

    >>> findings_about(Subtree(), [], Portfolio())
    ()
    """
    paths = set(_paths(covers, portfolio))
    return tuple(finding for finding in findings if not paths.isdisjoint(_leading_to(finding.subject)))


def _leading_to(path: str) -> Iterator[str]:
    """Yield a path and all those of what it is within: of a milestone, its project."""
    steps = path.split("/")
    yield from ("/".join(steps[:length]) for length in range(1, len(steps) + 1))


def _paths(covers: Subtree, portfolio: Portfolio) -> Iterator[str]:
    """Yield where the things of a subtree stand, the indicators that they follow, and the awards of its projects."""
    for thing in covers.things:
        yield path_of(thing)
        yield from (f"indicators/{indicator}" for indicator in thing.indicator_ids)
    projects = set(covers.project_ids)
    for fund in portfolio.funds.values():
        yield from (f"funds/{fund.id}/awards/{award.id}" for award in fund.awards if award.project_id in projects)
